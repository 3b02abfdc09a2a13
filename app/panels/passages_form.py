"""How long passages are: a number that is tried on everything before it is accepted."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout

from app.panels.comparison_table import ComparisonTable
from app.panels.panel import Panel
from app.panels.passages_presenter import PassagesPresenter
from app.panels.plain_label import plain_label
from app.panels.progress_bar import ThinBar

STEP = 16


class PassagesForm(Panel):
    """Shows the present length until the person turns the number."""

    def __init__(self, presenter: PassagesPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._title = plain_label(name="windowTitle")
        self._hint = plain_label(name="windowHint")
        self._label = QLabel()
        self.tokens = QSpinBox()
        self.tokens.setSingleStep(STEP)
        self._label.setBuddy(self.tokens)
        self._bar = ThinBar()
        self._table = ComparisonTable()
        self._try = QPushButton()
        self._cancel = QPushButton()
        self._discard = QPushButton()
        self._accept = QPushButton()
        self._accept.setObjectName("primary")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._set()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Length of a passage"))
        self._hint.setText(
            self.tr(
                "Short passages are found more exactly, long ones give an answer more to go by. To "
                "try a length, everything is split and embedded again beside the present passages; "
                "that takes about as long as the import did, and imports and answers go first."
            )
        )
        self._label.setText(self.tr("&Tokens at most:"))
        self.tokens.setSpecialValueText(self.tr("as much as the model reads"))
        self._bar.setAccessibleName(self.tr("Trying another length"))
        self._try.setText(self.tr("Try length"))
        self._cancel.setText(self.tr("Cancel trial"))
        self._discard.setText(self.tr("Discard passages"))
        self._accept.setText(self.tr("Accept passages"))
        self._follow()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self._label)
        above.addWidget(self.tokens)
        above.addWidget(self._bar, 1)
        above.addWidget(self._cancel)
        above.addStretch()
        above.addWidget(self._try)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._discard)
        buttons.addWidget(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(above)
        column.addWidget(self._table)
        column.addLayout(buttons)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.settled.connect(self._set)
        presenter.shown.connect(self._follow)
        presenter.progressed.connect(self._progress)
        self.tokens.valueChanged.connect(lambda _: self._follow())
        self._try.clicked.connect(lambda: presenter.try_out(self._chosen))
        self._cancel.clicked.connect(presenter.cancel)
        self._discard.clicked.connect(presenter.discard)
        self._accept.clicked.connect(presenter.accept)

    @property
    def _chosen(self) -> int:
        """Tokens; 0 for as much as the model reads."""
        least = self._presenter.length.least
        return 0 if self.tokens.value() < least else self.tokens.value()

    def _set(self) -> None:
        """Below the least length there is one step: as much as the model reads."""
        length = self._presenter.length
        self.tokens.setRange(max(0, length.least - STEP), length.most)
        tried = self._presenter.tried
        self.tokens.setValue(length.tokens if tried is None else tried)
        self._follow()

    def _follow(self) -> None:
        presenter = self._presenter
        busy = presenter.is_trying or presenter.is_accepting
        ready = presenter.tried is not None
        self.tokens.setEnabled(bool(presenter.length.most) and not busy and not ready)
        self._bar.setVisible(busy)
        self._cancel.setVisible(presenter.is_trying)
        self._try.setVisible(not busy and not ready)
        self._try.setEnabled(self._chosen != presenter.length.tokens)
        self._table.show_comparison(presenter.comparison)
        for button in (self._discard, self._accept):
            button.setVisible(ready)
            button.setEnabled(not busy)

    def _progress(self, done: int, total: int) -> None:
        self._bar.show_fraction(min(1.0, done / total) if total else None)
