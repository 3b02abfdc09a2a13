"""Passages of another length are tried beside the present ones before they take their place."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.stage import Stage
from workspaces.core.golden import Stretch
from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState, Sides
from workspaces.library.golden import GoldenQuestion
from workspaces.library.workspace_folder import TRIAL, WorkspaceFolder
from workspaces.services.quire import Quire
from workspaces.services.views import TrialProgressed

LINES = [f"Pump number {n} was built in the year {1800 + n} by its maker.\n\n" for n in range(40)]


@pytest.fixture
def long_paper(tmp_path: Path) -> Path:
    """A document of forty paragraphs."""
    folder = tmp_path / "long"
    folder.mkdir()
    (folder / "pumps.txt").write_text("".join(LINES))
    return folder


async def with_long(stage: Stage, paper: Path) -> tuple[Quire, str, WorkspaceFolder]:
    """A workspace with it, an embedder that reads 256 tokens, and a test question."""
    (stage.model.parent / "tokens").write_text("256")
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, [str(paper)])
    await quire.wait_for_documents(workspace, ids)
    folder = quire._shelf.get(workspace)
    text = LINES[25].strip()
    start = folder.stored_text(ids[0]).index(text)
    right = Stretch(ids[0], start, start + len(text), text)
    folder.golden.add(GoldenQuestion("g", "Who built pump number 25?", "", "2026", (right,)))
    return quire, workspace, folder


def lengths(folder: WorkspaceFolder) -> list[int]:
    """Words of each passage."""
    return [len(each.text.split()) for each in folder.passages.searchable(0, 999)[0]]


async def test_a_length_is_tried_and_nothing_changes_until_it_is_accepted(
    stage: Stage, long_paper: Path
) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    before = folder.passages.searchable(0, 999)[0]
    length = await quire.passage_length(workspace)
    assert (length.tokens, length.least, length.most) == (0, 64, 256)
    compared = await quire.try_passages(workspace, 64)
    assert compared.before.ranks == {"g": 1} and compared.after.ranks == {"g": 1}
    assert folder.passages.searchable(0, 999)[0] == before
    assert (folder.root / TRIAL).is_dir()
    progress = [change for change in stage.changes if isinstance(change, TrialProgressed)]
    assert progress[0].total == 0 and progress[-1].done == progress[-1].total > len(before)
    await quire.accept_passages(workspace)
    assert not (folder.root / TRIAL).exists(), "the room is free again"
    after = folder.passages.searchable(0, 999)[0]
    assert len(after) == progress[-1].total
    assert max(lengths(folder)) < 64
    space = quire._indexing.current(folder)
    assert folder.passages.coverage(space.id) == (len(after), len(after)), "nothing embedded twice"
    found = await quire.search(workspace, "Who built pump number 25?")
    assert LINES[25].strip() in found[0].text and found[0].vector_rank is not None
    texts = {each.id: each.text for each in after}
    single = await quire._indexing.search(folder, "pump number 25", 9)
    assert {hit.passage for hit in single.hits} <= set(texts)
    assert (await quire.passage_length(workspace)).tokens == 64
    assert (await quire.measure_golden(workspace)).ranks == {"g": 1}


async def test_what_is_imported_later_has_the_new_length(stage: Stage, long_paper: Path) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    await quire.try_passages(workspace, 64)
    (long_paper / "late.txt").write_text("".join(LINES).replace("Pump", "Valve"))
    ids = await quire.add_documents(workspace, [str(long_paper / "late.txt")])
    await quire.wait_for_documents(workspace, ids)
    assert max(lengths(folder)) > 64, "it came between the trial and its acceptance"
    await quire.accept_passages(workspace)
    rows = await quire.wait_for_documents(workspace, ids)
    assert [row.state for row in rows] == [DocumentState.READY]
    assert max(lengths(folder)) < 64
    (long_paper / "later.txt").write_text("".join(LINES).replace("Pump", "Engine"))
    ids = await quire.add_documents(workspace, [str(long_paper / "later.txt")])
    await quire.wait_for_documents(workspace, ids)
    assert max(lengths(folder)) < 64


async def test_a_trial_is_discarded_and_its_room_is_free(stage: Stage, long_paper: Path) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    before = lengths(folder)
    await quire.try_passages(workspace, 128)
    await quire.discard_passages(workspace)
    assert not (folder.root / TRIAL).exists()
    assert lengths(folder) == before
    with pytest.raises(Problem, match="try a length first"):
        await quire.accept_passages(workspace)
    assert (await quire.passage_length(workspace)).tokens == 0


async def test_a_trial_is_cancelled_and_leaves_nothing(stage: Stage, long_paper: Path) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    with quire._embedding.resting():  # an answer is being written: the trial waits
        trying = asyncio.create_task(quire.try_passages(workspace, 64))
        async with asyncio.timeout(10):
            while not (folder.root / TRIAL / "catalog.sqlite").exists():
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)
        assert not trying.done()
        trying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await trying
    assert not (folder.root / TRIAL).exists()
    assert await quire.search(workspace, "pump number 25")


async def test_a_trial_that_was_cut_off_is_thrown_away(stage: Stage, long_paper: Path) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    await stage.close()
    (folder.root / TRIAL).mkdir()
    (folder.root / TRIAL / "workspace.json").write_text("{")
    quire = await stage.open()
    assert not (folder.root / TRIAL).exists()
    assert (await quire.measure_golden(workspace)).ranks == {"g": 1}


async def test_a_trial_ends_with_quire(stage: Stage, long_paper: Path) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    await quire.try_passages(workspace, 64)
    await stage.close()
    assert not (folder.root / TRIAL).exists()


@pytest.mark.parametrize("tokens", [1, 63, 257])
async def test_a_length_that_cannot_be_is_refused(
    stage: Stage, long_paper: Path, tokens: int
) -> None:
    quire, workspace, _ = await with_long(stage, long_paper)
    with pytest.raises(Problem, match=r"at least 64 .* \(256\)"):
        await quire.try_passages(workspace, tokens)


async def test_a_trial_of_another_embedder_is_not_accepted(
    stage: Stage, long_paper: Path, tmp_path: Path
) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    await quire.try_passages(workspace, 64)
    (tmp_path / "model-32").mkdir()
    (tmp_path / "model-32" / "dimension").write_text("32")
    await quire.change_embedder(workspace, str(tmp_path / "model-32"))
    for use in (quire.accept_passages(workspace), quire.try_passages(workspace, 64)):
        with pytest.raises(Problem, match="is being changed"):
            await use
    await quire.wait_for_embedder(workspace)
    await quire.accept_embedder(workspace)
    with pytest.raises(Problem, match="try a length first"):
        await quire.accept_passages(workspace)
    assert max(lengths(folder)) > 64


async def test_conversations_keep_what_they_cite(stage: Stage, long_paper: Path) -> None:
    quire, workspace, _ = await with_long(stage, long_paper)
    conversation = (await quire.create_conversation(workspace)).id
    question = "Who built pump number 25?"
    turn = await quire.ask(workspace, conversation, question, anyway=True)
    await quire.try_passages(workspace, 64)
    await quire.accept_passages(workspace)
    again = await quire.ask(workspace, conversation, question, anyway=True)
    (kept, _) = await quire.list_turns(workspace, conversation)
    assert kept == turn
    around = await quire.surroundings(workspace, kept.sources[0])
    assert not around.deleted and around.text == turn.sources[0].text
    old = {source.mark: source.start for source in turn.sources}
    new = {source.mark: source.start for source in again.sources}
    assert all(old[mark] == new[mark] for mark in old.keys() & new.keys())


async def test_an_index_is_written_anew_also_where_as_many_passages_are_there(
    stage: Stage, long_paper: Path
) -> None:
    quire, _, folder = await with_long(stage, long_paper)
    (passage, *rest) = folder.passages.searchable(0, 999)[0]
    found = await quire._indexing.search(folder, "zebra", 5, sides=Sides.KEYWORD)
    assert not found.hits

    async def change() -> None:
        zebra = replace(passage, text="A zebra.")
        folder.passages.replace({passage.document: [zebra, *rest]})

    await quire._indexing.renew(folder, change)
    found = await quire._indexing.search(folder, "zebra", 5, sides=Sides.KEYWORD)
    assert [hit.passage for hit in found.hits] == [passage.id]


async def test_a_deletion_takes_the_trial_along(stage: Stage, long_paper: Path) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    await quire.try_passages(workspace, 64)
    removal = await quire.remove_documents(workspace, ["pumps.txt"])
    assert removal.clean and not (folder.root / TRIAL).exists()
    with pytest.raises(Problem):
        await quire.accept_passages(workspace)


async def test_what_is_split_but_not_embedded_gets_the_new_length_too(
    stage: Stage, long_paper: Path
) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    await quire.try_passages(workspace, 64)
    (document,) = folder.documents.ids()
    folder.documents.set_state([document], DocumentState.SEARCHABLE)
    await quire.accept_passages(workspace)
    await quire.wait_for_documents(workspace, [document])
    assert max(lengths(folder)) < 64


async def test_a_length_is_kept_though_the_index_cannot_be_written(
    stage: Stage, long_paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire, workspace, folder = await with_long(stage, long_paper)
    await quire.try_passages(workspace, 64)

    async def full(_: object) -> None:
        raise Problem("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(quire._indexing, "check", full)
        with pytest.raises(Problem, match="full"):
            await quire.accept_passages(workspace)
    assert folder.card.passage_tokens == 64 and max(lengths(folder)) < 64
    assert await quire.search(workspace, "pump number 25")
