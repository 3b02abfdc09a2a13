"""What LanceDB's errors mean to a person."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workspaces.core.reasons import Problem

_WINDOWS_DISK_FULL = 112
_FULL = (errno.ENOSPC, errno.EDQUOT, _WINDOWS_DISK_FULL)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def index_problems(folder: Path) -> Iterator[None]:
    """Turn what LanceDB raises inside the block, which works on the index in ``folder``, into
    Problem ``disk_full``, ``home_unwritable`` or, where files are missing, cut or garbled,
    ``index_damaged``."""
    try:
        yield
    except (RuntimeError, ValueError, OSError) as error:
        number = _number(error)
        if number in _FULL:
            raise Problem("disk_full") from error
        if number in _FORBIDDEN:
            raise Problem("home_unwritable", name=folder) from error
        reason = str(error).split(", /", 1)[0]  # without the place in LanceDB's source
        raise Problem("index_damaged", details=reason) from error


def _number(error: Exception) -> int | None:
    """The system's error number: LanceDB gives it as a part of its text only."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    found = re.search(r"\(os error (\d+)\)", str(error))
    return int(found[1]) if found else None
