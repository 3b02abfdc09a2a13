"""The indexer as the use-cases need it: the embedder's needs and one workspace's index."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from workspaces.core.reasons import Problem
from workspaces.core.types import Passage
from workspaces.engine.child import Child
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import (
    Discard,
    Embed,
    Embedded,
    Forget,
    Found,
    Inspect,
    Inspected,
    Nothing,
    Passages,
    Prepare,
    Prepared,
    Search,
    Split,
    Write,
)
from workspaces.services.announcer import Announcer
from workspaces.services.views import Trouble

REBUILD_BATCH = 500
"""Passages a message when the index is written from the catalogue."""

log = logging.getLogger("quire.services")


class Indexing:
    """Asks the indexer. ``embedder`` is the folder of the embedding model, or None where none is
    installed: then every question raises Problem ``embedder_missing``."""

    def __init__(self, child: Child, embedder: Path | None, announcer: Announcer) -> None:
        self._child = child
        self._embedder = embedder
        self._announcer = announcer
        self._checked: set[str] = set()

    @property
    def needs(self) -> Prepare:
        if self._embedder is None:
            raise Problem("embedder_missing")
        return Prepare(str(self._embedder))

    async def prepare(self) -> Prepared:
        """Have the embedding model loaded; at once where it already is."""
        return await self._child.prepare(self.needs, Prepared)

    async def split(self, folder: WorkspaceFolder, document: str) -> list[Passage]:
        """All passages of a document whose text is there."""
        passages: list[Passage] = []
        body: Split | None = Split(str(folder.text(document)), document)
        while body is not None:
            part = await self._child.call(body, Passages, needs=self.needs)
            passages += part.passages
            body = part.next
        return passages

    async def embed(self, passages: Sequence[Passage]) -> list[bytes | None]:
        body = Embed([passage.text for passage in passages])
        return (await self._child.call(body, Embedded, needs=self.needs)).vectors

    async def note_embedder(self, folder: WorkspaceFolder) -> None:
        """Write down which model the workspace's vectors come from."""
        if not folder.card.embedder:
            prepared = await self.prepare()
            name = Path(self.needs.embedder).resolve().parent.name
            folder.change_card(embedder=name, dimension=prepared.dimension)

    async def enter(self, folder: WorkspaceFolder, document: str) -> None:
        """Put a document's passages into the index; a damaged one is built again first."""
        try:
            await self.write(folder, document)
        except Problem as problem:
            if problem.reason.code != "index_damaged":
                raise
            await self.rebuild(folder, problem)
            await self.write(folder, document)

    async def write(self, folder: WorkspaceFolder, document: str) -> None:
        """Put all of a document's passages into the index, from the catalogue."""
        last = -1
        while True:
            passages, vectors = folder.passages.of(document, last, REBUILD_BATCH)
            if not passages:
                return
            body = Write(str(folder.index), passages, vectors)
            await self._child.call(body, Nothing, needs=self.needs)
            last = passages[-1].ordinal

    async def forget(self, folder: WorkspaceFolder, document: str) -> None:
        body = Forget(str(folder.index), document)
        await self._child.call(body, Nothing, needs=self.needs)

    async def discard(self, folder: WorkspaceFolder) -> None:
        """Close and delete the index, where one was ever opened."""
        if folder.index.exists():
            await self._child.look(Discard(str(folder.index)), Nothing)
        self._checked.discard(folder.id)

    async def search(self, folder: WorkspaceFolder, question: str, limit: int) -> Found:
        """Search an index known to agree with the catalogue."""
        await self.check(folder)
        body = Search(str(folder.index), question, limit)
        try:
            return await self._child.look(body, Found, needs=self.needs)
        except Problem as problem:
            if problem.reason.code != "index_damaged":
                raise
            await self.rebuild(folder, problem)
            return await self._child.look(body, Found, needs=self.needs)

    async def check(self, folder: WorkspaceFolder) -> None:
        """Compare the index with the catalogue, once a session, and mend what differs."""
        if folder.id in self._checked:
            return
        try:
            body = Inspect(str(folder.index))
            inspected = await self._child.look(body, Inspected, needs=self.needs)
        except Problem as problem:
            if problem.reason.code != "index_damaged":
                raise
            await self.rebuild(folder, problem)
        else:
            await self._mend(folder, inspected.documents)
        self._checked.add(folder.id)

    async def rebuild(self, folder: WorkspaceFolder, why: Problem) -> None:
        """Throw the index away and write it again; nothing is embedded twice."""
        log.warning("rebuilding the index of %s: %s", folder.id, why)
        self._announcer.announce(Trouble(why.reason))
        await self.discard(folder)
        for document in folder.passages.counts():
            await self.write(folder, document)

    async def _mend(self, folder: WorkspaceFolder, indexed: dict[str, int]) -> None:
        wanted = folder.passages.counts()
        for document in indexed:
            # A document that is still being indexed mends itself when it is written.
            if document not in wanted and folder.documents.get(document) is None:
                await self.forget(folder, document)
        for document, passages in wanted.items():
            if indexed.get(document) != passages:
                await self.forget(folder, document)
                await self.write(folder, document)
