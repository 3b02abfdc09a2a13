"""The documents of the open workspace and what can be done with them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.panels.dialogs import Dialogs
from workspaces.core.types import DocumentState, Place
from workspaces.services.quire import Quire
from workspaces.services.views import Change, DocumentChanged, DocumentRemoved, DocumentView

translate = QCoreApplication.translate


class DocumentsPresenter(QObject):
    """Follows one workspace at a time."""

    listed = Signal(list)
    """All rows, as `DocumentView`."""

    changed = Signal(object)
    """A new or changed `DocumentView`."""

    removed = Signal(str)

    stocked = Signal(bool)
    """Whether there are any documents, once they are listed and whenever that changes."""

    text_ready = Signal(str, list)
    """A document's name and its places, asked for by :meth:`read`."""

    def __init__(self, bridge: Bridge, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._workspace = ""
        self._known: set[str] = set()
        bridge.changed.connect(self._follow)

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace to add to."""
        return bool(self._workspace)

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self.listed.emit([])
        if workspace:
            self._bridge.run(
                lambda quire: quire.list_documents(workspace), partial(self._show, workspace)
            )
        else:
            self.stocked.emit(False)

    def add(self, paths: list[str]) -> None:
        """Offer files and folders to the open workspace."""
        workspace = self._workspace
        if workspace and paths:
            self._bridge.run(lambda quire: quire.add_documents(workspace, paths))

    def pick_documents(self) -> None:
        self._dialogs.pick_documents(self.add)

    def pick_folder(self) -> None:
        self._dialogs.pick_folder(self.add)

    def read(self, document: DocumentView) -> None:
        """Fetch the text of a document that has one."""
        workspace = self._workspace
        if document.state is DocumentState.READY:
            self._bridge.run(
                lambda quire: quire.document_places(workspace, document.id),
                self._give_text,
            )

    def remove(self, documents: list[DocumentView]) -> None:
        """Remove documents; ask first where text would go, not for rows that only say why not."""
        workspace = self._workspace
        holding = [each for each in documents if each.state is DocumentState.READY]
        if not holding:
            self._remove(workspace, documents)
            return
        count = len(documents)
        self._dialogs.confirm(
            translate("Documents", "Remove %n document(s)?", "", count),
            translate(
                "Documents",
                "They can no longer be searched. Answers keep the passages they cite, "
                "and the files you added them from stay where they are.",
            ),
            translate("Documents", "Remove"),
            partial(self._remove, workspace, documents),
        )

    def _remove(self, workspace: str, documents: list[DocumentView]) -> None:
        async def remove_all(quire: Quire) -> None:
            for document in documents:
                await quire.remove_document(workspace, document.id)

        self._bridge.run(remove_all)

    def _give_text(self, named: tuple[str, list[Place]]) -> None:
        self.text_ready.emit(*named)

    def _show(self, workspace: str, documents: list[DocumentView]) -> None:
        if workspace == self._workspace:
            self._known = {document.id for document in documents}
            self.listed.emit(documents)
            self.stocked.emit(bool(documents))

    def _follow(self, change: Change) -> None:
        if isinstance(change, DocumentChanged) and change.workspace == self._workspace:
            self.changed.emit(change.document)
            self._know({*self._known, change.document.id})
        elif isinstance(change, DocumentRemoved) and change.workspace == self._workspace:
            self.removed.emit(change.document)
            self._know(self._known - {change.document})

    def _know(self, documents: set[str]) -> None:
        if bool(documents) != bool(self._known):
            self.stocked.emit(bool(documents))
        self._known = documents
