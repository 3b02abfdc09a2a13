"""The reader: opens the person's files, trusts none of them, owns nothing."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from workspaces.core.ports import DocumentReader, Reading
from workspaces.core.ranges import ranges
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import Place
from workspaces.protocol.messages import (
    Admit,
    Admitted,
    Extract,
    Extracted,
    Locate,
    Located,
    RequestBody,
    ResultBody,
    Step,
    Walk,
)
from workspaces.worker.durable import reading, writing
from workspaces.worker.formats import FORMATS, reader_of
from workspaces.worker.role import Talk
from workspaces.worker.sniff import sniff
from workspaces.worker.tidy import tidy
from workspaces.worker.walk import walk

_MEGABYTE = 1024 * 1024
_CHUNK = _MEGABYTE
_TITLE = 500
"""Characters of a title that are kept in the address of a place."""
_DECODER = "workspaces.worker.adapters.decoding"
_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How to open what may have become a pipe: opening one waits for its other end."""


class Reader:
    """The role ``reader``: lists, admits and extracts."""

    def __init__(self) -> None:
        self._readers: dict[str, DocumentReader] = {}

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        match body:
            case Walk():
                return walk(body, talk.check)
            case Admit():
                return self._admit(body, talk)
            case Extract():
                return self._extract(body, talk)
            case Locate():
                return self._locate(body, talk)
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
            found = reader.read(Path(body.original), body.name, report, body.passwords)
        places, characters = _write(found.places, Path(body.target))
        if places == 0:
            Path(body.target).unlink()
            raise _nothing_in(found, body.name)
        return Extracted(places, characters, found.pages, _warnings(found, body.name))

    def _locate(self, body: Locate, talk: Talk) -> Located:
        talk.loading("reader for pdf")
        from workspaces.worker.adapters.pdf_pages import PdfPagesReader

        with reading(body.name):
            return PdfPagesReader().locate(
                Path(body.original), body.name, body.page, body.start, body.end, body.passwords
            )

    def _reader(self, kind: str, name: str, talk: Talk) -> DocumentReader:
        if kind not in FORMATS:
            raise Problem("unsupported", name=name, kind=kind)
        if kind not in self._readers:
            talk.loading(f"reader for {kind}")
            self._readers[kind] = reader_of(kind)
        return self._readers[kind]


def _write(places: Iterable[Place], target: Path) -> tuple[int, int]:
    """Write the places that have text, one a line; how many those are, and their characters."""
    encoder = msgspec.json.Encoder()
    written = characters = 0
    with writing(target) as stream:
        for place in map(_tidied, places):  # one at a time: a second copy of all would be large
            if place.text.strip():
                stream.write(encoder.encode(place) + b"\n")
                written += 1
                characters += len(place.text)
    return written, characters


def _opened(source: Path, limit: int) -> BinaryIO:
    """The file open for reading, once it is sure that it is one and of a bearable size."""
    with reading(str(source)):
        _check(source, _facts(source), limit)  # before it is opened: a device may act on that
        stream = os.fdopen(os.open(source, _WITHOUT_WAITING), "rb")
        try:
            _check(source, os.fstat(stream.fileno()), limit)  # another file may be there by now
        except Problem:
            stream.close()
            raise
        return stream


def _facts(source: Path) -> os.stat_result:
    try:
        return source.stat()
    except ValueError as error:  # a path that no file can have
        raise Problem("missing", name=source) from error


def _check(source: Path, facts: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise Problem("not_a_file", name=source)
    if facts.st_size > limit:
        raise _too_large(source, limit)
    if facts.st_size == 0:
        raise Problem("empty", name=source.name)


def _copy(stream: BinaryIO, body: Admit, kind: str, talk: Talk) -> Admitted:
    """Our copy of the file, and its hash; the limit holds also for a file that is growing."""
    digest = hashlib.sha256()
    size = 0
    # Before the copy: what is written meanwhile makes the file look changed, and is read again.
    modified = os.fstat(stream.fileno()).st_mtime_ns
    with writing(Path(body.target)) as copy:
        while chunk := _next_chunk(stream, body.source):
            talk.check()
            size += len(chunk)
            if size > body.limit:
                raise _too_large(Path(body.source), body.limit)
            digest.update(chunk)
            copy.write(chunk)
    return Admitted(kind, digest.hexdigest(), size, modified)


def _next_chunk(stream: BinaryIO, name: str) -> bytes:
    with reading(name):
        return stream.read(_CHUNK)


def _too_large(source: Path, limit: int) -> Problem:
    return Problem("too_large", name=source.name, limit=max(1, limit // _MEGABYTE))


def _decoder(talk: Talk) -> Callable[[bytes], str | None]:
    """The text of bytes, by a library that is loaded when a file is none of the known formats."""

    def decode(data: bytes) -> str | None:
        if _DECODER not in sys.modules:
            talk.loading("text decoder")
        from workspaces.worker.adapters import decoding

        return decoding.decode(data)

    return decode


def _tidied(place: Place) -> Place:
    # A title is written with each of its places: one of a megabyte would become many.
    heading = tuple(" ".join(tidy(title).split())[:_TITLE] for title in place.heading)
    return replace(place, text=tidy(place.text), heading=heading)


def _nothing_in(found: Reading, name: str) -> Problem:
    if found.pages is None:
        return Problem("empty", name=name)
    return Problem("no_text", name=name, pages=found.pages, silent=found.pages)


def _warnings(found: Reading, name: str) -> list[Reason]:
    """What the document could not give, pages without text first."""
    if not found.silent_pages:
        return found.warnings
    details = {
        "name": name,
        "silent": str(len(found.silent_pages)),
        "pages": str(found.pages),
        "numbers": ranges(found.silent_pages),
    }
    return [Reason("silent_pages", details), *found.warnings]
