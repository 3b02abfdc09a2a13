"""How well a ranking finds what was wanted, and how long it took.

A ranking may name a document more than once, as one of passages does: a document's rank is that of
its first appearance among the *different* documents, counted from 1. A document is wanted or not
(binary gains); several may be wanted. All figures lie between 0 and 1, 1 is best.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil, log2


def hit(ranking: Sequence[str], wanted: Collection[str], k: int) -> float:
    """1 where one of the first ``k`` documents is wanted, else 0."""
    return float(any(name in wanted for name in _first(ranking, k)))


def reciprocal_rank(ranking: Sequence[str], wanted: Collection[str], k: int) -> float:
    """One part in the rank of the first wanted document, 0 where the first ``k`` hold none. Its
    mean over questions is MRR@k: Voorhees, "The TREC-8 Question Answering Track Report", 1999."""
    for rank, name in enumerate(_first(ranking, k), start=1):
        if name in wanted:
            return 1 / rank
    return 0.0


def ndcg(ranking: Sequence[str], wanted: Collection[str], k: int) -> float:
    """Normalised discounted cumulative gain of the first ``k`` documents: the sum of
    ``1 / log2(1 + rank)`` over the wanted ones, divided by that of a ranking which begins with
    all that are wanted; 0 where none is. Järvelin and Kekäläinen, "Cumulated gain-based evaluation
    of IR techniques", ACM TOIS 20(4), 2002, with the discount of Burges et al., ICML 2005, so that
    the second place counts less than the first."""
    found = [rank for rank, name in enumerate(_first(ranking, k), start=1) if name in wanted]
    best = range(1, min(k, len(set(wanted))) + 1)
    return _discounted(found) / _discounted(best) if best else 0.0


def percentile(values: Collection[float], share: float) -> float:
    """The smallest of ``values`` that at least the ``share`` (0 to 1) of them do not exceed: the
    nearest rank, never a number in between. Raises ValueError where there are no values."""
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(1, ceil(share * len(values))) - 1]


def _first(ranking: Sequence[str], k: int) -> list[str]:
    """The first ``k`` different documents."""
    return list(dict.fromkeys(ranking))[:k]


def _discounted(ranks: Collection[int]) -> float:
    return sum(1 / log2(1 + rank) for rank in ranks)
