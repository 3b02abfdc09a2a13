"""What an answer stands on: the passages it cites, and those it was only given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from workspaces.core.citations import cited_marks
from workspaces.core.types import Ending, Source, Turn


@dataclass(frozen=True, slots=True)
class SourceRow:
    """``answered`` is false where no answer was written that could cite it."""

    source: Source
    cited: bool
    answered: bool = True


class SourcesPresenter(QObject):
    """Shows the sources of one turn."""

    listed = Signal(list)
    """The rows, as `SourceRow`: the cited ones first."""

    found = Signal(object)
    """The `Surroundings` that :meth:`open` asked for."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._workspace = ""

    def show_turn(self, workspace: str, turn: Turn | None, known: Mapping[int, Source]) -> None:
        """``known`` are all sources of the conversation: an answer may cite an earlier one's."""
        self._workspace = workspace
        self.listed.emit(rows_of(turn, known) if turn else [])

    def open(self, source: Source) -> None:
        """Fetch the text around a passage."""
        workspace = self._workspace
        self._bridge.run(lambda quire: quire.surroundings(workspace, source), self.found.emit)


def rows_of(turn: Turn, known: Mapping[int, Source]) -> list[SourceRow]:
    """The sources of a turn, the cited ones first, each part in the order of the marks."""
    cited = {mark for mark in cited_marks(turn.answer) if mark in known}
    given = {source.mark for source in turn.sources}
    ordered = sorted(cited) + sorted(given - cited)
    answered = turn.ending not in (Ending.REFUSED, Ending.UNFINISHED)
    return [SourceRow(known[mark], mark in cited, answered) for mark in ordered]
