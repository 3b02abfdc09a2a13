"""Reads XML: the text of its elements without the tags, every line where it was.

Expat parses a stream, so that neither a large file nor a deep one needs memory; it fetches nothing,
and with a default handler set it expands no entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.parsers import expat

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Reason
from workspaces.worker.adapters.plain_text import paragraphs
from workspaces.worker.adapters.text_file import Line, TextFile
from workspaces.worker.outline import Block, places

_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""")
_TITLES = frozenset(("title", "head", "heading"))
_SECTION_NAMES = (
    "article appendix body book chapter concept div glossary part preface reference sect1 sect2 "
    "sect3 sect4 sect5 section simplesect subsection task topic"
)
_SECTIONS = frozenset(_SECTION_NAMES.split())
_SPACES = re.compile(r"[ \t]+")
_FED = 256 * 1024
"""Characters that the parser is given at once."""
_LONGEST_TAG = 4 * 1024 * 1024
"""Bytes of a tag or comment."""
_DEEPEST = 10_000
"""Elements inside elements."""
_LONG = 64 * 1024
"""Characters of a line that are kept before they are given on."""


class _Trap(ValueError):
    """A tag or comment goes on and on, so that the parser would read it from its beginning again
    and again; or elements are nested without end."""


class XmlReader:
    """:class:`~workspaces.core.ports.DocumentReader` of XML. What is malformed, or has all it says
    in attributes, is read with its tags."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        file = TextFile(path, name, report, _DECLARED)
        damage: list[Reason] = []
        try:
            found = places(_blocks(_pieces(file.lines())))
        except (expat.ExpatError, _Trap):
            damage = [Reason("repaired", {"name": name})]
            found = []
        if not found:
            file = TextFile(path, name, report, _DECLARED)
            found = places(paragraphs(file.lines()))
        return Reading(found, warnings=[*damage, *file.warnings()])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line or a part of one; a heading has its level and title."""

    number: int
    text: str
    level: int | None = None


def _pieces(lines: Iterable[Line]) -> Iterator[_Piece]:
    text = _Text()
    waiting: list[str] = []
    size = 0
    for _number, part in lines:
        waiting.append(part)
        size += len(part)
        if size > _FED:
            text.feed("".join(waiting))
            waiting, size = [], 0
            yield from text.taken()
    text.feed("".join(waiting))
    text.close()
    yield from text.taken()


def _blocks(pieces: Iterable[_Piece]) -> Iterator[Block]:
    for level, run in groupby(pieces, key=lambda piece: piece.level):
        if level is None:
            yield from paragraphs((piece.number, piece.text) for piece in run)
        else:
            yield from (
                Block(piece.text, piece.number, level, " ".join(piece.text.split()))
                for piece in run
            )


@dataclass(slots=True)
class _Open:
    """An open element: its name without a prefix, and whether text stands in it directly; then
    what it holds are words of a sentence, else values beside each other."""

    name: str
    has_text: bool = False


class _Text:
    """Follows the parser and collects what stands on each line of the original."""

    def __init__(self) -> None:
        self._ready: list[_Piece] = []
        self._said: list[str] = []
        self._size = 0
        self._fed = 0
        self._number = 1
        self._open: list[_Open] = []
        self._title: int | None = None
        """How many elements were open when the title that is being read began."""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._starts
        self._parser.EndElementHandler = self._ends
        self._parser.CharacterDataHandler = self._says
        self._parser.DefaultHandler = self._skips

    def feed(self, part: str) -> None:
        """Read on. Raises ExpatError where the XML is malformed, and _Trap."""
        self._parser.Parse(part, False)
        self._fed += len(part.encode())
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise _Trap

    def close(self) -> None:
        self._parser.Parse("", True)
        self._give()

    def taken(self) -> list[_Piece]:
        """The pieces that have become ready since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def _starts(self, name: str, attributes: dict[str, str]) -> None:
        self._part_from_neighbour()
        bare = name.rpartition(":")[2].lower()
        above = self._open[-1].name if self._open else ""
        if bare in _TITLES and above in _SECTIONS and self._title is None:
            self._go_to(self._parser.CurrentLineNumber)
            self._give()
            self._title = len(self._open)
        self._open.append(_Open(bare))
        if len(self._open) > _DEEPEST:
            raise _Trap

    def _ends(self, name: str) -> None:
        self._open.pop()
        if self._title == len(self._open):
            self._title = None
            self._give(level=sum(each.name in _SECTIONS for each in self._open))
        self._part_from_neighbour()

    def _says(self, text: str) -> None:
        self._go_to(self._parser.CurrentLineNumber)
        if self._open and text.strip():
            self._open[-1].has_text = True
        self._say(text)

    def _skips(self, markup: str) -> None:
        """Comments, instructions and declarations; an entity stays as it is written."""
        if markup.startswith("&") and self._open:
            self._says(markup)

    def _part_from_neighbour(self) -> None:
        if self._said and not (self._open and self._open[-1].has_text):
            self._said.append(" ")

    def _go_to(self, number: int) -> None:
        """Come to line ``number`` of the original: tags and comments may reach over lines."""
        if number > self._number:
            self._say("\n" * (number - self._number))

    def _say(self, text: str) -> None:
        *lines, last = text.split("\n")
        for line in lines:
            self._said.append(f"{line}\n")
            self._give()
            self._number += 1
        self._said.append(last)
        self._size += len(last)
        if self._size > _LONG:
            self._give()

    def _give(self, level: int | None = None) -> None:
        text = "".join(self._said)
        self._said, self._size = [], 0
        if text:
            self._ready.append(_Piece(self._number, _spaced(text, level is not None), level))


def _spaced(text: str, is_title: bool) -> str:
    """A line without the spaces that only tags stood between."""
    line = _SPACES.sub(" ", text).lstrip(" ")
    if line.endswith("\n"):
        return line.rstrip(" \n") + "\n"
    return f"{line} " if is_title else line
