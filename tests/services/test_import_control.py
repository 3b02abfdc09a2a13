"""Pause, resume, cancel, retry, passwords, progress: the person steers the import."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.documents import encrypted_pdf
from tests.services.stage import Stage, filled, names_found
from workspaces.core.types import DocumentState
from workspaces.services.quire import Quire
from workspaces.services.views import DocumentChanged, DocumentView, ImportProgressed


async def begun(quire: Quire, papers: Path) -> tuple[str, list[str]]:
    workspace = (await quire.create_workspace("Law")).id
    return workspace, await quire.add_documents(workspace, [str(papers)])


async def seen(stage: Stage, document: str, state: DocumentState) -> DocumentView:
    """Wait until ``document`` was announced in ``state``."""
    while True:
        told = [each.document for each in stage.changes if isinstance(each, DocumentChanged)]
        for view in told:
            if (view.id, view.state) == (document, state):
                return view
        await asyncio.sleep(0.005)


async def test_a_paused_import_rests_over_a_restart_and_then_goes_on(
    stage: Stage, papers: Path
) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    await quire.pause_import(workspace)
    ids = await quire.add_documents(workspace, [str(papers)])
    await stage.close()
    again = await stage.open()
    await asyncio.sleep(0.5)
    rows = await again.list_documents(workspace)
    assert {row.state for row in rows} == {DocumentState.QUEUED}
    assert (await again.import_progress(workspace)).paused
    await again.resume_import(workspace)
    rows = await again.wait_for_documents(workspace, ids)
    assert sorted(row.state for row in rows) == ["ready", "ready", "ready", "refused"]
    assert not (await again.import_progress(workspace)).busy


async def test_a_pause_stops_what_is_being_done_and_loses_nothing(
    stage: Stage, papers: Path
) -> None:
    (papers / "a long one.txt").write_text("All work and no play.\n" * 12_000)
    quire = await stage.open()
    workspace, ids = await begun(quire, papers)
    long = next(r.id for r in await quire.list_documents(workspace) if r.name == "a long one.txt")
    await seen(stage, long, DocumentState.EMBEDDING)
    await quire.pause_import(workspace)
    before = await quire.import_progress(workspace)
    await asyncio.sleep(0.5)
    after = await quire.import_progress(workspace)
    assert before.passages_done == after.passages_done < after.passages
    await quire.resume_import(workspace)
    rows = await quire.wait_for_documents(workspace, ids)
    assert {row.state for row in rows} == {DocumentState.READY, DocumentState.REFUSED}


async def test_keyword_search_finds_a_document_before_its_vectors_are_there(
    stage: Stage, papers: Path
) -> None:
    quire = await stage.open()
    with quire._embedding.resting():
        workspace, ids = await begun(quire, papers)
        for document in ids:
            row = next(r for r in await quire.list_documents(workspace) if r.id == document)
            if row.name == "oil.txt":
                await seen(stage, document, DocumentState.SEARCHABLE)
        assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"
    await quire.wait_for_documents(workspace, ids)


async def test_what_is_cancelled_is_not_found_and_can_be_retried(
    stage: Stage, papers: Path
) -> None:
    quire = await stage.open()
    with quire._embedding.resting():
        workspace, ids = await begun(quire, papers)
        oil = next(r.id for r in await quire.list_documents(workspace) if r.name == "oil.txt")
        await seen(stage, oil, DocumentState.SEARCHABLE)
        await quire.cancel_documents(workspace, [oil])
        assert "oil.txt" not in await names_found(quire, workspace, "oil filter")
    rows = {row.name: row for row in await quire.wait_for_documents(workspace, ids)}
    assert rows["oil.txt"].state is DocumentState.CANCELLED
    assert rows["seals.md"].state is DocumentState.READY
    (papers / "oil.txt").unlink()  # our copy is still there
    await quire.retry_documents(workspace, [oil])
    (row,) = await quire.wait_for_documents(workspace, [oil])
    assert row.state is DocumentState.READY
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"


async def test_cancelling_all_ends_all_and_a_duplicate_does_not_lose_its_content(
    stage: Stage, papers: Path
) -> None:
    (papers / "zz copy.txt").write_bytes((papers / "oil.txt").read_bytes())
    quire = await stage.open()
    with quire._embedding.resting():
        workspace, ids = await begun(quire, papers)
        copy = next(r.id for r in await quire.list_documents(workspace) if r.name == "zz copy.txt")
        await seen(stage, copy, DocumentState.DUPLICATE)
        await quire.cancel_import(workspace)
    rows = {row.name: row for row in await quire.wait_for_documents(workspace, ids)}
    assert rows["oil.txt"].state is rows["seals.md"].state is DocumentState.CANCELLED
    assert rows["zz copy.txt"].state is DocumentState.READY
    assert await names_found(quire, workspace, "oil filter") == ["zz copy.txt"]


async def test_a_failed_file_is_retried_from_where_it_is_now(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    picture = next(r for r in await quire.list_documents(workspace) if r.name == "picture.txt")
    (papers / "picture.txt").write_text("Now it is a text about llamas.")
    await quire.retry_documents(workspace, [picture.id])
    (row,) = await quire.wait_for_documents(workspace, [picture.id])
    assert row.state is DocumentState.READY
    assert row.reason is None


async def test_what_was_removed_is_offered_again_from_the_report(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    removed = next(r.document for r in await quire.report(workspace) if r.name == "oil.txt")
    await quire.remove_documents(workspace, ["oil.txt"])
    ids = await quire.retry_documents(workspace, [removed])
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert (row.name, row.state) == ("oil.txt", DocumentState.READY)


async def test_a_protected_document_asks_for_its_password(stage: Stage, tmp_path: Path) -> None:
    secret = tmp_path / "contract.pdf"
    encrypted_pdf(secret, "The rent is 900 a month.", "Geheim 中文 9")
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, [str(secret)])
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.ENCRYPTED
    assert row.reason is not None and row.reason.code == "encrypted"
    await quire.unlock_documents(workspace, ids, "guess")
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.reason is not None and row.reason.code == "wrong_password"
    secret.unlink()
    await quire.unlock_documents(workspace, ids, "Geheim 中文 9")
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.READY
    assert (await names_found(quire, workspace, "rent"))[0] == "contract.pdf"
    await stage.close()
    files = [path for path in stage.home.root.rglob("*") if path.is_file()]
    assert not [path for path in files if "Geheim 中文 9".encode() in path.read_bytes()]


async def test_passwords_given_with_the_files_are_tried(stage: Stage, tmp_path: Path) -> None:
    secret = tmp_path / "contract.pdf"
    encrypted_pdf(secret, "The rent is 900 a month.", "two")
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, [str(secret)], passwords=["one", "two"])
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.READY


async def test_progress_counts_documents_and_passages(stage: Stage, papers: Path) -> None:
    quire = await stage.open()
    workspace, ids = await begun(quire, papers)
    start = await quire.import_progress(workspace)
    assert (start.documents, start.busy) == (len(ids), True)
    await quire.wait_for_documents(workspace, ids)
    end = await quire.import_progress(workspace)
    assert (end.documents_done, end.passages_done, end.busy) == (len(ids), end.passages, False)
    assert end.passages == 3
    await asyncio.sleep(0.3)
    told = [change for change in stage.changes if isinstance(change, ImportProgressed)]
    assert told[-1].progress == end


async def test_the_report_counts_every_file_offered(stage: Stage, papers: Path) -> None:
    times = 2
    quire, workspace = await filled(stage, papers)
    for _ in range(times):
        ids = await quire.add_documents(workspace, [str(papers)])
        rows = await quire.wait_for_documents(workspace, ids)
        assert sorted(row.state for row in rows) == ["duplicate"] * 3 + ["refused"]
    report = await quire.report(workspace)
    assert len(report) == 4 * (times + 1)
    ends = [row.reason.code for row in report if row.reason]
    assert ends.count("unchanged") == 3 * times
    assert ends.count("image") == times + 1
    # What has not changed, or failed again, does not fill the list of documents.
    assert len(await quire.list_documents(workspace)) == 4


async def test_the_report_is_written_as_markdown_and_csv(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    markdown = await quire.export_report(workspace, tmp_path / "report.md")
    assert "| picture.txt | refused |" in markdown.read_text("utf-8")
    table = await quire.export_report(workspace, tmp_path / "report.csv")
    assert len(table.read_text("utf-8-sig").splitlines()) == 5
