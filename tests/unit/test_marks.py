"""A passage keeps its mark in a conversation; another that has its id by now gets one of its own."""

from __future__ import annotations

from dataclasses import replace

from workspaces.core.types import Ending, Turn
from workspaces.services.asking import number
from workspaces.services.views import FoundPassage


def found(passage: str, start: int) -> FoundPassage:
    return FoundPassage(passage, "d", "d.txt", "text", start, start + 4, None, (), 1.0)


def test_a_mark_belongs_to_what_stands_there() -> None:
    first = number([found("d:0", 0), found("d:1", 40)], [])
    earlier = [Turn("t", "q", "a", Ending.COMPLETE, "m", "2026", tuple(first))]
    again = number([found("d:1", 40), found("d:0", 0)], earlier)
    assert [source.mark for source in again] == [2, 1]
    split_anew = number([found("d:1", 20), found("d:0", 0)], earlier)
    assert [source.mark for source in split_anew] == [3, 1]


def test_a_part_of_what_the_model_has_seen_is_not_a_source_of_its_own() -> None:
    whole = replace(found("d:0", 0), text="one two", end=7)
    (seen,) = number([whole], [])
    earlier = [Turn("t", "q", "a", Ending.COMPLETE, "m", "", (seen,))]
    part = replace(found("d:1", 4), text="two", end=7)
    other = replace(found("d:1", 4), text="new", end=7)
    assert number([part, whole], earlier) == [seen]
    assert [source.mark for source in number([part, other], earlier)] == [1, 2]
    elsewhere = replace(part, document="e", id="e:1")
    assert [source.mark for source in number([elsewhere], earlier)] == [2]
