"""Workspaces and the journey of their documents, also through crashes."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import psutil
import pytest

from tests.services.stage import Stage, filled, names_found
from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState
from workspaces.engine.kernel import memory_kills
from workspaces.library.documents import Document
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import Extracted
from workspaces.services.quire import Samples
from workspaces.services.views import (
    DocumentChanged,
    Trouble,
    WorkspacesChanged,
)


async def test_workspaces_are_made_renamed_and_deleted(stage: Stage) -> None:
    quire = await stage.open()
    law = await quire.create_workspace("  Law \n")
    with pytest.raises(Problem, match="already a workspace"):
        await quire.create_workspace("Law")
    await quire.rename_workspace(law.id, "法律")
    assert [view.name for view in await quire.list_workspaces()] == ["法律"]
    await quire.delete_workspace(law.id)
    assert await quire.list_workspaces() == []
    assert list(stage.home.workspaces.iterdir()) == []
    assert stage.changes.count(WorkspacesChanged()) == 3


async def test_each_file_ends_in_a_state_with_its_reason(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    rows = {row.name: row for row in await quire.list_documents(workspace)}
    assert rows["picture.txt"].state is DocumentState.REFUSED
    assert rows["picture.txt"].reason is not None
    assert "is an image" in rows["picture.txt"].reason.sentence()
    ready = [row for row in rows.values() if row.state is DocumentState.READY]
    assert {row.name for row in ready} == {"seals.md", "oil.txt", "规定.txt"}
    assert all(row.passages == 1 for row in ready)
    states = [
        change.document.state
        for change in stage.changes
        if isinstance(change, DocumentChanged) and change.document.name == "oil.txt"
    ]
    assert list(dict.fromkeys(states)) == [
        "queued",
        "reading",
        "indexing",
        "keyword_searchable",
        "ready",
    ]


async def test_what_is_there_is_found(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"
    assert (await names_found(quire, workspace, "王伟"))[0] == "规定.txt"


async def test_a_removed_document_is_found_nowhere(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    await quire.remove_documents(workspace, ["oil.txt"])
    assert "oil.txt" not in await names_found(quire, workspace, "oil filter")
    await stage.close()
    files = [path for path in stage.home.root.rglob("*") if path.is_file()]
    assert not [path for path in files if b"operating hours" in path.read_bytes()]


async def test_the_same_content_is_a_duplicate(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    shutil.copy(papers / "oil.txt", papers / "copy.txt")
    ids = await quire.add_documents(workspace, [str(papers / "copy.txt")])
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.DUPLICATE
    assert row.twin is not None
    assert not (stage.home.workspaces / workspace / "documents" / row.id).exists()


async def test_a_missing_path_gets_its_row(stage: Stage, tmp_path: Path) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, [str(tmp_path / "nothing.pdf")])
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.UNREADABLE
    assert row.reason is not None and row.reason.code == "missing"


async def test_a_first_start_makes_the_samples_and_a_second_does_not(
    stage: Stage, papers: Path
) -> None:
    samples = Samples("Examples", [papers / "seals.md", papers / "规定.txt"])
    quire = await stage.open(samples)
    (view,) = await quire.list_workspaces()
    documents = [row.id for row in await quire.list_documents(view.id)]
    rows = await quire.wait_for_documents(view.id, documents)
    assert [row.state for row in rows] == [DocumentState.READY] * 2
    await quire.delete_workspace(view.id)
    await stage.close()
    assert await (await stage.open(samples)).list_workspaces() == []


async def test_everything_is_there_after_a_restart(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "oil filter?")
    before = await quire.list_documents(workspace)
    await stage.close()
    again = await stage.open()
    assert await again.list_documents(workspace) == before
    assert await again.list_turns(workspace, conversation) == [turn]
    # The fake index forgets everything with its process: it is written anew from the catalogue.
    assert (await names_found(again, workspace, "oil filter"))[0] == "oil.txt"


async def test_an_import_goes_on_after_a_crash(stage: Stage, papers: Path) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, [str(papers)])
    await stage.close()  # in the middle of the work
    again = await stage.open()
    rows = await again.wait_for_documents(workspace, ids)
    assert sorted(row.state for row in rows) == ["ready", "ready", "ready", "refused"]


@pytest.mark.parametrize("role", ["reader", "indexer"])
async def test_killing_a_child_loses_nothing(stage: Stage, papers: Path, role: str) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, [str(papers)])
    while (pid := stage.children[role].pid) is None:
        await asyncio.sleep(0.005)
    psutil.Process(pid).kill()
    rows = await quire.wait_for_documents(workspace, ids)
    assert sorted(row.state for row in rows) == ["ready", "ready", "ready", "refused"]
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"


async def test_a_full_disk_holds_the_import_up_and_loses_nothing(
    stage: Stage, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    full = Problem("disk_full")

    async def refuse(*_: object, **__: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(quire._intake, "_admit", refuse)
        ids = await quire.add_documents(workspace, [str(papers)])
        with pytest.raises(Problem, match="disk is full"):
            await quire.wait_for_documents(workspace, ids)
    assert Trouble(full.reason) in stage.changes
    await quire._importing.wake()
    rows = await quire.wait_for_documents(workspace, ids)
    assert sorted(row.state for row in rows) == ["ready", "ready", "ready", "refused"]


async def test_a_link_out_of_a_folder_is_not_followed(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("The safe opens with 4711.")
    (papers / "link.txt").symlink_to(tmp_path / "secret.txt")
    quire, workspace = await filled(stage, papers)
    row = next(row for row in await quire.list_documents(workspace) if row.name == "link.txt")
    assert row.state is DocumentState.REFUSED
    assert row.reason is not None and "not a regular file" in row.reason.sentence()
    assert all("4711" not in found.text for found in await quire.search(workspace, "4711 safe"))


async def test_a_damaged_workspace_does_not_keep_the_others_shut(stage: Stage) -> None:
    quire = await stage.open()
    damaged = (await quire.create_workspace("Damaged")).id
    await quire.create_workspace("Healthy")
    await stage.close()
    catalog = stage.home.workspaces / damaged / "catalog.sqlite"
    catalog.write_bytes(b"no database" * 500)
    again = await stage.open()
    assert [view.name for view in await again.list_workspaces()] == ["Healthy"]
    said = [change.reason.code for change in stage.changes if isinstance(change, Trouble)]
    assert said == ["home_damaged"]
    assert catalog.read_bytes() == b"no database" * 500


async def test_a_workspace_that_lost_its_only_document_takes_another(
    stage: Stage, papers: Path
) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    for name in ("oil.txt", "seals.md"):
        ids = await quire.add_documents(workspace, [str(papers / name)])
        (row,) = await quire.wait_for_documents(workspace, ids)
        assert row.state is DocumentState.READY
        await quire.remove_documents(workspace, [row.id])


@pytest.mark.parametrize("state", ["reading", "indexing", "embedding"])
async def test_removing_what_is_being_imported_disturbs_nothing_else(
    stage: Stage, papers: Path, state: str
) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    (papers / "a long one.txt").write_text("All work and no play makes Jack a dull boy.\n" * 20_000)
    long, *others = await quire.add_documents(
        workspace, [str(papers / "a long one.txt"), str(papers)]
    )
    while not any(
        isinstance(change, DocumentChanged)
        and change.document.id == long
        and change.document.state == state
        for change in stage.changes
    ):
        await asyncio.sleep(0.001)
    await quire.remove_documents(workspace, [long])
    rows = await quire.wait_for_documents(workspace, others)
    assert {row.state for row in rows} <= {"ready", "refused"}
    assert not [change for change in stage.changes if isinstance(change, Trouble)]
    assert not (stage.home.workspaces / workspace / "documents" / long).exists()


async def test_deleting_a_workspace_in_the_middle_of_its_import(stage: Stage, papers: Path) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    other = (await quire.create_workspace("Other")).id
    await quire.add_documents(workspace, [str(papers)])
    ids = await quire.add_documents(other, [str(papers / "oil.txt")])
    await quire.delete_workspace(workspace)
    (row,) = await quire.wait_for_documents(other, ids)
    assert row.state is DocumentState.READY
    assert [entry.name for entry in stage.home.workspaces.iterdir()] == [other]


async def test_what_was_copied_is_read_though_its_source_is_gone(
    stage: Stage, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id

    async def hang(*_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(quire._intake, "extract", hang)
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    copy = stage.home.workspaces / workspace / "documents" / ids[0] / "original"
    while not copy.exists():
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    await stage.close()
    (papers / "oil.txt").unlink()
    (row,) = await (await stage.open()).wait_for_documents(workspace, ids)
    assert row.state is DocumentState.READY


async def test_a_document_that_trips_a_bug_is_set_aside_and_the_rest_goes_on(
    stage: Stage, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    read_text = quire._intake.read_text

    async def trip(folder: WorkspaceFolder, document: Document, kind: str) -> Extracted:
        if document.name == "oil.txt":
            raise ValueError("ours")
        return await read_text(folder, document, kind)

    monkeypatch.setattr(quire._intake, "read_text", trip)
    ids = await quire.add_documents(workspace, [str(papers)])
    rows = await quire.wait_for_documents(workspace, ids)
    states = {row.name: row.state for row in rows}
    assert states["oil.txt"] is DocumentState.SET_ASIDE
    assert states["seals.md"] is DocumentState.READY


async def test_documents_that_kill_the_reader_are_set_aside_by_name_and_the_rest_goes_on(
    stage: Stage, papers: Path
) -> None:
    for number in range(3):
        (papers / f"a deadly {number}.txt").write_text(f"Poison number {number}.")
    quire, workspace = await filled(stage, papers)
    rows = {row.name: row for row in await quire.list_documents(workspace)}
    for number in range(3):
        deadly = rows[f"a deadly {number}.txt"]
        assert deadly.state is DocumentState.SET_ASIDE
        assert deadly.reason is not None and deadly.name in deadly.reason.sentence()
    assert rows["oil.txt"].state is rows["seals.md"].state is DocumentState.READY
    # None of it is a reason to wait: each crash has been explained.
    assert not [change for change in stage.changes if isinstance(change, Trouble)]


async def test_words_are_found_while_the_embedding_model_is_being_loaded(
    stage: Stage, papers: Path
) -> None:
    (stage.model.parent / "slow").write_text("4")
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    loading = asyncio.create_task(quire.warm_up())
    ids = await quire.add_documents(workspace, [str(papers)])
    while not (found := await quire.search(workspace, "oil filter", at_once=True)):
        await asyncio.sleep(0.05)
    assert not loading.done()
    assert found[0].vector_rank is None
    (patient, *_) = await quire.search(workspace, "oil filter")
    assert loading.done() and patient.keyword_rank == 1
    await quire.wait_for_documents(workspace, ids)
    assert (await quire.search(workspace, "oil filter", at_once=True))[0].vector_rank == 1


@pytest.mark.skipif(memory_kills() is None, reason="the kernel does not say whom it ended")
async def test_a_reader_that_is_killed_from_outside_is_not_the_documents_fault(
    stage: Stage, papers: Path
) -> None:
    (papers / "a hunted one.txt").write_text("The heron stands still.")
    quire, workspace = await filled(stage, papers)
    rows = {row.name: row for row in await quire.list_documents(workspace)}
    assert rows["a hunted one.txt"].state is DocumentState.READY
    assert not [change for change in stage.changes if isinstance(change, Trouble)]


async def test_a_duplicate_inherits_what_is_removed(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    shutil.copy(papers / "oil.txt", papers / "copy.txt")
    ids = await quire.add_documents(workspace, [str(papers / "copy.txt")])
    await quire.wait_for_documents(workspace, ids)
    assert (await quire.document_places(workspace, "copy.txt"))[1]
    (papers / "copy.txt").unlink()
    await quire.remove_documents(workspace, ["oil.txt"])
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.READY
    assert (await names_found(quire, workspace, "oil filter"))[0] == "copy.txt"


async def test_text_of_what_was_refused_is_a_reason(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    with pytest.raises(Problem, match="is an image"):
        await quire.document_places(workspace, "picture.txt")


async def test_a_path_that_is_no_text_gets_its_row(stage: Stage, papers: Path) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, ["/tmp/bad\udcff.txt", str(papers / "oil.txt")])
    rows = await quire.wait_for_documents(workspace, ids)
    assert {row.state for row in rows} == {DocumentState.READY, DocumentState.UNREADABLE}
