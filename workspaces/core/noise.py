"""Files that nobody means when they name a folder: what programs leave lying beside the work."""

from __future__ import annotations

_NAMES = ("thumbs.db", "desktop.ini")
_ENDINGS = (".part", ".crdownload", ".tmp")
_OFFICE_LOCK = "~$"


def is_hidden(name: str) -> bool:
    """Whether a file or folder named ``name`` is hidden."""
    return name.startswith(".")


def is_noise(name: str) -> bool:
    """Whether a file named ``name`` is hidden, half a download, the lock of an open Office
    document, or a system's own note about the folder."""
    plain = name.lower()
    return (
        is_hidden(name)
        or name.startswith(_OFFICE_LOCK)
        or plain.endswith(_ENDINGS)
        or plain in _NAMES
    )
