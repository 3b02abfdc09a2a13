"""The list model that all lists of the window use: one row per value, found by its id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ITEM = Qt.ItemDataRole.UserRole
"""The role under which a row gives its value."""

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel, Generic[T]):
    """Rows of values of any kind. The words come from functions, so that they are never stale."""

    def __init__(
        self,
        id_of: Callable[[T], str],
        label: Callable[[T], str],
        tooltip: Callable[[T], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._id_of = id_of
        self._label = label
        self._tooltip = tooltip or label
        self._items: list[T] = []
        self._rows: dict[str, int] = {}

    @property
    def items(self) -> list[T]:
        return list(self._items)

    def reset(self, items: Iterable[T]) -> None:
        """Show ``items`` and nothing else."""
        self.beginResetModel()
        self._items = list(items)
        self._number()
        self.endResetModel()

    def put(self, item: T) -> None:
        """Show ``item`` in place of the row with its id, or as a new last row."""
        row = self._rows.get(self._id_of(item))
        if row is None:
            row = len(self._items)
            self.beginInsertRows(QModelIndex(), row, row)
            self._items.append(item)
            self._rows[self._id_of(item)] = row
            self.endInsertRows()
        else:
            self._items[row] = item
            self.dataChanged.emit(self.index(row), self.index(row))

    def drop(self, identity: str) -> None:
        """Take the row with this id away, if there is one."""
        row = self._rows.get(identity)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._items[row]
            self._number()
            self.endRemoveRows()

    def index_of(self, identity: str) -> QModelIndex:
        """The index of the row with this id; invalid if there is none."""
        row = self._rows.get(identity)
        return QModelIndex() if row is None else self.index(row)

    def item(self, index: Index) -> T:
        return self._items[index.row()]

    def reword(self) -> None:
        """The language changed: read every label again."""
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self._label(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(item)
        return None

    def _number(self) -> None:
        self._rows = {self._id_of(item): row for row, item in enumerate(self._items)}
