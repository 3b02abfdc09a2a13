"""Check and repair, on the real index: each kind of damage is made on purpose, found and mended."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.faults import worker
from tests.services.stage import Stage, filled, names_found
from workspaces.core.types import DocumentState
from workspaces.library.database import Database
from workspaces.services.quire import Quire


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """With the real index."""
    made = Stage(tmp_path, Path(worker.__file__))
    yield made
    await made.close()


def index(root: Path) -> Path:
    return root / "index.lance"


def newest(files: list[Path]) -> Path:
    return max(files, key=lambda path: (path.stat().st_mtime_ns, path.name))


def manifest(root: Path) -> Path:
    return newest(list(index(root).rglob("_versions/*")))


def zero_manifest(root: Path) -> None:
    manifest(root).write_bytes(b"")


def cut_manifest(root: Path) -> None:
    path = manifest(root)
    path.write_bytes(path.read_bytes()[:20])


def cut_data(root: Path) -> None:
    for path in index(root).rglob("data/*.lance"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def lose_data(root: Path) -> None:
    for path in index(root).rglob("data/*.lance"):
        path.unlink()


def lose_word_list(root: Path) -> None:
    for folder in index(root).rglob("_indices"):
        shutil.rmtree(folder)


def lose_index(root: Path) -> None:
    shutil.rmtree(index(root))


def lose_some_vectors(root: Path) -> None:
    database = Database(root / "catalog.sqlite")
    database.write("DELETE FROM vectors")
    database.close()


def lose_texts(root: Path) -> None:
    for path in root.rglob("text.jsonl"):
        path.unlink()


def garble_texts(root: Path) -> None:
    for path in root.rglob("text.jsonl"):
        path.write_bytes(b"{nonsense\n")


def lose_copies(root: Path) -> None:
    for path in root.rglob("original"):
        path.unlink()


def leave_orphans(root: Path) -> None:
    orphan = root / "documents" / ("0" * 32)
    orphan.mkdir()
    (orphan / "original").write_text("of nobody")


def leave_parts(root: Path) -> None:
    (next((root / "documents").iterdir()) / "original.part").write_text("half")


def lose_passages(root: Path) -> None:
    database = Database(root / "catalog.sqlite")
    database.write("DELETE FROM passages")
    database.close()


DAMAGES: list[Callable[[Path], None]] = [
    zero_manifest,
    cut_manifest,
    cut_data,
    lose_data,
    lose_word_list,
    lose_index,
    lose_some_vectors,
    lose_texts,
    garble_texts,
    lose_copies,
    leave_orphans,
    leave_parts,
    lose_passages,
]


async def everything_is_there(quire: Quire, workspace: str) -> None:
    ids = [row.id for row in await quire.list_documents(workspace)]
    rows = await quire.wait_for_documents(workspace, ids)
    assert sorted(row.state for row in rows) == ["ready", "ready", "ready", "refused"]
    await quire.wait_for_embedder(workspace)
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"
    assert (await names_found(quire, workspace, "王伟"))[0] == "规定.txt"
    found = await quire.search(workspace, "warranty seals")
    assert found[0].name == "seals.md"
    assert (found[0].keyword_rank, found[0].vector_rank) == (1, 1)
    for row in rows:
        if row.state is DocumentState.READY:
            assert (await quire.document_places(workspace, row.id))[1]


@pytest.mark.slow
async def test_a_healthy_workspace_has_nothing_to_find(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    assert await quire.check_workspace(workspace) == []
    assert await quire.repair_workspace(workspace) == []
    await everything_is_there(quire, workspace)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
async def test_damage_is_found_and_repaired(
    stage: Stage, papers: Path, damage: Callable[[Path], None]
) -> None:
    _, workspace = await filled(stage, papers)
    await stage.close()
    damage(stage.home.workspaces / workspace)
    quire = await stage.open()
    findings = await quire.repair_workspace(workspace)
    told = stage.changes  # what the start itself repaired was announced
    assert findings or told
    assert all(finding.repaired for finding in findings)
    await everything_is_there(quire, workspace)
    assert await quire.check_workspace(workspace) == []


async def test_a_check_only_looks(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    await quire.pause_import(workspace)
    root = stage.home.workspaces / workspace
    for damage in (lose_texts, lose_copies, leave_orphans, leave_parts, lose_passages):
        damage(root)
    findings = await quire.check_workspace(workspace)
    assert [finding.reason.code for finding in findings] == [
        "found_orphans",
        "found_leftovers",
        "found_copies_missing",
        "found_texts_missing",
        "found_unfinished",
        "found_surplus",
    ]
    assert not any(finding.repaired for finding in findings)
    assert await quire.check_workspace(workspace) == findings


@pytest.mark.slow
async def test_a_damage_in_the_middle_of_a_session_is_mended_by_the_next_search(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    lose_data(stage.home.workspaces / workspace)
    stage_indexer = stage.children["indexer"]
    await stage_indexer.kill()
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"


@pytest.mark.slow
async def test_a_copy_that_cannot_be_made_again_is_told(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    for path in stage.home.root.rglob("original"):
        path.unlink()
    (papers / "oil.txt").write_text("changed")
    findings = await quire.repair_workspace(workspace)
    codes = {finding.reason.code: finding for finding in findings}
    assert codes["found_copies_missing"].repaired
    assert not codes["found_copies_lost"].repaired
    assert "oil.txt" in codes["found_copies_lost"].reason.sentence()


async def test_a_marker_of_a_deleted_document_is_in_no_file(stage: Stage, papers: Path) -> None:
    (papers / "secret.txt").write_text("The marker is xyzzyplugh, remember it.")
    quire, workspace = await filled(stage, papers)
    assert (await names_found(quire, workspace, "xyzzyplugh"))[0] == "secret.txt"
    removal = await quire.remove_documents(workspace, ["secret.txt"])
    assert removal.clean
    assert removal.documents == 1
    for path in (each for each in stage.home.root.rglob("*") if each.is_file()):
        assert b"xyzzyplugh" not in path.read_bytes(), path
    await stage.close()
    for path in (each for each in stage.home.root.rglob("*") if each.is_file()):
        assert b"xyzzyplugh" not in path.read_bytes(), path


@pytest.mark.slow
async def test_what_an_indexer_could_not_forget_is_counted_and_forgotten_later(
    stage: Stage, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire, workspace = await filled(stage, papers)
    with monkeypatch.context() as patch:
        patch.setattr(quire._indexing, "forget", _refuse)
        removal = await quire.remove_documents(workspace, ["oil.txt"])
    assert not removal.clean
    assert removal.index_left == 2  # its words and its vector
    assert (removal.rows_left, removal.passages_left, removal.files_left) == (0, 0, 0)
    await stage.close()
    again = await stage.open()
    await again.search(workspace, "oil filter")
    inspected = await again._indexing.inspect(again._shelf.get(workspace))
    assert len(inspected.words) == 2


async def _refuse(*_: object) -> None:
    from workspaces.core.reasons import Problem

    raise Problem("disk_failed", name="index", details="broken")
