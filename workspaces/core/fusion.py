"""Joins several rankings of the same things into one."""

from __future__ import annotations

from collections.abc import Sequence

K = 2
"""How little the first places count more than those behind them: with 60, as in the paper, a
passage that one side puts first and the other nowhere hardly ever wins."""


def fuse(
    rankings: Sequence[Sequence[str]], weights: Sequence[float], k: int = K
) -> list[tuple[str, float]]:
    """Fuse rankings, best first: each gives ``weight / (k + rank)`` to what it holds, ranks from 1.

    Equal scores keep the order in which the rankings name them, so that the first ranking wins
    a tie. Reciprocal rank fusion: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms
    Condorcet and individual Rank Learning Methods", SIGIR 2009. Raises ValueError where there is
    not one weight for each ranking.
    """
    scores: dict[str, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, name in enumerate(ranking, start=1):
            scores[name] = scores.get(name, 0.0) + weight / (k + rank)
    return sorted(scores.items(), key=lambda scored: -scored[1])
