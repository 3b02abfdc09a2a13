"""Splitting documents into passages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from workspaces.core.chunking import CHARACTERS_PER_TOKEN, split
from workspaces.core.context import context
from workspaces.core.types import Passage, Place, join_places


def count(texts: Sequence[str]) -> list[int]:
    """One token a word, sign or Chinese character, as MiniLM's tokenizer does it roughly."""
    return [len(re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]", text)) for text in texts]


def texts_of(text: str, limit: int = 12, overlap: int = 0) -> list[str]:
    return [passage.text for passage in split("d", [Place(text)], count, limit, overlap)]


def check(places: Sequence[Place], passages: Sequence[Passage], limit: int) -> None:
    stored = join_places(places)
    for number, passage in enumerate(passages):
        assert (passage.id, passage.ordinal) == (f"d:{number}", number)
        assert stored[passage.start : passage.end] == passage.text == passage.text.strip() != ""
        assert count([passage.text])[0] <= limit
        assert len(passage.text) <= (limit + 1) * CHARACTERS_PER_TOKEN * 2


words = st.text(
    st.sampled_from("ab .!?\n\r\t。！？；，中文😀👩‍👩‍👧é\u3000\u2028”)")
    | st.characters(exclude_categories=["Cs"]),
    max_size=400,
)
places_of_text = st.lists(
    st.builds(Place, words, st.none() | st.integers(1, 9), st.tuples(st.text(max_size=5))),
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(places_of_text, st.integers(1, 40), st.integers(0, 10))
def test_offsets_are_exact_and_nothing_is_lost(
    places: list[Place], limit: int, overlap: int
) -> None:
    passages = split("d", places, count, limit, overlap)
    check(places, passages, limit)
    covered = {at for passage in passages for at in range(passage.start, passage.end)}
    for at, character in enumerate(join_places(places)):
        assert at in covered or character.isspace()


def test_no_passage_crosses_a_place_and_each_knows_its_own() -> None:
    places = [
        Place("One.", 1, ("A",)),
        Place("Two.", 2, ("A", "B")),
        Place("", 3),
        Place("Three.", 4),
    ]
    passages = split("d", places, count, 50, 5)
    assert [(p.text, p.page, p.heading) for p in passages] == [
        ("One.", 1, ("A",)),
        ("Two.", 2, ("A", "B")),
        ("Three.", 4, ()),
    ]
    check(places, passages, 50)


def test_sentences_are_packed_whole() -> None:
    assert texts_of("One two three. Four five six. Seven eight nine. Ten.") == [
        "One two three. Four five six. Seven eight nine.",
        "Ten.",
    ]


def test_a_paragraph_is_the_better_place_to_cut() -> None:
    text = "A b c. D e f.\n\nG h i. J k l."
    assert texts_of(text, limit=12) == ["A b c. D e f.", "G h i. J k l."]
    assert texts_of("A.\n\nB c d. E f g. H i j.", limit=12) == ["A.\n\nB c d. E f g.", "H i j."]


def test_a_paragraph_that_fits_as_a_whole_is_kept_whole() -> None:
    rows = "| a | b\n| c | d\n| e | f"
    assert texts_of(f"A b c d.\n\n{rows}", limit=13) == ["A b c d.", rows]
    assert texts_of(f"A b c d.\n\n{rows}", limit=11) == ["A b c d.\n\n| a | b", "| c | d\n| e | f"]


@settings(max_examples=100, deadline=None)
@given(places_of_text, st.integers(10, 40), st.text(max_size=30))
def test_the_context_has_room_beside_the_text(places: list[Place], limit: int, title: str) -> None:
    for passage in split("d", places, count, limit, limit // 8, title=title):
        (tokens,) = count([context(title, passage.heading)])
        assert count([passage.text])[0] + min(tokens, limit // 2) <= limit


def test_whole_sentences_are_repeated_inside_a_paragraph_only() -> None:
    assert texts_of("A b c. D e. F g h. I j.", limit=11, overlap=3) == [
        "A b c. D e. F g h.",
        "I j.",
    ]
    assert texts_of("A b c. D e f. G h. I j k. L m.", limit=11, overlap=3) == [
        "A b c. D e f. G h.",
        "G h. I j k. L m.",
    ]
    assert texts_of("A b c d e f. G h.\n\nI j k. L m.", limit=11, overlap=3) == [
        "A b c d e f. G h.",
        "I j k. L m.",
    ]


def test_the_repeated_part_leaves_room_for_something_new() -> None:
    assert texts_of("A b. C d. D e f g h i j k.", limit=11, overlap=9) == [
        "A b. C d.",
        "D e f g h i j k.",
    ]


def test_a_sentence_that_is_too_long_is_cut_between_words_where_it_can_be() -> None:
    parts = texts_of("word " * 100, limit=30)
    assert all(set(part.split()) == {"word"} for part in parts)
    assert 4 <= len(parts) <= 5
    assert "".join(texts_of("字" * 100, limit=30)) == "字" * 100


def test_a_word_without_end_is_cut_though_its_tokenizer_counts_one() -> None:
    parts = texts_of("x" * 10_000, limit=10)
    assert max(map(len, parts)) <= 10 * CHARACTERS_PER_TOKEN
    assert "".join(parts) == "x" * 10_000


def test_tokens_are_counted_in_few_calls() -> None:
    calls: list[int] = []

    def counted(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return count(texts)

    split("d", [Place("Sentence one. Another two! " * 500)] * 3, counted, 254, 30)
    assert calls == [1, 3000]
    calls.clear()
    split("d", [Place("long " * 5000)], counted, 254, 30)
    assert len(calls) <= 4


def test_a_character_of_more_tokens_than_the_limit_stands_alone() -> None:
    passages = split("d", [Place("😀😀")], lambda texts: [9 * len(text) for text in texts], 4, 1)
    assert [passage.text for passage in passages] == ["😀", "😀"]


def test_nothing_gives_nothing() -> None:
    assert split("d", [], count, 10, 1) == []
    assert split("d", [Place(" \n "), Place("")], count, 10, 1) == []
