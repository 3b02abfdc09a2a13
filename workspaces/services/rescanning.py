"""One look at a watched folder: its documents are brought in line with its files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import fields, replace
from typing import TypeVar

from workspaces.core.folder_changes import Known, changes
from workspaces.core.reasons import Reason
from workspaces.core.types import OPEN_STATES, DocumentState
from workspaces.library.documents import CONTENT
from workspaces.library.watches import Watch
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import Walked
from workspaces.services.importing import KEPT, Importing
from workspaces.services.noticing import Noticing
from workspaces.services.removing import Removing
from workspaces.services.views import Removal

SLICE = 1000
"""Documents dealt with before others have a turn on the loop."""

HOLDING_SOMETHING = (*CONTENT, *KEPT)
"""States of a document whose text or our copy is here. One that was refused leaves nothing to
lose."""

T = TypeVar("T")


class Rescanning:
    """A look has two steps. First what is missing is marked, and what is new or has changed is
    offered; the import finds out which of the new files are missing ones that moved. Once it has
    read those, the second step deals with what is truly gone."""

    def __init__(self, importing: Importing, removing: Removing, noticing: Noticing) -> None:
        self._importing = importing
        self._removing = removing
        self._noticing = noticing

    async def compare(self, folder: WorkspaceFolder, watch: Watch, walked: Walked) -> None:
        """The first step. ``walked`` is what lies in the folder."""
        files = {file.path: file for file in walked.files}
        facts = {file.path: (file.size, file.modified) for file in walked.files}
        # One that is missing went away during the walk, or is a link to nowhere.
        unseen = {path: code for path, code in walked.problems if code != "missing"}
        known: list[Known] = []
        for each in folder.documents.known(watch.id, watch.folder):
            known += each
            await asyncio.sleep(0)
        todo = changes(known, facts, unseen, folder.report.dropped())
        async for some in _slices(todo.adopt):
            folder.documents.set_watch(some, watch.id)
        async for some in _slices(todo.gone):
            folder.documents.set_gone(some, True)
        async for some in _slices(todo.back):
            folder.documents.set_gone(some, False)
            self._noticing.documents(folder, list(some))
        async for some in _slices(todo.offer):
            offered = Walked([files[path] for path in some], [])
            await self._importing.offer(folder, offered, watch=watch.id)
        paths = {document.path for document in known}
        refused = [(path, code) for path, code in unseen.items() if path not in paths]
        if refused:
            await self._importing.offer(folder, Walked([], refused), watch=watch.id)

    async def until_read(self, folder: WorkspaceFolder, documents: Sequence[str]) -> None:
        """Wait until each of ``documents`` has been read, or has ended without. Raises the Problem
        that holds the import up."""
        waiting = list(documents)

        def all_read() -> bool:
            while waiting:
                row = folder.documents.get(waiting[-1])
                if row is not None and row.state in OPEN_STATES[:2]:
                    return False
                waiting.pop()
            return True

        await self._importing.until(all_read)

    async def settle(self, folder: WorkspaceFolder, watch: Watch) -> frozenset[str]:
        """The second step: remove what is gone, or return the ids of the documents that a person
        has to be asked about."""
        self._move_to_copies(folder, watch)
        gone = folder.documents.gone(watch.id)
        asked = frozenset(
            document
            for document, _, state in gone
            if not watch.follow and state in HOLDING_SOMETHING
        )
        await self.remove(folder, [document for document, _, _ in gone if document not in asked])
        return asked

    async def remove(self, folder: WorkspaceFolder, documents: Sequence[str]) -> Removal:
        """Remove ``documents``, whose files have left their folder."""
        total = Removal(0)
        async for some in _slices(documents):
            rows = folder.documents.some(some)
            folder.documents.leave([row.id for row in rows])
            total = _sum(total, await self._removing.remove(folder, rows))
        return replace(total, quoted_in=folder.conversations.quoting(documents))

    def _move_to_copies(self, folder: WorkspaceFolder, watch: Watch) -> None:
        """A file that was copied and then deleted in its old place has moved."""
        moved = set()
        for copy in folder.documents.copies_of_gone(watch.id):
            document = copy.twin
            if document is None or document in moved:
                continue
            moved.add(document)
            reason = Reason("moved", {"name": copy.name})
            folder.documents.drop_as(copy.id, DocumentState.MOVED, reason, document)
            folder.documents.move(document, copy.name, copy.path, copy.modified)
            self._noticing.removed(folder, copy.id)
            self._noticing.document(folder, document)


def _sum(one: Removal, other: Removal) -> Removal:
    names = [field.name for field in fields(Removal)]
    return Removal(**{name: getattr(one, name) + getattr(other, name) for name in names})


async def _slices(items: Sequence[T]) -> AsyncIterator[Sequence[T]]:
    for start in range(0, len(items), SLICE):
        yield items[start : start + SLICE]
        await asyncio.sleep(0)
