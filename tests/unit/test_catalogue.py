"""The catalogue and the folder it lies in: real files, no mocks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from workspaces.core.ports import NO_PREFIXES, Prefixes
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import (
    Budget,
    Considered,
    DocumentState,
    Ending,
    Explanation,
    Passage,
    Source,
    Turn,
    Usage,
    Weights,
    Why,
)
from workspaces.library import database
from workspaces.library.conversations import Conversation
from workspaces.library.database import Database
from workspaces.library.documents import Offer
from workspaces.library.passages import Passages
from workspaces.library.report import Report
from workspaces.library.spaces import Role, Space, Spaces
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
    folder.documents.offer([Offer("a", "a.txt", "/a.txt"), Offer("b", "b.txt", "/b.txt")], NOW)
    assert [each.id for each in folder.documents.next([DocumentState.QUEUED])] == ["a"]
    assert [each.id for each in folder.documents.next([DocumentState.QUEUED], limit=5)] == [
        "a",
        "b",
    ]
    folder.documents.set_state(["a"], DocumentState.INDEXING)
    assert [each.id for each in folder.documents.next([DocumentState.QUEUED])] == ["b"]
    assert folder.documents.next([DocumentState.QUEUED], {"b"}) == []
    states = [DocumentState.INDEXING, DocumentState.QUEUED]
    assert [each.id for each in folder.documents.next(states, limit=5)] == ["a"]


def test_an_offer_is_entered_whole_or_not_at_all(folder: WorkspaceFolder) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        folder.documents.offer([Offer("a", "a", "/a"), Offer("a", "a", "/a")], NOW)
    assert folder.documents.all() == []


def test_content_is_compared_among_documents_that_live(folder: WorkspaceFolder) -> None:
    folder.documents.offer([Offer("a", "a", "/a"), Offer("b", "b", "/b")], NOW)
    folder.documents.admit("a", "text", "ff", 3, 17)
    assert folder.documents.with_content("ff", "b") is None
    folder.documents.set_state(["a"], DocumentState.READY)
    twin = folder.documents.with_content("ff", "b")
    assert twin is not None and twin.id == "a"


def test_an_end_keeps_its_reason(folder: WorkspaceFolder) -> None:
    folder.documents.offer([Offer("a", "图.txt", "/图.txt")], NOW)
    folder.documents.end("a", DocumentState.REFUSED, Reason("image", {"name": "图.txt"}))
    row = folder.documents.get("a")
    assert row is not None and row.reason is not None
    assert "图.txt is an image" in row.reason.sentence()


def test_passages_and_vectors_round_trip(folder: WorkspaceFolder) -> None:
    folder.documents.offer([Offer("a", "a", "/a")], NOW)
    made = [passage("a", n) for n in range(5)]
    folder.passages.replace({"a": made})
    folder.spaces.add(Space("s", Role.CURRENT, "MiniLM", ""))
    folder.spaces.add(Space("t", Role.NEXT, "other", "/models/other"))
    folder.passages.embedded("s", made[:2], [b"\x00\x3c", None])
    assert folder.passages.progress("a", "s") == (2, 5)
    assert folder.passages.progress("a", "t") == (0, 5)
    assert folder.passages.to_embed("a", "s", 2) == made[2:4]
    assert folder.passages.get(["a:1", "gone"]) == {"a:1": made[1]}
    assert folder.passages.counts() == {}
    assert folder.passages.searchable(0, 9) == ([], 0)
    folder.documents.set_state(["a"], DocumentState.READY)
    assert folder.passages.counts() == {"a": 5}
    first, position = folder.passages.searchable(0, 3)
    rest, position = folder.passages.searchable(position, 3)
    assert first + rest == made
    assert folder.passages.searchable(position, 3) == ([], position)
    assert folder.passages.vectors("s", 0, 9)[0] == [("a:0", "a", b"\x00\x3c")]
    assert folder.passages.vector_counts("s") == {"a": 1}
    assert folder.passages.coverage("s") == (2, 5)
    missing, position = folder.passages.missing("s", 0, 2)
    assert missing == made[2:4]
    assert folder.passages.missing("s", position, 2)[0] == made[4:]
    assert folder.passages.left_of(["a", "gone"]) == (5, 2)


def test_a_catalogue_of_the_first_version_keeps_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite"
    with monkeypatch.context() as patch:
        first = database.migrations()[:1]
        patch.setattr(database, "migrations", lambda: first)
        old = Database(path)
        old.write(
            "INSERT INTO documents (id, name, path, state, sha256, added_at)"
            " VALUES ('a', 'a.txt', '/a.txt', 'ready', 'ff', '2026')"
        )
        for number, vector in enumerate((b"12", b"34", None)):
            old.write(
                'INSERT INTO passages (id, document, ordinal, start, "end", text, embedded, vector)'
                " VALUES (?, 'a', ?, 0, 1, 't', 1, ?)",
                f"a:{number}",
                number,
                vector,
            )
        old.close()
    opened = Database(path)
    (space,) = Spaces(opened).all()
    assert space.role is Role.CURRENT
    assert Passages(opened).coverage(space.id) == (3, 3)
    assert [row[2] for row in Passages(opened).vectors(space.id, 0, 9)[0]] == [b"12", b"34"]
    assert [row.document for row in Report(opened).all()] == ["a"]


def test_an_embedder_of_before_prefixes_goes_on_without_and_is_asked_about_other_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite"
    with monkeypatch.context() as patch:
        before = database.migrations()[:2]
        patch.setattr(database, "migrations", lambda: before)
        old = Database(path)
        old.write(
            "INSERT INTO documents (id, name, path, state, added_at)"
            " VALUES ('a', 'a.txt', '/a.txt', 'ready', '2026')"
        )
        old.write(
            "INSERT INTO spaces VALUES ('s', 'previous', 'own', ''), ('t', 'current', 'e5', '/e5')"
        )
        for number in range(2):
            old.write(
                'INSERT INTO passages (id, document, ordinal, start, "end", text)'
                " VALUES (?, 'a', ?, 0, 1, 't')",
                f"a:{number}",
                number,
            )
            for space in "st":
                vector = b"12" if number else None
                old.write("INSERT INTO vectors VALUES (?, ?, ?)", f"a:{number}", space, vector)
        old.close()
    opened = Database(path)
    assert [space.prefixes for space in Spaces(opened).all()] == [NO_PREFIXES] * 2
    assert Passages(opened).known("s") == (2, 1)
    assert [passage.id for passage in Passages(opened).missing("t", 0, 9)[0]] == ["a:0"]


def test_the_report_keeps_every_file_offered_and_its_end(folder: WorkspaceFolder) -> None:
    offered = [Offer(name, f"{name}.txt", f"/{name}.txt") for name in "abc"]
    folder.documents.offer(offered, NOW)
    reason = Reason("image", {"name": "b.txt"})
    folder.documents.end("b", DocumentState.REFUSED, reason)
    folder.documents.set_state(["a"], DocumentState.READING)
    folder.documents.ready(["c"])
    folder.documents.remove(["b", "c"])
    a, b, c = folder.report.all()
    assert (a.state, a.ended_at, a.here) == (DocumentState.READING, "", True)
    assert (b.state, b.reason, b.here) == (DocumentState.REFUSED, reason, False)
    assert b.ended_at > "2026"
    assert (c.state, c.reason) == (DocumentState.REMOVED, Reason("removed", {"name": "c.txt"}))


def test_a_new_version_takes_the_place_of_the_old_one_in_one_moment(
    folder: WorkspaceFolder,
) -> None:
    folder.documents.offer([Offer("a", "a.txt", "/a.txt"), Offer("x", "x.txt", "/x.txt")], NOW)
    folder.documents.ready(["a", "x"])
    folder.documents.offer([Offer("b", "a.txt", "/a.txt")], NOW)
    folder.documents.replace("b", "a")
    folder.documents.set_state(["b"], DocumentState.EMBEDDING)
    assert folder.documents.names(["a", "b"]) == {"a": "a.txt"}
    assert folder.documents.hidden() == 1
    folder.conversations.create(Conversation("c", "", NOW))
    cited = Source(1, "a:0", "a", "a.txt", "text", 0, 4, line=3, row=2)
    turn = Turn("t", "q?", "a [1]", Ending.COMPLETE, "m", NOW, (cited,))
    folder.conversations.save("c", turn)
    assert folder.conversations.quoting(["a", "x"]) == 1
    assert folder.documents.ready(["b"]) == ["a"]
    assert folder.documents.names(["a", "b"]) == {"b": "a.txt"}
    (after,) = folder.conversations.turns("c")[0].sources
    assert (after.document, after.line, after.row) == ("b", 3, 2)
    ends = {row.document: (row.state, row.other) for row in folder.report.all()}
    assert ends["a"] == (DocumentState.REPLACED, "b")


def test_a_version_that_fails_leaves_the_old_one(folder: WorkspaceFolder) -> None:
    folder.documents.offer([Offer("a", "a.txt", "/a.txt")], NOW)
    folder.documents.ready(["a"])
    for name in ("b", "c"):
        folder.documents.offer([Offer(name, "a.txt", "/a.txt")], NOW)
        folder.documents.replace(name, "a")
        folder.documents.end(name, DocumentState.UNREADABLE, Reason("corrupt", {"name": "a.txt"}))
        folder.documents.take_place(name)
    assert [row.id for row in folder.documents.all()] == ["a", "c"]
    assert folder.documents.names(["a", "c"]) == {"a": "a.txt"}


def test_falls_are_counted_in_one_state(folder: WorkspaceFolder) -> None:
    folder.documents.offer([Offer("a", "a", "/a")], NOW)
    folder.documents.set_state(["a"], DocumentState.READING)
    assert folder.documents.fell("a") == 1
    folder.documents.set_state(["a"], DocumentState.READING)
    assert folder.documents.fell("a") == 2
    folder.documents.set_state(["a"], DocumentState.EMBEDDING)
    assert folder.documents.fell("a") == 1


def test_what_a_child_died_over_comes_after_the_others(folder: WorkspaceFolder) -> None:
    folder.documents.offer([Offer(name, name, f"/{name}") for name in "abc"], NOW)
    folder.documents.set_state(["a"], DocumentState.READING)
    states = (DocumentState.READING, DocumentState.QUEUED)
    order = []
    for _ in range(3):
        (row,) = folder.documents.next(states)
        order.append(row.id)
        if row.id == "a" and not row.falls:
            folder.documents.fell("a")
            continue
        folder.documents.ready([row.id])
    assert order == ["a", "b", "c"]
    assert [row.id for row in folder.documents.next(states)] == ["a"]


def test_another_space_takes_over_and_gives_back(folder: WorkspaceFolder) -> None:
    folder.spaces.add(Space("s", Role.CURRENT, "one", ""))
    folder.spaces.add(Space("t", Role.NEXT, "two", "/two", Prefixes("ask: ", "tell: ")))
    folder.spaces.promote(Role.NEXT)
    assert {space.id: space.role for space in folder.spaces.all()} == {
        "s": Role.PREVIOUS,
        "t": Role.CURRENT,
    }
    current = folder.spaces.get(Role.CURRENT)
    assert current is not None and current.prefixes == Prefixes("ask: ", "tell: ")
    folder.spaces.promote(Role.PREVIOUS)
    assert folder.spaces.get(Role.CURRENT) == Space("s", Role.CURRENT, "one", "")
    folder.spaces.add(Space("u", Role.NEXT, "three", "/three"))
    folder.spaces.promote(Role.NEXT)
    assert {space.id for space in folder.spaces.all()} == {"s", "u"}


def test_removing_a_document_leaves_nothing_of_it(folder: WorkspaceFolder) -> None:
    folder.documents.offer([Offer("a", "a", "/a")], NOW)
    secret = Passage("a:0", "a", 0, 0, 9, "XYZZY-MARKER")
    folder.passages.replace({"a": [secret]})
    folder.original("a").parent.mkdir()
    folder.original("a").write_text("XYZZY-MARKER")
    copy = folder.root / "catalog.sqlite.v1.backup"
    copy.write_text("XYZZY-MARKER")
    folder.remove_documents(["a"])
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


def explained() -> Explanation:
    shown = Considered("d:0", "d", "a.md", 2, ("A", "二"), None, None, 1, None, 1, 2, mark=1)
    copy = Considered(
        "e:0", "e", "b.md", None, (), 3, 4, None, 1, 2, 1, 7.5, 0.5, -1.0, why=Why.COPY
    )
    return Explanation((shown, copy), 0.75, Weights(1.0, 0.5), True, "reranker")


def test_turns_and_sources_round_trip(folder: WorkspaceFolder) -> None:
    folder.conversations.create(Conversation("c", "", NOW))
    cited = Source(1, "a:0", "a", "a.pdf", "text", 0, 4, 7, ("第一章",))
    note = Reason("left_out", {"count": "2"})
    turn = Turn("t", "q?", "", Ending.STOPPED, "m", NOW)
    first = Source(2, "a:1", "a", "a.pdf", "more", 5, 9)
    done = Turn(
        id="t",
        question="q?",
        answer="answer [1]",
        ending=Ending.COMPLETE,
        model="m",
        asked_at=NOW,
        sources=(first, cited),  # in the order they were found in, not in that of their marks
        note=note,
        explanation=explained(),
        usage=Usage(9, 3, 0.5, None, 1000),
        budget=Budget(100, 5, 4, 3, 2, 50, left_out=1),
        written="answer ",
    )
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
    assert (tmp_path / f"catalog.sqlite.v{len(scripts) - 1}.backup").exists()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(scripts)
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
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(scripts) - 1
        assert not connection.execute("SELECT * FROM sqlite_master WHERE name = 'later'").fetchall()
    connection.close()


def test_what_an_embedder_does_not_know_is_counted_and_sampled(folder: WorkspaceFolder) -> None:
    folder.spaces.add(Space("s", Role.CURRENT, "one", ""))
    assert folder.passages.known("s") == (0, 0)
    assert folder.passages.sample_of_unknown("s") == []
    names = [f"{number:02d}" for number in range(100)]
    folder.documents.offer([Offer(name, name, name) for name in names], NOW)
    for name in names:
        made = [Passage(f"{name}:{n}", name, n, 0, 1, f"{name} {n} " + "x" * 500) for n in range(9)]
        folder.passages.replace({name: made})
        folder.passages.embedded("s", made, [None if n else b"00" for n in range(9)])
    assert folder.passages.known("s") == (900, 800)
    sample = folder.passages.sample_of_unknown("s")
    assert len({text.split()[0] for text in sample}) > 20  # documents
    assert not [text for text in sample if text.split()[1] == "0" or len(text) != 200]
