"""Reciprocal rank fusion."""

from __future__ import annotations

import pytest

from workspaces.core.fusion import K, fuse

EVEN = (1.0, 1.0)


def test_what_both_find_beats_what_one_puts_first() -> None:
    fused = fuse([["only keyword", "both"], ["only vector", "both"]], EVEN)
    assert [name for name, _ in fused] == ["both", "only keyword", "only vector"]
    assert dict(fused) == pytest.approx(
        {"both": 2 / (K + 2), "only keyword": 1 / (K + 1), "only vector": 1 / (K + 1)}
    )


def test_a_tie_goes_to_the_ranking_named_first() -> None:
    assert [name for name, _ in fuse([["b"], ["a"]], EVEN)] == ["b", "a"]
    assert [name for name, _ in fuse([["a"], ["b"]], EVEN)] == ["a", "b"]


def test_what_weighs_more_comes_first() -> None:
    assert [name for name, _ in fuse([["b"], ["a"]], (0.5, 1.0))] == ["a", "b"]
    assert dict(fuse([["b"], ["a"]], (0.5, 1.0)))["b"] == pytest.approx(0.5 / (K + 1))
    with pytest.raises(ValueError, match="argument"):
        fuse([["a"]], EVEN)


def test_one_ranking_keeps_its_order_and_none_gives_nothing() -> None:
    assert [name for name, _ in fuse([["c", "a", "b"], []], EVEN)] == ["c", "a", "b"]
    assert fuse([], []) == []


def test_a_smaller_k_lets_the_first_places_count_more() -> None:
    rankings = [["first", "x", "both"], ["y", "z", "both"]]
    assert fuse(rankings, EVEN, k=60)[0][0] == "both"
    assert fuse(rankings, EVEN, k=0)[0][0] == "first"
