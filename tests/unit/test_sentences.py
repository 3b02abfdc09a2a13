"""Where sentences and paragraphs end."""

from __future__ import annotations

import time

import pytest

from workspaces.core.sentences import Sentence, cut, sentences


def texts(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["保修期十二个月。", "请看第三页！", "好；", "再见"],
        ["他问：“好吗？”", "然后走了。"],
        ["First one (see it here.)", "Then more follows!", "Really?", "Yes"],
        ["It is 3.14 e.g. in metres.", "Next..."],
        ["“Stop!”", "He stopped."],
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(expected: list[str]) -> None:
    space = "" if expected[0][-1] in "。”" and expected[0][0] != "“" else " "
    assert texts(space.join(expected)) == expected


def test_a_line_end_is_an_end_unless_the_sentence_plainly_goes_on() -> None:
    assert texts("a line that goes on\n  in the next\nA heading\n王伟\n") == [
        "a line that goes on\n  in the next",
        "A heading",
        "王伟",
    ]


def test_paragraphs_open_after_an_empty_line() -> None:
    text = "One. Two.\n \n\nthree\nFour."
    assert [sentence.opens for sentence in sentences(text)] == [True, False, True, False]
    assert texts(text) == ["One.", "Two.", "three", "Four."]


def test_a_cut_is_made_at_white_space_where_some_is_near() -> None:
    text = "  alpha beta gamma delta  "
    (sentence,) = sentences(text)
    parts = list(cut(text, sentence, 2))
    assert [text[part.start : part.end] for part in parts] == ["alpha beta", "gamma", "delta"]
    assert [part.opens for part in parts] == [True, False, False]
    assert [part.length for part in cut("x" * 9, Sentence(0, 9, True), 3)] == [3, 3, 3]


@pytest.mark.parametrize("text", [".", "\n", " ", "。", "…", ". ", "\n \n", ".\n", '."', "a.b"])
def test_hostile_text_takes_no_longer_than_any_other(text: str) -> None:
    begun = time.process_time()
    list(sentences(text * 100_000))
    assert time.process_time() - begun < 3
