"""What a text is found by besides its words."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspaces.core.word_parts import BEGINNING, CONTEXT, passage_parts, question_parts, word_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("王伟来", "王 伟 来 王伟 伟来"),
        ("氚", "氚"),
        ("ひらが", "ひ ら が ひら らが"),
        ("한국", "한 국 한국"),
        ("versicherungen a 7", "versi"),
        ("naïve übung", "naive ubung"),
        ("q4_k_m", "q4_k_m"),
        ("fy2022 5kg 2023q3 70a07 7", "fy 2022 5 kg 2023"),
        ("gb/t 22239-2019", "gb gb/t 22239-2019"),
        ("§ 12.3 (a)", "12.3 §12.3"),
        ("... -- ", ""),
        ("", ""),
    ],
)
def test_parts(text: str, parts: str) -> None:
    assert sorted(word_parts(text).split()) == sorted(parts.split())


@given(st.text(st.sampled_from("王伟氚的検索"), min_size=1), st.data())
def test_whatever_stretch_is_asked_for_shares_all_its_parts(run: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(begin + 1, len(run)))
    assert set(word_parts(run[begin:end]).split()) <= set(word_parts(run).split())


@given(st.text())
def test_parts_are_short_but_for_identifiers(text: str) -> None:
    for part in word_parts(text).split():
        marked = any(mark in part for mark in "-_./:@+#§")
        assert len(part) <= BEGINNING or marked or part.isdecimal()


def test_a_question_also_asks_for_what_may_be_written_together() -> None:
    assert question_parts("fy2022 or 7").split() == ["fy", "or", "2022", "7", "fyor"]
    assert question_parts("best buy").split() == ["best", "buy", "bestb"]
    assert question_parts("american express").split() == ["ameri", "expre"]
    assert question_parts("") == ""


def test_where_a_passage_stands_counts_more() -> None:
    counts = Counter(passage_parts("boeing 2022\nthe boeing plant").split())
    assert counts == {"boein": 2 + CONTEXT, "2022": CONTEXT, "the": 1, "plant": 1}
    assert passage_parts("") == ""


def test_a_long_run_is_looked_through_once() -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        word_parts("a1" * length)
        return time.process_time() - begun

    assert seconds(40_000) < 30 * seconds(5_000)  # 64 times as long, started at each character
