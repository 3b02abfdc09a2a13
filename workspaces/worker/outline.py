"""Puts the blocks of a document together to places: a place a section, long sections in parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workspaces.core.ports import ReportStep
from workspaces.core.types import Place

PLACE_LIMIT = 4000
"""Characters after which a section goes on in a new place. It ends at the end of a block; only a
block that is longer by itself is cut."""

_ENDS = (  # up to where a long block is cut, the best first; each finds the last of its kind
    re.compile(r"(?s:.*)\n"),
    re.compile(r"(?s:.*)(?:[。！？；…][”’」』）】》\"')\]]*|[.!?][\"')\]”’]*\s)"),
    re.compile(r"(?s:.*)\s"),
    re.compile(r"(?s:.*)[,;|>})\]、，]"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list item or a table row.

    ``text`` carries its own line ends, so that the text of a place is its blocks' texts in a row.
    ``title`` and ``level`` (outermost lowest) are those of a heading. ``line`` and ``row`` are the
    1-based numbers of its first line or row in the original.
    """

    text: str
    line: int | None = None
    level: int | None = None
    title: str = ""
    row: int | None = None


def places(
    blocks: Iterable[Block], limit: int = PLACE_LIMIT, heading: tuple[str, ...] = ()
) -> list[Place]:
    """The places of ``blocks``, none of them longer than ``limit`` or only white space.
    ``heading`` stands above them all."""
    return [place for place in _places(blocks, limit, heading) if place.text.strip()]


def reported(blocks: Iterable[Block], report: ReportStep) -> Iterator[Block]:
    """The blocks; every thousand of them it is said that the work goes on."""
    for number, block in enumerate(blocks, 1):
        if number % 1000 == 0:
            report(number, number)
        yield block


def _places(blocks: Iterable[Block], limit: int, above: tuple[str, ...]) -> Iterator[Place]:
    outline: list[tuple[int, str]] = []
    part: list[Block] = []
    size = 0
    for block in _cut_to(blocks, limit):
        if part and (block.level is not None or size + len(block.text) > limit):
            yield _place(part, above + _titles(outline))
            part, size = [], 0
        if block.level is not None:
            outline = [(level, title) for level, title in outline if level < block.level]
            outline.append((block.level, block.title))
        part.append(block)
        size += len(block.text)
    if part:
        yield _place(part, above + _titles(outline))


def _titles(outline: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _level, title in outline if title)


def _cut_to(blocks: Iterable[Block], limit: int) -> Iterator[Block]:
    """The blocks, those longer than ``limit`` in parts; only the first part of a heading is one."""
    for block in blocks:
        if len(block.text) <= limit:
            yield block
            continue
        line, level = block.line, block.level
        for part in pieces(block.text, limit):
            yield replace(block, text=part, line=line, level=level)
            line = None if line is None else line + part.count("\n")
            level = None


def pieces(text: str, limit: int) -> Iterator[str]:
    """``text`` in parts of at most ``limit`` characters: cut at the end of a line, a sentence or a
    word, or anywhere where there is none in the second half of a part."""
    start = 0
    while len(text) - start > limit:
        end = end_of_piece(text, start + limit // 2, start + limit)
        yield text[start:end]
        start = end
    yield text[start:] if start else text


def end_of_piece(text: str, earliest: int, latest: int) -> int:
    """Where between the two offsets a cut does the least harm."""
    for end in _ENDS:
        if found := end.match(text, earliest, latest):
            return found.end()
    return latest


def _place(part: list[Block], heading: tuple[str, ...]) -> Place:
    """The text of ``part`` without empty lines around it; its address is that of what is left."""
    text = "".join(block.text for block in part)
    left = text.lstrip("\n")
    first = part[0]
    line = None if first.line is None else first.line + len(text) - len(left)
    return Place(left.rstrip("\n"), heading=heading, line=line, row=first.row)
