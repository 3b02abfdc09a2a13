"""The table behind the import report: what is shown of all files ever offered.

It filters and sorts by itself. A `QSortFilterProxyModel` would ask Python for every comparison:
for 10 000 rows that takes ten times the 50 ms the window may be held up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from app.panels.report_words import Group, ReportLine, column_words, when
from app.panels.rows import Index

Order = Qt.SortOrder


class Column(IntEnum):
    NAME = 0
    STATE = 1
    REASON = 2
    PATH = 3
    OFFERED = 4
    ENDED = 5


_CELLS: Mapping[Column, Callable[[ReportLine], str]] = {
    Column.NAME: lambda line: line.row.name,
    Column.STATE: lambda line: line.state,
    Column.REASON: lambda line: line.reason,
    Column.PATH: lambda line: line.row.path,
    Column.OFFERED: lambda line: when(line.row.offered_at),
    Column.ENDED: lambda line: when(line.row.ended_at),
}

_KEYS: Mapping[Column, Callable[[ReportLine], str]] = {
    Column.NAME: lambda line: line.row.name.casefold(),
    Column.STATE: lambda line: line.state,
    Column.REASON: lambda line: line.reason,
    Column.PATH: lambda line: line.row.path,
    Column.OFFERED: lambda line: line.row.offered_at,
    Column.ENDED: lambda line: line.row.ended_at,
}


class ReportModel(QAbstractTableModel):
    """All lines are kept; those are shown that are of the group and hold the sought text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[ReportLine] = []
        self._shown: list[ReportLine] = []
        self._group: Group | None = None
        self._sought = ""
        self._column = Column.OFFERED
        self._order = Order.AscendingOrder

    @property
    def shown(self) -> list[ReportLine]:
        return list(self._shown)

    def counts(self) -> Counter[Group]:
        """How many of all lines are in each group."""
        return Counter(line.group for line in self._all)

    def show(self, lines: list[ReportLine]) -> None:
        """These are all there are."""
        self._all = lines
        self._choose()

    def filter(self, group: Group | None, sought: str) -> None:
        """Show those of ``group`` (None: of every group) that hold every word of ``sought``."""
        self._group, self._sought = group, sought
        self._choose()

    def line(self, index: Index) -> ReportLine:
        return self._shown[index.row()]

    def sort(self, column: int, order: Order = Order.AscendingOrder) -> None:
        self._column, self._order = Column(column), order
        self._choose()

    def reword(self) -> None:
        """The language changed."""
        last = len(Column) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _TEXT_ROLES:
            return None
        return _CELLS[Column(index.column())](self._shown[index.row()])

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return column_words()[Column(section).name.lower()]
        return None

    def _choose(self) -> None:
        words = self._sought.casefold().split()
        self.beginResetModel()
        shown = [
            line
            for line in self._all
            if self._group in (None, line.group) and all(word in line.sought for word in words)
        ]
        shown.sort(key=_KEYS[self._column], reverse=self._order == Order.DescendingOrder)
        self._shown = shown
        self.endResetModel()


_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


def as_text(lines: list[ReportLine]) -> str:
    """Lines for the clipboard, cells parted by tabs, below their titles."""
    table = [list(column_words().values())]
    table += [[cell(line) for cell in _CELLS.values()] for line in lines]
    return "\n".join("\t".join(" ".join(text.split()) for text in row) for row in table)


def same_rows(model: ReportModel, documents: set[str]) -> list[QModelIndex]:
    """Where these documents are shown now."""
    found = enumerate(model.shown)
    return [model.index(row, 0) for row, line in found if line.row.document in documents]
