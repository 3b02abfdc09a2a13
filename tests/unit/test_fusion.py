"""Reciprocal rank fusion."""

from __future__ import annotations

import pytest

from workspaces.core.fusion import reciprocal_rank


def test_what_both_find_beats_what_one_puts_first() -> None:
    fused = reciprocal_rank([["only keyword", "both"], ["only vector", "both"]])
    assert [name for name, _ in fused] == ["both", "only keyword", "only vector"]
    assert dict(fused) == pytest.approx(
        {"both": 2 / 62, "only keyword": 1 / 61, "only vector": 1 / 61}
    )


def test_a_tie_goes_to_the_ranking_named_first() -> None:
    assert [name for name, _ in reciprocal_rank([["b"], ["a"]])] == ["b", "a"]
    assert [name for name, _ in reciprocal_rank([["a"], ["b"]])] == ["a", "b"]


def test_one_ranking_keeps_its_order_and_none_gives_nothing() -> None:
    assert [name for name, _ in reciprocal_rank([["c", "a", "b"], []])] == ["c", "a", "b"]
    assert reciprocal_rank([]) == []


def test_a_smaller_k_lets_the_first_places_count_more() -> None:
    rankings = [["first", "x", "both"], ["y", "z", "both"]]
    assert reciprocal_rank(rankings, k=60)[0][0] == "both"
    assert reciprocal_rank(rankings, k=0)[0][0] == "first"
