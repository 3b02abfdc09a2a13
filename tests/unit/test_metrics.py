"""Figures of rankings."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspaces.core.metrics import hit, ndcg, percentile, reciprocal_rank

NAMES = st.sampled_from("abcdefghijklmnop")
RANKINGS = st.lists(NAMES, max_size=30)
WANTED = st.sets(NAMES, min_size=1, max_size=5)


def test_a_hit_lies_among_the_first_documents() -> None:
    assert [hit(["x", "y", "gold"], {"gold"}, k) for k in (1, 2, 3)] == [0, 0, 1]


def test_a_document_counts_once_however_many_of_its_passages_are_found() -> None:
    ranking = ["x", "x", "x", "gold", "gold"]
    assert hit(ranking, {"gold"}, 2) == 1
    assert reciprocal_rank(ranking, {"gold"}, 10) == 1 / 2
    assert ndcg(ranking, {"gold"}, 10) == pytest.approx(1 / log2(3))


def test_the_first_wanted_document_gives_the_reciprocal_rank() -> None:
    assert reciprocal_rank(["x", "y", "b", "a"], {"a", "b"}, 10) == 1 / 3
    assert reciprocal_rank(["x", "y", "b", "a"], {"a", "b"}, 2) == 0


def test_gain_is_compared_with_the_best_ranking() -> None:
    assert ndcg(["a", "b", "x"], {"a", "b"}, 10) == pytest.approx(1)
    one_and_three = (1 + 1 / log2(4)) / (1 + 1 / log2(3))
    assert ndcg(["a", "x", "b"], {"a", "b"}, 10) == pytest.approx(one_and_three)
    assert ndcg(["a"], {"a", "b", "c"}, 1) == 1  # no ranking of one document can do better


def test_nothing_wanted_is_never_found() -> None:
    assert [figure(["x"], set(), 5) for figure in (hit, reciprocal_rank, ndcg)] == [0, 0, 0]


@given(RANKINGS, WANTED, st.integers(1, 12))
def test_figures_lie_between_0_and_1_and_agree_on_what_is_found(
    ranking: list[str], wanted: set[str], k: int
) -> None:
    found = hit(ranking, wanted, k)
    for figure in (reciprocal_rank, ndcg):
        value = figure(ranking, wanted, k)
        assert 0 <= value <= 1 + 1e-9
        assert (value > 0) == (found == 1)


@given(RANKINGS, WANTED)
def test_wanted_documents_first_is_best(ranking: list[str], wanted: set[str]) -> None:
    best = [*sorted(wanted), *ranking]
    assert ndcg(best, wanted, 10) == pytest.approx(1)
    assert reciprocal_rank(best, wanted, 10) == hit(best, wanted, 1) == 1


@given(RANKINGS, WANTED, st.integers(1, 12))
def test_looking_further_never_finds_less(ranking: list[str], wanted: set[str], k: int) -> None:
    assert hit(ranking, wanted, k) <= hit(ranking, wanted, k + 1)
    assert reciprocal_rank(ranking, wanted, k) <= reciprocal_rank(ranking, wanted, k + 1)


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile([4, 1, 3, 2], 0.95) == 4
    assert percentile([7], 0.0) == 7
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_so_many_values_do_not_exceed_a_percentile(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
