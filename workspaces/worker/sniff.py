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
from workspaces.worker.containers import kind_in_zip, problem_in_ole
from workspaces.worker.magic import refusal

KINDS = ("text", "markdown", "html", "pdf", "docx")
HEAD = 64 * 1024

_PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*%(?:PDF-|[\x80-\xff]+\s+\d+ \d+ obj\b)")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WORD_XML = re.compile(r'<\?mso-application\s+progid="(?:Word|Excel)\.')
_SVG = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE svg[^>]*>|\s)*<svg[\s>]", re.DOTALL)

Decode = Callable[[bytes], str | None]


def sniff(stream: BinaryIO, name: str, decode: Decode) -> str:
    """The kind (one of :data:`KINDS`) of the file open as ``stream``.

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
        raise problem_in_ole(stream, name)
    if known := refusal(head):
        raise Problem(known[0], name=name, kind=known[1])
    text = decode(head)
    if text is None:
        raise Problem("corrupt" if _suffix(name) in (".pdf", ".docx") else "binary", name=name)
    return _kind_of_text(text, name)


def _is_pdf(head: bytes) -> bool:
    """PDF may follow on junk, but a text that only speaks of ``%PDF-`` is a text."""
    return bool(_PDF.match(head)) or (b"%PDF-" in head[:1024] and b"\0" in head)


def _kind_of_text(text: str, name: str) -> str:
    if _SVG.match(text):
        raise Problem("image", name=name)
    if _WORD_XML.search(text[:1024]):
        raise Problem("legacy_office", name=name)
    suffix = _suffix(name)
    if _HTML.match(text) or (suffix in (".html", ".htm", ".xhtml") and _TAG.search(text)):
        return "html"
    return "markdown" if suffix in (".md", ".markdown") else "text"


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower()
