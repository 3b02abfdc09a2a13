"""Files that are written whole or not at all, and what the disk's refusals mean to a person."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from workspaces.core.reasons import Problem

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn what the system refuses while ``name`` is read into a Problem."""
    try:
        yield
    except OSError as error:
        raise read_problem(error, name) from error


def read_problem(error: OSError, name: str) -> Problem:
    """Why the file that the person calls ``name`` could not be read."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Problem("missing", name=name)
    if error.errno in _FORBIDDEN:
        return Problem("no_rights", name=name)
    return Problem("read_failed", name=name, details=error.strerror or error)


@contextmanager
def writing(target: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become ``target``, durably, when the block ends without an exception;
    otherwise nothing of it stays. What is read inside the block must be inside :func:`reading`."""
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        _forget(part)
        raise write_problem(error, target) from error
    except BaseException:  # also a cancel: half a copy must not stay behind
        _forget(part)
        raise


def keep(part: Path, target: Path) -> None:
    """Make the file ``part``, whose bytes are on the disk, ``target``. Raises Problem."""
    try:
        part.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise write_problem(error, target) from error


def write_problem(error: OSError, target: Path) -> Problem:
    """Why ``target`` could not be written."""
    if error.errno in _FULL:
        return Problem("disk_full")
    if error.errno in (*_FORBIDDEN, errno.EROFS):
        return Problem("home_unwritable", name=target.parent)
    return Problem("disk_failed", name=target, details=error.strerror or error)


def _forget(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the folder is gone or read-only: then nothing of ours is there either


def _sync_folder(folder: Path) -> None:
    """Make the new name in ``folder`` survive a power cut, where the platform can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
