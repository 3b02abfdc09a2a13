"""How the rows of documents and sources are painted: an icon or a number, a title, lines below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.icons import icon
from app.panels.rows import ITEM, Index

MARGIN = 10
GUTTER = 34
LINE_GAP = 3
ICON_SIZE = 20
BAR_HEIGHT = 3
BAR_SPACE = BAR_HEIGHT + 4
MARK_SIZE = 14

Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Card:
    """What one row shows: a title, a faded text and a plain one below it, each in so many lines
    at most, and a faded ``place`` in one line more. ``mark`` is a small icon at the end of the
    title. ``progress`` is from 0 to 1, or None for no bar."""

    title: str
    faded: str
    most_faded: int = 1
    plain: str = ""
    most_plain: int = 0
    place: str = ""
    mark: str = ""
    icon: str = ""
    tint: Role = Role.PlaceholderText
    badge: str = ""
    progress: float | None = None


class CardDelegate(QStyledItemDelegate):
    """Paints the row's value as the card that ``card_of`` makes of it.

    Cards are as high as their text, or, given ``lines``, all as high as that many lines below the
    title: only so can a list of ten thousand be laid out without looking at each.
    """

    def __init__(
        self, view: QAbstractItemView, card_of: Callable[[Any], Card], lines: int | None = None
    ) -> None:
        super().__init__(view)
        self._view = view
        self._card_of = card_of
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's
        font = small(option.font)
        if self._lines is None:
            card: Card = self._card_of(index.data(ITEM))
            width = self._view.viewport().width()
            lines = len(_lines(card, font, width - GUTTER - 2 * MARGIN))
            bar = BAR_SPACE if card.progress is not None else 0
        else:
            lines, bar = self._lines, 0  # a bar lies in the margin
        height = 2 * MARGIN + QFontMetrics(option.font).height()
        height += lines * QFontMetrics(font).lineSpacing() + LINE_GAP * bool(lines)
        return QSize(0, height + bar)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = self._card_of(index.data(ITEM))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option)
        inner = option.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._paint_side(painter, option, card, inner)
        self._paint_text(painter, option, card, inner.adjusted(GUTTER, 0, 0, 0))
        painter.restore()

    def _paint_side(
        self, painter: QPainter, option: QStyleOptionViewItem, card: Card, inner: QRect
    ) -> None:
        line = QFontMetrics(option.font).height()
        if card.icon:
            top = inner.top() + (line - ICON_SIZE) // 2
            square = QRect(inner.left() + 3, top, ICON_SIZE, ICON_SIZE)
            icon(card.icon, card.tint).paint(painter, square)
        if card.badge:
            painter.setPen(option.palette.color(card.tint))
            painter.setFont(bold(small(option.font)))
            badge = QRect(inner.left(), inner.top(), GUTTER - 8, line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(badge).adjusted(0.5, -0.5, -0.5, 0.5), 6, 6)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, card.badge)

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, card: Card, box: QRect
    ) -> None:
        self._paint_title(painter, option, card, box)
        metrics = QFontMetrics(option.font)
        font = small(option.font)
        painter.setFont(font)
        top = box.top() + metrics.height() + LINE_GAP
        spacing = QFontMetrics(font).lineSpacing()
        for line, role in _lines(card, font, box.width()):
            painter.setPen(option.palette.color(role))
            painter.drawText(QPointF(box.left(), top + QFontMetrics(font).ascent()), line)
            top += spacing
        if card.progress is not None:
            bar = QRect(box.left(), top + 4, box.width(), BAR_HEIGHT)
            self._paint_bar(painter, option, card.progress, bar)

    def _paint_title(
        self, painter: QPainter, option: QStyleOptionViewItem, card: Card, box: QRect
    ) -> None:
        metrics = QFontMetrics(option.font)
        painter.setPen(option.palette.color(Role.Text))
        painter.setFont(option.font)
        width = box.width() - (MARK_SIZE + 4 if card.mark else 0)
        title = metrics.elidedText(card.title, Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(box.left(), box.top() + metrics.ascent(), title)
        if card.mark:
            top = box.top() + (metrics.height() - MARK_SIZE) // 2
            square = QRect(box.right() - MARK_SIZE + 1, top, MARK_SIZE, MARK_SIZE)
            icon(card.mark, Role.PlaceholderText).paint(painter, square)

    def _paint_bar(
        self, painter: QPainter, option: QStyleOptionViewItem, progress: float, bar: QRect
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.brush(Role.Mid))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.setBrush(option.palette.brush(Role.Accent))
        bar.setWidth(round(bar.width() * progress))
        painter.drawRoundedRect(bar, 1.5, 1.5)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What lies behind a row that is selected, or under the pointer."""
    ground = option.rect.adjusted(4, 1, -4, -1)
    painter.setPen(Qt.PenStyle.NoPen)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setBrush(option.palette.brush(Role.Mid))
        painter.drawRoundedRect(ground, 7, 7)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(option.palette.brush(Role.Midlight))
        painter.drawRoundedRect(ground, 7, 7)


def small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.92)
    return made


def bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _lines(card: Card, font: QFont, width: int) -> list[tuple[str, Role]]:
    faded = fitted_lines(card.faded, font, width, card.most_faded)
    if card.place:
        metrics = QFontMetrics(font)
        faded.append(metrics.elidedText(card.place, Qt.TextElideMode.ElideMiddle, width))
    plain = fitted_lines(card.plain, font, width, card.most_plain)
    return [(line, Role.PlaceholderText) for line in faded] + [(line, Role.Text) for line in plain]


def fitted_lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """``text`` broken into lines of ``width`` pixels, the last of at most ``most`` elided."""
    if not text:
        return []
    layout = QTextLayout(text, font)
    layout.setTextOption(_wrapping())
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start = line.textStart()
        if len(lines) == most - 1:
            metrics = QFontMetrics(font)
            # no line is wider than this many characters: measuring all of a passage is slow
            rest = text[start : start + 400]
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[start : start + line.textLength()])
    layout.endLayout()
    return lines


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
