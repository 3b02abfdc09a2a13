"""Writing files so that a crash leaves the old one or the new one, and what a disk refuses."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workspaces.core.reasons import Problem

FULL = (errno.ENOSPC, errno.EDQUOT)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def disk_problems(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses at ``path`` into a Problem."""
    try:
        yield
    except OSError as error:
        raise problem_of(error, path) from error


def problem_of(error: OSError, path: Path) -> Problem:
    """The known error behind ``error``: full disk, no rights, or a failing disk."""
    if error.errno in FULL:
        return Problem("disk_full")
    if error.errno in FORBIDDEN:
        return Problem("home_unwritable", name=path)
    return Problem("disk_failed", name=path, details=error.strerror or error)


def write_whole(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``: whole or not at all, also through a power cut."""
    part = path.with_name(path.name + ".part")
    with disk_problems(path):
        try:
            with part.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
            sync_folder(path.parent)
        except OSError:
            part.unlink(missing_ok=True)
            raise


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in ``folder`` durable, where the platform can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
