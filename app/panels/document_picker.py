"""A list of documents to pick one from, and a field that narrows it down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from app.panels.cards import Card, CardDelegate
from app.panels.document_words import folder_of
from app.panels.documents import icon_of, tooltip
from app.panels.even_list import EvenList
from app.panels.panel import Panel
from app.panels.rows import Rows
from app.panels.search_field import SearchField
from workspaces.services.views import DocumentView


class DocumentPicker(Panel):
    """Filters by itself: a `QSortFilterProxyModel` would ask Python about each of ten thousand."""

    picked = Signal(str)
    """The id of a document."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[tuple[str, DocumentView]] = []
        self._rows: Rows[DocumentView] = Rows(
            lambda each: each.id, lambda each: each.name, tooltip, self
        )
        self.field = SearchField()
        self.list = EvenList()
        self.list.setObjectName("boxedList")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(CardDelegate(self.list, card_of, 1))
        self.list.fit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.field)
        self.field.sought.connect(self._filter)
        self.field.left_down.connect(self._enter)
        self.field.entered.connect(self._enter)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._pick())
        self.list.clicked.connect(lambda _: self._pick())
        self.retranslate()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Search names and folders"))
        self.field.setAccessibleName(self.tr("Search names and folders"))
        self.field.name_buttons(self.tr("Search"), self.tr("Clear the search"))
        self.list.setAccessibleName(self.tr("Documents"))
        self._rows.reword()

    def show_documents(self, documents: list[DocumentView], picked: str) -> None:
        """These are all there are; ``picked`` is the id of the one that is picked already."""
        if picked:
            self.field.clear()
        self._all = [(f"{each.name}\n{each.path}".casefold(), each) for each in documents]
        self._filter(self.field.text())
        row = self._rows.index_of(picked)
        if row.isValid():
            self.list.setCurrentIndex(row)
            self.list.scrollTo(row, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self, sought: str) -> None:
        words = sought.casefold().split()
        self._rows.reset(each for text, each in self._all if all(word in text for word in words))

    def _enter(self) -> None:
        """The keyboard comes from the field."""
        if len(self._rows):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.selectRow(max(0, self.list.currentIndex().row()))

    def _pick(self) -> None:
        current = self.list.currentIndex()
        if current.isValid():
            self.picked.emit(self._rows.item(current).id)


def card_of(document: DocumentView) -> Card:
    """How one document is painted: what became of it is said when it is picked."""
    drawing, tint = icon_of(document)
    return Card(title=document.name, faded="", place=folder_of(document), icon=drawing, tint=tint)
