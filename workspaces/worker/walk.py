"""Lists the files of what a person dropped: folders in full, nothing outside of them."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from workspaces.core.noise import is_hidden, is_noise
from workspaces.protocol.messages import Listed, Walk, Walked
from workspaces.worker.durable import read_problem

Ignored = Callable[[str], bool]
"""Whether a path, relative to the folder named, is left out; a folder's ends with a slash."""


def walk(body: Walk, check: Callable[[], None]) -> Walked:
    """The regular files at and under ``paths``, each once, folders in the order of their names.

    Hidden files and noise are left out inside folders. Links inside folders are not followed:
    what they point to in the same folder is listed anyway, what is elsewhere was not given to us.
    ``check`` is called for every folder and may raise.
    """
    listing = _Listing(check, body.subfolders, _ignored(body.ignore))
    for path in body.paths:
        listing.take(Path(path))
    return Walked(list(listing.files.values()), list(listing.problems.items()))


class _Listing:
    def __init__(self, check: Callable[[], None], subfolders: bool, ignored: Ignored) -> None:
        self._check = check
        self._subfolders = subfolders
        self._ignored = ignored
        self.files: dict[str, Listed] = {}
        self.problems: dict[str, str] = {}

    def take(self, path: Path) -> None:
        """List a path the person named: hidden or a link, it is meant."""
        try:
            facts = path.stat()
        except (OSError, ValueError) as error:
            self._refuse(path, error)
            return
        if stat.S_ISDIR(facts.st_mode):
            self._take_tree(path)
        else:
            self._take_file(path, facts)

    def _take_tree(self, root: Path) -> None:
        waiting = [root]  # not recursive: a tree may be deeper than Python's stack
        while waiting:
            path = waiting.pop()
            try:
                if path == root:
                    waiting += self._inside(path)
                else:
                    waiting += self._take_entry(path, root)
            except OSError as error:
                self._refuse(path, error)

    def _take_entry(self, path: Path, root: Path) -> list[Path]:
        """Take what lies at ``path`` inside ``root``; of a folder, give what lies in that."""
        facts = path.lstat()
        relative = _speakable(path.relative_to(root))
        if stat.S_ISDIR(facts.st_mode):
            wanted = self._subfolders and not self._ignored(relative + "/")
            return self._inside(path) if wanted else []
        if is_noise(path.name) or self._ignored(relative):
            return []
        if stat.S_ISLNK(facts.st_mode):
            self._refuse_link(path, root)
        else:
            self._take_file(path, facts)
        return []

    def _inside(self, folder: Path) -> list[Path]:
        """What lies in ``folder``, last first, for a stack."""
        self._check()
        names = sorted(name for name in os.listdir(folder) if not is_hidden(name))  # noqa: PTH208 - as the system spells them
        return [folder / name for name in reversed(names)]

    def _take_file(self, path: Path, facts: os.stat_result) -> None:
        if not stat.S_ISREG(facts.st_mode):
            self.problems[_speakable(path)] = "not_a_file"
        elif _speakable(path) != str(path):
            # Its name is not text, and what is not text cannot cross the wire.
            self.problems[_speakable(path)] = "odd_name"
        else:
            self.files[str(path)] = Listed(str(path), facts.st_size, facts.st_mtime_ns)

    def _refuse_link(self, link: Path, root: Path) -> None:
        try:
            target = link.resolve(strict=True)
        except RuntimeError:  # what Python before 3.13 makes of links that lead in a circle
            self.problems[_speakable(link)] = "not_a_file"
            return
        if not target.is_relative_to(root.resolve()):
            self.problems[_speakable(link)] = "not_a_file"

    def _refuse(self, path: Path, error: OSError | ValueError) -> None:
        known = error if isinstance(error, OSError) else OSError(0, str(error))
        is_circle = known.errno == errno.ELOOP  # of links
        code = "not_a_file" if is_circle else read_problem(known, str(path)).reason.code
        self.problems[_speakable(path)] = code


def _ignored(patterns: Sequence[str]) -> Ignored:
    if not patterns:
        return lambda _: False
    from pathspec import GitIgnoreSpec  # takes a fifth of a second: only for who has patterns

    return GitIgnoreSpec.from_lines(filter(_is_pattern, patterns)).match_file


def _is_pattern(pattern: str) -> bool:
    """Whether git would take ``pattern``; one that it would not matches nothing."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except (ValueError, re.error):
        return False
    return True


def _speakable(path: Path) -> str:
    """The path with a replacement sign for each byte of it that is no text."""
    return os.fsencode(path).decode("utf-8", "replace")
