"""What all panels share: they speak the language of the moment, and have quiet buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.icons import icon

WIDEST = 820
"""Wider lines are hard to read."""

BUTTON_ICON = QSize(18, 18)


class Panel(QWidget):
    """A widget whose words are set in one place, again whenever the language changes."""

    def retranslate(self) -> None:
        """Set every word that is shown."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class SideWindow(Panel):
    """A window beside ``parent``: it closes with it, or with Esc, and is gone then."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.close()
        else:
            super().keyPressEvent(event)


class Header(QWidget):
    """The title line of a panel, with its buttons at the right."""

    def __init__(self, *buttons: QToolButton) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setObjectName("panelTitle")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 8, 4)
        row.setSpacing(2)
        row.addWidget(self._title, 1)
        for button in buttons:
            row.addWidget(button)

    def set_title(self, title: str) -> None:
        self._title.setText(title)


def centred(widget: QWidget) -> QHBoxLayout:
    """A row in which ``widget`` is as wide as the page of turns above it, and in its middle."""
    row = QHBoxLayout()
    row.setContentsMargins(20, 0, 20, 0)
    widget.setMaximumWidth(WIDEST - 40)
    row.addStretch(1)
    row.addWidget(widget, 1000)
    row.addStretch(1)
    return row


def quiet_button(icon_name: str) -> QToolButton:
    """A button that is only an icon; :func:`name_button` gives it its words."""
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setIconSize(BUTTON_ICON)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def name_button(button: QToolButton, name: str) -> None:
    """Name a button for the eye (tool tip) and for a screen reader."""
    button.setToolTip(name)
    button.setAccessibleName(name)
