"""Where the words to search for are typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QToolButton

from app.icons import icon
from app.panels.panel import name_button

TYPING = 120
"""Milliseconds without a key until a search begins."""

LONGEST = 1_000


class SearchField(QLineEdit):
    """Says what to search for once the typing pauses. Down leaves it, Enter opens, Esc clears; with
    nothing to clear, Esc is for whatever the field lies in."""

    sought = Signal(str)
    left_down = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("searchField")
        self.setMaxLength(LONGEST)
        self.setAcceptDrops(False)  # files are for the window behind
        glass = icon("search", QPalette.ColorRole.PlaceholderText)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._seek)
        self.textChanged.connect(self._wait)

    def name_buttons(self, glass: str, clear: str) -> None:
        """For a screen reader, and as tool tips: Qt gives the buttons in the field no names."""
        buttons = self.findChildren(QToolButton)
        for button, name in zip(buttons, (glass, clear), strict=True):
            name_button(button, name)

    def event(self, event: QEvent) -> bool:
        """Esc is ours as long as there is something to clear, also while it would stop an
        answer."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        match event.key():
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case Qt.Key.Key_Down:
                self.left_down.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case _:
                super().keyPressEvent(event)

    def _wait(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._seek()

    def _seek(self) -> None:
        self._typing.stop()
        self.sought.emit(self.text())

    def _enter(self) -> None:
        """Search now; what was searched for already is opened."""
        if self._typing.isActive():
            self._seek()
        else:
            self.entered.emit()
