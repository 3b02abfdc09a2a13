"""The folders that the open workspace follows."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.dialogs import Dialogs
from app.panels.notices import Choice, Notices
from app.panels.removal_words import say_removed
from app.panels.workspace_presenter import WorkspacePresenter
from workspaces.services.views import WatchesChanged, WatchView

translate = QCoreApplication.translate


class WatchesPresenter(WorkspacePresenter):
    """Follows one workspace at a time. When files have left a folder and wait for an answer,
    it asks what shall become of their documents."""

    listed = Signal(list)
    """All rows, as `WatchView`."""

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(bridge, dialogs, notices, parent)
        self._asked: set[str] = set()
        """The topics of the questions that are open."""

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self._show(workspace, [])
        self.refresh()

    def refresh(self) -> None:
        workspace = self._workspace
        if workspace:
            self._bridge.run(
                lambda quire: quire.list_watches(workspace), partial(self._show, workspace)
            )

    def watch(self, watch: WatchView) -> None:
        """Begin to follow ``watch.folder``, the way it says."""
        workspace = self._workspace
        self._bridge.run(
            lambda quire: quire.watch_folder(
                workspace, watch.folder, watch.subfolders, watch.ignore, watch.follow
            ),
            at_end=self.refresh,
        )

    def change(self, watch: WatchView) -> None:
        """Follow it the way ``watch`` says from now on."""
        workspace = self._workspace
        self._bridge.run(
            lambda quire: quire.change_watch(
                workspace, watch.id, watch.subfolders, watch.ignore, watch.follow
            ),
            at_end=self.refresh,
        )

    def stop(self, watch: WatchView) -> None:
        """Ask, then follow it no longer."""
        workspace = self._workspace
        self._dialogs.confirm(
            translate("Watches", "Stop watching {folder}?").format(folder=watch.folder),
            translate("Watches", "Its documents stay; they no longer follow their files."),
            translate("Watches", "Stop watching"),
            lambda: self._bridge.run(
                lambda quire: quire.unwatch_folder(workspace, watch.id), at_end=self.refresh
            ),
        )

    def _settle(self, workspace: str, watch: str, remove: bool) -> None:
        self._bridge.run(
            lambda quire: quire.settle_gone(workspace, watch, remove),
            partial(say_removed, self._notices) if remove else None,
            at_end=self.refresh,
        )

    def _show(self, workspace: str, watches: list[WatchView]) -> None:
        if workspace == self._workspace:
            self.listed.emit(watches)
            waiting = [each for each in watches if each.gone]
            for topic in self._asked - {_topic(each) for each in waiting}:
                self._notices.withdraw(topic)
            self._asked = {_topic(each) for each in waiting}
            for each in waiting:
                self._ask(each)

    def _ask(self, watch: WatchView) -> None:
        settle = partial(self._settle, self._workspace, watch.id)
        self._notices.ask(
            _topic(watch),
            gone_words(watch),
            Choice(translate("Watches", "Remove documents"), partial(settle, True)),
            Choice(translate("Watches", "Keep"), partial(settle, False)),
        )

    def _follow(self, change: Paced) -> None:
        if isinstance(change, WatchesChanged) and change.workspace == self._workspace:
            self.refresh()


def gone_words(watch: WatchView) -> str:
    """How many files left which folder, and the question that brings."""
    count = watch.gone
    words = translate(
        "Watches", "%n file(s) have left {folder}. Remove their documents too?", "", count
    )
    return words.format(folder=PurePath(watch.folder).name or watch.folder)


def _topic(watch: WatchView) -> str:
    return f"watch/{watch.id}"
