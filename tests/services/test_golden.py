"""Test questions: kept from good answers, asked again to measure search."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.services.stage import Stage, filled
from workspaces.core.golden import Stretch
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Turn, Weights
from workspaces.library.golden import GoldenQuestion
from workspaces.library.spaces import Role
from workspaces.protocol.messages import RequestBody, ResultBody, Search
from workspaces.services.quire import Quire
from workspaces.services.searching import Retrieved
from workspaces.services.views import (
    Comparison,
    EmbedderChanged,
    GoldenChanged,
    GoldenFigures,
    GoldenProgressed,
)

WARRANTY = "How long is the warranty on the seals?"
OIL = "When is the oil filter replaced?"


async def asked(
    quire: Quire, workspace: str, *questions: str, anyway: bool = False
) -> tuple[str, list[Turn]]:
    """A conversation in which ``questions`` have been answered."""
    conversation = (await quire.create_conversation(workspace)).id
    turns = [await quire.ask(workspace, conversation, each, anyway) for each in questions]
    return conversation, turns


async def kept(quire: Quire, workspace: str, *questions: str) -> list[str]:
    """Test questions of this wording, each from a conversation of its own; their ids."""
    made = []
    for question in questions:
        conversation, (turn,) = await asked(quire, workspace, question, anyway=True)
        made.append((await quire.add_golden(workspace, conversation, turn.id)).id)
    return made


async def test_one_click_keeps_the_question_with_what_its_answer_cites(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation, (turn,) = await asked(quire, workspace, WARRANTY)
    view = await quire.add_golden(workspace, conversation, turn.id)
    assert (view.question, view.turn, view.documents) == (WARRANTY, turn.id, ("seals.md",))
    assert await quire.list_golden(workspace) == [view]
    assert await quire.add_golden(workspace, conversation, turn.id) == view, "twice is once"
    assert stage.changes.count(GoldenChanged(workspace)) == 1
    (question,) = quire._shelf.get(workspace).golden.all()
    (right,) = question.right
    assert right.text == turn.sources[0].text, "the one that is cited, not all that were found"
    assert len(turn.sources) > 1
    await quire.remove_golden(workspace, view.id)
    assert await quire.list_golden(workspace) == []
    assert stage.changes.count(GoldenChanged(workspace)) == 2


async def test_without_a_citation_the_first_source_is_right(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation, (turn,) = await asked(quire, workspace, WARRANTY)
    bare = Turn(turn.id, turn.question, "42.", turn.ending, "m", turn.asked_at, turn.sources)
    quire._shelf.get(workspace).conversations.save(conversation, bare)
    view = await quire.add_golden(workspace, conversation, turn.id)
    assert view.documents == (turn.sources[0].name,)


async def test_what_was_not_answered_is_refused_with_a_sentence(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation, (turn,) = await asked(quire, workspace, "zebra quantum")
    assert turn.ending is Ending.REFUSED or not turn.sources
    with pytest.raises(Problem, match="answered from your documents"):
        await quire.add_golden(workspace, conversation, turn.id)
    _, (dying,) = await asked(quire, workspace, "dying of the oil filter", anyway=True)
    assert dying.ending is Ending.FAILED and dying.sources
    where = (await quire.list_conversations(workspace))[0].id
    with pytest.raises(Problem, match="answered from your documents"):
        await quire.add_golden(workspace, where, dying.id)
    with pytest.raises(Problem, match="no longer in this conversation"):
        await quire.add_golden(workspace, conversation, "nowhere")
    conversation, (turn,) = await asked(quire, workspace, WARRANTY)
    await quire.remove_documents(workspace, ["seals.md"])
    with pytest.raises(Problem, match="no longer here"):
        await quire.add_golden(workspace, conversation, turn.id)
    assert await quire.list_golden(workspace) == []


async def test_a_follow_up_is_kept_with_the_words_it_was_searched_with(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation, turns = await asked(quire, workspace, WARRANTY, "And why?", anyway=True)
    view = await quire.add_golden(workspace, conversation, turns[1].id)
    assert view.question == f"{WARRANTY} And why?"
    figures = await quire.measure_golden(workspace)
    assert figures.ranks == {view.id: 1}


async def test_the_figures_say_where_the_right_passages_are_found(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    first, second = await kept(quire, workspace, WARRANTY, OIL)
    figures = await quire.measure_golden(workspace)
    assert figures == GoldenFigures(2, 1.0, 2, 1.0, {first: 1, second: 1})
    progress = [change for change in stage.changes if isinstance(change, GoldenProgressed)]
    assert progress == [GoldenProgressed(workspace, done, 2) for done in (1, 2)]


async def test_a_newer_version_keeps_them_right_wherever_the_text_has_moved(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    (oil,) = await kept(quire, workspace, OIL)
    old = (papers / "oil.txt").read_text()
    filler = "".join(f"Sentence number {n} is about zebras in the wild.\n\n" for n in range(60))
    (papers / "oil.txt").write_text(filler + old)
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    await quire.wait_for_documents(workspace, ids)
    figures = await quire.measure_golden(workspace)
    assert (figures.ranks, figures.lost) == ({oil: 1}, ())
    (papers / "oil.txt").write_text(filler)
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    await quire.wait_for_documents(workspace, ids)
    figures = await quire.measure_golden(workspace)
    assert (figures.questions, figures.ranks, figures.lost) == (0, {}, (oil,))


async def test_weights_are_tried_before_they_are_changed(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    # It has every word of the question, and speaks of something else.
    zebras = "Zebras graze in herds and drink at dusk. " * 4
    (papers / "decoy.txt").write_text(f"Warranty seals zeppelin. {zebras}")
    ids = await quire.add_documents(workspace, [str(papers / "decoy.txt")])
    await quire.wait_for_documents(workspace, ids)
    folder = quire._shelf.get(workspace)
    (seals,) = [row for row in folder.documents.all() if row.name == "seals.md"]
    (right,) = folder.passages.searchable(0, 9, [seals.id])[0]
    question = "warranty seals zeppelin"
    _keep(quire, workspace, question, right.document, right.text)
    meaning = Weights(0.0, 1.0)
    compared = await quire.try_weights(workspace, meaning)
    assert await quire.search_settings(workspace) == Weights()
    assert (compared.before.ranks, compared.after.ranks) == ({question: 2}, {question: 1})
    assert (compared.before.mrr, compared.after.mrr, compared.better) == (0.5, 1.0, 1)
    await quire.change_weights(workspace, meaning)
    assert (await quire.measure_golden(workspace)).ranks == {question: 1}
    await stage.close()
    again = await stage.open()
    assert await again.search_settings(workspace) == meaning


@pytest.mark.parametrize("weights", [(0, 0), (-0.1, 1), (1, 2.1), (float("nan"), 1)])
async def test_weights_that_mean_nothing_are_refused(
    stage: Stage, weights: tuple[float, float]
) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    for use in (quire.try_weights, quire.change_weights):
        with pytest.raises(Problem, match="between 0 and 2"):
            await use(workspace, Weights(*weights))
    assert await quire.search_settings(workspace) == Weights()


async def test_a_cancel_lets_the_search_under_way_end(
    stage: Stage, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire, workspace = await filled(stage, papers)
    await kept(quire, workspace, OIL)
    retrieve = quire._searching.retrieve
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow(*arguments: Any) -> Retrieved:
        begun.set()
        await asyncio.sleep(0.2)
        ended.set()
        return await retrieve(*arguments)

    monkeypatch.setattr(quire._searching, "retrieve", slow)
    measuring = asyncio.create_task(quire.measure_golden(workspace))
    await begun.wait()
    measuring.cancel()
    await asyncio.wait([measuring])
    assert measuring.cancelled() and not ended.is_set()
    async with asyncio.timeout(5):
        await ended.wait()


async def test_without_test_questions_there_is_nothing_to_measure(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    compared = await quire.try_weights(workspace, Weights(2, 1))
    assert compared.before == compared.after == GoldenFigures(0, 0.0, 2, 0.0, {})


async def test_many_questions_block_nothing_and_can_be_cancelled(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    folder = quire._shelf.get(workspace)
    (oil,) = [row for row in folder.documents.all() if row.name == "oil.txt"]
    for number in range(200):
        _keep(quire, workspace, f"{OIL} {number}", oil.id, "Replace the oil filter")
    measuring = asyncio.create_task(quire.measure_golden(workspace))
    await _progressed(stage, 5)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    assert await quire.search(workspace, "warranty")
    assert loop.time() - begun < 1.0
    pid = stage.children["indexer"].pid
    measuring.cancel()
    with pytest.raises(asyncio.CancelledError):
        await measuring
    assert sum(isinstance(change, GoldenProgressed) for change in stage.changes) < 200
    assert await quire.search(workspace, "warranty")
    assert stage.children["indexer"].pid == pid, "the process lives on"


def test_a_comparison_counts_what_got_better_and_worse() -> None:
    before = GoldenFigures(5, 0.0, 5, 0.0, {"a": 1, "b": 3, "c": None, "d": 2, "gone": 1})
    after = GoldenFigures(5, 0.0, 5, 0.0, {"a": 2, "b": 1, "c": 4, "d": None, "new": 1})
    assert (Comparison(before, after).better, Comparison(before, after).worse) == (2, 2)


def _keep(quire: Quire, workspace: str, question: str, document: str, text: str) -> None:
    """Put a test question into the catalogue, as if from an answer that cited ``text``."""
    folder = quire._shelf.get(workspace)
    start = folder.stored_text(document).index(text)
    right = Stretch(document, start, start + len(text), text)
    folder.golden.add(GoldenQuestion(question, question, "", "2026", (right,)))


async def _progressed(stage: Stage, done: int) -> None:
    async with asyncio.timeout(30):
        while sum(isinstance(change, GoldenProgressed) for change in stage.changes) < done:
            await asyncio.sleep(0.01)


async def test_documents_that_are_removed_take_their_questions_along(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    await kept(quire, workspace, WARRANTY, OIL)
    await quire.remove_documents(workspace, ["oil.txt"])
    assert [view.question for view in await quire.list_golden(workspace)] == [WARRANTY]


async def waiting_model(quire: Quire, workspace: str, folder: Path) -> None:
    """Change to a model of 32 numbers and wait until there is nothing more to embed."""
    folder.mkdir()
    (folder / "dimension").write_text("32")
    await quire.change_embedder(workspace, str(folder))
    await quire.wait_for_embedder(workspace)


async def test_a_new_embedder_waits_for_a_decision_where_there_are_test_questions(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    (oil,) = await kept(quire, workspace, OIL)
    with pytest.raises(Problem, match="waits for a decision"):
        await quire.accept_embedder(workspace)
    await waiting_model(quire, workspace, tmp_path / "model-32")
    view = await quire.embedder(workspace)
    assert (view.next, view.done, view.total, view.waits) == ("model-32", 3, 3, True)
    told = [change for change in stage.changes if isinstance(change, EmbedderChanged)]
    assert told[-1].embedder.waits, "the window hears that it waits"
    compared = await quire.compare_embedders(workspace)
    assert compared.before.ranks == compared.after.ranks == {oil: 1}
    assert await quire.embedder(workspace) == view, "measuring decides nothing"
    await quire.accept_embedder(workspace)
    view = await quire.embedder(workspace)
    assert (view.name, view.next, view.waits) == ("model-32", "", False)


async def test_each_side_of_the_comparison_searches_its_own_space(
    stage: Stage, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire, workspace = await filled(stage, papers)
    await kept(quire, workspace, OIL)
    await waiting_model(quire, workspace, tmp_path / "model-32")
    asked: list[Search] = []
    look = stage.children["indexer"].look

    async def overhear(body: RequestBody, answer: type[ResultBody]) -> ResultBody:
        if isinstance(body, Search):
            asked.append(body)
        return await look(body, answer)

    monkeypatch.setattr(stage.children["indexer"], "look", overhear)
    await quire.compare_embedders(workspace)
    spaces = quire._shelf.get(workspace).spaces
    present, following = spaces.get(Role.CURRENT), spaces.get(Role.NEXT)
    assert present is not None and following is not None
    assert [body.space for body in asked] == [present.id, following.id]
    assert [len(body.vector or b"") // 2 for body in asked] == [64, 32]


async def test_a_new_embedder_is_not_taken_before_everything_is_embedded(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    await kept(quire, workspace, OIL)
    with quire._embedding.resting():
        (tmp_path / "model-32").mkdir()
        await quire.change_embedder(workspace, str(tmp_path / "model-32"))
        for decide in (quire.accept_embedder, quire.compare_embedders):
            with pytest.raises(Problem, match="waits for a decision"):
                await decide(workspace)


async def test_the_present_embedder_can_be_kept(stage: Stage, papers: Path, tmp_path: Path) -> None:
    quire, workspace = await filled(stage, papers)
    before = await quire.embedder(workspace)
    await kept(quire, workspace, OIL)
    await waiting_model(quire, workspace, tmp_path / "model-32")
    await quire.cancel_embedder_change(workspace)
    assert await quire.embedder(workspace) == before


async def test_a_decision_that_is_due_survives_a_restart_and_late_documents(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    await kept(quire, workspace, OIL)
    await waiting_model(quire, workspace, tmp_path / "model-32")
    await stage.close()
    quire = await stage.open()
    await quire.wait_for_embedder(workspace)
    assert (await quire.embedder(workspace)).waits
    (papers / "late.txt").write_text("A late document about camels.")
    ids = await quire.add_documents(workspace, [str(papers / "late.txt")])
    await quire.wait_for_documents(workspace, ids)
    await quire.wait_for_embedder(workspace)
    view = await quire.embedder(workspace)
    assert (view.done, view.total, view.waits) == (4, 4, True)


@pytest.mark.parametrize("way", ["question", "document"])
async def test_it_waits_no_longer_when_the_last_test_question_has_gone(
    stage: Stage, papers: Path, tmp_path: Path, way: str
) -> None:
    quire, workspace = await filled(stage, papers)
    (question,) = await kept(quire, workspace, OIL)
    await waiting_model(quire, workspace, tmp_path / "model-32")
    if way == "question":
        await quire.remove_golden(workspace, question)
    else:
        await quire.remove_documents(workspace, ["oil.txt"])
    await quire.wait_for_embedder(workspace)
    view = await quire.embedder(workspace)
    assert (view.name, view.next) == ("model-32", "")
