"""The window that shows the import report."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.even_table import EvenTable
from app.panels.panel import SideWindow
from app.panels.plain_label import plain_label
from app.panels.report_model import Column, ReportModel, as_text, same_rows
from app.panels.report_presenter import ReportPresenter, can_retry
from app.panels.report_words import Group, ReportLine, group_words, totals_words

TYPING = 150
"""Milliseconds without a key until a search begins."""

WIDTHS = {
    Column.NAME: 190,
    Column.STATE: 135,
    Column.REASON: 300,
    Column.PATH: 170,
    Column.OFFERED: 118,
    Column.ENDED: 100,
}


class ReportWindow(SideWindow):
    """Every file ever offered, its end and its reason; can be narrowed, searched and sorted."""

    def __init__(
        self, parent: QWidget, presenter: ReportPresenter, workspace_name: Callable[[], str]
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._name = workspace_name
        self._model = ReportModel(self)
        self._groups = QComboBox()
        self._groups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._table = _make_table(self._model)
        self._reason = plain_label(name="reportReason")
        self._totals = plain_label(name="windowHint")
        self._retry = QPushButton()
        self._copy = QPushButton()
        self._save = QPushButton()
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._enable()
        presenter.open()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Import report"))
        self._search.setPlaceholderText(self.tr("Search names, folders and reasons"))
        self._search.setAccessibleName(self.tr("Search names, folders and reasons"))
        self._groups.setAccessibleName(self.tr("Which files to show"))
        self._table.setAccessibleName(self.tr("Import report"))
        self._retry.setText(self.tr("Retry selected"))
        self._copy.setText(self.tr("Copy"))
        self._save.setText(self.tr("Save as…"))
        self._close.setText(self.tr("Close"))
        self._model.reword()
        self._presenter.reword()
        self._name_groups()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._presenter.close()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self._groups)
        above.addWidget(self._search, 1)
        below = QHBoxLayout()
        below.addWidget(self._retry)
        below.addWidget(self._copy)
        below.addWidget(self._save)
        below.addStretch()
        below.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addLayout(above)
        column.addWidget(self._table, 1)
        column.addWidget(self._reason)
        column.addWidget(self._totals)
        column.addLayout(below)
        self.resize(1080, 640)
        self._table.setFocus()

    def _connect(self) -> None:
        self._presenter.listed.connect(self._show)
        self._groups.currentIndexChanged.connect(lambda _: self._filter())
        self._search.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self._filter)
        self._table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._model.modelReset.connect(self._enable)
        self._retry.clicked.connect(lambda: self._presenter.retry(self._selected()))
        self._copy.clicked.connect(self._copy_lines)
        self._table.copied.connect(self._copy_lines)
        self._save.clicked.connect(lambda: self._presenter.save(self._name()))
        self._close.clicked.connect(self.close)

    def _show(self, lines: list[ReportLine]) -> None:
        """Keep what is selected and where the table stands: it is read again while it changes."""
        selected = {line.row.document for line in self._selected()}
        place = self._table.verticalScrollBar().value()
        self._model.show(lines)
        if selected:
            for index in same_rows(self._model, selected):
                flags = self._table.selectionModel().SelectionFlag
                self._table.selectionModel().select(index, flags.Select | flags.Rows)
        self._table.verticalScrollBar().setValue(place)
        self._name_groups()

    def _name_groups(self) -> None:
        """Say how many files are in each group; keep what is chosen."""
        counts = self._model.counts()
        chosen = self._groups.currentData()
        self._groups.blockSignals(True)
        self._groups.clear()
        locale = QLocale()
        everything = self.tr("All")
        self._groups.addItem(f"{everything} ({locale.toString(counts.total())})", None)
        for group, words in group_words().items():
            if counts[group] or group == chosen:
                self._groups.addItem(f"{words} ({locale.toString(counts[group])})", group)
        self._groups.setCurrentIndex(max(0, self._groups.findData(chosen)))
        self._groups.blockSignals(False)
        self._totals.setText(totals_words(counts))

    def _filter(self) -> None:
        chosen = self._groups.currentData()
        self._model.filter(Group(chosen) if chosen else None, self._search.text())

    def _selected(self) -> list[ReportLine]:
        return [self._model.line(each) for each in self._table.selectionModel().selectedRows()]

    def _enable(self) -> None:
        selected = self._selected()
        self._retry.setEnabled(any(can_retry(line.row) for line in selected))
        self._copy.setEnabled(bool(self._model.rowCount()))
        reason = selected[0].reason if len(selected) == 1 else ""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))

    def _copy_lines(self) -> None:
        """The selected lines, or all that are shown when none is."""
        lines = self._selected() or self._model.shown
        QGuiApplication.clipboard().setText(as_text(lines))


def _make_table(model: ReportModel) -> EvenTable:
    table = EvenTable(model)
    header = table.horizontalHeader()
    header.setStretchLastSection(True)
    for column, width in WIDTHS.items():
        header.resizeSection(column, width)
    table.setSortingEnabled(True)
    table.sortByColumn(Column.OFFERED, Qt.SortOrder.AscendingOrder)
    return table
