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
_PDF_BEHIND_JUNK = re.compile(rb"%PDF-\d\.\d[ \t]*[\r\n]+(?:%[^\r\n]*[\r\n]+)*\d+ \d+ obj\b")
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")

Decode = Callable[[bytes], str | None]


def sniff(stream: BinaryIO, name: str, decode: Decode) -> str:
    """The kind (a key of ``FORMATS``) of the file open as ``stream``.

    ``decode`` turns bytes into text, or None where they are none. Raises Problem with the reason
    why a file of this kind is not taken. The position of the stream is left anywhere.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    if _is_pdf(head, name):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return kind_in_zip(stream, name)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return kind_in_ole(stream, name)
    if _RTF.match(head):
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


def _is_pdf(head: bytes, name: str) -> bool:
    """PDF may follow on junk (what a server said first), but a text that only speaks of ``%PDF-``
    is a text. Where all of it is ASCII, as in a text that shows one, the name decides."""
    if _PDF.match(head):
        return True
    at = head.find(b"%PDF-", 0, 1024)
    is_named = PurePath(name).suffix.lower() == ".pdf"
    return at >= 0 and (b"\0" in head or (is_named and bool(_PDF_BEHIND_JUNK.match(head, at))))


def _is_disk_image(stream: BinaryIO) -> bool:
    mark, length = _DISK_IMAGE
    size = stream.seek(0, 2)
    stream.seek(max(0, size - length))
    return stream.read(len(mark)) == mark and size > HEAD
