"""Looking through folders that others have written: with a limit, and not out of them by a link."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

LARGEST_NOTE = 1_000_000
"""Bytes of a JSON file that is read; a larger one is not what it should be."""


class EnoughError(Exception):
    """So much was looked at that the rest is left out."""


class Look:
    """Counts what is looked at: ``most`` entries of folders, for ``seconds`` by ``clock``."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        self._left = most
        self._clock = clock
        self._end = clock() + seconds

    def count(self) -> None:
        """One entry more. Raises :class:`EnoughError` past a limit."""
        self._left -= 1
        if self._left < 0 or self._clock() > self._end:
            raise EnoughError


def tree(root: Path, look: Look, links: bool = False) -> Iterator[tuple[Path, list[str]]]:
    """Every folder at and below ``root``, with the names of the files in it, and, with ``links``,
    of links. No link to a folder is followed."""
    waiting = [resolved(root)]
    while waiting:
        folder = waiting.pop()
        names = []
        for entry in _entries(folder, look):
            if entry.is_file(follow_symlinks=False) or (links and entry.is_symlink()):
                names.append(entry.name)
            elif _is_folder(entry):
                waiting.append(Path(entry.path))
        yield folder, sorted(names)


def folders(root: Path, look: Look) -> list[Path]:
    """The folders right in ``root``."""
    return sorted(Path(entry.path) for entry in _entries(root, look) if _is_folder(entry))


def _entries(folder: Path, look: Look) -> list[os.DirEntry[str]]:
    """What lies in ``folder``, less what has no valid text for a name; nothing where it is not
    there or closed to us."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                look.count()
                if _is_text(entry.name):
                    found.append(entry)
    except OSError:
        return []
    return found


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, and not another name for one (Windows has several kinds)."""
    return entry.is_dir(follow_symlinks=False) and resolved(Path(entry.path)) == Path(entry.path)


def resolved(path: Path) -> Path:
    """Its real path; a link that leads in a circle is left as it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def size_of(path: Path) -> int:
    """In bytes; 0 where there is no such file."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


T = TypeVar("T")


def read_note(path: Path, kind: type[T]) -> T | None:
    """A small JSON file; None where it is not what it should be."""
    if not 0 < size_of(path) <= LARGEST_NOTE:
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return None
