"""The reader: opens the person's files, trusts none of them, owns nothing."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from workspaces.core.ports import DocumentReader, Reading
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import (
    Admit,
    Admitted,
    Extract,
    Extracted,
    RequestBody,
    ResultBody,
    Step,
    Walk,
)
from workspaces.worker.durable import reading, writing
from workspaces.worker.role import Talk
from workspaces.worker.sniff import sniff
from workspaces.worker.tidy import tidy
from workspaces.worker.walk import walk

_MEGABYTE = 1024 * 1024
_CHUNK = _MEGABYTE


def _plain_text() -> DocumentReader:
    from workspaces.worker.adapters.plain_text import PlainTextReader

    return PlainTextReader()


def _markdown() -> DocumentReader:
    from workspaces.worker.adapters.markdown_text import MarkdownReader

    return MarkdownReader()


def _html() -> DocumentReader:
    from workspaces.worker.adapters.html_page import HtmlReader

    return HtmlReader()


def _pdf() -> DocumentReader:
    from workspaces.worker.adapters.pdf_pages import PdfPagesReader

    return PdfPagesReader()


def _docx() -> DocumentReader:
    from workspaces.worker.adapters.word_file import WordReader

    return WordReader()


_ADAPTERS: dict[str, Callable[[], DocumentReader]] = {
    "text": _plain_text,
    "markdown": _markdown,
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
}


class Reader:
    """The role ``reader``: lists, admits and extracts."""

    def __init__(self) -> None:
        self._readers: dict[str, DocumentReader] = {}

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        match body:
            case Walk(paths):
                return walk(paths, talk.check)
            case Admit():
                return self._admit(body, talk)
            case Extract():
                return self._extract(body, talk)
            case _:
                raise TypeError(f"the reader does not do {type(body).__name__}")

    def _admit(self, body: Admit, talk: Talk) -> Admitted:
        source = Path(body.source)
        with _opened(source, body.limit) as stream:
            with reading(body.source):
                kind = sniff(stream, source.name, _decoder(talk))
                stream.seek(0)
            return _copy(stream, body, kind, talk)

    def _extract(self, body: Extract, talk: Talk) -> Extracted:
        def report(done: int, total: int) -> None:
            talk.check()
            talk.progress(Step(done, total))

        reader = self._reader(body.kind, body.name, talk)
        with reading(body.name):
            found = reader.read(Path(body.original), body.name, report)
        places = [place for place in map(_tidied, found.places) if place.text.strip()]
        if not places:
            raise _nothing_in(found, body.name)
        encoder = msgspec.json.Encoder()
        with writing(Path(body.target)) as stream:
            for place in places:
                stream.write(encoder.encode(place) + b"\n")
        characters = sum(len(place.text) for place in places)
        return Extracted(len(places), characters, found.pages, found.silent_pages)

    def _reader(self, kind: str, name: str, talk: Talk) -> DocumentReader:
        if kind not in _ADAPTERS:
            raise Problem("unsupported", name=name, kind=kind)
        if kind not in self._readers:
            talk.loading(f"reader for {kind}")
            self._readers[kind] = _ADAPTERS[kind]()
        return self._readers[kind]


def _opened(source: Path, limit: int) -> BinaryIO:
    """The file open for reading, once it is sure that it is one and of a bearable size."""
    with reading(str(source)):
        facts = source.stat()  # before it is opened: opening a pipe waits, a device may act
        if not stat.S_ISREG(facts.st_mode):
            raise Problem("not_a_file", name=source)
        if facts.st_size > limit:
            raise _too_large(source, limit)
        if facts.st_size == 0:
            raise Problem("empty", name=source.name)
        return source.open("rb")


def _copy(stream: BinaryIO, body: Admit, kind: str, talk: Talk) -> Admitted:
    """Our copy of the file, and its hash; the limit holds also for a file that is growing."""
    digest = hashlib.sha256()
    size = 0
    with writing(Path(body.target)) as copy:
        while chunk := _next_chunk(stream, body.source):
            talk.check()
            size += len(chunk)
            if size > body.limit:
                raise _too_large(Path(body.source), body.limit)
            digest.update(chunk)
            copy.write(chunk)
    return Admitted(kind, digest.hexdigest(), size)


def _next_chunk(stream: BinaryIO, name: str) -> bytes:
    with reading(name):
        return stream.read(_CHUNK)


def _too_large(source: Path, limit: int) -> Problem:
    return Problem("too_large", name=source.name, limit=max(1, limit // _MEGABYTE))


def _decoder(talk: Talk) -> Callable[[bytes], str | None]:
    """The text of bytes, by a library that is loaded when a file is none of the known formats."""

    def decode(data: bytes) -> str | None:
        talk.loading("text decoder")
        from workspaces.worker.adapters import decoding

        return decoding.decode(data)

    return decode


def _tidied(place: Place) -> Place:
    heading = tuple(" ".join(tidy(title).split()) for title in place.heading)
    return replace(place, text=tidy(place.text), heading=heading)


def _nothing_in(found: Reading, name: str) -> Problem:
    if found.pages is None:
        return Problem("empty", name=name)
    return Problem("no_text", name=name, pages=found.pages)
