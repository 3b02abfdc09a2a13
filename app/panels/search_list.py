"""The list of what a search found, for the keyboard too."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from app.panels.even_list import EvenList
from app.panels.rows import Rows
from app.panels.search_rows import SearchDelegate, SearchRow, label, tooltip


class SearchList(EvenList):
    """A click or Enter opens a row; Up from the first one, Esc, and whatever is typed lead back to
    the field."""

    chosen = Signal(object)
    """The `Source` to open."""

    left_up = Signal()
    escaped = Signal()
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("searchResults")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows: Rows[SearchRow] = Rows(lambda row: row.source.passage, label, tooltip, self)
        self.setModel(self._rows)
        self.setItemDelegate(SearchDelegate(self))
        self.fit()
        self.clicked.connect(self._choose)

    def show_rows(self, rows: list[SearchRow]) -> None:
        """Show other results, from the first one on."""
        if rows != self._rows.items:
            self._rows.reset(rows)
            self.scrollToTop()

    def renew_rows(self, rows: list[SearchRow]) -> None:
        """Show newer results of the same question: what is selected stays so, and stays where it
        is seen; nothing jumps."""
        if rows == self._rows.items:
            return
        bar = self.verticalScrollBar()
        current = self.currentIndex()
        value, top = bar.value(), self.visualRect(current).top()
        passage = self._rows.item(current).source.passage if current.isValid() else ""
        self._rows.reset(rows)
        self.updateGeometries()  # the bar's range; Qt would only know it a moment later
        bar.setValue(value)
        kept = self._rows.index_of(passage)
        if kept.isValid():
            self.selectRow(kept.row())
            bar.setValue(bar.value() + self.visualRect(kept).top() - top)

    def enter(self) -> None:
        """The keyboard comes from the field."""
        if len(self._rows):
            self.setFocus()
            self.selectRow(max(0, self.currentIndex().row()))

    def open_current(self) -> None:
        """Open the selected row, or the first one."""
        if len(self._rows):
            self._choose(self._rows.index(max(0, self.currentIndex().row())))

    def reword(self) -> None:
        self._rows.reword()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.open_current()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_Up if self.currentIndex().row() <= 0:
                self.left_up.emit()
            case _ if is_typed(event):
                self.typed.emit(event.text())
            case _:
                super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._rows.item(index).source)


def is_typed(event: QKeyEvent) -> bool:
    """Whether this key writes something."""
    held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return event.text().isprintable() and bool(event.text().strip()) and not held
