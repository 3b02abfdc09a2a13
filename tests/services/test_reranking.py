"""A model that puts what was found in order: chosen, kept, and done without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.stage import Stage, filled
from workspaces.core.reasons import Problem
from workspaces.engine.faults import Fault
from workspaces.services.quire import Quire
from workspaces.services.views import RerankerChanged, RerankerView, Trouble

TEXTS = ["a pump", "the seals of the pump"]


async def started(stage: Stage) -> tuple[Quire, str]:
    quire = await stage.open()
    return quire, (await quire.create_workspace("Law")).id


def troubles(stage: Stage) -> list[str]:
    return [change.reason.code for change in stage.changes if isinstance(change, Trouble)]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "ms-marco"
    folder.mkdir()
    return folder


async def test_it_is_off_until_a_model_is_chosen_which_is_kept(stage: Stage, model: Path) -> None:
    quire, workspace = await started(stage)
    assert await quire.reranker(workspace) == RerankerView()
    await quire.change_reranker(workspace, str(model))
    view = RerankerView("ms-marco", str(model))
    assert [each for each in stage.changes if isinstance(each, RerankerChanged)] == [
        RerankerChanged(workspace, view)
    ]
    await stage.close()
    quire = await stage.open()
    assert await quire.reranker(workspace) == view
    assert quire._shelf.get(workspace).card.reranker == str(model)
    await quire.change_reranker(workspace, None)
    assert await quire.reranker(workspace) == RerankerView()


async def test_texts_are_scored(stage: Stage, model: Path) -> None:
    quire, _ = await started(stage)
    assert await quire._indexing.rerank(str(model), "pump seals", TEXTS) == [0.5, 1.0]


async def test_what_is_no_reranker_is_refused_and_nothing_changes(
    stage: Stage, tmp_path: Path, model: Path
) -> None:
    quire, workspace = await started(stage)
    await quire.change_reranker(workspace, str(model))
    (tmp_path / "broken").mkdir()
    with pytest.raises(Problem, match="broken is not a reranking model"):
        await quire.change_reranker(workspace, str(tmp_path / "broken"))
    with pytest.raises(Problem, match="no longer there"):
        await quire.change_reranker(workspace, str(tmp_path / "nowhere"))
    assert (await quire.reranker(workspace)).name == "ms-marco"
    assert troubles(stage) == []


async def test_one_that_has_gone_is_told_once_and_comes_back_when_it_is_chosen(
    stage: Stage, tmp_path: Path, model: Path
) -> None:
    quire, workspace = await started(stage)
    model.rename(tmp_path / "elsewhere")
    for _ in range(2):
        assert await quire._indexing.rerank(str(model), "pump", TEXTS) == []
    assert troubles(stage) == ["reranker_gone"]
    (tmp_path / "elsewhere").rename(model)
    await quire.change_reranker(workspace, str(model))
    assert len(await quire._indexing.rerank(str(model), "pump", TEXTS)) == 2


async def test_one_that_ends_its_process_is_told_once_and_search_goes_on(
    stage: Stage, model: Path
) -> None:
    quire, _ = await started(stage)
    for _ in range(5):
        assert await quire._indexing.rerank(str(model), "a deadly pump", TEXTS) == []
    assert troubles(stage) == ["reranker_failed"]
    assert await quire.search("Law", "pump") == []


async def test_the_crashes_of_rerankers_do_not_keep_the_indexer_down(
    stage: Stage, tmp_path: Path
) -> None:
    quire, _ = await started(stage)
    for number in range(4):
        (tmp_path / f"r{number}").mkdir()
        assert await quire._indexing.rerank(str(tmp_path / f"r{number}"), "deadly", TEXTS) == []
    try:
        await quire.search("Law", "pump")
    except Fault as fault:
        pytest.fail(str(fault))


async def test_an_answer_is_written_from_what_the_reranker_puts_first(
    stage: Stage, papers: Path, model: Path
) -> None:
    (papers / "long.txt").write_text("seals seals seals seals, and how they are kept in the store")
    (papers / "short.txt").write_text("The warranty of 12 months is void for seals kept wet.")
    quire, workspace = await filled(stage, papers)
    question = "seals kept wet"
    before = await quire.retrieve(workspace, question)
    assert before.reranker == "" and before.considered[0].rerank_score is None
    await quire.change_reranker(workspace, str(model))
    after = await quire.retrieve(workspace, question)
    scores = [each.rerank_score for each in after.considered]
    assert after.reranker == "ms-marco"
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert after.passages[0].name == "short.txt"
    assert {each.passage: each.fused_rank for each in after.considered} == {
        each.passage: each.final_rank for each in before.considered
    }
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, question)
    assert turn.explanation is not None and turn.explanation.reranker == "ms-marco"


async def test_without_its_model_the_order_stays(stage: Stage, papers: Path, model: Path) -> None:
    quire, workspace = await filled(stage, papers)
    before = await quire.search(workspace, "warranty on the seals")
    await quire.change_reranker(workspace, str(model))
    model.rmdir()
    assert await quire.search(workspace, "warranty on the seals") == before
    assert await quire.search(workspace, "warranty on the seals") == before
    assert troubles(stage) == ["reranker_gone"]
