"""The test questions of the open workspace: which there are, keeping one, and forgetting it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.pacer import DocumentsMoved, Paced
from workspaces.services.views import GoldenChanged, GoldenView


class GoldenPresenter(QObject):
    """Follows one workspace at a time."""

    listed = Signal(list)
    """All of them, as `GoldenView`, oldest first."""

    kept = Signal(object)
    """The ids of the turns whose questions are kept, as a frozenset."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._workspace = ""
        self._questions: list[GoldenView] = []
        bridge.changed.connect(self._follow)

    @property
    def questions(self) -> list[GoldenView]:
        """The newest that are known."""
        return list(self._questions)

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self._show(workspace, [])
        self.refresh()

    def refresh(self) -> None:
        workspace = self._workspace
        if workspace:
            self._bridge.run(
                lambda quire: quire.list_golden(workspace), partial(self._show, workspace)
            )

    def toggle(self, conversation: str, turn: str) -> None:
        """Keep the question of this turn; forget it where it is kept."""
        workspace = self._workspace
        for each in self._questions:
            if each.turn == turn:
                self.remove(each)
                return
        self._bridge.run(lambda quire: quire.add_golden(workspace, conversation, turn))

    def remove(self, question: GoldenView) -> None:
        workspace = self._workspace
        self._bridge.run(lambda quire: quire.remove_golden(workspace, question.id))

    def _show(self, workspace: str, questions: list[GoldenView]) -> None:
        if workspace == self._workspace:
            self._questions = questions
            self.listed.emit(self.questions)
            self.kept.emit(frozenset(each.turn for each in questions))

    def _follow(self, change: Paced) -> None:
        match change:
            case GoldenChanged(workspace) if workspace == self._workspace:
                self.refresh()
            case DocumentsMoved(workspace, _, removed) if workspace == self._workspace:
                # with its last document a question goes too
                if removed and self._questions:
                    self.refresh()
