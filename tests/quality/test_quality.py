"""Search finds as much as the recorded figures say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.records import TOLERANCE, fallen, recorded
from tests.quality.slices import SLICES, Measured, cut, figures, measure
from tests.question_sets import write_set
from workspaces.library.question_set import QuestionSet


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return measure(tmp_path_factory.mktemp("quality"))


@pytest.mark.slow
@pytest.mark.quality
@pytest.mark.parametrize("name", SLICES)
def test_no_figure_falls_below_the_recorded_one(name: str, measured: Measured) -> None:
    assert fallen(recorded()[name], figures(measured[name])) == {}


@pytest.mark.slow
@pytest.mark.quality
@pytest.mark.parametrize("name", SLICES)
def test_both_sides_together_are_not_worse_than_the_better_one(
    name: str, measured: Measured
) -> None:
    now = figures(measured[name])
    # Of 75 questions one more or less among the first five is nothing.
    for figure, tolerance in (("hit@5", TOLERANCE), ("ndcg@10", 0.005)):
        best = max(now[f"keyword {figure}"], now[f"vector {figure}"])
        assert now[f"fused {figure}"] >= best - tolerance


def test_every_slice_has_recorded_figures() -> None:
    records = recorded()
    assert list(records) == list(SLICES)
    kinds = "false_answer_"  # of which only some sets have several
    names = {tuple(name for name in each if kinds not in name) for each in records.values()}
    assert len(names) == 1


def test_what_has_fallen_is_named() -> None:
    record = {"fused hit@1": 0.9, "fused hit@5": 0.95, "vector hit@1": 0.5}
    now = {"fused hit@1": 0.91, "fused hit@5": 0.95 - 2 * TOLERANCE}
    assert fallen(record, now) == {"fused hit@5": "0.950 -> 0.920", "vector hit@1": "gone"}
    assert fallen(record, {name: value - TOLERANCE / 2 for name, value in record.items()}) == {}


def test_more_false_answers_are_worse() -> None:
    record = {"refusal false_answer": 0.2, "refusal false_refusal": 0.1}
    now = {"refusal false_answer": 0.3, "refusal false_refusal": 0.0}
    assert list(fallen(record, now)) == ["refusal false_answer"]


def test_a_slice_has_the_questions_that_its_documents_answer(tmp_path: Path) -> None:
    folder = cut(write_set(tmp_path / "pumps"), 2, tmp_path / "slice")
    questions = list(QuestionSet(folder).questions())
    assert [question.gold_doc_ids for question in questions] == [["seals-1"], ["oil-1"], []]
