"""What the model's context was filled with: a bar, and what its parts are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.panels.budget_words import Part, budget_words, part_words, parts_of
from app.panels.plain_label import plain_label
from workspaces.core.types import Budget

HEIGHT = 10
"""Pixels of the bar."""

ACROSS = 3
"""Entries of the legend beside each other."""

COLOURS = {
    Part.INSTRUCTIONS: "#8a8f98",
    Part.HISTORY: "#8472b8",
    Part.SOURCES: "#3a86c8",
    Part.QUESTION: "#d0892c",
    Part.ANSWER: "#4f9d69",
}
"""Seen as well on light as on dark; what is free has none."""


class BudgetBar(QWidget):
    """The bar is for the eye; the legend says the same in words."""

    def __init__(self) -> None:
        super().__init__()
        self._strip = _Strip()
        self._labels = {part: _label() for part in Part}
        legend = QGridLayout()
        legend.setHorizontalSpacing(18)
        legend.setVerticalSpacing(2)
        for place, (part, label) in enumerate(self._labels.items()):
            legend.addLayout(_entry(part, label), place // ACROSS, place % ACROSS)
        legend.setColumnStretch(ACROSS, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._strip)
        column.addLayout(legend)

    def show_budget(self, budget: Budget) -> None:
        """Also when the language has changed."""
        shares = parts_of(budget)
        self._strip.show_parts(list(shares.items()), budget.context)
        self._strip.setAccessibleName(budget_words(budget))
        self._strip.setToolTip(budget_words(budget))
        for part, label in self._labels.items():
            label.setText(part_words(part, shares[part]))


class _Strip(QWidget):
    """The parts beside each other, each as wide as it is large."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: Sequence[tuple[Part, int]] = ()
        self._whole = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, HEIGHT)

    def show_parts(self, parts: Sequence[tuple[Part, int]], whole: int) -> None:
        self._parts, self._whole = parts, max(1, whole)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        room = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.fillRect(room, self.palette().mid())
            left = room.left()
            for part, tokens in self._parts:
                width = room.width() * tokens / self._whole
                if part in COLOURS:
                    painter.fillRect(QRectF(left, 0, width, room.height()), QColor(COLOURS[part]))
                left += width


class _Swatch(QWidget):
    """The colour of a part."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self.setFixedSize(HEIGHT, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colour = COLOURS.get(self._part)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colour) if colour else self.palette().mid())


def _label() -> QLabel:
    label = plain_label(name="usage")
    label.setWordWrap(False)
    return label


def _entry(part: Part, label: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(_Swatch(part), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(label, 1)
    return row
