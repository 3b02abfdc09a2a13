"""A file on its way: what is there of it, and whether that is what was wanted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workspaces.core.reasons import Problem
from workspaces.worker.durable import keep, write_problem

TO_READ = 2**20
"""Bytes read at once."""

SMALL = 2**20
"""Bytes; what is there of less than this is not gone on with: some mirrors send small files with
wrong ranges."""


class PartFile:
    """What is there of ``target``, which is to have ``size`` bytes with this ``digest``. Its bytes
    lie beside it under a name with the digest's end, so that a part of another version is not
    taken for one of this. Raises Problem where the disk refuses."""

    def __init__(self, target: Path, size: int, digest: str) -> None:
        self._target = target
        self._path = target.with_name(f"{target.name}.{digest[-12:]}.part")
        self._size = size
        self._kind, _, self._wanted = digest.partition(":")
        self.have = 0
        """Bytes of it that are there."""
        self._hash = self._new_hash()

    @property
    def is_full(self) -> bool:
        """Whether all of its bytes are there, right or wrong."""
        return self.have == self._size

    @property
    def is_right(self) -> bool:
        """Whether the bytes have the digest that is wanted."""
        return self.is_full and self._hash.hexdigest() == self._wanted

    def open(self, look: Callable[[], None]) -> None:
        """Go on with what an earlier try left. ``look`` is called after each piece read."""
        with _writing(self._target):
            self._target.parent.mkdir(parents=True, exist_ok=True)
            left = self._path.stat().st_size if self._path.exists() else 0
            if left < SMALL or left > self._size:
                self._cut(0)
                return
            with self._path.open("rb") as stream:
                while piece := stream.read(TO_READ):
                    self._hash.update(piece)
                    self.have += len(piece)
                    look()

    @contextmanager
    def adding(self) -> Iterator[Callable[[bytes], None]]:
        """A way to add bytes, which are on the disk when the block ends; more than there may be
        are refused with a ValueError."""
        with _writing(self._target):
            stream = self._path.open("ab")
        try:

            def add(piece: bytes) -> None:
                if self.have + len(piece) > self._size:
                    raise ValueError(f"more than {self._size} bytes")
                with _writing(self._target):
                    stream.write(piece)
                self._hash.update(piece)
                self.have += len(piece)

            yield add
        finally:
            with _writing(self._target):
                stream.close()

    def forget_after(self, have: int) -> None:
        """Keep the first ``have`` bytes only."""
        with _writing(self._target):
            self._cut(have)

    def finish(self) -> None:
        """Give it its name, durably."""
        with _writing(self._target), self._path.open("rb") as stream:
            os.fsync(stream.fileno())
        keep(self._path, self._target)

    def _cut(self, have: int) -> None:
        self.have, self._hash = 0, self._new_hash()
        with self._path.open("ab") as stream:
            stream.truncate(have)
        with self._path.open("rb") as stream:
            while piece := stream.read(TO_READ):
                self._hash.update(piece)
                self.have += len(piece)

    def _new_hash(self) -> hashlib._Hash:
        if self._kind == "sha256":
            return hashlib.sha256()
        if self._kind == "git":  # https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
            return hashlib.sha1(b"blob %d\0" % self._size, usedforsecurity=False)
        raise Problem("download_unverifiable", name=self._target.name)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise write_problem(error, target) from error
