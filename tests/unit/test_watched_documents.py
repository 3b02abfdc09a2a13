"""What the catalogue says of the documents of a watched folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workspaces.core.folder_changes import Known
from workspaces.core.reasons import Reason
from workspaces.core.types import DocumentState
from workspaces.library import documents
from workspaces.library.documents import Offer
from workspaces.library.workspace_folder import WorkspaceFolder, create_folder

NOW = "2026-03-01T09:00:00+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[WorkspaceFolder]:
    made = create_folder(tmp_path, "Garage", NOW)
    yield made
    made.close()


def offer(
    folder: WorkspaceFolder, document: str, path: str, watch: str | None = "w", size: int = 7
) -> None:
    folder.documents.offer([Offer(document, Path(path).name, path, size, 70)], NOW, watch)


def ready(folder: WorkspaceFolder, document: str, content: str) -> None:
    folder.documents.admit(document, "text", content, 7, 70)
    folder.documents.set_state([document], DocumentState.READY)


def known(folder: WorkspaceFolder) -> list[Known]:
    return [each for some in folder.documents.known("w", "/w") for each in some]


def test_known_are_those_that_follow_and_those_inside(
    folder: WorkspaceFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "SLICE", 2)
    offer(folder, "a", "/w/a")
    offer(folder, "b", "/w/sub/b", None)
    offer(folder, "x", "/wonder/x", None)
    offer(folder, "y", "/w/y", "another")
    offer(folder, "c", "/w/c")
    offer(folder, "d", "/w/d")
    ready(folder, "d", "D")
    folder.documents.set_gone(["d"], True)
    assert known(folder) == [
        Known("a", "/w/a", (7, 70), queued=True),
        Known("b", "/w/sub/b", (7, 70), follows=False, queued=True),
        Known("c", "/w/c", (7, 70), queued=True),
        Known("d", "/w/d", (7, 70), gone=True),
    ]


def test_a_file_that_was_missing_is_never_as_it_was(folder: WorkspaceFolder) -> None:
    for document, code in [("a", "missing"), ("b", "corrupt")]:
        offer(folder, document, f"/w/{document}")
        folder.documents.end(document, DocumentState.UNREADABLE, Reason(code, {"name": "a"}))
    missing, corrupt = known(folder)
    assert missing.facts != (7, 70)
    assert corrupt.facts == (7, 70)


def test_a_claim_is_unread_and_as_large_as_something_gone(folder: WorkspaceFolder) -> None:
    for document in ("gone", "queued", "large", "read"):
        offer(folder, document, f"/w/{document}", size=8 if document == "large" else 7)
    offer(folder, "elsewhere", "/v/a", "another")
    ready(folder, "gone", "G")
    ready(folder, "read", "R")
    assert folder.documents.claims("w") == []
    folder.documents.set_gone(["gone"], True)
    assert folder.documents.claims("w") == ["queued"]


def test_copies_of_what_is_gone_are_the_newest_of_their_file(folder: WorkspaceFolder) -> None:
    same = Reason("duplicate", {"name": "a", "other": "b"})
    offer(folder, "gone", "/w/gone")
    ready(folder, "gone", "G")
    for document in ("copy", "changed", "left"):
        offer(folder, document, f"/w/{document}")
        folder.documents.end(document, DocumentState.DUPLICATE, same, "gone")
    offer(folder, "elsewhere", "/v/a", "another")
    folder.documents.end("elsewhere", DocumentState.DUPLICATE, same, "gone")
    offer(folder, "newer", "/w/changed")
    assert folder.documents.copies_of_gone("w") == []
    folder.documents.set_gone(["gone", "left"], True)
    assert [row.id for row in folder.documents.copies_of_gone("w")] == ["copy"]


def test_dropped_is_what_a_person_removed_last(folder: WorkspaceFolder) -> None:
    before = datetime.now(UTC).timestamp() * 1e9
    for document in ("by hand", "with its file", "here"):
        offer(folder, document, f"/w/{document}")
        ready(folder, document, document)
    folder.documents.leave(["with its file"])
    folder.documents.remove(["with its file", "by hand"])
    ((path, (size, moment)),) = folder.report.dropped().items()
    assert (path, size) == ("/w/by hand", 7)
    assert before - 2e6 <= moment <= datetime.now(UTC).timestamp() * 1e9 + 2e6
