"""The workspace that a first start makes, so that there is something to ask at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

import resources
from workspaces.services.quire import Samples


def samples() -> Samples:
    """Our own sample documents, under a name in the person's language."""
    documents = [entry for entry in resources.path("samples").iterdir() if entry.is_file()]
    return Samples(QCoreApplication.translate("samples", "Examples"), sorted(documents))
