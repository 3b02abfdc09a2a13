"""The embedding model of the open workspace, and how to change it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.dialogs import Dialogs
from workspaces.services.views import EmbedderChanged, EmbedderView, ImportProgressed

translate = QCoreApplication.translate


class EmbedderPresenter(QObject):
    """Follows one workspace at a time."""

    shown = Signal(object)
    """The `EmbedderView` of the open workspace."""

    def __init__(self, bridge: Bridge, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._workspace = ""
        self._embedder = EmbedderView("")
        bridge.changed.connect(self._follow)

    @property
    def embedder(self) -> EmbedderView:
        """The newest that is known; without a name when nothing is."""
        return self._embedder

    @property
    def workspace(self) -> str:
        """The open one's id; empty where none is."""
        return self._workspace

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self._show(workspace, EmbedderView(""))
        self.refresh()

    def refresh(self) -> None:
        workspace = self._workspace
        if workspace:
            self._bridge.run(
                lambda quire: quire.embedder(workspace), partial(self._show, workspace)
            )

    def pick(self) -> None:
        """Ask for the folder of a sentence-transformers model, and begin with it."""
        title = translate("Embedder", "Choose the folder of a sentence-transformers model")
        self._dialogs.pick_directory(title, self.use)

    def use_own(self) -> None:
        """The one that comes along with Quire."""
        self._change(None)

    def use(self, folder: str) -> None:
        """Begin with the model in ``folder``."""
        self._change(folder)

    def cancel(self) -> None:
        workspace = self._workspace
        self._bridge.run(lambda quire: quire.cancel_embedder_change(workspace), at_end=self.refresh)

    def go_back(self) -> None:
        """To the one before, at once."""
        workspace = self._workspace
        self._bridge.run(lambda quire: quire.undo_embedder_change(workspace), at_end=self.refresh)

    def _change(self, folder: str | None) -> None:
        workspace = self._workspace
        self._bridge.run(
            lambda quire: quire.change_embedder(workspace, folder), at_end=self.refresh
        )

    def _show(self, workspace: str, embedder: EmbedderView) -> None:
        if workspace == self._workspace:
            self._embedder = embedder
            self.shown.emit(embedder)

    def _follow(self, change: Paced) -> None:
        if isinstance(change, EmbedderChanged):
            self._show(change.workspace, change.embedder)
        if isinstance(change, ImportProgressed) and self._has_ended(change):
            self.refresh()  # what came may be in a language that the model does not know

    def _has_ended(self, change: ImportProgressed) -> bool:
        return change.workspace == self._workspace and not change.progress.busy
