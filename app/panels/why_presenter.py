"""How one answer came by its passages."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from workspaces.core.types import Considered, Turn


class WhyPresenter(QObject):
    """Explains one turn at a time."""

    shown = Signal(object)
    """The `Turn` to explain."""

    found = Signal(object)
    """The `Surroundings` that :meth:`open` asked for."""

    failed = Signal(object)
    """The Reason why a passage could not be opened."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._workspace = ""
        self._turn: Turn | None = None

    @property
    def workspace(self) -> str:
        """Where the turn was asked."""
        return self._workspace

    @property
    def turn(self) -> Turn | None:
        return self._turn

    def show_turn(self, workspace: str, turn: Turn) -> None:
        self._workspace, self._turn = workspace, turn
        self.shown.emit(turn)

    def open(self, considered: Considered) -> None:
        """Fetch the text around a passage; a source has its own, which outlives its document."""
        workspace = self._workspace
        sources = self._turn.sources if self._turn else ()
        source = next((each for each in sources if each.mark == considered.mark), None)
        if source:
            self._bridge.run(
                lambda quire: quire.surroundings(workspace, source),
                self.found.emit,
                self.failed.emit,
            )
        else:
            self._bridge.run(
                lambda quire: quire.surroundings_of(workspace, considered),
                self.found.emit,
                self.failed.emit,
            )
