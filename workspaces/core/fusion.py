"""Joins several rankings of the same things into one."""

from __future__ import annotations

from collections.abc import Sequence


def reciprocal_rank(rankings: Sequence[Sequence[str]], k: int = 60) -> list[tuple[str, float]]:
    """Fuse rankings, best first: each gives ``1 / (k + rank)`` to what it holds, ranks from 1.

    Equal scores keep the order in which the rankings name them, so that the first ranking wins
    a tie. Formula and k: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms
    Condorcet and individual Rank Learning Methods", SIGIR 2009.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, name in enumerate(ranking, start=1):
            scores[name] = scores.get(name, 0.0) + 1 / (k + rank)
    return sorted(scores.items(), key=lambda scored: -scored[1])
