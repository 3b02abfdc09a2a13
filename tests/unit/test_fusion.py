"""Reciprocal rank fusion."""

from __future__ import annotations

import pytest

from workspaces.core.fusion import UNCLEAR, K, clarity, fuse

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


def test_words_count_in_full_where_the_best_stands_out() -> None:
    assert clarity([9.0, 3.0, 2.0, 2.0, 1.0]) == 1
    assert clarity([5.0] * 5) == pytest.approx(UNCLEAR)
    assert UNCLEAR < clarity([5.0, 4.9, 4.8, 4.7, 4.6]) < clarity([5.0, 4.5, 4.4, 4.3, 4.2]) < 1
    assert clarity([5.0, 5.0]) == clarity([]) == 1  # too few to tell
    assert clarity([0.0] * 5) == 1


def test_a_side_of_weight_0_has_no_say() -> None:
    assert dict(fuse([["a"], ["b"]], (1.0, 0.0))) == pytest.approx({"a": 1 / (K + 1)})
