"""Opens ZIP files whose directory is of a bearable size."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile raises for a file that is no sound ZIP file."""

_DIRECTORY_LIMIT = 16 * 1024 * 1024
"""Bytes of the list of members: zipfile makes an object of half a kilobyte of every 46 of them. A
book of ten thousand parts has 1 MB."""
_END = b"PK\x05\x06"
_END_SIZE = 22
_COMMENT = 65_535
_END64_BEFORE = 76
"""Where the 64-bit end record begins before the other one: 56 bytes and its locator's 20."""


def open_zip(source: Path | BinaryIO) -> zipfile.ZipFile:
    """The ZIP file at or in ``source``, which must be closed. Raises one of :data:`DAMAGED` also
    where its directory is absurdly large."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            _check_directory(stream)
    else:
        _check_directory(source)
    archive = zipfile.ZipFile(source)
    if any(member.header_offset < 0 for member in archive.infolist()):  # bytes are missing
        archive.close()
        raise zipfile.BadZipFile("its members begin before it")
    return archive


def _check_directory(stream: BinaryIO) -> None:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_SIZE - _COMMENT - _END64_BEFORE))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_END)
    if end >= 0 and _directory_size(tail, end) > _DIRECTORY_LIMIT:
        raise zipfile.BadZipFile("its directory is too large")


def _directory_size(tail: bytes, end: int) -> int:
    """Bytes of the directory, as the end record at ``end`` says."""
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    if size < 0xFFFFFFFF:
        return size
    record = max(0, end - _END64_BEFORE)
    return int.from_bytes(tail[record + 40 : record + 48], "little")
