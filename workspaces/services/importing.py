"""The import: every document's journey from ``queued`` to a final state.

The catalogue is the queue. Three loops run beside each other, so that reading and embedding
overlap: one reads documents that are queued, one brings those whose text is there to where keyword
search finds them, one embeds behind it. A step that was cut off is simply done again, because each
is written so that doing it twice changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import OPEN_STATES, DocumentState
from workspaces.engine.child import Child
from workspaces.engine.faults import Fault
from workspaces.library.documents import Document, Offer
from workspaces.library.spaces import Role
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import Walked
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id, now
from workspaces.services.embedding import Embedding
from workspaces.services.indexing import Indexing
from workspaces.services.intake import Intake
from workspaces.services.noticing import Noticing
from workspaces.services.queue import HOLDING, Job, Queue
from workspaces.services.shelf import Shelf
from workspaces.services.switching import Switching
from workspaces.services.versions import bequeath, inherit
from workspaces.services.views import Trouble

FALLS = 2
"""How often a child may die over a document before that is set aside."""

KILLS = 5
"""The same, where somebody ended the child from outside: that says little about the document, but
a guard of the machine's memory does it too."""

TOGETHER = 64
"""Documents split, or embedded, in one step."""

GATHERING = 0.25
"""Seconds in which documents are gathered to be split together."""

