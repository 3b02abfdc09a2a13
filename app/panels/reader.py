"""A window beside the main one that shows a document's text, or a passage where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

LINES_AT_ONCE = 200
LONGEST_LINE = 2_000
"""A text is shown piece by piece, and a line without end is broken, so that no document, however
long, holds the window up."""

TINT = 60
"""How much of the accent colour lies behind a passage, of 255: its text stays readable."""


class Reader(QDialog):
    """Plain, read-only text below the name of its document and its place in it."""

    def __init__(self, parent: QWidget, name: str, place: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.resize(720, 640)
        title = QLabel(name)
        title.setObjectName("readerTitle")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        where = QLabel(place)
        where.setObjectName("readerPlace")
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        where.setVisible(bool(place))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.addWidget(title)
        column.addWidget(where)
        column.addWidget(self.text, 1)

    def show_passage(self, before: str, passage: str, after: str) -> None:
        """The passage highlighted, with the text around it."""
        cursor = self.text.textCursor()
        cursor.insertText(before, QTextCharFormat())
        start = cursor.position()
        cursor.insertText(passage, self._highlight())
        cursor.insertText(after, QTextCharFormat())
        cursor.setPosition(start)
        self.text.setTextCursor(cursor)
        # once it has its size; a passage at the very top would hide what comes before it
        QTimer.singleShot(0, self.text, self.text.centerCursor)

    def show_text(self, text: str) -> None:
        """A whole text, from its beginning, piece by piece."""
        self._feed(batched(lines_of(text), LINES_AT_ONCE))

    def _feed(self, pieces: Iterator[str]) -> None:
        piece = next(pieces, None)
        if piece is not None:
            self.text.appendPlainText(piece)
            QTimer.singleShot(0, self, lambda: self._feed(pieces))

    def _highlight(self) -> QTextCharFormat:
        tint = self.palette().color(QPalette.ColorRole.Accent)
        tint.setAlpha(TINT)
        made = QTextCharFormat()
        made.setBackground(tint)
        return made


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text; very long ones in parts."""
    for line in text.split("\n"):
        yield line[:LONGEST_LINE]
        for at in range(LONGEST_LINE, len(line), LONGEST_LINE):
            yield line[at : at + LONGEST_LINE]


def batched(lines: Iterator[str], count: int) -> Iterator[str]:
    """``count`` lines at a time."""
    while piece := list(islice(lines, count)):
        yield "\n".join(piece)
