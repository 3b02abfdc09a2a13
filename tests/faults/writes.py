"""The N-th change to the files below a folder fails, in whichever process of a tree it happens.

The work is done by ``failing_writes.c``, which the system's compiler makes into a library that is
preloaded. Linux only.
"""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("failing_writes.c")

_CONTROL = struct.Struct("=QQIIQ64s960s")
"""``struct control`` of the C file."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The first change that failed: the C function, its file, and how many failed in all."""

    function: str
    path: str
    times: int


class WriteFaults:
    """Counts the changes below ``root`` made by processes started with :meth:`environment`, and
    makes one of them fail. ``control`` and ``journal`` lie outside of ``root``."""

    def __init__(self, library: Path, root: Path, control: Path) -> None:
        self._library = library
        self._root = root.resolve()
        self._control = control
        self._journal = control.with_suffix(".journal")
        control.write_bytes(bytes(_CONTROL.size))

    def environment(self, journal: bool = False) -> dict[str, str]:
        """What the first process of the tree is started with; its children inherit it."""
        said = {
            "LD_PRELOAD": str(self._library),
            "FAULT_ROOT": str(self._root),
            "FAULT_CONTROL": str(self._control),
        }
        return {**os.environ, **said} | ({"FAULT_JOURNAL": str(self._journal)} if journal else {})

    def arm(self, at: int, number: int, from_then_on: bool = False) -> None:
        """Begin to count anew; change ``at`` (from 1) fails with errno ``number``, and with
        ``from_then_on`` each one after it. None fails where ``at`` is 0."""
        with self._control.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
            mapped[: _CONTROL.size] = _CONTROL.pack(0, at, number, from_then_on, 0, b"", b"")

    @property
    def count(self) -> int:
        """Changes since :meth:`arm`."""
        return int(self._fields()[0])

    @property
    def failed(self) -> Failed | None:
        """What failed, if anything has."""
        times, function, path = self._fields()[4:]
        if not times:
            return None
        return Failed(_text(function), _text(path), times)

    @property
    def journal(self) -> list[str]:
        """Number, process, function and file of every change, where it was kept."""
        return self._journal.read_text("utf-8", "replace").splitlines()

    def _fields(self) -> tuple[int, int, int, int, int, bytes, bytes]:
        return _CONTROL.unpack(self._control.read_bytes())


def build_library(folder: Path) -> Path:
    """The library, compiled into ``folder``. Skips the test where that cannot be."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if sys.platform != "linux":
        pytest.skip("LD_PRELOAD and /proc are Linux's")
    if compiler is None:
        pytest.skip("there is no C compiler")
    library = folder / "failing_writes.so"
    command = [compiler, "-O1", "-Wall", "-Werror", "-shared", "-fPIC"]
    subprocess.run([*command, "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library


def _text(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode("utf-8", "replace")
