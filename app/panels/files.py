"""Files that are dragged onto the window or pasted into it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData


def local_paths(data: QMimeData) -> list[str]:
    """The files and folders of this machine in ``data``; addresses of elsewhere are left out."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
