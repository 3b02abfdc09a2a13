"""The documents panel: a row per document, with where it stands or why it was left out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMenu, QVBoxLayout, QWidget

from app.icons import icon
from app.pacer import DocumentsMoved
from app.panels.cards import Card, CardDelegate
from app.panels.document_actions import can_cancel, can_read, can_retry, can_unlock
from app.panels.document_details import DocumentDetails
from app.panels.document_words import folder_of, remarks, standing
from app.panels.documents_presenter import DocumentsPresenter
from app.panels.even_list import EvenList
from app.panels.panel import Header, Panel, name_button, quiet_button
from app.panels.passwords_presenter import PasswordsPresenter
from app.panels.rows import Rows
from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentView

LINES = 2
"""Below the title of each row: where it stands and its folder, or why it was left out."""

_ICONS = {
    DocumentState.READY: ("document", QPalette.ColorRole.Accent),
    DocumentState.QUEUED: ("waiting", QPalette.ColorRole.PlaceholderText),
    DocumentState.READING: ("waiting", QPalette.ColorRole.Accent),
    DocumentState.INDEXING: ("waiting", QPalette.ColorRole.Accent),
    DocumentState.SEARCHABLE: ("document", QPalette.ColorRole.PlaceholderText),
    DocumentState.EMBEDDING: ("document", QPalette.ColorRole.PlaceholderText),
    DocumentState.DUPLICATE: ("copy", QPalette.ColorRole.PlaceholderText),
    DocumentState.CANCELLED: ("stop", QPalette.ColorRole.PlaceholderText),
    DocumentState.ENCRYPTED: ("lock", QPalette.ColorRole.BrightText),
}
_LEFT_OUT = ("warning", QPalette.ColorRole.BrightText)

Keys = QKeySequence.StandardKey
Documents = list[DocumentView]


class DocumentsPanel(Panel):
    """Shows what the presenter lists; double click or Enter does what a row is best for. ``bars``
    lie between the title and the list."""

    why_not_wanted = Signal(object)
    """A `DocumentView`: why was the last answer not written from it?"""

    def __init__(
        self,
        presenter: DocumentsPresenter,
        passwords: PasswordsPresenter,
        show_report: Callable[[], object],
        *bars: QWidget,
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._passwords = passwords
        self._rows: Rows[DocumentView] = Rows(
            lambda each: each.id, lambda each: f"{each.name}: {standing(each)}", tooltip, self
        )
        self._add_documents = quiet_button("add-document")
        self._add_folder = quiet_button("add-folder")
        self._remove = quiet_button("delete")
        self._report = quiet_button("report")
        self._report.clicked.connect(lambda: show_report())
        self._header = Header(self._report, self._remove, self._add_folder, self._add_documents)
        self._empty = QLabel()
        self._empty.setObjectName("emptyHint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._may_ask_why_not = False
        self._list = _make_list(self._rows)
        self._details = DocumentDetails()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._header, *bars):
            column.addWidget(widget)
        column.addWidget(self._empty, 1)
        column.addWidget(self._list, 1)
        column.addWidget(self._details)
        self._make_actions()
        self._connect()
        self._show([])
        self.retranslate()

    def retranslate(self) -> None:
        self._list.setAccessibleName(self.tr("Documents"))
        self._empty.setText(
            self.tr(
                "Drop documents here, or a whole folder: PDF, Word, Excel, PowerPoint, "
                "OpenDocument, EPUB, e-mail, web pages, Markdown, tables or text."
            )
        )
        name_button(self._add_documents, self.tr("Add documents…"))
        name_button(self._add_folder, self.tr("Add folder…"))
        name_button(self._remove, self.tr("Remove documents"))
        name_button(self._report, self.tr("Import report…"))
        self._read_action.setText(self.tr("Show text"))
        self._why_not_action.setText(self.tr("Why is it not in the answer?"))
        self._twin_action.setText(self.tr("Show the document it duplicates"))
        self._unlock_action.setText(self.tr("Enter password…"))
        self._retry_action.setText(self.tr("Retry"))
        self._cancel_action.setText(self.tr("Cancel import"))
        self._remove_action.setText(self.tr("Remove"))
        self._rows.reword()
        self._count()

    def allow_why_not(self, allowed: bool) -> None:
        """Whether there is an answer that a document could be missing from."""
        self._may_ask_why_not = allowed
        self._enable()

    def _make_actions(self) -> None:
        presenter = self._presenter
        self._read_action = self._action("document", self._read_chosen)
        self._why_not_action = self._action("search", self._ask_why_not)
        self._twin_action = self._action("copy", self._show_twin, "Ctrl+D")
        self._unlock_action = self._action("lock", self._passwords.ask)
        self._retry_action = self._action("retry", presenter.retry, Keys.Refresh)
        self._cancel_action = self._action("stop", presenter.cancel, "Ctrl+Backspace")
        self._remove_action = self._action("delete", presenter.remove, Keys.Delete)

    def _action(
        self, drawing: str, run: Callable[[Documents], object], shortcut: Keys | str | None = None
    ) -> QAction:
        """An action on the chosen documents."""
        made = QAction(icon(drawing), "", self._list)
        if shortcut is not None:
            made.setShortcut(shortcut)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(lambda: run(self._chosen()))
        self._list.addAction(made)
        return made

    def _connect(self) -> None:
        presenter, details = self._presenter, self._details
        presenter.listed.connect(self._show)
        presenter.moved.connect(self._move)
        self._add_documents.clicked.connect(presenter.pick_documents)
        self._add_folder.clicked.connect(presenter.pick_folder)
        self._remove.clicked.connect(self._remove_action.trigger)
        self._list.activated.connect(self._open)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        details.appeared.connect(self._keep_in_sight, Qt.ConnectionType.QueuedConnection)
        details.twin_wanted.connect(lambda document: self._show_twin([document]))
        details.unlock_wanted.connect(lambda document: self._passwords.ask([document]))
        details.retry_wanted.connect(lambda document: presenter.retry([document]))

    def _show(self, documents: Documents) -> None:
        self._rows.reset(documents)
        self._count()

    def _move(self, moved: DocumentsMoved) -> None:
        self._rows.apply(moved.rows, moved.removed)
        self._count()

    def _count(self) -> None:
        count = len(self._rows)
        self._empty.setVisible(count == 0)
        self._list.setVisible(count > 0)
        title = self.tr("Documents")
        self._header.set_title(f"{title}  {QLocale().toString(count)}" if count else title)
        self._enable()

    def _enable(self) -> None:
        """Follow the selection, and what has become of the selected documents."""
        chosen = self._chosen()
        self._remove.setEnabled(bool(chosen))
        self._remove_action.setEnabled(bool(chosen))
        self._read_action.setEnabled(len(chosen) == 1 and can_read(chosen[0]))
        self._why_not_action.setEnabled(len(chosen) == 1 and self._may_ask_why_not)
        self._twin_action.setEnabled(len(chosen) == 1 and self._twin(chosen[0]).isValid())
        self._unlock_action.setEnabled(any(map(can_unlock, chosen)))
        self._retry_action.setEnabled(any(map(can_retry, chosen)))
        self._cancel_action.setEnabled(any(map(can_cancel, chosen)))
        self._details.show_document(chosen[0] if len(chosen) == 1 else None)

    def _keep_in_sight(self) -> None:
        """The strip takes room from the list when it appears; the row it speaks of stays seen."""
        self._list.scrollTo(self._list.currentIndex())

    def _chosen(self) -> Documents:
        chosen: Documents = []
        # stretch by stretch: all ten thousand may be chosen while they change
        for stretch in self._list.selectionModel().selection().toList():
            chosen += self._rows.between(stretch.top(), stretch.bottom())
        return chosen

    def _open(self, index: QModelIndex) -> None:
        """The best that can be done with this row."""
        if index.isValid():
            document = self._rows.item(index)
            if can_unlock(document):
                self._passwords.ask([document])
            elif document.twin:
                self._show_twin([document])
            else:
                self._presenter.read(document)

    def _read_chosen(self, documents: Documents) -> None:
        self._presenter.read(documents[0])

    def _ask_why_not(self, documents: Documents) -> None:
        self.why_not_wanted.emit(documents[0])

    def _twin(self, document: DocumentView) -> QModelIndex:
        return self._rows.index_of(document.twin or "")

    def _show_twin(self, documents: Documents) -> None:
        """Go to the row of the document that this one duplicates."""
        index = self._twin(documents[0])
        if index.isValid():
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self._list.setFocus()

    def _show_menu(self, position: QPoint) -> None:
        if self._list.indexAt(position).isValid():
            menu = QMenu(self._list)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self._list.actions())
            menu.popup(self._list.viewport().mapToGlobal(position))


def icon_of(document: DocumentView) -> tuple[str, QPalette.ColorRole]:
    """The drawing that tells where a document stands, and its colour."""
    return _ICONS.get(document.state, _LEFT_OUT)


def card_of(document: DocumentView) -> Card:
    """How one document is painted."""
    drawing, tint = icon_of(document)
    progress = None
    if not document.state.is_final and document.total:
        progress = min(document.done / document.total, 1.0)
    settled_badly = document.reason is not None
    return Card(
        title=document.name,
        faded=standing(document),
        most_faded=LINES if settled_badly else 1,
        place="" if settled_badly else folder_of(document),
        icon=drawing,
        tint=tint,
        mark="warning" if document.warnings else "",
        progress=progress,
    )


def tooltip(document: DocumentView) -> str:
    """Where the document came from, where it stands, and what is to be said about it."""
    words = standing(document)
    more = remarks(document)
    said = more if words in more else "\n".join(filter(None, [words, more]))
    return "\n".join(filter(None, [document.path or document.name, said]))


def _make_list(rows: Rows[DocumentView]) -> EvenList:
    view = EvenList()
    view.setModel(rows)
    view.setItemDelegate(CardDelegate(view, card_of, LINES))
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.fit()
    return view
