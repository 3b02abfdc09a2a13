"""The parts of a document that is a ZIP file, inflated within limits and never written to disk.

The names of parts are only looked up: none becomes a path.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Self
from urllib.parse import unquote

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.markup import Element, parse_xml
from workspaces.worker.adapters.xml_stream import Handler, XmlDamaged, stream_xml
from workspaces.worker.zips import DAMAGED, open_zip

_MEGABYTE = 1024 * 1024
TEXT_LIMIT = 64 * _MEGABYTE
"""Bytes inflated of one document that are held at once, all parts together; a book of 900 pages
has 10 MB."""
STREAM_LIMIT = 1024 * _MEGABYTE
"""Bytes inflated of one document that only pass through; 200 000 rows of 20 cells have 200 MB."""
_TAGS = 4_000_000
"""Marks of an XML part that becomes a tree: an element takes about 100 bytes, its markup 4."""
_CHUNK = 256 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others are never used in documents, and may ask for gigabytes to be unpacked."""


@dataclass(slots=True)
class Budget:
    """How many bytes may still be inflated; shared by a document and those inside it."""

    held: int = TEXT_LIMIT
    streamed: int = STREAM_LIMIT


class ZipParts:
    """A document open for reading; to be used in a ``with``. Opening it raises a Problem
    (``corrupt``) where it is no sound ZIP file."""

    def __init__(self, source: Path | BinaryIO, name: str, budget: Budget | None = None) -> None:
        self.name = name
        self.budget = budget or Budget()
        self._streams: list[IO[bytes]] = []
        """Those that were opened: one that is not read to its end keeps the file open."""
        try:
            self._archive = open_zip(source)
        except DAMAGED as error:
            raise Problem("corrupt", name=name) from error
        self._members = {part_key(member.filename): member for member in self._archive.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for stream in self._streams:
            stream.close()
        self._archive.close()

    def holds(self, part: str) -> bool:
        """Whether there is a part of this name."""
        return part_key(part) in self._members

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, or None where it is absent or damaged. What the directory says of
        its size is not relied upon."""
        member = self._member(part)
        if member is None:
            return None
        try:
            with self._opened(member) as stream:
                data = stream.read(self.budget.held + 1)
        except DAMAGED:
            return None
        self.budget.held -= len(data)
        if self.budget.held < 0:
            raise self.too_large(TEXT_LIMIT)
        return data

    def xml(self, part: str) -> Element | None:
        """The tree of an XML part, or None where it is absent, damaged or a trap."""
        data = self.read(part)
        if data is not None and data.count(b"<") > _TAGS:
            raise self.too_large(TEXT_LIMIT)
        return None if data is None else parse_xml(data)

    def pass_through(self, part: str, handler: Handler) -> Iterator[None]:
        """Give ``handler`` the XML of a part that is too large for a tree; comes back after each
        piece. Raises a Problem (``corrupt``) where it is absent, damaged or a trap."""
        try:
            yield from stream_xml(self._stream(part), handler)
        except XmlDamaged as error:
            raise Problem("corrupt", name=self.name) from error

    def _stream(self, part: str) -> Iterator[bytes]:
        member = self._member(part)
        if member is None:
            raise Problem("corrupt", name=self.name)
        try:
            stream = self._opened(member)
            self._streams.append(stream)
            while data := stream.read(_CHUNK):
                self.budget.streamed -= len(data)
                if self.budget.streamed < 0:
                    raise self.too_large(STREAM_LIMIT)
                yield data
        except DAMAGED as error:
            raise Problem("corrupt", name=self.name) from error

    def _opened(self, member: zipfile.ZipInfo) -> IO[bytes]:
        """The contents of a part. Opening or reading it raises one of
        :data:`~workspaces.worker.zips.DAMAGED`."""
        return self._archive.open(member)

    def too_large(self, limit: int) -> Problem:
        """The document holds more than ``limit`` bytes."""
        return Problem("unpacks_too_large", name=self.name, limit=limit // _MEGABYTE)

    def _member(self, part: str) -> zipfile.ZipInfo | None:
        member = self._members.get(part_key(part))
        if member is None or member.compress_type not in _METHODS:
            return None
        if member.flag_bits & 1:
            raise Problem("encrypted", name=self.name)
        return member


def part_key(part: str) -> str:
    """How a part is looked up: writers differ in case, slashes and a leading one."""
    return part.replace("\\", "/").lstrip("/").lower()


def resolved(part: str, target: str) -> str:
    """The part that ``target``, a relative address in ``part``, means; without its fragment."""
    plain = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), plain)).lstrip("/")
