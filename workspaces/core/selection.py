"""Chooses what is shown of what a search found: no text twice, neighbours as one, and no document
that crowds out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from workspaces.core.types import Hit, Passage, Why

JOINED = 3
"""Passages that are shown as one at most."""

MATCHES = 0.25
"""A passage of another document counts as a match from this share of the best score on."""


LEAST = 2
"""Passages that a document may always have: of two in all, the second best of the right document is
worth more than the best of another."""


@dataclass(slots=True)
class Group:
    """Neighbouring passages of one place, shown as one; ``hits`` in the order they were found."""

    hits: list[Hit]
    passages: list[Passage]

    @property
    def document(self) -> str:
        return self.passages[0].document

    @property
    def span(self) -> tuple[int, int]:
        """The start and end of the stretch they cover, in the stored text."""
        return min(each.start for each in self.passages), max(each.end for each in self.passages)

    def takes(self, passage: Passage) -> bool:
        """Whether ``passage`` stands directly before or after this."""
        first, last = self.passages[0], self.passages[-1]
        place = (first.document, first.page, first.heading)
        return (
            len(self.passages) < JOINED
            and place == (passage.document, passage.page, passage.heading)
            and passage.ordinal in (first.ordinal - 1, last.ordinal + 1)
        )

    def join(self, hit: Hit, passage: Passage) -> None:
        self.hits.append(hit)
        self.passages.append(passage)
        self.passages.sort(key=lambda each: each.ordinal)


@dataclass(slots=True)
class Selection:
    """What is shown, best first, and what is not, with the reason."""

    groups: list[Group] = field(default_factory=list)
    left_out: list[tuple[Hit, Why]] = field(default_factory=list)


def select(hits: Sequence[Hit], passages: Mapping[str, Passage], limit: int) -> Selection:
    """At most ``limit`` groups of ``hits``, which come best first; a hit without its passage is
    passed over. While others match too, a document has at most half of the groups, or two."""
    found = Selection()
    groups = _grouped(hits, passages, found.left_out)
    chosen = _with_shares(groups, limit)
    others = (at for at in range(len(groups)) if at not in chosen)
    chosen |= set(islice(others, limit - len(chosen)))
    last = max(chosen, default=-1)
    for at, group in enumerate(groups):
        if at in chosen:
            found.groups.append(group)
        else:
            why = Why.CROWDED if at < last else Why.BEYOND
            found.left_out += [(hit, why) for hit in group.hits]
    return found


def _grouped(
    hits: Sequence[Hit], passages: Mapping[str, Passage], left_out: list[tuple[Hit, Why]]
) -> list[Group]:
    """Neighbours joined where the better of them stood, and copies left out."""
    groups: list[Group] = []
    shown: set[str] = set()
    for hit in hits:
        passage = passages.get(hit.passage)
        if passage is None:
            continue
        text = " ".join(passage.text.split())
        if text in shown:
            left_out.append((hit, Why.COPY))
            continue
        shown.add(text)
        for group in groups:
            if group.takes(passage):
                group.join(hit, passage)
                break
        else:
            groups.append(Group([hit], [passage]))
    return groups


def _with_shares(groups: Sequence[Group], limit: int) -> set[int]:
    """Places of the groups that match well, no more than its share from one document."""
    share = max(LEAST, limit // 2)
    least = MATCHES * max((group.hits[0].score for group in groups), default=0.0)
    taken: Counter[str] = Counter()
    chosen: set[int] = set()
    for at, group in enumerate(groups):
        if len(chosen) == limit:
            break
        if group.hits[0].score >= least and taken[group.document] < share:
            taken[group.document] += 1
            chosen.add(at)
    return chosen
