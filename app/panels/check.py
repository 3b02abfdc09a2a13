"""The window that checks a workspace and repairs it."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.check_presenter import CheckPresenter, Stage
from app.panels.check_words import finding_lines, stage_words
from app.panels.panel import SideWindow
from app.panels.plain_label import plain_label
from app.panels.progress_bar import ThinBar


class CheckWindow(SideWindow):
    """Begins to check when it opens, and cancels what is under way when it closes."""

    def __init__(self, parent: QWidget, presenter: CheckPresenter) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = plain_label(name="windowTitle")
        self._bar = ThinBar()
        self._findings = QPlainTextEdit()
        self._findings.setObjectName("readable")
        self._findings.setReadOnly(True)
        self._again = QPushButton()
        self._repair = QPushButton()
        self._repair.setObjectName("primary")
        self._cancel = QPushButton()
        self._close = QPushButton()
        self._again.clicked.connect(presenter.check)
        self._repair.clicked.connect(presenter.repair)
        self._cancel.clicked.connect(presenter.cancel)
        self._close.clicked.connect(self.close)
        self._lay_out()
        presenter.shown.connect(self.retranslate)
        presenter.progressed.connect(self._progress)
        self._progress(0, 0)
        self.retranslate()
        presenter.check()

    def retranslate(self) -> None:
        presenter = self._presenter
        stage = presenter.stage
        self.setWindowTitle(self.tr("Check and repair"))
        self._title.setText(stage_words(stage, presenter.findings, presenter.failure))
        self._findings.setAccessibleName(self.tr("What was found"))
        self._findings.setPlainText("\n\n".join(finding_lines(presenter.findings)))
        self._bar.setAccessibleName(self.tr("Check and repair"))
        self._bar.setVisible(stage.is_busy)
        self._again.setText(self.tr("Check again"))
        self._again.setVisible(not stage.is_busy)
        self._repair.setText(self.tr("Repair"))
        broken = any(not finding.repaired for finding in presenter.findings)
        self._repair.setVisible(stage is Stage.CHECKED and broken)
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setVisible(stage.is_busy)
        self._close.setText(self.tr("Close"))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._presenter.cancel()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._again)
        buttons.addStretch()
        for button in (self._repair, self._cancel, self._close):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._bar)
        column.addWidget(self._findings, 1)
        column.addLayout(buttons)
        self.resize(620, 400)

    def _progress(self, done: int, total: int) -> None:
        self._bar.show_fraction(min(1.0, done / total) if total else None)
