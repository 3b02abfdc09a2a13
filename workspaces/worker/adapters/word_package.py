"""The parts of a DOCX file that hold text, inflated within limits.

Not python-docx: it inflates every part before one can look at it (a bomb of 1 MB takes 400 MB and
half a minute), refuses macro-enabled and strict files, and its texts leave out tracked insertions,
text boxes, footnotes and fields.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.markup import Element, attribute, local_name, parse_xml

TEXT_LIMIT = 64 * 1024 * 1024
"""Bytes of XML inflated of one document, all parts together; a book of 900 pages has 10."""

_MAIN = re.compile(r"(?:wordprocessingml|ms-word)\.(?:document|template)\w*(?:\.\w+)?\.main\+xml$")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, NotImplementedError)


class WordPackage:
    """A DOCX file open for reading."""

    def __init__(self, path: Path, name: str) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(path)
        except _DAMAGED as error:
            raise Problem("corrupt", name=name) from error
        self._left = TEXT_LIMIT
        self._members = {
            member.filename.replace("\\", "/").lstrip("/").lower(): member
            for member in self._archive.infolist()
        }
        self._types = self._content_types()

    def close(self) -> None:
        self._archive.close()

    def main(self) -> Element:
        """The body of the document; a Problem when there is none."""
        part = next((part for part, kind in self._types if _MAIN.search(kind)), "word/document.xml")
        root = self._parse(part)
        if root is None:
            raise Problem("corrupt", name=self._name)
        return root

    def parts(self, kind: str) -> list[Element]:
        """The other parts of a kind (``styles``, ``footnotes``, ``header`` …); damaged ones are
        left out, because the document can be read without them."""
        suffix = f".{kind}+xml"
        found = [self._parse(part) for part, known in self._types if known.endswith(suffix)]
        return [root for root in found if root is not None]

    def _content_types(self) -> list[tuple[str, str]]:
        """The parts that the package lists by name, with their content types."""
        root = self._parse("[Content_Types].xml")
        overrides = [] if root is None else [e for e in root if local_name(e) == "Override"]
        return [
            ((attribute(e, "PartName") or "").lstrip("/"), attribute(e, "ContentType") or "")
            for e in overrides
        ]

    def _parse(self, part: str) -> Element | None:
        data = self._inflate(part)
        return None if data is None else parse_xml(data)

    def _inflate(self, part: str) -> bytes | None:
        """The bytes of a part; what the directory says of its size is not relied upon."""
        member = self._members.get(part.lower())
        if member is None:
            return None
        if member.flag_bits & 1:
            raise Problem("encrypted", name=self._name)
        try:
            with self._archive.open(member) as stream:
                data = stream.read(self._left + 1)
        except _DAMAGED:
            return None
        self._left -= len(data)
        if self._left < 0:
            limit = TEXT_LIMIT // (1024 * 1024)
            raise Problem("unpacks_too_large", name=self._name, limit=limit)
        return data
