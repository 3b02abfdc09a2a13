"""The documents panel: a row per document, with where it stands or why it was left out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QMenu, QVBoxLayout

from app.icons import icon
from app.panels.cards import Card, CardDelegate
from app.panels.document_words import standing
from app.panels.documents_presenter import DocumentsPresenter
from app.panels.panel import Header, Panel, name_button, quiet_button
from app.panels.rows import Rows
from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentView

MOST_REASON_LINES = 4
_ICONS = {
    DocumentState.READY: ("document", QPalette.ColorRole.Accent),
    DocumentState.QUEUED: ("waiting", QPalette.ColorRole.PlaceholderText),
    DocumentState.READING: ("waiting", QPalette.ColorRole.Accent),
    DocumentState.INDEXING: ("waiting", QPalette.ColorRole.Accent),
    DocumentState.DUPLICATE: ("copy", QPalette.ColorRole.PlaceholderText),
}
_LEFT_OUT = ("warning", QPalette.ColorRole.BrightText)


class DocumentsPanel(Panel):
    """Shows what the presenter lists; double click or Enter reads a document."""

    def __init__(self, presenter: DocumentsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._rows: Rows[DocumentView] = Rows(
            lambda each: each.id, lambda each: f"{each.name}: {standing(each)}", tooltip, self
        )
        self._add_documents = quiet_button("add-document")
        self._add_folder = quiet_button("add-folder")
        self._remove = quiet_button("delete")
        self._header = Header(self._remove, self._add_folder, self._add_documents)
        self._empty = QLabel()
        self._empty.setObjectName("emptyHint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list = _make_list(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._empty, 1)
        column.addWidget(self._list, 1)
        self._make_actions()
        self._connect()
        self._show([])
        self.retranslate()

    def retranslate(self) -> None:
        title, count = self.tr("Documents"), len(self._rows.items)
        self._header.set_title(f"{title}  {count}" if count else title)
        self._list.setAccessibleName(title)
        self._empty.setText(
            self.tr("Drop PDF, DOCX, HTML, Markdown or text files here, or a whole folder.")
        )
        name_button(self._add_documents, self.tr("Add documents…"))
        name_button(self._add_folder, self.tr("Add folder…"))
        name_button(self._remove, self.tr("Remove documents"))
        self._read_action.setText(self.tr("Show text"))
        self._remove_action.setText(self.tr("Remove"))
        self._rows.reword()

    def _make_actions(self) -> None:
        self._read_action = QAction(icon("document"), "", self._list)
        self._remove_action = QAction(icon("delete"), "", self._list)
        self._remove_action.setShortcut(QKeySequence.StandardKey.Delete)
        self._remove_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._list.addActions([self._read_action, self._remove_action])

    def _connect(self) -> None:
        self._presenter.listed.connect(self._show)
        self._presenter.changed.connect(self._put)
        self._presenter.removed.connect(self._drop)
        self._add_documents.clicked.connect(self._presenter.pick_documents)
        self._add_folder.clicked.connect(self._presenter.pick_folder)
        self._remove.clicked.connect(self._remove_selected)
        self._remove_action.triggered.connect(self._remove_selected)
        self._read_action.triggered.connect(lambda: self._read(self._list.currentIndex()))
        self._list.activated.connect(self._read)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    def _show(self, documents: list[DocumentView]) -> None:
        self._rows.reset(documents)
        self._count()

    def _put(self, document: DocumentView) -> None:
        known = self._rows.index_of(document.id).isValid()
        self._rows.put(document)
        if not known:
            self._count()

    def _drop(self, document: str) -> None:
        self._rows.drop(document)
        self._count()

    def _count(self) -> None:
        count = len(self._rows.items)
        self._empty.setVisible(count == 0)
        self._list.setVisible(count > 0)
        title = self.tr("Documents")
        self._header.set_title(f"{title}  {count}" if count else title)
        self._enable()

    def _enable(self) -> None:
        self._remove.setEnabled(self._list.selectionModel().hasSelection())

    def _selected(self) -> list[DocumentView]:
        return [self._rows.item(index) for index in self._list.selectionModel().selectedRows()]

    def _remove_selected(self) -> None:
        if selected := self._selected():
            self._presenter.remove(selected)

    def _read(self, index: QModelIndex) -> None:
        if index.isValid():
            self._presenter.read(self._rows.item(index))

    def _show_menu(self, position: QPoint) -> None:
        index = self._list.indexAt(position)
        if index.isValid():
            ready = self._rows.item(index).state is DocumentState.READY
            self._read_action.setEnabled(ready)
            menu = QMenu(self._list)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self._list.actions())
            menu.popup(self._list.viewport().mapToGlobal(position))


def card_of(document: DocumentView) -> Card:
    """How one document is painted."""
    drawing, tint = _ICONS.get(document.state, _LEFT_OUT)
    progress = None
    if not document.state.is_final and document.total:
        progress = min(document.done / document.total, 1.0)
    return Card(
        title=document.name,
        faded=standing(document),
        most_faded=MOST_REASON_LINES,
        icon=drawing,
        tint=tint,
        progress=progress,
    )


def tooltip(document: DocumentView) -> str:
    """Where the document came from and where it stands."""
    return "\n".join(filter(None, [document.path or document.name, standing(document)]))


def _make_list(rows: Rows[DocumentView]) -> QListView:
    view = QListView()
    view.setModel(rows)
    view.setItemDelegate(CardDelegate(view, card_of))
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    # thousands of rows are laid out a hundred at a time, so that the window stays alive
    view.setLayoutMode(QListView.LayoutMode.Batched)
    view.setMouseTracking(True)
    return view
