"""Tells how each document stands, and how far a whole import has come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from workspaces.core.reasons import Reason
from workspaces.library.documents import Document
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.announcer import Announcer
from workspaces.services.views import (
    DocumentChanged,
    DocumentRemoved,
    DocumentsChanged,
    DocumentView,
    ImportProgress,
    ImportProgressed,
)

PACE = 0.25
"""Seconds between two announcements of the same import's progress."""

MANY = 500
"""So many documents changed at once are announced as one change."""

SETTLING = 3.0
"""Seconds an import must have worked before its rate says anything."""


@dataclass(slots=True)
class Run:
    """What one workspace imports since it was last idle. Times are seconds of the loop's clock."""

    documents: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    passages: int = 0
    embedded: int = 0
    resumed: int = 0
    """Passages that were embedded before this start: they say nothing about its speed."""
    current: str = ""
    worked: float = 0.0
    """Seconds of work until :attr:`since`."""
    since: float | None = None
    """When it last began to work; None while it rests."""

    def seconds(self, now: float) -> float:
        return self.worked + (now - self.since if self.since is not None else 0.0)

    def seconds_left(self, now: float) -> float | None:
        """Passages to go, those of unread documents guessed from the others, at the pace so
        far."""
        worked, done = self.seconds(now), self.embedded - self.resumed
        read = len(self.documents) - len(self.unread)
        if worked < SETTLING or done <= 0 or read == 0:
            return None
        unread = len(self.unread) * self.passages / read
        return (self.passages - self.embedded + unread) * worked / done


class Noticing:
    """Announces documents and progress. Every method is called on the loop's thread."""

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer
        self._runs: dict[str, Run] = {}
        self._due: dict[str, asyncio.TimerHandle] = {}
        self.held_up: Callable[[], Reason | None] = lambda: None
        """Why the import waits; set by who knows."""

    # --- documents ---

    def document(
        self, folder: WorkspaceFolder, document: str, done: int = 0, total: int = 0
    ) -> None:
        """Tell how ``document`` stands now."""
        if row := folder.documents.get(document):
            self.row(folder, row, done, total)

    def row(self, folder: WorkspaceFolder, row: Document, done: int = 0, total: int = 0) -> None:
        """Tell how the document of ``row`` stands."""
        self._announcer.announce(DocumentChanged(folder.id, view_of(row, done, total)))
        if row.state.is_final:
            self.ended(folder, [row.id])

    def documents(self, folder: WorkspaceFolder, documents: list[str]) -> None:
        """Tell how each of ``documents`` stands now; of very many, only that they changed."""
        rows = folder.documents.some(documents)
        if len(rows) > MANY:
            self._announcer.announce(DocumentsChanged(folder.id))
            self.ended(folder, [row.id for row in rows if row.state.is_final])
        else:
            for row in rows:
                self.row(folder, row)

    def removed(self, folder: WorkspaceFolder, document: str) -> None:
        self._announcer.announce(DocumentRemoved(folder.id, document))
        self.ended(folder, [document])

    # --- progress ---

    def begun(self, folder: WorkspaceFolder, documents: Iterable[str], read: bool = False) -> None:
        """Work on ``documents`` lies ahead; of those ``read``, the text is there already."""
        new = set(documents)
        if not new:
            return
        run = self._runs.get(folder.id)
        if run is None or not run.open:
            run = self._runs[folder.id] = Run()
            if not folder.card.paused:
                run.since = _now()
        run.documents |= new
        run.open |= new
        if not read:
            run.unread |= new
        self._soon(folder)

    def ended(self, folder: WorkspaceFolder, documents: Iterable[str]) -> None:
        if run := self._runs.get(folder.id):
            run.open.difference_update(documents)
            run.unread.difference_update(documents)
            if not run.open:
                self._rest(run)
            self._soon(folder)

    def working_on(self, folder: WorkspaceFolder, name: str) -> None:
        if run := self._runs.get(folder.id):
            run.current = name
            self._soon(folder)

    def split(self, folder: WorkspaceFolder, document: str, passages: int) -> None:
        if run := self._runs.get(folder.id):
            run.unread.discard(document)
            run.passages += passages
            self._soon(folder)

    def embedded(self, folder: WorkspaceFolder, passages: int, resumed: bool = False) -> None:
        if run := self._runs.get(folder.id):
            run.embedded += passages
            run.resumed += passages if resumed else 0
            self._soon(folder)

    def paused(self, folder: WorkspaceFolder, paused: bool) -> None:
        if run := self._runs.get(folder.id):
            if paused:
                self._rest(run)
            elif run.open:
                run.since = _now()
        self._soon(folder)

    def progress(self, folder: WorkspaceFolder) -> ImportProgress:
        """How far the import of ``folder`` has come."""
        run = self._runs.get(folder.id) or Run()
        return ImportProgress(
            documents_done=len(run.documents) - len(run.open),
            documents=len(run.documents),
            passages_done=run.embedded,
            passages=run.passages,
            seconds_left=run.seconds_left(_now()) if run.open else None,
            current=run.current if run.open else "",
            paused=folder.card.paused,
            held_up=self.held_up() if run.open else None,
        )

    def forget(self, folder: WorkspaceFolder) -> None:
        """The workspace is being deleted."""
        self._runs.pop(folder.id, None)
        if handle := self._due.pop(folder.id, None):
            handle.cancel()

    def refresh(self, folders: Iterable[WorkspaceFolder]) -> None:
        """What holds the import up has changed."""
        for folder in folders:
            if folder.id in self._runs:
                self._soon(folder)

    def stop(self) -> None:
        for handle in self._due.values():
            handle.cancel()
        self._due.clear()

    def _rest(self, run: Run) -> None:
        run.worked, run.since = run.seconds(_now()), None

    def _soon(self, folder: WorkspaceFolder) -> None:
        if folder.id not in self._due:
            loop = asyncio.get_running_loop()
            self._due[folder.id] = loop.call_later(PACE, self._announce_progress, folder)

    def _announce_progress(self, folder: WorkspaceFolder) -> None:
        del self._due[folder.id]
        self._announcer.announce(ImportProgressed(folder.id, self.progress(folder)))


def _now() -> float:
    return asyncio.get_running_loop().time()


def view_of(document: Document, done: int = 0, total: int = 0) -> DocumentView:
    """A document as the window shows it."""
    return DocumentView(
        id=document.id,
        name=document.name,
        path=document.path,
        state=document.state,
        done=done,
        total=total,
        passages=document.passages if document.state.is_searchable else 0,
        pages=document.pages,
        reason=document.reason,
        twin=document.twin,
        warnings=document.warnings,
        replaces=document.replaces,
        gone=document.gone,
    )
