"""What is written can be read, in light and in dark."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

import resources
from app import style
from app.icons import icon

Role = QPalette.ColorRole

PAIRS = [
    (Role.WindowText, Role.Window),
    (Role.Text, Role.Base),
    (Role.Text, Role.Mid),
    (Role.Text, Role.Midlight),
    (Role.PlaceholderText, Role.Window),
    (Role.PlaceholderText, Role.Base),
    (Role.PlaceholderText, Role.AlternateBase),
    (Role.ButtonText, Role.Button),
    (Role.HighlightedText, Role.Highlight),
    (Role.Link, Role.Window),
    (Role.BrightText, Role.Window),
    (Role.ToolTipText, Role.ToolTipBase),
]


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out(dark: bool, qapp: QApplication) -> None:
    palette = style.palette(dark)
    for ink, ground in PAIRS:
        ratio = contrast(palette.color(ink), palette.color(ground))
        assert ratio >= 4.5, f"{ink.name} on {ground.name}: {ratio:.1f}"


def test_the_sheet_holds_no_colour_of_its_own() -> None:
    sheet = re.sub(r"^\s*#\w+|, #\w+", "", resources.text("style/window.qss"), flags=re.M)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|white|black", sheet, re.I)


def test_icons_take_the_colour_of_the_palette(qapp: QApplication) -> None:
    before = qapp.palette()
    drawn = icon("stop", Role.Text)
    seen = []
    for dark in (False, True):
        qapp.setPalette(style.palette(dark))
        seen.append(drawn.pixmap(24, 24).toImage().pixelColor(12, 12).name())
    qapp.setPalette(before)
    assert seen == [style.palette(dark).color(Role.Text).name() for dark in (False, True)]


def contrast(ink: QColor, ground: QColor) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
