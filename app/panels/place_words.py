"""Where in its document a passage stands, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from workspaces.core.types import Considered, Source
from workspaces.services.views import Surroundings

translate = QCoreApplication.translate


def place_words(found: Source | Considered | Surroundings) -> str:
    """Page, headings, line and row, as far as there are any."""
    parts = [
        translate("Sources", "page {page}").format(page=found.page) if found.page else "",
        " › ".join(found.heading),
        translate("Sources", "line {line}").format(line=found.line) if found.line else "",
        translate("Sources", "row {row}").format(row=found.row) if found.row else "",
    ]
    return " · ".join(filter(None, parts))
