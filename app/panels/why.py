"""The window that says why an answer was written from these passages and no others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.panels.even_table import EvenTable
from app.panels.panel import SideWindow
from app.panels.plain_label import ElidedLabel, readable_label
from app.panels.rows import Index
from app.panels.why_model import RANKS, Column, WhyModel
from app.panels.why_presenter import WhyPresenter
from app.panels.why_words import how_words
from app.sentences import sentence
from workspaces.core.reasons import Reason
from workspaces.core.types import Turn

NARROWEST = 60
"""Pixels of a column."""

SNUG = (Column.OUTCOME, *RANKS)
"""Columns that are as wide as what is in them; the others share the rest."""


class FromItsEnd(QStyledItemDelegate):
    """Where there is no room for all of a place, its end tells more than its beginning."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class WhyWindow(SideWindow):
    """Sentences above a table of all passages considered; Enter or a double click opens one."""

    def __init__(
        self, parent: QWidget, presenter: WhyPresenter, show_why_not: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._show_why_not = show_why_not
        self._model = WhyModel(self)
        self._question = ElidedLabel("windowTitle")
        self._how = readable_label(name="whyHow")
        self._table = _make_table(self._model)
        self._problem = readable_label(name="whyProblem")
        self._open = QPushButton()
        self._copy = QPushButton()
        self._why_not = QPushButton()
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show(presenter.turn)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Why these passages?"))
        self._table.setAccessibleName(self.tr("Passages that were considered, best first"))
        self._open.setText(self.tr("Show passage"))
        self._copy.setText(self.tr("Copy"))
        self._why_not.setText(self.tr("Why not this document…"))
        self._close.setText(self.tr("Close"))
        self._model.reword()
        self._say(self._presenter.turn)
        self._fit_columns()

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        for button in (self._open, self._copy, self._why_not):
            below.addWidget(button)
        below.addStretch()
        below.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._question)
        column.addWidget(self._how)
        column.addWidget(self._table, 1)
        column.addWidget(self._problem)
        column.addLayout(below)
        self.resize(960, 560)
        self._table.setFocus()

    def _connect(self) -> None:
        self._presenter.shown.connect(self._show)
        self._presenter.failed.connect(self._say_problem)
        self._table.activated.connect(lambda _: self._open_current())
        self._table.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self._table.copied.connect(self._copy_rows)
        self._open.clicked.connect(self._open_current)
        self._copy.clicked.connect(self._copy_rows)
        self._why_not.clicked.connect(lambda: self._show_why_not())
        self._close.clicked.connect(self.close)

    def _show(self, turn: Turn | None) -> None:
        if turn and turn.explanation:
            self._model.show(turn.explanation)
        self._problem.hide()
        self._say(turn)
        self._fit_columns()
        self._table.selectRow(0)
        self._enable()

    def _say(self, turn: Turn | None) -> None:
        self._question.setText(" ".join(turn.question.split()) if turn else "")
        self._how.setText(how_words(turn) if turn else "")

    def _say_problem(self, reason: Reason) -> None:
        self._problem.setText(sentence(reason))
        self._problem.show()

    def _fit_columns(self) -> None:
        for column in SNUG:
            if column < self._model.columnCount():
                self._table.resizeColumnToContents(column)

    def _enable(self) -> None:
        self._open.setEnabled(self._table.currentIndex().isValid())
        self._copy.setEnabled(bool(self._model.rowCount()))

    def _open_current(self) -> None:
        self._problem.hide()
        current = self._table.currentIndex()
        if current.isValid():
            self._presenter.open(self._model.passage(current))

    def _copy_rows(self) -> None:
        """The selected rows, or all: one that is selected is where the keyboard stands."""
        selected = sorted(each.row() for each in self._table.selectionModel().selectedRows())
        rows = selected if len(selected) > 1 else list(range(self._model.rowCount()))
        QGuiApplication.clipboard().setText(self._model.as_text(rows))


def _make_table(model: WhyModel) -> EvenTable:
    table = EvenTable(model)
    header = table.horizontalHeader()
    header.setMinimumSectionSize(NARROWEST)
    for column in (Column.DOCUMENT, Column.PLACE):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    table.setItemDelegateForColumn(Column.PLACE, FromItsEnd(table))
    return table
