"""The list model that all lists of the window use: one row per value, found by its id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ITEM = Qt.ItemDataRole.UserRole
"""The role under which a row gives its value."""

MOST_STRETCHES = 50
"""Rows that change or go in more stretches than this do so in one sweep: it is faster."""

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

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        """A model is true, also an empty one."""
        return True

    def reset(self, items: Iterable[T]) -> None:
        """Show ``items`` and nothing else."""
        self.beginResetModel()
        self._items = list(items)
        self._number()
        self.endResetModel()

    def apply(self, items: Iterable[T], dropped: Collection[str] = ()) -> None:
        """Take the rows with the ids ``dropped`` away, and show each of ``items`` in place of the
        row with its id, or as a new last row. The views hear only of rows that differ, unless
        those lie scattered all over."""
        self._drop([row for each in dropped if (row := self._rows.get(each)) is not None])
        changed: list[int] = []
        new: list[T] = []
        for item in items:
            row = self._rows.get(self._id_of(item))
            if row is None:
                new.append(item)
            elif self._items[row] != item:
                self._items[row] = item
                changed.append(row)
        stretches = runs(changed)
        if len(stretches) > MOST_STRETCHES:
            stretches = [(stretches[0][0], stretches[-1][1])]
        for first, last in stretches:
            self.dataChanged.emit(self.index(first), self.index(last))
        self._append(new)

    def _append(self, new: list[T]) -> None:
        if new:
            first = len(self._items)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._items += new
            self._rows.update((self._id_of(item), first + at) for at, item in enumerate(new))
            self.endInsertRows()

    def _drop(self, rows: list[int]) -> None:
        stretches = runs(rows)
        if len(stretches) > MOST_STRETCHES:
            gone = set(rows)
            self.reset(item for row, item in enumerate(self._items) if row not in gone)
            return
        for first, last in reversed(stretches):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._items[first : last + 1]
            self._number()
            self.endRemoveRows()

    def index_of(self, identity: str) -> QModelIndex:
        """The index of the row with this id; invalid if there is none."""
        row = self._rows.get(identity)
        return QModelIndex() if row is None else self.index(row)

    def item(self, index: Index) -> T:
        return self._items[index.row()]

    def between(self, first: int, last: int) -> list[T]:
        """The values of the rows ``first`` to ``last``, both of them included."""
        return self._items[first : last + 1]

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


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """The rows as stretches without a gap, first to last of each, in order."""
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and found[-1][1] >= row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
