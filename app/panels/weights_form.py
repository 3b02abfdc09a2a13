"""What words and meaning count in a search: two numbers that are tried before they are accepted."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from app.panels.comparison_table import ComparisonTable
from app.panels.panel import Panel
from app.panels.plain_label import plain_label
from app.panels.search_settings_presenter import SearchSettingsPresenter
from workspaces.core.types import Weights

HEAVIEST = 2.0
STEP = 0.1


class WeightsForm(Panel):
    """Shows the present weights until the person turns the numbers."""

    def __init__(self, presenter: SearchSettingsPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._title = plain_label(name="windowTitle")
        self._hint = plain_label(name="windowHint")
        self.words = _number()
        self.meaning = _number()
        self._words_label = QLabel()
        self._meaning_label = QLabel()
        self._words_label.setBuddy(self.words)
        self._meaning_label.setBuddy(self.meaning)
        self._try = QPushButton()
        self._accept = QPushButton()
        self._accept.setObjectName("primary")
        self._discard = QPushButton()
        self._defaults = QPushButton()
        self._table = ComparisonTable()
        self._lay_out()
        self._set(presenter.present)
        self._connect()
        self.retranslate()

    @property
    def weights(self) -> Weights:
        """What the numbers say."""
        return Weights(round(self.words.value(), 2), round(self.meaning.value(), 2))

    def retranslate(self) -> None:
        self._title.setText(self.tr("What counts in a search"))
        self._words_label.setText(self.tr("&Words:"))
        self._meaning_label.setText(self.tr("&Meaning:"))
        self._try.setText(self.tr("Try"))
        self._accept.setText(self.tr("Accept"))
        self._discard.setText(self.tr("Discard"))
        self._defaults.setText(self.tr("Defaults"))
        self._follow()

    def _lay_out(self) -> None:
        numbers = QGridLayout()
        numbers.addWidget(self._words_label, 0, 0)
        numbers.addWidget(self.words, 0, 1)
        numbers.addWidget(self._meaning_label, 0, 2)
        numbers.addWidget(self.meaning, 0, 3)
        numbers.setColumnStretch(4, 1)
        numbers.setHorizontalSpacing(10)
        numbers.addWidget(self._defaults, 0, 5)
        buttons = QHBoxLayout()
        buttons.addWidget(self._try)
        buttons.addStretch()
        buttons.addWidget(self._discard)
        buttons.addWidget(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(numbers)
        column.addWidget(self._table)
        column.addLayout(buttons)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.settled.connect(self._set)
        presenter.shown.connect(self._follow)
        for number in (self.words, self.meaning):
            number.valueChanged.connect(lambda _: self._follow())
        self._try.clicked.connect(lambda: presenter.try_out(self.weights))
        self._accept.clicked.connect(lambda: presenter.accept(self.weights))
        self._discard.clicked.connect(presenter.discard)
        self._defaults.clicked.connect(lambda: self._set(Weights()))

    def _set(self, weights: Weights) -> None:
        self.words.setValue(weights.keyword)
        self.meaning.setValue(weights.vector)

    def _follow(self) -> None:
        presenter, weights = self._presenter, self.weights
        changed = weights != presenter.present
        possible = bool(weights.keyword or weights.vector)
        self._hint.setText(self._hint_words())
        shown = presenter.comparison if presenter.tried == weights else None
        self._table.show_comparison(shown)
        self._try.setVisible(bool(presenter.questions))
        self._try.setEnabled(changed and possible and not presenter.is_busy and shown is None)
        self._accept.setEnabled(possible and presenter.may_accept(weights))
        self._discard.setEnabled(changed or presenter.tried is not None)
        self._defaults.setEnabled(weights != Weights())

    def _hint_words(self) -> str:
        words = self.tr(
            "From 0 (left out) to 2; only their ratio matters. Words find names, numbers and exact "
            "terms, meaning finds what is said otherwise."
        )
        if self._presenter.questions:
            return words
        nothing = self.tr(
            "There are no test questions yet, so nothing shows what a change does: press Keep as "
            "test question below a good answer first."
        )
        return f"{words} {nothing}"


def _number() -> QDoubleSpinBox:
    number = QDoubleSpinBox()
    number.setRange(0.0, HEAVIEST)
    number.setSingleStep(STEP)
    number.setDecimals(2)
    return number
