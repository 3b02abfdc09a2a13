"""Reads mail (EML), mailboxes (mbox) and saved web pages (MHTML)."""

from __future__ import annotations

import email
import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem, Reason
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.adapters.html_page import page_blocks
from workspaces.worker.adapters.plain_text import paragraphs
from workspaces.worker.outline import Block, places

_SHOWN = ("From", "To", "Cc", "Date")
_SEPARATOR = re.compile(
    rb"(?:\A|\n)From [^\n]{0,360}\d\d:\d\d[^\n]{0,60}\d{4}[^\n]{0,60}\n(?=[!-9;-~]+:)"
)
"""The line before each message of a mailbox; without limits a very long line would take forever."""
_NESTED = 8
"""Levels of headings that a message may have; a message inside one begins below them."""
_DEEPEST = 50
"""Parts inside parts; nobody forwards a mail more often."""


class MailReader:
    """:class:`~workspaces.core.ports.DocumentReader` of mail: each message a section under its
    subject, its text or else its page; attachments are counted."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        letters = _Letters()
        with (
            path.open("rb") as stream,
            mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            try:
                found = places(letters.blocks(data, report))
            except RecursionError as error:
                raise Problem("corrupt", name=name) from error
        count = letters.attachments
        details = {"name": name, "count": str(count)}
        return Reading(found, warnings=[Reason("attachments_left_out", details)] if count else [])


@dataclass
class _Letters:
    """The blocks of messages, and how many attachments they had."""

    attachments: int = field(default=0)

    def blocks(self, data: mmap.mmap, report: ReportStep) -> Iterator[Block]:
        starts = [match.end() for match in _SEPARATOR.finditer(data)]
        if not starts or data[:5] != b"From ":
            starts = [0]
        for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
            yield from self._message(email.message_from_bytes(data[start:end]), 0)
            report(end, len(data))

    def _message(self, message: Message, depth: int) -> Iterator[Block]:
        subject = header(message, "Subject")
        level = depth * _NESTED
        yield Block(f"Subject: {subject}\n" if subject else "", level=level, title=subject)
        lines = [f"{key}: {said}\n" for key in _SHOWN if (said := header(message, key))]
        yield Block("".join(lines) + "\n")
        for block in self._body(message, depth):
            below = None if block.level is None else level + 1 + block.level
            yield replace(block, line=None, level=below)

    def _body(self, part: Message, depth: int) -> Iterator[Block]:
        kind = part.get_content_type()
        if depth > _DEEPEST or part.get_content_disposition() == "attachment":
            self.attachments += 1
        elif kind == "message/rfc822":
            for inner in _parts(part):
                yield from self._message(inner, depth + 1)
        elif part.is_multipart():
            for inner in _said_in(part, kind):
                yield from self._body(inner, depth + 1)
        else:
            yield from self._words(part, kind)

    def _words(self, part: Message, kind: str) -> Iterator[Block]:
        # A mail that was cut off says it has parts and has none: what is there are words.
        is_words = kind in ("text/plain", "text/html") or part.get_content_maintype() == "multipart"
        text = _text(part) if is_words else None
        if text is None:
            self.attachments += 1
        elif kind == "text/html":
            yield from page_blocks(text) or ()
        else:
            lines = text.split("\n")
            yield from paragraphs((number, f"{line}\n") for number, line in enumerate(lines, 1))
            yield Block("\n")


def _said_in(part: Message, kind: str) -> list[Message]:
    """The parts that say something new: of alternatives the plain one, of a page with its
    pictures the page."""
    parts = _parts(part)
    if kind == "multipart/alternative":
        plain = [p for p in parts if p.get_content_type() == "text/plain"]
        spoken = [p for p in plain if (_text(p) or "").strip()]
        return spoken[:1] or [p for p in parts if p not in plain][-1:]
    if kind == "multipart/related":
        pages = [p for p in parts if p.is_multipart() or p.get_content_maintype() == "text"]
        return pages[:1]
    return parts


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _text(part: Message) -> str | None:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    return decode(payload, part.get_content_charset()) if payload else ""


def header(message: Message, key: str) -> str:
    """A header in plain words, in one line."""
    raw = next((value for name, value in message.raw_items() if name.lower() == key.lower()), "")
    data = str(raw).encode("utf-8", "surrogateescape")
    said = decode(data) if data else ""
    try:
        parts = decode_header(said or "")
    except (ValueError, LookupError, HeaderParseError):  # damaged base64
        return " ".join((said or "").split())
    words = "".join(_word(part, charset) for part, charset in parts)
    return " ".join(words.split())


def _word(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    if charset is None:  # the plain text between encoded words, as the library hands it out
        return part.decode("raw-unicode-escape", "replace")
    return decode(part, charset) or part.decode("utf-8", "replace")
