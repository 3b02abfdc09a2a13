"""Durability for a library that writes files but never flushes them to the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

Stamp = tuple[int, int]


@contextmanager
def synced(folder: Path) -> Iterator[None]:
    """When the block ends well, flush every file under ``folder`` that it wrote, then the folders
    these names stand in, so that what it did survives a power cut."""
    before = _stamps(folder)
    yield
    written = [path for path, stamp in _stamps(folder).items() if before.get(path) != stamp]
    for path in written:
        _sync(path)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        for parent in {parent for path in written for parent in _folders(path, folder)}:
            _sync(parent)


def _stamps(folder: Path) -> dict[Path, Stamp]:
    """Modification time (ns) and size of every file under ``folder``."""
    stamps = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            status = path.stat()
            stamps[path] = (status.st_mtime_ns, status.st_size)
    return stamps


def _folders(path: Path, root: Path) -> list[Path]:
    """The folders between ``path`` and the one that holds ``root``, both included."""
    return [parent for parent in path.parents if parent.is_relative_to(root)] + [root.parent]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
