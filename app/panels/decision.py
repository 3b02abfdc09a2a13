"""The part of the embedding model's window in which the person decides about a new one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app.panels.comparison_table import ComparisonTable
from app.panels.decision_presenter import DecisionPresenter
from app.panels.panel import Panel
from app.panels.plain_label import plain_label


class Decision(Panel):
    """There only while a model waits."""

    def __init__(self, presenter: DecisionPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._words = plain_label()
        self._table = ComparisonTable()
        self._use = QPushButton()
        self._use.setObjectName("primary")
        self._keep = QPushButton()
        self._use.clicked.connect(presenter.accept)
        self._keep.clicked.connect(presenter.keep_present)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._keep)
        buttons.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(10)
        column.addWidget(self._words)
        column.addWidget(self._table)
        column.addLayout(buttons)
        presenter.shown.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        presenter = self._presenter
        words = (
            self.tr("{next} is ready, and your test questions are being asked with both models…")
            if presenter.is_busy
            else self.tr("{next} is ready. This is what your test questions say:")
        )
        self._words.setText(words.format(next=presenter.waiting))
        self._table.show_comparison(presenter.comparison)
        self._use.setText(self.tr("Use the new model"))
        self._use.setEnabled(not presenter.is_busy)
        self._keep.setText(self.tr("Keep the present one"))
        self.setVisible(bool(presenter.waiting))
