"""The open workspaces, found by id or by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState
from workspaces.library.documents import Document
from workspaces.library.workspace_folder import (
    WorkspaceFolder,
    create_folder,
    find_folders,
)


class Shelf:
    """Holds a :class:`WorkspaceFolder` for every workspace of a home."""

    def __init__(self, parent: Path) -> None:
        self._parent = parent
        self._folders: dict[str, WorkspaceFolder] = {}
        self.unreadable: list[Problem] = []
        """Why a workspace is not here: one that is damaged does not keep the others shut."""
        for root in find_folders(parent):
            try:
                folder = WorkspaceFolder(root)
            except Problem as problem:
                self.unreadable.append(problem)
            else:
                self._folders[folder.id] = folder

    def __iter__(self) -> Iterator[WorkspaceFolder]:
        """Oldest first."""
        return iter(sorted(self._folders.values(), key=lambda folder: folder.card.created_at))

    def get(self, workspace: str) -> WorkspaceFolder:
        """By id, else by name. Raises Problem ``no_workspace``."""
        if workspace in self._folders:
            return self._folders[workspace]
        for folder in self:
            if folder.card.name == workspace:
                return folder
        raise Problem("no_workspace", name=workspace)

    def create(self, name: str, now: str) -> WorkspaceFolder:
        """Raises Problem ``name_empty`` or ``name_taken``."""
        folder = create_folder(self._parent, self._free_name(name, None), now)
        self._folders[folder.id] = folder
        return folder

    def rename(self, workspace: str, name: str) -> None:
        """Raises Problem ``name_empty`` or ``name_taken``."""
        folder = self.get(workspace)
        folder.change_card(name=self._free_name(name, folder))

    def take(self, workspace: str) -> WorkspaceFolder:
        """Take a workspace away: nobody finds it here any more."""
        return self._folders.pop(self.get(workspace).id)

    def close(self) -> None:
        for folder in self:
            folder.close()

    def _free_name(self, name: str, owner: WorkspaceFolder | None) -> str:
        name = " ".join(name.split())
        if not name:
            raise Problem("name_empty")
        if any(folder.card.name == name and folder is not owner for folder in self):
            raise Problem("name_taken", name=name)
        return name


def find_document(folder: WorkspaceFolder, document: str) -> Document:
    """By id, else by name: of several, one that is ready, else the newest. Raises Problem
    ``no_document``."""
    if found := folder.documents.get(document):
        return found
    named = [each for each in folder.documents.all() if each.name == document]
    if not named:
        raise Problem("no_document", name=document)
    ready = [each for each in named if each.state is DocumentState.READY]
    return (ready or named)[-1]
