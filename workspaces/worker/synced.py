"""Durability for a library that writes files but never flushes them to the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

AT_ONCE = 8
"""Files flushed at the same time: the disk writes its journal once for several of them."""

Names = dict[Path, set[str]]
"""What stands in each folder."""


class Synced:
    """A folder that only this process writes into, each file once: what is added to an old file
    is not noticed, and nothing has to be asked about each of thousands of files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: Names | None = None

    @contextmanager
    def writing(self) -> Iterator[set[Path]]:
        """When the block ends well, flush every file and folder that it made, and the folders
        their names stand in, so that what it did survives a power cut. The set it is given holds
        what was made, once it has ended."""
        made: set[Path] = set()
        known = _look(self._folder, {}) if self._known is None else self._known
        self._known = None
        yield made
        self._known = _look(self._folder, known)
        made.update(
            folder / name
            for folder, names in self._known.items()
            for name in names - known.get(folder, set())
        )
        if self._folder in self._known.keys() - known.keys():
            made.add(self._folder)
        _flush(made | {path.parent for path in made})

    def forget(self) -> None:
        """To be called where files were deleted outside of :meth:`writing`."""
        self._known = None


def _look(folder: Path, known: Names) -> Names:
    """The names in ``folder`` and in every folder inside it. Of a name that is known it is not
    asked again what it stands for."""
    try:
        names = set(os.listdir(folder))  # noqa: PTH208 - there are thousands
    except FileNotFoundError:
        return {}
    new = (folder / name for name in names - known.get(folder, set()))
    inside = [path for path in known if path.parent == folder] + [
        path for path in new if path.is_dir() and not path.is_symlink()
    ]
    found = {folder: names}
    for path in inside:
        found |= _look(path, known)
    return found


def _flush(paths: set[Path]) -> None:
    if paths:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(_sync, paths))


def _sync(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return  # there a folder cannot be opened
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
