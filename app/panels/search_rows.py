"""How a passage that was found is painted: its document, its place, and its text with the words of
the question marked. All of it is painted as text; nothing in it is taken for markup."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.panels.cards import bold, paint_ground, small
from app.panels.place_words import place_words
from app.panels.rows import ITEM, Index
from app.panels.search_excerpt import Excerpt, cut_to, matched, one_line
from workspaces.core.types import Source

MARGIN = 12
GAP = 12
HEAD_GAP = 4
TEXT_LINES = 3
NAME_SHARE = 0.6
"""Of the first line; the place has the rest."""

TINT = 90
"""How much of the accent colour lies behind a match, of 255: its text stays readable."""

_QT = ("utf-16-le", "surrogatepass")

Role = QPalette.ColorRole
Elide = Qt.TextElideMode


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A result, and what was asked for it."""

    source: Source
    question: str


def label(row: SearchRow) -> str:
    """The row for a screen reader."""
    text = one_line(row.source.text)
    return " · ".join(filter(None, [row.source.name, place_words(row.source), text]))


def tooltip(row: SearchRow) -> str:
    """Name and place in full. Escaped, because Qt takes a tool tip that looks like HTML for it."""
    lines = filter(None, [row.source.name, place_words(row.source)])
    return "<div>" + "<br>".join(map(escape, lines)) + "</div>"


class SearchDelegate(QStyledItemDelegate):
    """All rows are equally high: fifty long passages are laid out without looking at any."""

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:  # noqa: N802 - Qt's name
        head = QFontMetrics(bold(option.font)).height() + HEAD_GAP
        lines = TEXT_LINES * QFontMetrics(small(option.font)).lineSpacing()
        return QSize(0, 2 * MARGIN + head + lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: SearchRow = index.data(ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option)
        inner = option.rect.adjusted(MARGIN + 4, MARGIN, -MARGIN - 4, -MARGIN)
        below = self._paint_head(painter, option, row.source, inner)
        self._paint_text(painter, option, row, inner.adjusted(0, below, 0, 0))
        painter.restore()

    def _paint_head(
        self, painter: QPainter, option: QStyleOptionViewItem, source: Source, box: QRect
    ) -> int:
        """Name and place on one line; how much room they take."""
        font, faded = bold(option.font), small(option.font)
        metrics, faded_metrics = QFontMetrics(font), QFontMetrics(faded)
        place = place_words(source)
        most = int(box.width() * NAME_SHARE) if place else box.width()
        name = metrics.elidedText(source.name, Elide.ElideMiddle, most)
        base = box.top() + metrics.ascent()
        painter.setFont(font)
        painter.setPen(option.palette.color(Role.Text))
        painter.drawText(box.left(), base, name)
        left = metrics.horizontalAdvance(name) + GAP
        painter.setFont(faded)
        painter.setPen(option.palette.color(Role.PlaceholderText))
        rest = faded_metrics.elidedText(place, Elide.ElideMiddle, box.width() - left)
        painter.drawText(box.left() + left, base, rest)
        return metrics.height() + HEAD_GAP

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, row: SearchRow, box: QRect
    ) -> None:
        font = small(option.font)
        whole = matched(row.source.text, row.question)
        excerpt = cut_to(whole, _room(whole.text, font, box.width()))
        layout = fitted(excerpt, font, box.width(), option.palette.color(Role.Accent))
        painter.setPen(option.palette.color(Role.Text))
        layout.draw(painter, QPointF(box.topLeft()))


def fitted(excerpt: Excerpt, font: QFont, width: int, accent: QColor) -> QTextLayout:
    """The excerpt in as many lines of ``width`` pixels as a row has, the last one elided."""
    layout = _laid_out(excerpt, font, width, accent)
    last = layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None
    if last is None or last.textStart() + last.textLength() >= _units(excerpt.text):
        return layout
    before = _head(excerpt.text, last.textStart())
    tail = QFontMetrics(font).elidedText(excerpt.text[len(before) :], Elide.ElideRight, width)
    shown = before + tail
    marked = tuple(each for each in excerpt.marked if each[0] < len(shown))
    return _laid_out(Excerpt(shown, marked), font, width, accent)


def _laid_out(excerpt: Excerpt, font: QFont, width: int, accent: QColor) -> QTextLayout:
    layout = QTextLayout(excerpt.text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(excerpt, accent))
    layout.beginLayout()
    top = 0.0
    for _ in range(TEXT_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


def _formats(excerpt: Excerpt, accent: QColor) -> list[QTextLayout.FormatRange]:
    tint = QColor(accent)
    tint.setAlpha(TINT)
    look = QTextCharFormat()
    look.setBackground(tint)
    made = []
    before, units = 0, 0
    for start, end in excerpt.marked:
        each = QTextLayout.FormatRange()
        each.start = units + _units(excerpt.text[before:start])
        each.length = _units(excerpt.text[start:end])
        each.format = look
        made.append(each)
        before, units = end, each.start + each.length
    return made


def _units(text: str) -> int:
    """How long Qt finds the text, which counts in UTF-16."""
    return len(text) if text.isascii() else len(text.encode(*_QT)) // 2


def _head(text: str, units: int) -> str:
    """The first ``units`` of the text, as Qt counts."""
    return text.encode(*_QT)[: 2 * units].decode(*_QT)


def _room(text: str, font: QFont, width: int) -> int:
    """About how many characters of this text a row shows."""
    sample = text[:120]
    wide = QFontMetrics(font).horizontalAdvance(sample) / max(1, len(sample))
    return max(1, int(0.9 * TEXT_LINES * width / max(wide, 1.0)))
