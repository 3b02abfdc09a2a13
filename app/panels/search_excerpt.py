"""What is shown of a passage that a search found: the part that speaks of the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from workspaces.core.highlights import Stretch, stretches, unaccented

MOST_CHARACTERS = 4_000
"""No passage is longer; a list of them must never hold the window up."""

LEAD = 30
"""Characters shown before the first word that matches, where the beginning is left out."""

CUT = "… "

_HEADING = re.compile(r"^#{1,6}[ \t]")
_RULE = frozenset("-:| \t")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line of text without end, and what of it matches."""

    text: str
    marked: tuple[Stretch, ...]


def one_line(passage: str) -> str:
    """The passage without line breaks, and without what only draws headings and tables."""
    lines = passage[:MOST_CHARACTERS].split("\n")
    kept = [_HEADING.sub("", line) for line in lines if not _is_rule(line)]
    return " ".join(" ".join(kept).split())


def _is_rule(line: str) -> bool:
    """Whether it stands below the head of a Markdown table, or between two parts."""
    return "---" in line and _RULE.issuperset(line)


@lru_cache(maxsize=256)
def matched(passage: str, question: str) -> Excerpt:
    """The whole passage on one line."""
    text = one_line(passage)
    return Excerpt(text, tuple(stretches(text, question, unaccented)))


def cut_to(whole: Excerpt, room: int) -> Excerpt:
    """From where ``room`` characters show most of what matches; from the beginning, if it can.
    There is more text than that, for who fits it in."""
    start = _start(whole, room)
    end = start + 2 * room
    sign = CUT if start else ""
    moved = len(sign) - start
    seen = [(first, last) for first, last in whole.marked if first >= start and last <= end]
    marked = tuple((first + moved, last + moved) for first, last in seen)
    return Excerpt(sign + whole.text[start:end], marked)


def _start(whole: Excerpt, room: int) -> int:
    marked = whole.marked
    if not marked or marked[-1][1] <= room:
        return 0
    said = [whole.text[start:end].casefold() for start, end in marked]
    worths = [
        _worth(marked, said, first, start + room - LEAD) for first, (start, _) in enumerate(marked)
    ]
    best = max(worths)
    start = marked[worths.index(best)][0] - LEAD
    if start <= 0 or best <= _worth(marked, said, 0, room):
        return 0
    blank = whole.text.find(" ", start, start + LEAD)
    return blank + 1 if blank >= 0 else start


def _worth(marked: Sequence[Stretch], said: Sequence[str], first: int, end: int) -> int:
    """How many characters of different matches are seen from the ``first`` on up to ``end``."""
    seen = set()
    for at in range(first, len(marked)):
        if marked[at][1] > end:
            break
        seen.add(said[at])
    return sum(map(len, seen))
