"""The workspaces: which there are, and which one is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

from app.bridge import Bridge
from app.panels.dialogs import Dialogs
from app.panels.named_list import Named, NamedListPresenter, Words
from workspaces.services.views import Change, Contents, WorkspacesChanged, WorkspaceView

translate = QCoreApplication.translate


def words() -> Words:
    return Words(
        title=translate("Workspaces", "Workspaces"),
        new=translate("Workspaces", "New workspace"),
        rename=translate("Workspaces", "Rename workspace"),
        delete=translate("Workspaces", "Delete workspace"),
    )


class WorkspacesPresenter(NamedListPresenter):
    """Opens ``last`` first, if it is still there."""

    deleted = Signal(object)
    """What deleting a workspace left behind, as a `Removal`."""

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, last: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._names: dict[str, str] = {}
        self._opened = last
        self._announced: str | None = None
        bridge.changed.connect(self._follow)
        bridge.opened.connect(self.refresh)

    def refresh(self) -> None:
        self._bridge.run(lambda quire: quire.list_workspaces(), self._show)

    def open(self, identity: str) -> None:
        self._opened = identity
        if identity != self._announced:
            self._announced = identity
            self.opened.emit(identity)

    @property
    def open_name(self) -> str:
        """What the open workspace is called; empty if none is open."""
        return self._names.get(self._opened, "")

    def create(self) -> None:
        self._dialogs.ask_name(
            translate("Workspaces", "New workspace"),
            translate("Workspaces", "Name of the new workspace:"),
            "",
            self._create,
        )

    def rename(self, identity: str) -> None:
        self._dialogs.ask_name(
            translate("Workspaces", "Rename workspace"),
            translate("Workspaces", "New name of the workspace:"),
            self._names[identity],
            lambda name: self._bridge.run(lambda quire: quire.rename_workspace(identity, name)),
        )

    def delete(self, identity: str) -> None:
        """Ask first, and say what will go."""
        self._bridge.run(
            lambda quire: quire.workspace_contents(identity), partial(self._confirm, identity)
        )

    def _create(self, name: str) -> None:
        self._bridge.run(lambda quire: quire.create_workspace(name), self._open_new)

    def _open_new(self, workspace: WorkspaceView) -> None:
        self._opened = workspace.id
        self.refresh()

    def _confirm(self, identity: str, contents: Contents) -> None:
        self._dialogs.confirm(
            translate("Workspaces", "Delete the workspace “{name}”?").format(
                name=self._names.get(identity, "")
            ),
            what_goes(contents),
            translate("Workspaces", "Delete"),
            lambda: self._bridge.run(
                lambda quire: quire.delete_workspace(identity), self.deleted.emit
            ),
        )

    def _follow(self, change: Change) -> None:
        if isinstance(change, WorkspacesChanged):
            self.refresh()

    def _show(self, workspaces: list[WorkspaceView]) -> None:
        self._names = {workspace.id: workspace.name for workspace in workspaces}
        self.listed.emit([Named(workspace.id, workspace.name) for workspace in workspaces])
        still_there = self._opened in self._names
        self.open(self._opened if still_there else next(iter(self._names), ""))


def what_goes(contents: Contents) -> str:
    """What deleting a workspace takes away, in one sentence and a promise."""
    count = contents.documents
    documents = translate("Workspaces", "%n document(s)", "", count)
    count = contents.conversations
    conversations = translate("Workspaces", "%n conversation(s)", "", count)
    size = QLocale().formattedDataSize(contents.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    return translate(
        "Workspaces",
        "{documents} and {conversations} will be deleted for good ({size}). "
        "The files you added them from stay where they are.",
    ).format(documents=documents, conversations=conversations, size=size)
