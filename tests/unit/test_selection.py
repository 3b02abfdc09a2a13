"""What is shown of what was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workspaces.core.selection import JOINED, Selection, select
from workspaces.core.types import Hit, Passage, Why


def passage(name: str, text: str = "", page: int = 1) -> Passage:
    document, _, ordinal = name.partition(":")
    start = 100 * int(ordinal)
    return Passage(name, document, int(ordinal), start, start + 90, text or name, page)


def chosen(found: list[tuple[str, float]], limit: int, *passages: Passage) -> Selection:
    known = {name: passage(name) for name, _ in found} | {each.id: each for each in passages}
    return select([Hit(name, score, None, None) for name, score in found], known, limit)


def shown(selection: Selection) -> list[list[str]]:
    return [[each.id for each in group.passages] for group in selection.groups]


def test_the_best_are_shown_in_their_order() -> None:
    selection = chosen([("a:1", 3), ("b:1", 2), ("c:1", 1)], 2)
    assert shown(selection) == [["a:1"], ["b:1"]]
    assert [(hit.passage, why) for hit, why in selection.left_out] == [("c:1", Why.BEYOND)]


def test_the_same_text_is_shown_once() -> None:
    copies = [passage(f"{name}:1", "One  text.\n") for name in "abc"]
    found = [("a:1", 4.0), ("b:1", 4.0), ("c:1", 4.0), ("d:1", 1.0)]
    selection = chosen(found, 3, *copies, passage("b:1", "One text."))
    assert shown(selection) == [["a:1"], ["d:1"]]
    assert [why for _, why in selection.left_out] == [Why.COPY, Why.COPY]


def test_neighbours_of_one_place_are_one() -> None:
    found = [("a:5", 4.0), ("b:1", 3.0), ("a:4", 2.0), ("a:6", 1.0), ("a:7", 1.0)]
    selection = chosen(found, 9)
    assert shown(selection) == [["a:4", "a:5", "a:6"], ["b:1"], ["a:7"]]
    assert selection.groups[0].span == (400, 690)
    assert [hit.passage for hit in selection.groups[0].hits] == ["a:5", "a:4", "a:6"]
    apart = chosen([("a:1", 2.0), ("a:2", 1.0)], 9, passage("a:2", page=2))
    assert shown(apart) == [["a:1"], ["a:2"]]


def test_one_document_leaves_room_for_others_that_match() -> None:
    found = [(f"a:{2 * n}", 9.0 - n / 10) for n in range(6)] + [("b:1", 8.0), ("c:1", 1.0)]
    selection = chosen(found, 4)
    assert shown(selection) == [["a:0"], ["a:2"], ["a:4"], ["b:1"]]
    assert (Hit("a:6", 8.7, None, None), Why.CROWDED) in selection.left_out


def test_of_two_both_may_be_of_one_document() -> None:
    found = [("a:0", 9.0), ("a:2", 8.0), ("b:1", 7.0)]
    assert shown(chosen(found, 2)) == [["a:0"], ["a:2"]]


def test_a_document_that_alone_matches_has_them_all() -> None:
    found = [(f"a:{2 * n}", 9.0) for n in range(6)] + [("c:1", 1.0)]
    assert shown(chosen(found, 4)) == [["a:0"], ["a:2"], ["a:4"], ["a:6"]]


names = st.lists(
    st.builds("{}:{}".format, st.sampled_from("abc"), st.integers(0, 9)), unique=True, max_size=20
)


@given(names, st.integers(1, 8))
def test_nothing_is_lost_and_nothing_is_shown_twice(found: list[str], limit: int) -> None:
    selection = chosen([(name, 1 / (1 + at)) for at, name in enumerate(found)], limit)
    hits = [hit.passage for group in selection.groups for hit in group.hits]
    assert sorted([*hits, *(hit.passage for hit, _ in selection.left_out)]) == sorted(found)
    assert len(selection.groups) <= limit
    assert all(len(group.passages) <= JOINED for group in selection.groups)
    if found:
        assert found[0] in hits


def test_nothing_gives_nothing() -> None:
    assert select([], {}, 5) == Selection()
    assert select([Hit("gone:1", 1.0, 1, 1)], {}, 5) == Selection()
