"""A small table: the figures of the test questions before and after a change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from app.panels.golden_words import moved_words, mrr_words, recall_words
from app.panels.panel import Panel
from app.panels.plain_label import plain_label
from workspaces.services.views import Comparison

ROWS, COLUMNS = 3, 3


class ComparisonTable(Panel):
    """There only while there is something to compare."""

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._cells = [[plain_label() for _ in range(COLUMNS)] for _ in range(ROWS)]
        self._moved = plain_label(name="progressWords")
        box = QFrame()
        box.setObjectName("boxed")
        grid = QGridLayout(box)
        grid.setHorizontalSpacing(24)
        for row, cells in enumerate(self._cells):
            for column, cell in enumerate(cells):
                cell.setWordWrap(False)
                if column:
                    cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                if not row or not column:
                    cell.setObjectName("windowHint")
                grid.addWidget(cell, row, column)
        grid.setColumnStretch(0, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.addWidget(box)
        column_layout.addWidget(self._moved)
        self.retranslate()

    def show_comparison(self, comparison: Comparison | None) -> None:
        self._comparison = comparison
        self.retranslate()

    def retranslate(self) -> None:
        comparison = self._comparison
        if comparison is not None:
            before, after = comparison.before, comparison.after
            self._fill(0, "", self.tr("Now"), self.tr("With the change"))
            found = self.tr("Right passages among the first {k} (recall@{k})").format(k=after.k)
            self._fill(1, found, recall_words(before), recall_words(after))
            rank = self.tr("One part in the rank of the first right one (MRR)")
            self._fill(2, rank, mrr_words(before), mrr_words(after))
            self._moved.setText(moved_words(comparison))
        self.setVisible(comparison is not None)

    def _fill(self, row: int, *words: str) -> None:
        cells: list[QLabel] = self._cells[row]
        for cell, text in zip(cells, words, strict=True):
            cell.setText(text)
