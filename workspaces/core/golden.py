"""Test questions whose right passages are known, and what asking them says about search.

A right passage is a stretch of a document's stored text with a copy of what stood there. However
the document is split, embedded or imported again, the same text stays right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

HALF = 0.5
"""The share of a right passage that one which was found must cover to be right too."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Code points ``start`` to ``end`` of the stored text of ``document``, which are ``text``."""

    document: str
    start: int
    end: int
    text: str

    def now_in(self, stored: str) -> Stretch | None:
        """Where the same text stands in ``stored``, which may be that of a newer version: at its
        old place, else at the one nearest to it, else None. White space may have changed."""
        if stored[self.start : self.end] == self.text:
            return self
        words = self.text.split()
        if not words:
            return None
        pattern = r"\s+".join(map(re.escape, words))
        found = min(
            re.finditer(pattern, stored),
            key=lambda match: abs(match.start() - self.start),
            default=None,
        )
        if found is None:
            return None
        return replace(self, start=found.start(), end=found.end(), text=found.group())

    def is_covered_by(self, found: Stretch) -> bool:
        """Whether ``found`` holds at least half of this; or all of its text, from wherever: of
        copies a search shows one."""
        if found.document == self.document:
            common = min(self.end, found.end) - max(self.start, found.start)
            if common > 0 and common >= HALF * (self.end - self.start):
                return True
        return _plain(self.text) in _plain(found.text)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the right passages of one question were found: ``rank`` is that of the first right one,
    from 1, None where there is none; ``share`` how many of the right ones (0 to 1) were found."""

    rank: int | None
    share: float


def outcome(found: Sequence[Stretch], right: Sequence[Stretch]) -> Outcome:
    """What ``found``, best first, is worth. Raises ValueError where nothing is right."""
    if not right:
        raise ValueError("no right passage")
    ranks = [
        next((rank for rank, each in enumerate(found, 1) if wanted.is_covered_by(each)), None)
        for wanted in right
    ]
    known = [rank for rank in ranks if rank is not None]
    return Outcome(min(known, default=None), len(known) / len(ranks))


def recall(outcomes: Sequence[Outcome]) -> float:
    """The mean share of the right passages that were found; 0 where nothing was asked. Over the
    first k found, this is recall@k."""
    return sum(each.share for each in outcomes) / len(outcomes) if outcomes else 0.0


def mrr(outcomes: Sequence[Outcome]) -> float:
    """The mean of one part in the rank of the first right passage; 0 where nothing was asked."""
    ranks = [each.rank for each in outcomes]
    return sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else 0.0


def _plain(text: str) -> str:
    return " ".join(text.split())
