"""The import: every document's journey from ``queued`` to a final state.

The catalogue is the queue. Two loops run beside each other, so that reading and embedding
overlap: one takes documents that are queued, the other those whose text is there. A step that was
cut off is simply done again, because each is written so that doing it twice changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path

from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import DocumentState
from workspaces.engine.child import Child
from workspaces.library.disk import disk_problems
from workspaces.library.documents import Document
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import (
    Admit,
    Admitted,
    Extract,
    Extracted,
    ProgressBody,
    Step,
    Walked,
)
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id, now
from workspaces.services.indexing import Indexing
from workspaces.services.shelf import Shelf
from workspaces.services.views import DocumentChanged, DocumentView, Trouble

LARGEST = 512 * 1024 * 1024
"""Largest document taken, in bytes."""

PATIENCE = 120.0
"""Seconds the reader may work without progress before it is killed."""

FALLS = 2
"""How often a child may die over a document before that is set aside."""

BATCH = 8
"""Passages embedded in one go: a quarter to half a second, so that a question asked meanwhile does
not wait."""

STATE_OF = {
    "empty": DocumentState.EMPTY,
    "no_text": DocumentState.NO_TEXT,
    "encrypted": DocumentState.ENCRYPTED,
    "too_large": DocumentState.TOO_LARGE,
    "unpacks_too_large": DocumentState.TOO_LARGE,
    "unsupported": DocumentState.UNSUPPORTED,
    "legacy_office": DocumentState.UNSUPPORTED,
    "corrupt": DocumentState.UNREADABLE,
    "missing": DocumentState.UNREADABLE,
    "no_rights": DocumentState.UNREADABLE,
    "odd_name": DocumentState.UNREADABLE,
    "read_failed": DocumentState.UNREADABLE,
    "image": DocumentState.REFUSED,
    "audio_video": DocumentState.REFUSED,
    "archive": DocumentState.REFUSED,
    "program": DocumentState.REFUSED,
    "binary": DocumentState.REFUSED,
    "not_a_file": DocumentState.REFUSED,
}
"""The final state for each reason the reader gives. Anything else is not the document's fault."""

HOLDING = (
    "disk_full",
    "disk_failed",
    "home_unwritable",
    "embedder_missing",
    "stays_down",
    "not_started",
)
"""Reasons that concern every document: the import waits until they have gone."""

RETRY = 60.0
"""Seconds until an import that waits tries again by itself."""

log = logging.getLogger("quire.services")

Work = Callable[[WorkspaceFolder, Document], Awaitable[None]]


