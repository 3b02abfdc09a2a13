"""Finds passages while a question is typed, without any model that answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge import Bridge
from app.pacer import DocumentsMoved, Paced
from app.panels.found_source import source_of
from app.panels.search_lane import NOTHING, Asked, SearchLane
from workspaces.core.reasons import Reason
from workspaces.core.types import Source
from workspaces.services.views import DocumentsChanged, FoundPassage, ImportProgress

PATIENCE = 300
"""Milliseconds after which it is said that a search is under way: sooner would only flicker."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """Everything the search shows. ``asked`` is what ``results`` answer; they are sources that no
    answer cites yet, numbered from 1. ``stocked``: whether the workspace has documents, None until
    that is known; ``importing``: how many of them are still on their way. ``slow``: a search has
    been under way for a while; ``unfinished``: one by meaning follows this one by words."""

    asked: Asked = NOTHING
    results: tuple[Source, ...] = ()
    problem: Reason | None = None
    stocked: bool | None = None
    importing: int = 0
    slow: bool = False
    unfinished: bool = False


class SearchPresenter(QObject):
    """Searches one workspace at a time. An answer that comes late, to what is no longer asked, is
    dropped.

    The first list comes at once; where the embedding model was not in memory yet, it is one by
    words, and the whole search follows in a lane of its own, which the next question need not wait
    for.
    """

    shown = Signal(object)
    """The `SearchState`, whenever it changes."""

    found = Signal(object)
    """The `Surroundings` that :meth:`open` asked for."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._wanted = NOTHING
        self._state = SearchState()
        self._first = SearchLane(bridge, True, self)
        self._whole = SearchLane(bridge, False, self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._show_slow)
        self._first.answered.connect(self._show_first)
        self._whole.answered.connect(self._show_whole)
        for lane in (self._first, self._whole):
            lane.failed.connect(self._show_problem)
        bridge.changed.connect(self._follow)

    @property
    def state(self) -> SearchState:
        return self._state

    def show_workspace(self, workspace: str) -> None:
        """Search in ``workspace`` from now on, also for what is asked now."""
        self._show(SearchState(Asked(workspace)))
        self._seek(Asked(workspace, self._wanted.question))

    def show_stocked(self, stocked: bool) -> None:
        """Whether the workspace has any documents."""
        self._show(replace(self._state, stocked=stocked))

    def show_progress(self, progress: ImportProgress) -> None:
        """How far its import is; what it brought is looked for once it ends."""
        ended = self._state.importing and not progress.busy
        importing = progress.documents - progress.documents_done
        self._show(replace(self._state, importing=importing))
        if ended:
            self._again()

    def search(self, question: str) -> None:
        """Find what ``question`` asks for; nothing, where it is empty."""
        asked = Asked(self._wanted.workspace, " ".join(question.split()))
        if asked != self._wanted:
            self._seek(asked)

    def open(self, source: Source) -> None:
        """Fetch the text around a result."""
        workspace = self._state.asked.workspace
        self._bridge.run(lambda quire: quire.surroundings(workspace, source), self.found.emit)

    def _seek(self, asked: Asked) -> None:
        self._wanted = asked
        self._whole.forget()
        if asked.workspace and asked.question:
            self._patience.start()
            self._first.ask(asked)
        else:
            self._first.forget()
            self._show_hits(asked, [], unfinished=False)

    def _again(self) -> None:
        """There may be more to find now; the list stays until it is here."""
        if self._wanted.question:
            self._first.ask(self._wanted)

    def _show_first(self, asked: Asked, hits: list[FoundPassage]) -> None:
        if asked != self._wanted:
            return
        has_meaning = any(hit.vector_rank is not None for hit in hits)
        self._show_hits(asked, hits, unfinished=not has_meaning)
        if not has_meaning:
            self._whole.ask(asked)

    def _show_whole(self, asked: Asked, hits: list[FoundPassage]) -> None:
        if asked == self._wanted:
            self._show_hits(asked, hits, unfinished=False)

    def _show_hits(self, asked: Asked, hits: list[FoundPassage], unfinished: bool) -> None:
        results = tuple(source_of(rank, hit) for rank, hit in enumerate(hits, start=1))
        self._end(asked, results, None, unfinished)

    def _show_problem(self, asked: Asked, reason: Reason) -> None:
        """What was found by words stays, where the whole search fails."""
        if asked == self._wanted:
            kept = self._state.results if asked == self._state.asked else ()
            self._end(asked, kept, reason, unfinished=False)

    def _end(
        self, asked: Asked, results: tuple[Source, ...], problem: Reason | None, unfinished: bool
    ) -> None:
        self._patience.stop()
        shown = replace(self._state, asked=asked, results=results, problem=problem)
        self._show(replace(shown, slow=False, unfinished=unfinished))

    def _show_slow(self) -> None:
        self._show(replace(self._state, slow=True))

    def _show(self, state: SearchState) -> None:
        if state != self._state:
            self._state = state
            self.shown.emit(state)

    def _follow(self, change: Paced) -> None:
        if isinstance(change, DocumentsMoved) and change.workspace == self._wanted.workspace:
            kept = [each for each in self._state.results if each.document not in change.removed]
            self._show(replace(self._state, results=tuple(kept)))
        elif isinstance(change, DocumentsChanged) and change.workspace == self._wanted.workspace:
            self._again()
