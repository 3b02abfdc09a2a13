"""The table of all passages that were considered for an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QObject, Qt

from app.panels import why_words as words
from app.panels.place_words import place_words
from app.panels.rows import Index
from workspaces.core.types import Considered, Explanation, Weights

translate = QCoreApplication.translate

NOTHING = Explanation((), 0.0, Weights())

Role = Qt.ItemDataRole


class Column(IntEnum):
    OUTCOME = 0
    DOCUMENT = 1
    PLACE = 2
    WORDS = 3
    MEANING = 4
    JOINT = 5
    FINAL = 6


RANKS = (Column.WORDS, Column.MEANING, Column.JOINT, Column.FINAL)

_CELLS: Mapping[Column, Callable[[Considered], str]] = {
    Column.OUTCOME: words.outcome_words,
    Column.DOCUMENT: lambda each: each.name,
    Column.PLACE: place_words,
    Column.WORDS: lambda each: words.rank_words(each.keyword_rank),
    Column.MEANING: lambda each: words.rank_words(each.vector_rank),
    Column.JOINT: lambda each: words.rank_words(each.fused_rank),
    Column.FINAL: lambda each: words.rank_words(each.final_rank),
}


class WhyModel(QAbstractTableModel):
    """A row for each passage, in their final order. The last column is there only where a model
    has reranked them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._explained = NOTHING

    def show(self, explained: Explanation) -> None:
        self.beginResetModel()
        self._explained = explained
        self.endResetModel()

    def passage(self, index: Index) -> Considered:
        return self._explained.considered[index.row()]

    def as_text(self, rows: list[int]) -> str:
        """These rows for the clipboard, cells parted by tabs, below their titles."""
        columns = self._columns()
        table = [[_title(column) for column in columns]]
        passages = (self._explained.considered[row] for row in rows)
        table += [[_CELLS[column](each) for column in columns] for each in passages]
        return "\n".join("\t".join(" ".join(text.split()) for text in row) for row in table)

    def reword(self) -> None:
        """The language changed."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        if last.isValid():
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent and parent.isValid() else len(self._explained.considered)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent and parent.isValid() else len(self._columns())

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, passage = Column(index.column()), self.passage(index)
        match role:
            case Role.DisplayRole:
                return _CELLS[column](passage)
            case Role.ToolTipRole:
                return self._detail(column, passage)
            case Role.AccessibleTextRole:
                return self._spoken(column, passage)
            case Role.TextAlignmentRole:
                return _alignment(column)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Role.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Role.TextAlignmentRole:
            return _alignment(Column(section))
        return _title(Column(section)) if role == Role.DisplayRole else None

    def _columns(self) -> list[Column]:
        return [each for each in Column if each is not Column.FINAL or self._explained.reranker]

    def _detail(self, column: Column, passage: Considered) -> str:
        """What a cell has no room for."""
        match column:
            case Column.OUTCOME:
                return words.outcome_detail(passage)
            case Column.WORDS:
                return words.words_detail(passage)
            case Column.MEANING:
                return words.meaning_detail(passage, self._explained.by_words)
            case Column.FINAL:
                return words.final_detail(passage)
            case Column.JOINT:
                return ""
            case _:
                return words.document_detail(passage)

    def _spoken(self, column: Column, passage: Considered) -> str:
        """A dash says nothing to a screen reader."""
        text = _CELLS[column](passage)
        return self._detail(column, passage) if text == words.ABSENT else text


def _alignment(column: Column) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if column in RANKS else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter


def _title(column: Column) -> str:
    return {
        Column.OUTCOME: translate("Why", "Passage"),
        Column.DOCUMENT: translate("Why", "Document"),
        Column.PLACE: translate("Why", "Place"),
        Column.WORDS: translate("Why", "By words"),
        Column.MEANING: translate("Why", "By meaning"),
        Column.JOINT: translate("Why", "Joint rank"),
        Column.FINAL: translate("Why", "Reranked"),
    }[column]