class Importing:
    """Runs the two loops. Every method is called on the loop's thread."""

    def __init__(
        self, shelf: Shelf, reader: Child, indexing: Indexing, announcer: Announcer
    ) -> None:
        self._shelf = shelf
        self._reader = reader
        self._indexing = indexing
        self._announcer = announcer
        self._wake = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []
        self._working: dict[str, asyncio.Task[None]] = {}
        self._leaving: set[str] = set()
        self._retry: asyncio.TimerHandle | None = None
        self._held_up_by: Problem | None = None
        self._undisturbed = asyncio.Event()
        self._undisturbed.set()

    def start(self) -> None:
        """Begin, or go on where the last session stopped."""
        self._tasks = [
            asyncio.create_task(self._run(self._read, DocumentState.QUEUED, DocumentState.READING)),
            asyncio.create_task(self._run(self._index, DocumentState.INDEXING)),
        ]

    async def stop(self) -> None:
        """Stop working; what is open goes on at the next start."""
        if self._retry is not None:
            self._retry.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def offer(self, folder: WorkspaceFolder, walked: Walked) -> list[str]:
        """Enter what a walk found; what it could not list gets its row too, with the reason."""
        paths = [*walked.files, *(path for path, _ in walked.problems)]
        offered = [(new_id(), Path(path).name or path, path) for path in paths]
        folder.documents.offer(offered, now())
        refused = offered[len(walked.files) :]
        for (document, name, _), (_, code) in zip(refused, walked.problems, strict=True):
            reason = Reason(code, {"name": name, "details": code})
            folder.documents.end(document, STATE_OF[code], reason)
        for document, _, _ in offered:
            self.announce(folder, document)
        await self.wake()
        return [document for document, _, _ in offered]

    async def wake(self) -> None:
        """There may be work again."""
        async with self._wake:
            self._held_up_by = None
            self._wake.notify_all()

    @contextlib.contextmanager
    def resting(self) -> Iterator[None]:
        """Embed nothing meanwhile: a model that writes needs every core there is."""
        self._undisturbed.clear()
        try:
            yield
        finally:
            self._undisturbed.set()

    @contextlib.asynccontextmanager
    async def leaving(self, documents: Sequence[str]) -> AsyncIterator[None]:
        """Work on none of ``documents`` inside the block, also not what is being done now."""
        self._leaving.update(documents)
        try:
            working = [self._working[each] for each in documents if each in self._working]
            for task in working:
                task.cancel()
            if working:
                await asyncio.wait(working)
            yield
        finally:
            self._leaving.difference_update(documents)
            await self.wake()

    async def settled(self, folder: WorkspaceFolder, documents: list[str]) -> None:
        """Wait until each of ``documents``, and what one is a duplicate of, is in a final state
        or gone. Raises the Problem that holds the import up (a full disk, a missing embedder)."""

        def final(document: str) -> bool:
            row = folder.documents.get(document)
            return row is None or (row.state.is_final and (row.twin is None or final(row.twin)))

        def all_final() -> bool:
            return all(final(document) for document in documents)

        async with self._wake:
            await self._wake.wait_for(lambda: self._held_up_by or all_final())
        if self._held_up_by and not all_final():
            raise self._held_up_by

    async def _run(self, work: Work, *states: DocumentState) -> None:
        while True:
            job = self._next(*states)
            if job is None:
                async with self._wake:
                    await self._wake.wait_for(lambda: self._next(*states) is not None)
                continue
            await self._work_on(work, *job)
            async with self._wake:
                self._wake.notify_all()

    def _next(self, *states: DocumentState) -> tuple[WorkspaceFolder, Document] | None:
        if self._held_up_by:
            return None
        for folder in self._shelf:
            if document := folder.documents.next(states, self._leaving):
                return folder, document
        return None

    async def _work_on(self, work: Work, folder: WorkspaceFolder, document: Document) -> None:
        """Do one step of one document, so that it can be abandoned without ending the loop."""
        task = asyncio.ensure_future(self._guarded(work, folder, document))
        self._working[document.id] = task
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
            del self._working[document.id]

    async def _guarded(self, work: Work, folder: WorkspaceFolder, document: Document) -> None:
        try:
            await work(folder, document)
        except Problem as problem:
            self._settle(folder, document, problem)
        except Exception as bug:
            log.exception("importing %s", document.id)
            self._settle(folder, document, Problem("bug", details=f"{type(bug).__name__}: {bug}"))

    def _settle(self, folder: WorkspaceFolder, document: Document, problem: Problem) -> None:
        """Whose fault is it? The document's: it ends. The machine's: the import waits. Nobody
        knows: it is tried once more, then set aside, and the others go on."""
        state = STATE_OF.get(problem.reason.code)
        if state is not None:
            self._end(folder, document, state, problem.reason)
        elif problem.reason.code in HOLDING:
            self._hold_up(problem)
        elif folder.documents.fell(document.id) >= FALLS:
            reason = Reason("reader_died", {"name": document.name})
            self._end(folder, document, DocumentState.SET_ASIDE, reason)

    def _hold_up(self, problem: Problem) -> None:
        """Stop importing until something changes: the documents stay queued, nothing is lost."""
        log.warning("the import waits: %s", problem)
        self._held_up_by = problem
        self._announcer.announce(Trouble(problem.reason))
        loop = asyncio.get_running_loop()
        self._retry = loop.call_later(
            RETRY, lambda: self._tasks.append(loop.create_task(self.wake()))
        )

    async def _read(self, folder: WorkspaceFolder, document: Document) -> None:
        folder.documents.set_state(document.id, DocumentState.READING)
        self.announce(folder, document.id)
        admitted = self._admitted(folder, document) or await self._admit(folder, document)
        twin = folder.documents.with_content(admitted.sha256, document.id)
        if twin is not None:
            reason = Reason("duplicate", {"name": document.name, "other": twin.name})
            self._end(folder, document, DocumentState.DUPLICATE, reason, twin.id)
            return
        folder.documents.admit(document.id, admitted.kind, admitted.sha256, admitted.size)
        extracted = await self._extract(folder, document, admitted.kind)
        folder.documents.extracted(document.id, extracted.pages, extracted.silent_pages)
        folder.documents.set_state(document.id, DocumentState.INDEXING)
        self.announce(folder, document.id)

    def _admitted(self, folder: WorkspaceFolder, document: Document) -> Admitted | None:
        """What an earlier start found out, if our copy is whole: the source may be gone by now."""
        original = folder.original(document.id)
        if document.sha256 and original.is_file() and original.stat().st_size == document.size:
            return Admitted(document.kind, document.sha256, document.size)
        return None

    async def _admit(self, folder: WorkspaceFolder, document: Document) -> Admitted:
        target = folder.original(document.id)
        with disk_problems(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        body = Admit(document.path, str(target), LARGEST)
        return await self._reader.call(body, Admitted, patience=PATIENCE)

    async def _extract(self, folder: WorkspaceFolder, document: Document, kind: str) -> Extracted:
        def show(body: ProgressBody) -> None:
            if isinstance(body, Step):
                self.announce(folder, document.id, body.done, body.total)

        original, text = folder.original(document.id), folder.text(document.id)
        body = Extract(str(original), kind, document.name, str(text))
        return await self._reader.call(body, Extracted, on_progress=show, patience=PATIENCE)

    async def _index(self, folder: WorkspaceFolder, document: Document) -> None:
        await self._indexing.check(folder)
        await self._indexing.note_embedder(folder)
        done, total = folder.passages.progress(document.id)
        if total == 0:
            passages = await self._indexing.split(folder, document.id)
            folder.passages.replace(document.id, passages)
        while passages := folder.passages.to_embed(document.id, BATCH):
            done, total = folder.passages.progress(document.id)
            self.announce(folder, document.id, done, total)
            await self._undisturbed.wait()
            vectors = await self._indexing.embed(passages)
            folder.passages.embedded(passages, vectors)
        await self._indexing.enter(folder, document.id)
        folder.documents.set_state(document.id, DocumentState.READY)
        self.announce(folder, document.id)

    def _end(
        self,
        folder: WorkspaceFolder,
        document: Document,
        state: DocumentState,
        reason: Reason,
        twin: str | None = None,
    ) -> None:
        folder.documents.end(document.id, state, reason, twin)
        if state is not DocumentState.SET_ASIDE:
            folder.remove_files(document.id)
        self.announce(folder, document.id)

    def view(self, folder: WorkspaceFolder, document: Document) -> DocumentView:
        """A document as the window shows it now, with how far its indexing has come."""
        if document.state is DocumentState.INDEXING:
            return view_of(document, *folder.passages.progress(document.id))
        return view_of(document)

    def announce(
        self, folder: WorkspaceFolder, document: str, done: int = 0, total: int = 0
    ) -> None:
        """Tell how ``document`` stands now."""
        if row := folder.documents.get(document):
            self._announcer.announce(DocumentChanged(folder.id, view_of(row, done, total)))


def view_of(document: Document, done: int = 0, total: int = 0) -> DocumentView:
    """A document as the window shows it."""
    return DocumentView(
        id=document.id,
        name=document.name,
        path=document.path,
        state=document.state,
        done=done,
        total=total,
        passages=document.passages if document.state is DocumentState.READY else 0,
        pages=document.pages,
        reason=document.reason,
        twin=document.twin,
    )