STATE_OF = {
    "empty": DocumentState.EMPTY,
    "no_text": DocumentState.NO_TEXT,
    "garbled": DocumentState.NO_TEXT,
    "encrypted": DocumentState.ENCRYPTED,
    "wrong_password": DocumentState.ENCRYPTED,
    "too_large": DocumentState.TOO_LARGE,
    "unpacks_too_large": DocumentState.TOO_LARGE,
    "unsupported": DocumentState.UNSUPPORTED,
    "legacy_office": DocumentState.UNSUPPORTED,
    "copy_protected": DocumentState.UNSUPPORTED,
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

KEPT = (DocumentState.SET_ASIDE, DocumentState.CANCELLED, DocumentState.ENCRYPTED)
"""Ends after which our copy stays, because the document may be taken up again."""

log = logging.getLogger("quire.services")


class Importing:
    """Runs the loops. Every method is called on the loop's thread."""

    def __init__(
        self,
        shelf: Shelf,
        reader: Child,
        intake: Intake,
        indexing: Indexing,
        embedding: Embedding,
        switching: Switching,
        noticing: Noticing,
        announcer: Announcer,
    ) -> None:
        self._shelf = shelf
        self._reader = reader
        self._intake = intake
        self._indexing = indexing
        self._embedding = embedding
        self._switching = switching
        self._noticing = noticing
        self._announcer = announcer
        self._queue = Queue(self._settle, self._begin, self._tell)
        self._leaving: set[str] = set()
        self._quiet: set[str] = set()
        self._stale: defaultdict[str, set[str]] = defaultdict(set)
        self._untidy: set[str] = set()
        self._gathering: dict[str, float] = {}
        noticing.held_up = lambda: self._queue.held_up

    # --- the whole import ---

    def start(self) -> None:
        """Begin, or go on where the last session stopped."""
        for folder in self._shelf:
            self._take_up(folder)
        self._queue.start([self._next_to_read, self._next_to_split, self._next_to_embed])

    def _take_up(self, folder: WorkspaceFolder) -> None:
        """Count what the last session left open."""
        unread = folder.documents.in_states(OPEN_STATES[:2])
        read = folder.documents.in_states(OPEN_STATES[2:])
        self._noticing.begun(folder, unread)
        self._noticing.begun(folder, read, read=True)
        space = folder.spaces.get(Role.CURRENT)
        if space is not None:
            self._switching.take_up(folder, space)
            for document in read:
                done, total = folder.passages.progress(document, space.id)
                self._noticing.split(folder, document, total)
                self._noticing.embedded(folder, done, resumed=True)

    async def stop(self) -> None:
        """Stop working; what is open goes on at the next start."""
        await self._queue.stop()
        self._noticing.stop()

    async def wake(self) -> None:
        """There may be work again."""
        await self._queue.wake()

    async def tidy_later(self, folder: WorkspaceFolder) -> None:
        """Merge, in an idle moment, what the last session left loose in an index."""
        self._untidy.add(folder.id)
        await self.wake()

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until ``reached``; see :meth:`Queue.until`."""
        await self._queue.until(reached)

    async def pause(self, folder: WorkspaceFolder) -> None:
        """Work no more on ``folder`` until :meth:`resume`, also in later sessions."""
        folder.change_card(paused=True)
        await self._queue.abandon(folder, None)
        self._noticing.paused(folder, True)

    async def resume(self, folder: WorkspaceFolder) -> None:
        folder.change_card(paused=False)
        self._noticing.paused(folder, False)
        await self.wake()

    # --- documents in and out ---

    async def offer(
        self,
        folder: WorkspaceFolder,
        walked: Walked,
        passwords: tuple[str, ...] = (),
        watch: str | None = None,
    ) -> list[str]:
        """Enter what a walk found; what it could not list gets its row too, with the reason."""
        offers = [
            Offer(new_id(), _name_of(file.path), file.path, file.size, file.modified)
            for file in walked.files
        ]
        offers += [_refusal(path, code) for path, code in walked.problems]
        folder.documents.offer(offers, now(), watch)
        names = [offer.id for offer in offers]
        for document in names:
            self._intake.give_passwords(document, passwords)
        self._noticing.begun(folder, names)
        self._noticing.documents(folder, names)
        await self.wake()
        return names

    async def again(
        self, folder: WorkspaceFolder, documents: Sequence[str], passwords: tuple[str, ...] = ()
    ) -> None:
        """Import documents that have ended once more: with our copy where there is a password to
        try or the source is gone, else from the source."""
        rows = [row for row in folder.documents.some(documents) if row.state.is_final]
        rows = [row for row in rows if row.state is not DocumentState.READY]
        for row in rows:
            self._intake.give_passwords(row.id, passwords)
            if not passwords and Path(row.path).exists():
                folder.remove_files(row.id)
        names = [row.id for row in rows]
        folder.documents.queue_again(names)
        self._noticing.begun(folder, names)
        self._noticing.documents(folder, names)
        await self.wake()

    async def read_again(self, folder: WorkspaceFolder, documents: Sequence[str]) -> None:
        """Import ready documents once more from our copies."""
        async with self.leaving(folder, documents):
            folder.documents.queue_again(documents)
            self._noticing.begun(folder, documents)
            self._noticing.documents(folder, list(documents))

    async def cancel(self, folder: WorkspaceFolder, documents: Sequence[str]) -> None:
        """End the import of ``documents``; one that is finished already stays. A duplicate takes
        its content over."""
        async with self.leaving(folder, documents):
            for row in folder.documents.some(documents):
                if row.state.is_final:
                    continue
                twins = folder.documents.twins(row.id)
                if twins:
                    inherit(folder, row, twins[0], self._noticing)
                self._end(
                    folder, row, DocumentState.CANCELLED, Reason("cancelled", {"name": row.name})
                )
            self._noticing.documents(folder, list(documents))

    @contextlib.asynccontextmanager
    async def leaving(
        self, folder: WorkspaceFolder, documents: Sequence[str]
    ) -> AsyncIterator[None]:
        """Work on none of ``documents`` inside the block, also not what is being done now."""
        self._leaving.update(documents)
        try:
            await self._queue.abandon(folder, documents)
            yield
        finally:
            self._leaving.difference_update(documents)
            await self.wake()

    @contextlib.asynccontextmanager
    async def quiet(self, folder: WorkspaceFolder) -> AsyncIterator[None]:
        """Do nothing to ``folder`` inside the block."""
        self._quiet.add(folder.id)
        try:
            await self._queue.abandon(folder, None)
            yield
        finally:
            self._quiet.discard(folder.id)
            await self.wake()

    async def at_rest(self) -> None:
        """Wait until no document is left to import. Raises the Problem that holds them up."""
        await self.until(
            lambda: not any(each.documents.next(OPEN_STATES) for each in self._active())
        )

    async def leave(self, folder: WorkspaceFolder) -> None:
        """Work no more on ``folder``, which is off the shelf already."""
        await self._queue.abandon(folder, None)
        self._noticing.forget(folder)

    async def settled(self, folder: WorkspaceFolder, documents: list[str]) -> None:
        """Wait until each of ``documents``, and what one is a duplicate of, is in a final state
        or gone. Raises the Problem that holds the import up (a full disk, a missing embedder)."""
        waiting = list(reversed(documents))

        def all_final() -> bool:
            # Each is looked at until it is final and then never again: there may be thousands.
            while waiting:
                row = folder.documents.get(waiting[-1])
                if row is not None and not row.state.is_final:
                    return False
                waiting.pop()
                if row is not None and row.twin is not None:
                    waiting.append(row.twin)
            return True

        await self.until(all_final)

    # --- what is next ---

    def _active(self) -> list[WorkspaceFolder]:
        at_work = (folder for folder in self._shelf if not folder.card.paused)
        return [folder for folder in at_work if folder.id not in self._quiet]

    def _next_to_read(self) -> Job | None:
        states = (DocumentState.READING, DocumentState.QUEUED)
        for folder in self._active():
            for document in folder.documents.next(states, self._leaving):
                work = partial(self._read, folder, document)
                return Job(folder, work, [document], self._reader.start)
        return None

    def _next_to_split(self) -> Job | None:
        for folder in self._active():
            documents = self._some(folder, DocumentState.INDEXING)
            if documents and self._is_time_to_split(folder, documents):
                work = partial(self._embedding.split, folder, documents)
                check = partial(self._indexing.check, folder)  # it needs no model in memory
                return Job(folder, work, documents, check)
        return None

    def _is_time_to_split(self, folder: WorkspaceFolder, documents: Sequence[Document]) -> bool:
        """A write of the index costs the same for one document as for many: while more are being
        read, they are gathered for a moment."""
        loop = asyncio.get_running_loop()
        if len(documents) < TOGETHER and folder.documents.next(OPEN_STATES[:2], self._leaving):
            if folder.id not in self._gathering:
                self._gathering[folder.id] = loop.time() + GATHERING
                self._queue.look_again_in(GATHERING)
            if loop.time() < self._gathering[folder.id]:
                return False
        self._gathering.pop(folder.id, None)
        return True

    def _next_to_embed(self) -> Job | None:
        """Documents first, then what ready ones lack, then tidying up where nothing is open."""
        active = self._active()
        for folder in active:
            states = (DocumentState.EMBEDDING, DocumentState.SEARCHABLE)
            if documents := self._some(folder, *states):
                work = partial(self._embed, folder, documents)
                return self._index_job(folder, work, documents)
        for folder in active:
            if self._switching.is_due(folder):
                return self._index_job(folder, partial(self._switching.step, folder))
        for folder in active:
            if folder.id in self._untidy and not folder.documents.next(OPEN_STATES):
                check = partial(self._indexing.check, folder)
                return Job(folder, partial(self._tidy, folder), ready=check)
        return None

    def _some(self, folder: WorkspaceFolder, *states: DocumentState) -> list[Document]:
        """Documents to work on together. One over which a child has died is worked on alone, so
        that no other is blamed."""
        found = folder.documents.next(states, self._leaving, TOGETHER)
        return [each for each in found if not each.falls] or found[:1]

    def _index_job(
        self,
        folder: WorkspaceFolder,
        work: Callable[[], Awaitable[object]],
        documents: Sequence[Document] = (),
    ) -> Job:
        return Job(folder, work, documents, partial(self._embedding.get_ready, folder))

    # --- how it went ---

    def _begin(self, job: Job) -> None:
        if job.documents:
            self._noticing.working_on(job.folder, job.documents[0].name)

    def _tell(self, held_up_by: Problem | None) -> None:
        if held_up_by is not None:
            self._announcer.announce(Trouble(held_up_by.reason))
        self._noticing.refresh(self._shelf)

    def _settle(self, job: Job, problem: Problem) -> None:
        """Whose fault is it? The document's: it ends. The machine's: the import waits. Nobody
        knows: it is tried again after the others, alone, then set aside."""
        state = STATE_OF.get(problem.reason.code)
        try:
            if problem.reason.code in HOLDING or not (job.documents or isinstance(problem, Fault)):
                self._queue.hold_up(problem)
            elif state is not None:
                self._end(job.folder, job.documents[0], state, problem.reason)
            else:
                self._blame(job, problem)
        except Problem as trouble:  # the end could not be written down: the disk
            self._queue.hold_up(trouble)

    def _blame(self, job: Job, problem: Problem) -> None:
        most = KILLS if problem.reason.code == "ended_from_outside" else FALLS
        fallen = [job.folder.documents.fell(document.id) for document in job.documents]
        if len(fallen) > 1:
            return
        # What it died over is known: that is no reason to leave a child down.
        self._reader.pardon()
        self._indexing.pardon()
        if fallen[0] >= most:
            document = job.documents[0]
            reason = Reason("reader_died", {"name": document.name})
            self._end(job.folder, document, DocumentState.SET_ASIDE, reason)

    # --- the steps ---

    async def _read(self, folder: WorkspaceFolder, document: Document) -> None:
        await self._intake.take(folder, document)
        row = folder.documents.get(document.id)
        if row is None or row.state.is_final:
            self._after_end(folder, document)

    async def _embed(self, folder: WorkspaceFolder, documents: Sequence[Document]) -> None:
        self._untidy.add(folder.id)
        self._stale[folder.id].update(await self._embedding.embed(folder, documents))
        self._switching.reconsider(folder)
        for document in documents:
            self._intake.forget_passwords(document.id)

    async def _tidy(self, folder: WorkspaceFolder) -> None:
        self._untidy.discard(folder.id)
        await self._indexing.forget(folder, self._stale.pop(folder.id, set()))
        await self._indexing.tidy(folder)

    def _end(
        self, folder: WorkspaceFolder, document: Document, state: DocumentState, reason: Reason
    ) -> None:
        """The import ends without the document becoming ready: nothing of it is found any more."""
        folder.documents.end(document.id, state, reason)
        folder.passages.replace({document.id: ()})
        if document.state.is_searchable:
            self._stale[folder.id].add(document.id)
            self._untidy.add(folder.id)
        if state not in KEPT:
            folder.remove_files(document.id)
        self._noticing.document(folder, document.id)
        self._after_end(folder, document)

    def _after_end(self, folder: WorkspaceFolder, document: Document) -> None:
        """Earlier tries of the same file are history: the report has them."""
        self._intake.forget_passwords(document.id)
        row = folder.documents.get(document.id)
        if row is not None and row.state is DocumentState.DUPLICATE:
            bequeath(folder, row, self._noticing)
        for older in folder.documents.take_place(document.id):
            folder.remove_files(older)
            self._stale[folder.id].add(older)
            self._untidy.add(folder.id)
            self._noticing.removed(folder, older)


def _name_of(path: str) -> str:
    return Path(path).name or path


def _refusal(path: str, code: str) -> Offer:
    """What a walk could not list: it has ended before it began."""
    reason = Reason(code, {"name": _name_of(path), "details": code})
    return Offer(new_id(), _name_of(path), path, state=STATE_OF[code], reason=reason)
