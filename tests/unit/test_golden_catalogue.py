"""Test questions in the catalogue: they follow their documents, and go with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from workspaces.core.golden import Stretch
from workspaces.core.reasons import Reason
from workspaces.core.types import DocumentState
from workspaces.library import database
from workspaces.library.database import Database
from workspaces.library.documents import Offer
from workspaces.library.golden import GoldenQuestion, GoldenQuestions
from workspaces.library.workspace_folder import WorkspaceFolder, create_folder

NOW = "2026-11-21T10:00:00+00:00"
SEALS = Stretch("a", 5, 9, "text")


@pytest.fixture
def folder(tmp_path: Path) -> WorkspaceFolder:
    made = create_folder(tmp_path, "Law", NOW)
    made.documents.offer([Offer(name, f"{name}.txt", f"/{name}.txt") for name in "ab"], NOW)
    made.documents.ready(["a", "b"])
    return made


def question(name: str, *right: Stretch) -> GoldenQuestion:
    return GoldenQuestion(name, f"{name}?", "t1", NOW, right)


def test_questions_round_trip_in_their_order(folder: WorkspaceFolder) -> None:
    assert not folder.golden.any()
    asked = [question("q1", SEALS, Stretch("b", 0, 4, "oil")), question("q2", SEALS)]
    for each in asked:
        folder.golden.add(each)
    assert folder.golden.all() == asked
    assert folder.golden.any()
    folder.golden.remove("q1")
    folder.golden.remove("not there")
    assert folder.golden.all() == asked[1:]


def test_a_question_goes_with_the_last_document_that_answers_it(folder: WorkspaceFolder) -> None:
    both = Stretch("b", 0, 4, "XYZZY-MARKER")
    folder.golden.add(question("q1", SEALS, both))
    folder.golden.add(question("q2", both))
    folder.remove_documents(["b"])
    assert folder.golden.all() == [question("q1", SEALS)]
    left = [path for path in folder.root.rglob("*") if path.is_file()]
    assert not [path for path in left if b"XYZZY" in path.read_bytes()]
    folder.remove_documents(["a"])
    assert not folder.golden.any()


def test_a_newer_version_of_the_file_answers_instead(folder: WorkspaceFolder) -> None:
    folder.golden.add(question("q1", SEALS))
    folder.documents.offer([Offer("n", "a.txt", "/a.txt")], NOW)
    folder.documents.replace("n", "a")
    folder.documents.ready(["n"])
    assert [each.document for each in folder.golden.all()[0].right] == ["n"]


def test_where_the_newer_version_is_a_duplicate_the_other_document_answers(
    folder: WorkspaceFolder,
) -> None:
    folder.golden.add(question("q1", SEALS, Stretch("b", 5, 9, "text")))
    folder.documents.offer([Offer("n", "a.txt", "/a.txt")], NOW)
    folder.documents.end("n", DocumentState.DUPLICATE, Reason("duplicate"), twin="b")
    assert folder.documents.take_place("n") == ["a"]
    assert folder.golden.all()[0].right == (Stretch("b", 5, 9, "text"),)


def test_a_duplicate_that_inherits_the_content_answers_too(folder: WorkspaceFolder) -> None:
    folder.golden.add(question("q1", SEALS))
    folder.documents.offer([Offer("d", "d.txt", "/d.txt")], NOW)
    older = folder.documents.get("a")
    assert older is not None
    folder.documents.inherit("d", older)
    folder.documents.remove(["a"])
    assert [each.document for each in folder.golden.all()[0].right] == ["d"]


def test_a_catalogue_of_the_third_version_gets_room_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "catalog.sqlite"
    with monkeypatch.context() as patch:
        third = database.migrations()[:3]
        patch.setattr(database, "migrations", lambda: third)
        old = Database(path)
        old.write(
            "INSERT INTO documents (id, name, path, state, added_at)"
            " VALUES ('a', 'a.txt', '/a.txt', 'ready', '2026')"
        )
        old.close()
    opened = Database(path)
    GoldenQuestions(opened).add(question("q1", SEALS))
    assert GoldenQuestions(opened).all() == [question("q1", SEALS)]
    assert (tmp_path / "catalog.sqlite.v3.backup").exists()
