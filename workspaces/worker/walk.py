"""Lists the files of what a person dropped: folders in full, nothing outside of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from workspaces.protocol.messages import Walked
from workspaces.worker.durable import read_problem


def walk(paths: list[str], check: Callable[[], None]) -> Walked:
    """The regular files at and under ``paths``, each once, folders in the order of their names.

    Hidden files are left out inside folders. Links inside folders are not followed: what they
    point to in the same folder is listed anyway, what is elsewhere was not given to us.
    ``check`` is called for every folder and may raise.
    """
    listing = _Listing(check)
    for path in paths:
        listing.take(Path(path))
    return Walked(list(listing.files), list(listing.problems.items()))


class _Listing:
    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self.files: dict[str, None] = {}
        self.problems: dict[str, str] = {}

    def take(self, path: Path) -> None:
        """List a path the person named: hidden or a link, it is meant."""
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            self._refuse(path, error)
            return
        if stat.S_ISDIR(mode):
            self._take_tree(path)
        else:
            self._take_file(path, mode)

    def _take_tree(self, root: Path) -> None:
        waiting = [root]  # not recursive: a tree may be deeper than Python's stack
        while waiting:
            path = waiting.pop()
            try:
                mode = path.lstat().st_mode if path != root else stat.S_IFDIR
                if stat.S_ISLNK(mode):
                    self._refuse_link(path, root)
                elif stat.S_ISDIR(mode):
                    waiting += self._inside(path)
                else:
                    self._take_file(path, mode)
            except OSError as error:
                self._refuse(path, error)

    def _inside(self, folder: Path) -> list[Path]:
        """What lies in ``folder``, last first, for a stack."""
        self._check()
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208 - as the system spells them
        return [folder / name for name in reversed(names)]

    def _take_file(self, path: Path, mode: int) -> None:
        if not stat.S_ISREG(mode):
            self.problems[_speakable(path)] = "not_a_file"
        elif _speakable(path) != str(path):
            # Its name is not text, and what is not text cannot cross the wire.
            self.problems[_speakable(path)] = "odd_name"
        else:
            self.files[str(path)] = None

    def _refuse_link(self, link: Path, root: Path) -> None:
        target = link.resolve(strict=True)
        if not target.is_relative_to(root.resolve()):
            self.problems[_speakable(link)] = "not_a_file"

    def _refuse(self, path: Path, error: OSError | ValueError) -> None:
        known = error if isinstance(error, OSError) else OSError(0, str(error))
        self.problems[_speakable(path)] = read_problem(known, str(path)).reason.code


def _speakable(path: Path) -> str:
    """The path with a replacement sign for each byte of it that is no text."""
    return os.fsencode(path).decode("utf-8", "replace")
