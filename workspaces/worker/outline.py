"""Puts the blocks of a document together to places: a place a section, long sections in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workspaces.core.types import Place

PLACE_LIMIT = 4000
"""Characters after which a section goes on in a new place, at the next block."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list item or a table row.

    ``text`` carries its own line ends, so that the text of a place is its blocks' texts in a row.
    ``title`` and ``level`` (outermost lowest) are those of a heading.
    """

    text: str
    line: int | None = None
    level: int | None = None
    title: str = ""


def places(blocks: Iterable[Block], limit: int = PLACE_LIMIT) -> list[Place]:
    """The places of ``blocks``; none of them cuts a block, none is only white space."""
    outline: list[tuple[int, str]] = []
    found: list[Place] = []
    for section in _sections(blocks):
        head = section[0]
        if head.level is not None:
            outline = [(level, title) for level, title in outline if level < head.level]
            outline.append((head.level, head.title))
        heading = tuple(title for _level, title in outline if title)
        found += [_place(part, heading) for part in _parts(section, limit)]
    return [place for place in found if place.text.strip()]


def _sections(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks in groups, each heading first in its own."""
    section: list[Block] = []
    for block in blocks:
        if block.level is not None and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def _parts(section: list[Block], limit: int) -> Iterator[list[Block]]:
    part: list[Block] = []
    size = 0
    for block in section:
        if part and size + len(block.text) > limit:
            yield part
            part, size = [], 0
        part.append(block)
        size += len(block.text)
    yield part


def _place(part: list[Block], heading: tuple[str, ...]) -> Place:
    """The text of ``part`` without empty lines around it; its line is that of the first word."""
    first = next((block for block in part if block.text.strip()), part[0])
    blank = len(first.text) - len(first.text.lstrip("\n"))
    line = None if first.line is None else first.line + blank
    return Place("".join(block.text for block in part).strip("\n"), heading=heading, line=line)
