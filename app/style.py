"""The look: one style sheet that speaks in palette roles, and a light and a dark palette."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

import resources

FALLBACK_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")

_ROLES = {
    "Window": ("#f4f3ef", "#1d1f22"),
    "WindowText": ("#24272c", "#e4e3df"),
    "Base": ("#fdfdfb", "#25282c"),
    "AlternateBase": ("#ebe9e3", "#181a1c"),
    "Text": ("#24272c", "#e4e3df"),
    "PlaceholderText": ("#5f6269", "#9a9da3"),
    "Button": ("#fdfdfb", "#2e3136"),
    "ButtonText": ("#3a3e45", "#d4d3cf"),
    "BrightText": ("#a3341f", "#f2917d"),
    "Mid": ("#dcd9d1", "#3a3e44"),
    "Midlight": ("#e9e7e1", "#303338"),
    "Dark": ("#b5b2a9", "#585d65"),
    "Highlight": ("#2f5d8a", "#3f74a8"),
    "HighlightedText": ("#ffffff", "#ffffff"),
    "Accent": ("#2f5d8a", "#7fb2e5"),
    "Link": ("#2a5a8c", "#86b8ea"),
    "LinkVisited": ("#2a5a8c", "#86b8ea"),
    "ToolTipBase": ("#24272c", "#e4e3df"),
    "ToolTipText": ("#f4f3ef", "#1d1f22"),
}
_FADED = ("WindowText", "Text", "ButtonText", "HighlightedText")


def apply(application: QApplication) -> None:
    """Dress ``application``, now and whenever the system turns light or dark."""
    application.setStyle("Fusion")
    application.setFont(_font(application.font()))
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda: _dress(application))
    _dress(application)


def palette(dark: bool) -> QPalette:
    """Quire's colours."""
    made = QPalette()
    for role, colours in _ROLES.items():
        made.setColor(QPalette.ColorRole[role], QColor(colours[dark]))
    faded = QColor(_ROLES["Dark"][dark])
    for role in _FADED:
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], faded)
    return made


def _dress(application: QApplication) -> None:
    hints = application.styleHints()
    # who asked the system for high contrast knows better than we do
    if hints.accessibility().contrastPreference() != Qt.ContrastPreference.HighContrast:
        application.setPalette(palette(hints.colorScheme() == Qt.ColorScheme.Dark))
    # set again, because the sheet's palette() values are looked up when it is set
    application.setStyleSheet(resources.text("style/window.qss"))


def _font(system: QFont) -> QFont:
    font = QFont(system)
    font.setFamilies([*system.families(), *FALLBACK_FAMILIES])
    return font
