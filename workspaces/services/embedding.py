"""From text to what search finds: passages, their words, and behind them their vectors."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Sequence

from workspaces.core.types import DocumentState, Passage
from workspaces.library.documents import Document
from workspaces.library.spaces import Space
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.indexing import Indexing
from workspaces.services.noticing import Noticing
from workspaces.services.versions import bequeath

BATCH = 8
"""Passages embedded in one go: about a quarter of a second, so that a question asked meanwhile
does not wait (16 of median length took half a second on two cores)."""

PORTION = 256
"""Passages sorted by length before they are embedded: batches of like length waste nothing on
padding."""


class Embedding:
    """Works on a few documents at a time. Each step can be done twice without harm, so one that
    was cut off is simply done again."""

    def __init__(self, indexing: Indexing, noticing: Noticing) -> None:
        self._indexing = indexing
        self._noticing = noticing
        self._positions: dict[str, int] = {}
        self._undisturbed = asyncio.Event()
        self._undisturbed.set()

    @contextlib.contextmanager
    def resting(self) -> Iterator[None]:
        """Embed nothing meanwhile: a model that writes needs every core there is."""
        self._undisturbed.clear()
        try:
            yield
        finally:
            self._undisturbed.set()

    async def get_ready(self, folder: WorkspaceFolder) -> None:
        """Have the embedder loaded and the index in agreement with the catalogue: what goes wrong
        here is no document's fault."""
        space = self._indexing.current(folder)
        await self._indexing.prepare(space.folder)
        await self._indexing.check(folder)

    async def split(self, folder: WorkspaceFolder, documents: Sequence[Document]) -> None:
        """Bring ``documents``, whose text is there, to where keyword search finds them."""
        space = self._indexing.current(folder)
        names = [document.id for document in documents]
        # All at once: each of these requests overtakes the embedding that waits.
        parts = await asyncio.gather(
            *(self._indexing.split(folder, space, name) for name in names), return_exceptions=True
        )
        passages: dict[str, Sequence[Passage]] = {}
        for name, part in zip(names, parts, strict=True):
            if isinstance(part, BaseException):
                raise part
            passages[name] = part
        folder.passages.replace(passages)
        await self._indexing.write(folder, [each for part in passages.values() for each in part])
        folder.documents.set_state(names, DocumentState.SEARCHABLE)
        for name, found in passages.items():
            self._noticing.split(folder, name, len(found))
        self._noticing.documents(folder, names)

    async def embed(self, folder: WorkspaceFolder, documents: Sequence[Document]) -> list[str]:
        """Embed a portion of the passages of ``documents``; those of which nothing is left become
        ready. Returns the older versions whose place they took."""
        space = self._indexing.current(folder)
        folder.documents.set_state([each.id for each in documents], DocumentState.EMBEDDING)
        passages = self._portion(folder, space, documents)
        await self._embed(folder, space, passages)
        done = [
            each for each in documents if not folder.passages.to_embed(each.id, space.id, limit=1)
        ]
        for document in done:
            bequeath(folder, document, self._noticing)
        replaced = folder.documents.ready([document.id for document in done])
        for older in replaced:
            folder.remove_files(older)
            self._noticing.removed(folder, older)
        self._noticing.documents(folder, [document.id for document in done])
        return replaced

    async def fill(self, folder: WorkspaceFolder, space: Space) -> bool:
        """Embed a portion of what ready documents lack in ``space``; whether there was any."""
        after = self._positions.get(space.id, 0)
        passages, position = folder.passages.missing(space.id, after, PORTION)
        if not passages and after:
            passages, position = folder.passages.missing(space.id, 0, PORTION)
        self._positions[space.id] = position if passages else 0
        await self._embed(folder, space, passages)
        return bool(passages)

    def _portion(
        self, folder: WorkspaceFolder, space: Space, documents: Sequence[Document]
    ) -> list[Passage]:
        passages: list[Passage] = []
        for document in documents:
            room = PORTION - len(passages)
            if room == 0:
                break
            passages += folder.passages.to_embed(document.id, space.id, room)
        return passages

    async def _embed(
        self, folder: WorkspaceFolder, space: Space, passages: Sequence[Passage]
    ) -> None:
        """Each batch is kept at once; the index gets all of them in one write."""
        found: list[tuple[str, str, bytes]] = []
        for batch in _batches(passages):
            await self._undisturbed.wait()
            vectors = await self._indexing.embed(folder, space, batch)
            folder.passages.embedded(space.id, batch, vectors)
            found += [
                (passage.id, passage.document, vector)
                for passage, vector in zip(batch, vectors, strict=True)
                if vector is not None
            ]
            self._tell(folder, space, batch)
        await self._indexing.write_vectors(folder, space, found)

    def _tell(self, folder: WorkspaceFolder, space: Space, batch: Sequence[Passage]) -> None:
        self._noticing.embedded(folder, len(batch))
        for document in dict.fromkeys(passage.document for passage in batch):
            row = folder.documents.get(document)
            if row is not None and row.state is DocumentState.EMBEDDING:
                done, total = folder.passages.progress(document, space.id)
                if total > BATCH:  # of a small one, its end is told in a moment
                    self._noticing.row(folder, row, done, total)


def _batches(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    by_length = sorted(passages, key=lambda passage: len(passage.text), reverse=True)
    for start in range(0, len(by_length), BATCH):
        yield by_length[start : start + BATCH]
