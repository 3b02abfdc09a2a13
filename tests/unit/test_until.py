"""A text in pieces ends before what it must not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspaces.worker.until import Until


def heard(pieces: list[str], ends: list[str]) -> tuple[str, bool]:
    said: list[str] = []
    until = Until(ends, said.append)
    for piece in pieces:
        until.add(piece)
    until.finish()
    assert "" not in said
    return "".join(said), until.reached


@pytest.mark.parametrize(
    ("pieces", "expected", "reached"),
    [
        (["It is 12 months.\n", "\nQuest", "ion: How long?"], "It is 12 months.\n", True),
        (["It is", " 12.\n[1] the man"], "It is 12.\n[1] the man", False),
        (["It is 12.\n[1]", " the ", "manual.md, 7", "more"], "It is 12.", True),
        (["\nQ\nQuestion: "], "\nQ", True),
        (["a\nQuestion: b\n[1] the manual.md"], "a", True),
        ([], "", False),
    ],
)
def test_it_ends_before_the_first_end(pieces: list[str], expected: str, reached: bool) -> None:
    assert heard(pieces, ["\nQuestion: ", "\n[1] the manual.md"]) == (expected, reached)


def test_only_what_may_begin_an_end_waits() -> None:
    said: list[str] = []
    until = Until(["\n[1] a"], said.append)
    until.add("one\n")
    assert said == ["one"]
    until.add("two")
    assert said == ["one", "\ntwo"]


SIGNS = st.text("ab\n", max_size=6)


@given(pieces=st.lists(SIGNS), ends=st.lists(st.text("ab\n", min_size=1, max_size=4)))
def test_however_it_is_cut_the_same_is_heard(pieces: list[str], ends: list[str]) -> None:
    whole = "".join(pieces)
    found = [(place + len(end), place) for end in ends if (place := whole.find(end)) >= 0]
    _, last = min(found, default=(0, len(whole)))
    assert heard(pieces, ends) == (whole[:last], bool(found))
    assert heard(list(whole), ends) == (whole[:last], bool(found))
