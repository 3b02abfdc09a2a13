"""What LanceDB's errors mean to a person."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workspaces.core.reasons import Problem

_WINDOWS_DISK_FULL = 112
_FULL = (errno.ENOSPC, errno.EDQUOT, _WINDOWS_DISK_FULL)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_WINDOWS_IN_USE = (32, 33)
_PASSING = (errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EBUSY, *_WINDOWS_IN_USE)
"""What says nothing about the files themselves: nothing is thrown away for it."""

WHOLE = ""
"""The ``table`` of a Problem ``index_damaged`` that no single table is to blame for."""


@contextmanager
def index_problems(folder: Path, table: str) -> Iterator[None]:
    """Turn what LanceDB raises inside the block, which works on ``table`` of the index in
    ``folder``, into Problem ``disk_full``, ``home_unwritable``, ``disk_failed`` or, where files
    are missing, cut or garbled, ``index_damaged`` (:func:`damaged`)."""
    try:
        yield
    except Problem:
        raise
    except Exception as error:
        if not _is_of_files(error):
            raise
        number = _number(error)
        if number in _FULL:
            raise Problem("disk_full") from error
        if number in _FORBIDDEN:
            raise Problem("home_unwritable", name=folder) from error
        if number in _PASSING:
            raise Problem("disk_failed", name=folder, details=os.strerror(number)) from error
        reason = str(error).split(", /", 1)[0]  # without the place in LanceDB's source
        raise damaged(table, reason) from error


def damaged(table: str, reason: str) -> Problem:
    """Problem ``index_damaged``. Its detail ``table`` names what has to be built again: "words",
    a space, or :data:`WHOLE`."""
    return Problem("index_damaged", details=f"{table or 'index'}: {reason}", table=table)


def _is_of_files(error: Exception) -> bool:
    """LanceDB panics on some garbled files, with a class that can be known by its name only."""
    panicked = type(error).__name__ == "RustPanic"
    return panicked or isinstance(error, (RuntimeError, ValueError, OSError))


def _number(error: Exception) -> int | None:
    """The system's error number: LanceDB gives it as a part of its text only."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    found = re.search(r"\(os error (\d+)\)", str(error))
    return int(found[1]) if found else None
