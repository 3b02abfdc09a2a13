"""Deleting documents, and counting afterwards that nothing of them is left."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from workspaces.core.reasons import Problem
from workspaces.library.documents import Document
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.importing import Importing
from workspaces.services.indexing import Indexing
from workspaces.services.noticing import Noticing
from workspaces.services.versions import inherit
from workspaces.services.views import Removal

log = logging.getLogger("quire.services")


class Removing:
    """The catalogue first: it is the truth, and a removal that is cut off is finished when the
    index is compared with it."""

    def __init__(
        self,
        importing: Importing,
        indexing: Indexing,
        noticing: Noticing,
        before: Callable[[WorkspaceFolder], Awaitable[None]],
        after: Callable[[WorkspaceFolder], Awaitable[None]],
    ) -> None:
        """``before`` a removal what is tried with other passages goes, which has the texts too;
        ``after`` it there may be no test question left that an embedder waits for."""
        self._before = before
        self._after = after
        self._importing = importing
        self._indexing = indexing
        self._noticing = noticing

    async def remove(self, folder: WorkspaceFolder, documents: Sequence[Document]) -> Removal:
        """Delete ``documents``; a duplicate that stays inherits the content."""
        names = [document.id for document in documents]
        await self._before(folder)
        async with self._importing.leaving(folder, names):
            for document in documents:
                heirs = folder.documents.twins(document.id)
                staying = [heir for heir in heirs if heir.id not in names]
                if staying:
                    inherit(folder, document, staying[0], self._noticing)
            folder.remove_documents(names)
            for name in names:
                self._noticing.removed(folder, name)
        try:
            await self._indexing.forget(folder, names)
        except Problem as problem:
            log.warning("the index will forget %d documents later: %s", len(names), problem)
        await self._after(folder)
        return await self._count(folder, names)

    async def _count(self, folder: WorkspaceFolder, documents: Sequence[str]) -> Removal:
        passages, vectors = folder.passages.left_of(documents)
        return Removal(
            documents=len(documents),
            rows_left=len(folder.documents.some(documents)),
            passages_left=passages,
            vectors_left=vectors,
            index_left=await self._left_in_index(folder, documents),
            files_left=sum(folder.document_folder(each).exists() for each in documents),
            quoted_in=folder.conversations.quoting(documents),
        )

    async def _left_in_index(self, folder: WorkspaceFolder, documents: Sequence[str]) -> int:
        if not folder.index.exists():
            return 0
        try:
            held = await self._indexing.inspect(folder)
        except Problem:
            return len(documents)  # nobody could look: say that something may be left
        tables = [held.words, *held.vectors.values()]
        return sum(table.get(document, 0) for table in tables for document in documents)
