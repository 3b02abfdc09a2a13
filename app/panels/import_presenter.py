"""How far the import of the open workspace is, and how to pause or cancel it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.dialogs import Dialogs
from workspaces.services.views import ImportProgress, ImportProgressed

translate = QCoreApplication.translate


class ImportPresenter(QObject):
    """Follows one workspace at a time."""

    shown = Signal(object)
    """The `ImportProgress` of the open workspace."""

    def __init__(self, bridge: Bridge, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._workspace = ""
        self._paused = False
        bridge.changed.connect(self._follow)

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self._show(workspace, ImportProgress())
        if workspace:
            self._bridge.run(
                lambda quire: quire.import_progress(workspace), partial(self._show, workspace)
            )

    def pause_or_resume(self) -> None:
        """Rest, or go on. A pause outlasts the program."""
        workspace = self._workspace
        if self._paused:
            self._bridge.run(lambda quire: quire.resume_import(workspace))
        else:
            self._bridge.run(lambda quire: quire.pause_import(workspace))

    def cancel(self) -> None:
        """Ask, then leave alone whatever has not ended yet."""
        workspace = self._workspace
        self._dialogs.confirm(
            translate("Import", "Cancel the whole import?"),
            translate(
                "Import",
                "What is ready stays. The other documents stay in the list as cancelled; "
                "select them and choose Retry to take them up again.",
            ),
            translate("Import", "Cancel import"),
            lambda: self._bridge.run(lambda quire: quire.cancel_import(workspace)),
        )

    def _show(self, workspace: str, progress: ImportProgress) -> None:
        if workspace == self._workspace:
            self._paused = progress.paused
            self.shown.emit(progress)

    def _follow(self, change: Paced) -> None:
        if isinstance(change, ImportProgressed):
            self._show(change.workspace, change.progress)
