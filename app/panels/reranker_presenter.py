"""The reranking model of the open workspace, and how to change it."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.dialogs import Dialogs
from workspaces.services.views import RerankerChanged, RerankerView

translate = QCoreApplication.translate


class RerankerPresenter(QObject):
    """Follows one workspace at a time."""

    shown = Signal()
    """What there is to say has changed."""

    def __init__(self, bridge: Bridge, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._workspace = ""
        self.reranker = RerankerView()
        """The newest that is known."""
        self.trying = ""
        """The name of the model that is being loaded and tried, which takes seconds; or empty."""
        bridge.changed.connect(self._follow)

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self._show(workspace, RerankerView())
        if workspace:
            self._bridge.run(
                lambda quire: quire.reranker(workspace), partial(self._show, workspace)
            )

    def pick(self) -> None:
        """Ask for the folder of a cross-encoder, and use it."""
        title = translate("Reranker", "Choose the folder of a cross-encoder")
        self._dialogs.pick_directory(title, self.use)

    def turn_off(self) -> None:
        workspace = self._workspace
        self._bridge.run(lambda quire: quire.change_reranker(workspace, None))

    def use(self, folder: str) -> None:
        """Load the cross-encoder in ``folder``, and put passages in its order."""
        workspace = self._workspace
        self._try(PurePath(folder).name)
        self._bridge.run(
            lambda quire: quire.change_reranker(workspace, folder), at_end=partial(self._try, "")
        )

    def _try(self, name: str) -> None:
        self.trying = name
        self.shown.emit()

    def _show(self, workspace: str, reranker: RerankerView) -> None:
        if workspace == self._workspace:
            self.reranker = reranker
            self.shown.emit()

    def _follow(self, change: Paced) -> None:
        if isinstance(change, RerankerChanged):
            self._show(change.workspace, change.reranker)
