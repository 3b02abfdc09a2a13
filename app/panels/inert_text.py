"""A text view in which nothing can load and no link leads anywhere by itself."""

from __future__ import annotations

from math import ceil
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QMouseEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser


class InertText(QTextBrowser):
    """As high as its text: it is scrolled by what it lies in, never by itself."""

    pressed = Signal()

    def __init__(self) -> None:
        self._html = ""
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_html(self, html: str) -> None:
        """Show HTML that :mod:`app.rendering` made."""
        self._html = html.strip()  # a last line break would show as an empty line
        self.document().setDefaultStyleSheet(_sheet(self.palette()))
        self.setHtml(self._html)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._html:
            self.show_html(self._html)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802, ARG002 - Qt's
        """Nothing, whatever is asked for: no file, no address.

        Empty bytes, not None: at None, Qt goes on and reads local files by itself.
        """
        return QByteArray()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802, ARG002 - Qt's
        """Never: files dropped here are for the window."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.pressed.emit()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(400, self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, self.height())

    def _fit(self) -> None:
        height = ceil(self.document().size().height())
        if height != self.height():
            self.setFixedHeight(height)


def _sheet(palette: QPalette) -> str:
    """Rich text knows no palette, so its few colours are looked up here."""
    ground = palette.color(QPalette.ColorRole.Midlight).name()
    link = palette.color(QPalette.ColorRole.Link).name()
    return f"""
        p {{ line-height: 140%; margin-top: 0; margin-bottom: 8px; }}
        ul, ol {{ margin-top: 0; margin-bottom: 8px; }}
        li {{ line-height: 140%; margin-top: 0; margin-bottom: 0; }}
        table {{ margin-top: 2px; margin-bottom: 12px; border-collapse: collapse; }}
        h1, h2, h3, h4 {{ font-size: large; font-weight: 600; margin: 10px 0 6px 0; }}
        a {{ color: {link}; text-decoration: none; font-weight: 600; }}
        pre {{ background-color: {ground}; white-space: pre-wrap; margin: 4px 0 10px 0; }}
        code {{ background-color: {ground}; }}
        th, td {{ padding: 4px 8px; }}
        th {{ background-color: {ground}; }}
    """
