"""Search measured on a small set, with real children; only the models are fakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.question_sets import TEXTS, write_lines, write_set
from tests.services.stage import Stage, filled
from workspaces.core.reasons import Problem
from workspaces.core.types import Sides
from workspaces.services.evaluating import evaluate


@pytest.fixture
def pumps(tmp_path: Path) -> Path:
    return write_set(tmp_path / "pumps")


async def test_each_side_is_measured(stage: Stage, pumps: Path) -> None:
    quire = await stage.open()
    told: list[tuple[int, int]] = []
    figures = await evaluate(quire, pumps, None, lambda done, total: told.append((done, total)))
    assert figures.questions == 4
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    for side in (figures.keyword, figures.vector, figures.fused):
        assert list(side) == ["hit@1", "hit@5", "mrr@10", "ndcg@10", "ms_p50", "ms_p95"]
        assert side["hit@5"] == 1
        p50, p95 = side["ms_p50"], side["ms_p95"]
        assert p50 is not None
        assert p95 is not None
        assert 0 < p50 <= p95
    assert figures.refusal["false_answer"] == 0


async def test_a_side_that_finds_nothing_has_its_own_figures(stage: Stage, pumps: Path) -> None:
    row = {"question": "xyzzy", "answerable": True, "gold_doc_ids": ["oil-1"]}
    write_lines(pumps / "questions.jsonl", [row])
    figures = await evaluate(await stage.open(), pumps, None, lambda *_: None)
    hits = [side["hit@5"] for side in (figures.keyword, figures.vector, figures.fused)]
    assert hits == [0, 1, 1]  # in three documents the nearest five are all of them


async def test_what_no_document_says_is_not_answered(stage: Stage, pumps: Path) -> None:
    figures = await evaluate(await stage.open(), pumps, 1, lambda *_: None)
    assert figures.questions == 2
    assert (figures.refusal["false_answer"], figures.refusal["false_refusal"]) == (0, 0)


async def test_an_import_is_used_again(stage: Stage, pumps: Path) -> None:
    quire = await stage.open()
    first = await evaluate(quire, pumps, None, lambda *_: None)
    rows = await quire.list_documents("pumps")
    assert len(rows) == len(TEXTS)
    again = await evaluate(quire, pumps, None, lambda *_: None)
    assert await quire.list_documents("pumps") == rows
    assert again.fused["ndcg@10"] == first.fused["ndcg@10"]


async def test_a_workspace_with_other_documents_is_left_alone(stage: Stage, pumps: Path) -> None:
    quire = await stage.open()
    await quire.create_workspace("pumps")
    with pytest.raises(Problem, match="choose another home"):
        await evaluate(quire, pumps, None, lambda *_: None)
    assert await quire.list_documents("pumps") == []


async def test_documents_that_cannot_be_imported_are_named(stage: Stage, tmp_path: Path) -> None:
    write_lines(tmp_path / "documents.jsonl", [{"doc_name": "REPORT"}])
    write_lines(tmp_path / "questions.jsonl", [{"question": "What?", "answerable": False}])
    quire = await stage.open()
    with pytest.raises(Problem, match=r"1 documents of the set .* \(REPORT\.pdf\)"):
        await evaluate(quire, tmp_path, None, lambda *_: None)


async def test_one_side_can_be_asked_alone(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    question = "oil filter"
    (by_words, *_) = await quire.search(workspace, question, sides=Sides.KEYWORD)
    (by_meaning, *_) = await quire.search(workspace, question, sides=Sides.VECTOR)
    assert (by_words.keyword_rank, by_words.vector_rank) == (1, None)
    assert (by_meaning.keyword_rank, by_meaning.vector_rank) == (None, 1)
