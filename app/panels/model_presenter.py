"""Which model answers, and how to change it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.panels.dialogs import Dialogs
from workspaces.services.views import Change, ModelChanged, ModelView

STARTER = "starter"
QUOTES = "quotes"


class ModelPresenter(QObject):
    """Follows the model."""

    shown = Signal(object)
    """The `ModelView` in use."""

    def __init__(self, bridge: Bridge, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        bridge.changed.connect(self._follow)
        bridge.opened.connect(self.refresh)

    def refresh(self) -> None:
        self._bridge.run(lambda quire: quire.model(), self._show)

    def pick_file(self) -> None:
        self._dialogs.pick_model(self.choose)

    def choose(self, model: str, title: str = "") -> None:
        """A path, `STARTER` or `QUOTES`. If it cannot be, what was in use stays shown."""
        self._bridge.run(
            lambda quire: quire.choose_model(model, title=title), self._show, at_end=self.refresh
        )

    def _show(self, model: ModelView) -> None:
        self.shown.emit(model)

    def _follow(self, change: Change) -> None:
        if isinstance(change, ModelChanged):
            self._show(change.model)
