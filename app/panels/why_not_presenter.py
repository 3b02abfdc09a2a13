"""Why an answer was not written from a document that the person picks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.panels.found_source import source_of
from workspaces.core.reasons import Reason
from workspaces.core.types import Source
from workspaces.services.views import DocumentView, WhyNot


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is shown of one document. ``told`` and ``problem`` are None while it is looked up, and
    as long as none is picked."""

    workspace: str = ""
    question: str = ""
    document: str = ""
    told: WhyNot | None = None
    problem: Reason | None = None

    @property
    def best(self) -> Source | None:
        """The passage of the document that fits the question best."""
        return source_of(0, self.told.best) if self.told and self.told.best else None


class WhyNotPresenter(QObject):
    """One question at a time. However fast a person goes through the documents, one is looked up
    and the newest waits."""

    listed = Signal(object)
    """All documents of the workspace, as a list of `DocumentView`. There may be ten thousand."""

    shown = Signal(object)
    """The `Doubt`, whenever it changes."""

    found = Signal(object)
    """The `Surroundings` that :meth:`open` asked for."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._doubt = Doubt()
        self._documents: list[DocumentView] = []
        self._busy = False
        self._waiting = False

    @property
    def doubt(self) -> Doubt:
        return self._doubt

    @property
    def documents(self) -> list[DocumentView]:
        return self._documents

    def begin(self, workspace: str, question: str, document: str = "") -> None:
        """Ask about ``question``, and about this document first, if one is given."""
        self._list([])
        self._show(Doubt(workspace, question))
        self._bridge.run(
            lambda quire: quire.list_documents(workspace), partial(self._take_list, workspace)
        )
        if document:
            self.pick(document)

    def pick(self, document: str) -> None:
        """Find out about this document."""
        if document != self._doubt.document:
            self._show(Doubt(self._doubt.workspace, self._doubt.question, document))
            self._waiting = True
            self._go_on()

    def open(self, source: Source) -> None:
        """Fetch the text around the passage."""
        workspace = self._doubt.workspace
        self._bridge.run(lambda quire: quire.surroundings(workspace, source), self.found.emit)

    def _go_on(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy, self._waiting = True, False
        asked = self._doubt
        self._bridge.run(
            lambda quire: quire.why_not(asked.workspace, asked.question, asked.document),
            partial(self._take, asked),
            partial(self._fail, asked),
            self._end,
        )

    def _end(self) -> None:
        self._busy = False
        self._go_on()

    def _take(self, asked: Doubt, told: WhyNot) -> None:
        if asked == self._doubt:
            self._show(replace(asked, told=told))

    def _fail(self, asked: Doubt, problem: Reason) -> None:
        if asked == self._doubt:
            self._show(replace(asked, problem=problem))

    def _take_list(self, workspace: str, documents: list[DocumentView]) -> None:
        if workspace == self._doubt.workspace:
            self._list(documents)

    def _list(self, documents: list[DocumentView]) -> None:
        self._documents = documents
        self.listed.emit(documents)

    def _show(self, doubt: Doubt) -> None:
        self._doubt = doubt
        self.shown.emit(doubt)
