"""What was tried takes the place of what is there in one transaction, document by document."""

from __future__ import annotations

from pathlib import Path

import pytest

from workspaces.core.types import Passage
from workspaces.library.documents import Offer
from workspaces.library.spaces import Role, Space
from workspaces.library.trial_folder import TrialFolder, adopt
from workspaces.library.workspace_folder import TRIAL, WorkspaceFolder, create_folder

NOW = "2026-11-21T10:00:00+00:00"


def passage(document: str, ordinal: int, text: str) -> Passage:
    return Passage(f"{document}:{ordinal}", document, ordinal, 0, len(text), text)


@pytest.fixture
def folder(tmp_path: Path) -> WorkspaceFolder:
    """Three ready documents with a passage and a vector each, and one that is being imported."""
    made = create_folder(tmp_path, "Law", NOW)
    made.spaces.add(Space("s", Role.CURRENT, "MiniLM", ""))
    made.spaces.add(Space("p", Role.PREVIOUS, "old", "/old"))
    made.documents.offer([Offer(name, name, f"/{name}") for name in "abcd"], NOW)
    for name in "abc":
        made.documents.admit(name, "text", f"hash of {name}", 3, 17)
        whole = [passage(name, 0, "whole")]
        made.passages.replace({name: whole})
        made.passages.embedded("s", whole, [b"ab"])
        made.passages.embedded("p", whole, [b"cd"])
    made.documents.ready(["a", "b", "c"])
    return made


@pytest.fixture
def trial(folder: WorkspaceFolder) -> TrialFolder:
    """Every document in two halves."""
    made = TrialFolder(folder, 64, Space("t", Role.CURRENT, "MiniLM", ""))
    for name in sorted(made.documents.ids()):
        halves = [passage(name, 0, "wh"), passage(name, 1, "ole")]
        made.passages.replace({name: halves})
        made.passages.embedded("t", halves, [b"12", None])
    return made


def texts(folder: WorkspaceFolder) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in folder.passages.searchable(0, 99)[0]:
        found.setdefault(each.document, []).append(each.text)
    return found


def test_a_trial_is_of_the_ready_documents_and_has_its_own_name(
    folder: WorkspaceFolder, trial: TrialFolder
) -> None:
    assert trial.documents.ids() == {"a", "b", "c"}
    assert (trial.card.passage_tokens, folder.card.passage_tokens) == (64, 0)
    assert trial.id != folder.id
    assert trial.text("a") == folder.text("a")
    assert trial.index != folder.index
    trial.remove()
    assert not (folder.root / TRIAL).exists()
    assert texts(folder) == {name: ["whole"] for name in "abc"}


def test_what_was_tried_takes_the_place_with_its_vectors(
    folder: WorkspaceFolder, trial: TrialFolder
) -> None:
    assert adopt(folder.catalogue, trial.catalogue) == []
    assert texts(folder) == {name: ["wh", "ole"] for name in "abc"}
    assert folder.passages.vectors("s", 0, 9)[0] == [(f"{name}:0", name, b"12") for name in "abc"]
    assert folder.passages.coverage("s") == (6, 6), "also what the embedder does not know"
    assert folder.passages.coverage("p") == (0, 6), "vectors of what is no more are gone"


def test_a_document_that_has_changed_or_gone_or_come_is_left_as_it_is(
    folder: WorkspaceFolder, trial: TrialFolder
) -> None:
    folder.documents.admit("a", "text", "another hash", 3, 18)
    folder.documents.remove(["b"])
    folder.passages.replace({"d": [passage("d", 0, "late")]})
    folder.documents.ready(["d"])
    assert sorted(adopt(folder.catalogue, trial.catalogue)) == ["a", "d"]
    assert texts(folder) == {"a": ["whole"], "c": ["wh", "ole"], "d": ["late"]}
