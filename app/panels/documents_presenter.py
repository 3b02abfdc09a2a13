"""The documents of the open workspace and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.pacer import DocumentsMoved, Paced
from app.panels.dialogs import Dialogs
from app.panels.document_actions import can_cancel, can_read, can_retry
from app.panels.notices import Notices
from app.panels.removal_words import say_removed
from app.panels.workspace_presenter import WorkspacePresenter
from workspaces.core.types import Place
from workspaces.services.views import DocumentsChanged, DocumentView

translate = QCoreApplication.translate


class DocumentsPresenter(WorkspacePresenter):
    """Follows one workspace at a time."""

    listed = Signal(object)
    """All rows, as a list of `DocumentView`. There may be ten thousand."""

    moved = Signal(object)
    """A `DocumentsMoved` of the open workspace."""

    stocked = Signal(bool)
    """Whether there are any documents, once they are listed and whenever that changes."""

    text_ready = Signal(object, list)
    """A `DocumentView` and its places, asked for by :meth:`read`."""

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(bridge, dialogs, notices, parent)
        self._known: set[str] = set()

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace to add to."""
        return bool(self._workspace)

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self.listed.emit([])
        if workspace:
            self._list()
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
        title = translate("Documents", "Add a folder")
        self._dialogs.pick_directory(title, lambda folder: self.add([folder]))

    def read(self, document: DocumentView) -> None:
        """Fetch the text of a document that has one."""
        workspace = self._workspace
        if can_read(document):
            self._bridge.run(
                lambda quire: quire.document_places(workspace, document.id),
                partial(self._give_text, document),
            )

    def retry(self, documents: Iterable[DocumentView]) -> None:
        """Try those again that did not work out."""
        workspace, chosen = self._workspace, [each.id for each in documents if can_retry(each)]
        if chosen:
            self._bridge.run(lambda quire: quire.retry_documents(workspace, chosen))

    def cancel(self, documents: Iterable[DocumentView]) -> None:
        """Leave those alone that are still to be worked on."""
        workspace, chosen = self._workspace, [each.id for each in documents if can_cancel(each)]
        if chosen:
            self._bridge.run(lambda quire: quire.cancel_documents(workspace, chosen))

    def remove(self, documents: list[DocumentView]) -> None:
        """Remove documents; ask first where text would go, not for rows that only say why not."""
        chosen = [each.id for each in documents]
        remove = partial(self._remove, self._workspace, chosen)
        if not any(each.state.is_searchable for each in documents):
            remove()
            return
        count = len(chosen)
        self._dialogs.confirm(
            translate("Documents", "Remove %n document(s)?", "", count),
            translate(
                "Documents",
                "They can no longer be searched. Answers keep the passages they cite, "
                "and the files you added them from stay where they are.",
            ),
            translate("Documents", "Remove"),
            remove,
        )

    def _remove(self, workspace: str, documents: list[str]) -> None:
        self._bridge.run(
            lambda quire: quire.remove_documents(workspace, documents),
            partial(say_removed, self._notices),
        )

    def _give_text(self, document: DocumentView, named: tuple[str, list[Place]]) -> None:
        self.text_ready.emit(document, named[1])

    def _list(self) -> None:
        workspace = self._workspace
        self._bridge.run(
            lambda quire: quire.list_documents(workspace), partial(self._show, workspace)
        )

    def _show(self, workspace: str, documents: list[DocumentView]) -> None:
        if workspace == self._workspace:
            self._known = {document.id for document in documents}
            self.listed.emit(documents)
            self.stocked.emit(bool(documents))

    def _follow(self, change: Paced) -> None:
        if isinstance(change, DocumentsMoved) and change.workspace == self._workspace:
            self.moved.emit(change)
            had_any = bool(self._known)
            self._known.update(row.id for row in change.rows)
            self._known -= change.removed
            if bool(self._known) != had_any:
                self.stocked.emit(bool(self._known))
        elif isinstance(change, DocumentsChanged) and change.workspace == self._workspace:
            self._list()
