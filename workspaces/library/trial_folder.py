"""Passages of another length, tried beside those of a workspace."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import msgspec

from workspaces.library.database import Database
from workspaces.library.disk import disk_problems
from workspaces.library.spaces import Role, Space
from workspaces.library.workspace_folder import TRIAL, WorkspaceFolder, write_card

_SAME = (
    "SELECT d.id FROM documents d JOIN trial.documents t ON t.id = d.id"
    " WHERE d.state = 'ready' AND t.sha256 = d.sha256"
)
"""Documents that are still as they were tried."""


class TrialFolder(WorkspaceFolder):
    """A catalogue and an index of its own, for the ready documents of ``owner`` as they are now;
    copies and texts are the owner's. What an earlier trial left goes."""

    def __init__(self, owner: WorkspaceFolder, tokens: int, space: Space) -> None:
        """Passages will have ``tokens`` at most (0: what the model reads), and their vectors lie
        in ``space``, which is its only one."""
        root = owner.root / TRIAL
        with disk_problems(root):
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
        write_card(root, msgspec.structs.replace(owner.card, passage_tokens=tokens))
        self._owner = owner
        super().__init__(root)
        self.spaces.add(space)
        self._database.write("ATTACH ? AS owner", str(owner.catalogue))
        with self._database.transaction():
            self._database.write(
                "INSERT INTO documents SELECT * FROM owner.documents"
                " WHERE state = 'ready' AND replaces IS NULL"
            )
        self._database.write("DETACH owner")

    @property
    def id(self) -> str:
        """Not that of any workspace."""
        return f"{self._owner.id}-{TRIAL}"

    def document_folder(self, document: str) -> Path:
        return self._owner.document_folder(document)

    def remove(self) -> None:
        """Close and delete it."""
        self.close()
        with disk_problems(self.root):
            shutil.rmtree(self.root)


def adopt(owner: Path, trial: Path) -> list[str]:
    """Make the passages and vectors of the catalogue ``trial`` those of the catalogue ``owner``, in
    one transaction; vectors of other spaces than the current one go. Returns the ids of ready
    documents that were not tried as they are now. It opens both anew, so any thread may call."""
    with closing(Database(owner)) as database:
        database.write("ATTACH ? AS trial", str(trial))
        with database.transaction():
            database.write(f"DELETE FROM passages WHERE document IN ({_SAME})")
            database.write(
                f"INSERT INTO passages SELECT * FROM trial.passages WHERE document IN ({_SAME})"
            )
            database.write(
                "INSERT INTO vectors SELECT v.passage, s.id, v.numbers FROM trial.vectors v"
                " JOIN passages p ON p.id = v.passage"
                f" JOIN spaces s ON s.role = '{Role.CURRENT}'"
                f" WHERE p.document IN ({_SAME})"
            )
        rows = database.rows(f"SELECT id FROM documents WHERE state = 'ready' EXCEPT {_SAME}")
    return [row["id"] for row in rows]
