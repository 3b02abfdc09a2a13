"""Line icons that take the colour of the text around them, in light and in dark."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources

INK = "currentColor"


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """The icon ``resources/icons/NAME.svg``, painted in the palette's colour ``role``."""
    return QIcon(_InkEngine(_drawing(name), role))


def application_icon() -> QIcon:
    """Quire's own icon, which keeps its colours."""
    return QIcon(str(resources.path("icons/quire.svg")))


@cache
def _drawing(name: str) -> str:
    """Read once: lists paint their icons row by row."""
    return resources.text(f"icons/{name}.svg")


class _InkEngine(QIconEngine):
    """Looks the colour up at every painting, so that a new palette needs no new icons."""

    def __init__(self, drawing: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._drawing = drawing
        self._role = role

    def clone(self) -> QIconEngine:
        return _InkEngine(self._drawing, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        group = QPalette.ColorGroup.Normal
        if mode == QIcon.Mode.Disabled:
            group = QPalette.ColorGroup.Disabled
        ink = QGuiApplication.palette().color(group, self._role).name()
        drawing = self._drawing.replace(INK, ink).encode()
        QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(QPoint(), size), mode, state)
        return pixmap
