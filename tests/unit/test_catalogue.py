"""The catalogue and the folder it lies in: real files, no mocks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import DocumentState, Ending, Passage, Source, Turn
from workspaces.library import database
from workspaces.library.conversations import Conversation
from workspaces.library.database import Database
from workspaces.library.workspace_folder import (
    WorkspaceFolder,
    create_folder,
    delete_folder,
    find_folders,
)

NOW = "2026-11-21T10:00:00+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> WorkspaceFolder:
    return create_folder(tmp_path, "Law", NOW)


def passage(document: str, ordinal: int) -> Passage:
    return Passage(f"{document}:{ordinal}", document, ordinal, 0, 4, "text", 2, ("A", "二"))


def test_a_workspace_is_found_again(folder: WorkspaceFolder, tmp_path: Path) -> None:
    folder.change_card(name="法律")
    folder.close()
    (tmp_path / "half made").mkdir()
    (root,) = find_folders(tmp_path)
    assert WorkspaceFolder(root).card.name == "法律"


def test_documents_are_taken_in_the_order_offered(folder: WorkspaceFolder) -> None:
    folder.documents.offer([("a", "a.txt", "/a.txt"), ("b", "b.txt", "/b.txt")], NOW)
    first = folder.documents.next([DocumentState.QUEUED])
    assert first is not None and first.id == "a"
    folder.documents.set_state("a", DocumentState.INDEXING)
    second = folder.documents.next([DocumentState.QUEUED])
    assert second is not None and second.id == "b"
    assert folder.documents.next([DocumentState.QUEUED], {"b"}) is None


def test_an_offer_is_entered_whole_or_not_at_all(folder: WorkspaceFolder) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        folder.documents.offer([("a", "a", "/a"), ("a", "a", "/a")], NOW)
    assert folder.documents.all() == []


def test_content_is_compared_among_documents_that_live(folder: WorkspaceFolder) -> None:
    folder.documents.offer([("a", "a", "/a"), ("b", "b", "/b")], NOW)
    folder.documents.admit("a", "text", "ff", 3)
    assert folder.documents.with_content("ff", "b") is None
    folder.documents.set_state("a", DocumentState.READY)
    twin = folder.documents.with_content("ff", "b")
    assert twin is not None and twin.id == "a"


def test_an_end_keeps_its_reason(folder: WorkspaceFolder) -> None:
    folder.documents.offer([("a", "图.txt", "/图.txt")], NOW)
    folder.documents.end("a", DocumentState.REFUSED, Reason("image", {"name": "图.txt"}))
    row = folder.documents.get("a")
    assert row is not None and row.reason is not None
    assert "图.txt is an image" in row.reason.sentence()


def test_passages_and_vectors_round_trip(folder: WorkspaceFolder) -> None:
    folder.documents.offer([("a", "a", "/a")], NOW)
    made = [passage("a", n) for n in range(5)]
    folder.passages.replace("a", made)
    folder.passages.embedded(made[:2], [b"\x00\x3c", None])
    assert folder.passages.progress("a") == (2, 5)
    assert folder.passages.to_embed("a", 2) == made[2:4]
    assert folder.passages.of("a", -1, 3) == (made[:3], [b"\x00\x3c", None, None])
    assert folder.passages.get(["a:1", "gone"]) == {"a:1": made[1]}
    assert folder.passages.counts() == {}
    folder.documents.set_state("a", DocumentState.READY)
    assert folder.passages.counts() == {"a": 5}


def test_removing_a_document_leaves_nothing_of_it(folder: WorkspaceFolder) -> None:
    folder.documents.offer([("a", "a", "/a")], NOW)
    secret = Passage("a:0", "a", 0, 0, 9, "XYZZY-MARKER")
    folder.passages.replace("a", [secret])
    folder.original("a").parent.mkdir()
    folder.original("a").write_text("XYZZY-MARKER")
    folder.remove_document("a")
    leftovers = [p for p in folder.root.rglob("*") if p.is_file() and b"XYZZY" in p.read_bytes()]
    assert leftovers == []


def test_files_of_a_removal_that_was_cut_off_are_swept(folder: WorkspaceFolder) -> None:
    gone = "0" * 32
    folder.original(gone).parent.mkdir()
    stray = folder.root / "documents" / ".DS_Store"
    stray.touch()
    folder.sweep()
    assert not folder.document_folder(gone).exists()
    assert stray.exists()
    stray.unlink()
    (folder.root / "documents").rmdir()
    folder.sweep()


def test_a_workspace_deleted_half_way_is_deleted_at_the_start(
    folder: WorkspaceFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", lambda path: None)
        delete_folder(folder)
    assert len(list(tmp_path.iterdir())) == 1
    assert find_folders(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_turns_and_sources_round_trip(folder: WorkspaceFolder) -> None:
    folder.conversations.create(Conversation("c", "", NOW))
    cited = Source(1, "a:0", "a", "a.pdf", "text", 0, 4, 7, ("第一章",))
    note = Reason("left_out", {"count": "2"})
    turn = Turn("t", "q?", "", Ending.STOPPED, "m", NOW)
    done = Turn("t", "q?", "answer [1]", Ending.COMPLETE, "m", NOW, (cited,), note)
    folder.conversations.save("c", turn)
    folder.conversations.save("c", done)
    assert folder.conversations.turns("c") == [done]
    folder.conversations.remove("c")
    assert folder.conversations.all() == []
    assert folder.conversations.turns("c") == []


def test_the_catalogue_is_durable_and_checks_references(tmp_path: Path) -> None:
    opened = Database(tmp_path / "catalog.sqlite")
    pragma = {
        name: opened.rows(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_newer_catalogue_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    Database(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Problem, match="newer Quire"):
        Database(path)


def test_a_damaged_catalogue_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(Problem, match="damaged"):
        Database(path)


def test_an_older_catalogue_is_copied_before_it_is_brought_forward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite"
    Database(path).close()
    scripts = [*database.migrations(), "CREATE TABLE later (x);"]
    monkeypatch.setattr(database, "migrations", lambda: scripts)
    Database(path).close()
    assert (tmp_path / "catalog.sqlite.v1.backup").exists()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 2
    connection.close()


def test_a_migration_that_fails_leaves_the_old_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite"
    scripts = [*database.migrations(), "CREATE TABLE later (x); SELECT nonsense FROM nowhere"]
    monkeypatch.setattr(database, "migrations", lambda: scripts)
    with pytest.raises(sqlite3.OperationalError):
        Database(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert not connection.execute("SELECT * FROM sqlite_master WHERE name = 'later'").fetchall()
    connection.close()
