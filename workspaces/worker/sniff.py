"""What a file is, by its content: its first bytes, then what its container holds, then its text.

The name decides only where content cannot: Markdown is text whose name says so, and junk whose
name says PDF or DOCX is called damaged instead of foreign.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from workspaces.core.reasons import Problem
from workspaces.worker.containers import kind_in_ole, kind_in_zip
from workspaces.worker.magic import refusal
from workspaces.worker.text_kinds import kind_of_text

HEAD = 64 * 1024
_DISK_IMAGE = (b"koly", 512)
"""How the last block of an Apple disk image begins, and its length."""
_OFFICE = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")
_PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*%(?:PDF-|[\x80-\xff]+\s+\d+ \d+ obj\b)")

Decode = Callable[[bytes], str | None]


def sniff(stream: BinaryIO, name: str, decode: Decode) -> str:
    """The kind (a key of ``FORMATS``) of the file open as ``stream``.

    ``decode`` turns bytes into text, or None where they are none. Raises Problem with the reason
    why a file of this kind is not taken. The position of the stream is left anywhere.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if _is_pdf(head):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return kind_in_zip(stream, name)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return kind_in_ole(stream, name)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if known := refusal(head):
        raise Problem(known[0], name=name, kind=known[1])
    if _is_disk_image(stream):
        raise Problem("archive", name=name)
    text = decode(head)
    if text is None:
        is_damaged = PurePath(name).suffix.lower() in _OFFICE
        raise Problem("corrupt" if is_damaged else "binary", name=name)
    return kind_of_text(text, name)


def _is_pdf(head: bytes) -> bool:
    """PDF may follow on junk, but a text that only speaks of ``%PDF-`` is a text."""
    return bool(_PDF.match(head)) or (b"%PDF-" in head[:1024] and b"\0" in head)


def _is_disk_image(stream: BinaryIO) -> bool:
    mark, length = _DISK_IMAGE
    size = stream.seek(0, 2)
    stream.seek(max(0, size - length))
    return stream.read(len(mark)) == mark and size > HEAD
