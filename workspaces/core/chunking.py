"""Splits a document into passages: whole sentences, packed up to what the embedder can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from workspaces.core.types import PLACE_BREAK, Passage, Place

CountTokens = Callable[[Sequence[str]], list[int]]

CHARACTERS_PER_TOKEN = 8
"""A tokenizer may count a word it does not know as one token, however long the word is. No text
counts for less than a token for so many characters (English has about 4.5, Chinese 1 to 2)."""

SNAP = 40
"""A hard cut moves back to white space at most so many characters away."""

_END = re.compile(
    r"(?P<paragraph>\n[^\S\n]*\n\s*)"  # an empty line
    r"|\n(?!\s*[a-z])"  # a line end, unless the sentence plainly goes on
    r"|[。！？；…]+[”’」』）】》\"')\]]*"
    r"|(?<![.!?])[.!?]++[\"')\]”’]*+(?=\s+[^\sa-z])"  # "e.g. this" and "3.14" end nothing
)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that is too long, without white space around it. Offsets count
    in its place's text; ``opens`` tells that a paragraph begins with it."""

    start: int
    end: int
    opens: bool
    tokens: int = 0


def split(
    document: str, places: Sequence[Place], count_tokens: CountTokens, limit: int, overlap: int
) -> list[Passage]:
    """Split a document into passages of at most ``limit`` tokens, none of which crosses a place.

    A passage that is cut inside a paragraph is followed by one that repeats its last whole
    sentences, as many as fit into ``overlap`` tokens. Ids are ``document:ordinal``. Offsets
    count in the stored text: ``join_places(places)[p.start:p.end] == p.text``.

    ``count_tokens`` is called a few times with many texts. Its counts are added up, so a passage
    is as long as it says only where tokens do not reach across sentences.
    """
    passages: list[Passage] = []
    units = _measured(places, count_tokens, limit)
    offset = 0
    for place, sentences in zip(places, units, strict=True):
        for start, end in _pack(sentences, limit, overlap):
            passages.append(
                Passage(
                    id=f"{document}:{len(passages)}",
                    document=document,
                    ordinal=len(passages),
                    start=offset + start,
                    end=offset + end,
                    text=place.text[start:end],
                    page=place.page,
                    heading=place.heading,
                )
            )
        offset += len(place.text) + len(PLACE_BREAK)
    return passages


def _measured(places: Sequence[Place], count_tokens: CountTokens, limit: int) -> list[list[_Unit]]:
    """The units of each place with their token counts, each at most ``limit``."""
    units = [list(_sentences(place.text)) for place in places]
    while True:
        units = _count(places, units, count_tokens)
        if all(_fits(unit, limit) for row in units for unit in row):
            return units
        units = [
            [part for unit in row for part in _cut(place.text, unit, limit)]
            for place, row in zip(places, units, strict=True)
        ]


def _count(
    places: Sequence[Place], units: list[list[_Unit]], count_tokens: CountTokens
) -> list[list[_Unit]]:
    """Count the units that are not counted yet, all in one call."""
    texts = [
        place.text[unit.start : unit.end]
        for place, row in zip(places, units, strict=True)
        for unit in row
        if not unit.tokens
    ]
    counts = iter(count_tokens(texts) if texts else [])
    return [[unit if unit.tokens else _sized(unit, next(counts)) for unit in row] for row in units]


def _sized(unit: _Unit, tokens: int) -> _Unit:
    return replace(unit, tokens=max(tokens, ceil((unit.end - unit.start) / CHARACTERS_PER_TOKEN)))


def _fits(unit: _Unit, limit: int) -> bool:
    return unit.tokens <= limit or unit.end - unit.start == 1


def _sentences(text: str) -> Iterator[_Unit]:
    start, opens = 0, True
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        if unit := _trimmed(text, start, end, opens):
            yield unit
            opens = False
        start = end
        opens = opens or bool(match and match["paragraph"])


def _cut(text: str, unit: _Unit, limit: int) -> Iterator[_Unit]:
    """Cut a unit that is too long into parts of about equal length; they are counted again."""
    if _fits(unit, limit):
        yield unit
        return
    length = unit.end - unit.start
    step = max(1, length // ceil(unit.tokens / limit + 0.1))
    start, opens = unit.start, unit.opens
    while start < unit.end:
        end = _snapped(text, start, min(start + step, unit.end), unit.end)
        if part := _trimmed(text, start, end, opens):
            yield part
            opens = False
        start = end


def _snapped(text: str, start: int, end: int, last: int) -> int:
    """``end``, or the white space shortly before it, where the cut harms no word."""
    if end == last:
        return end
    spaces = [at for at in range(max(start + 1, end - SNAP), end) if text[at].isspace()]
    return spaces[-1] if spaces else end


def _trimmed(text: str, start: int, end: int, opens: bool) -> _Unit | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    return _Unit(start, end, opens) if end > start else None


def _pack(units: Sequence[_Unit], limit: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Where each passage of a place starts and ends."""
    first = 0
    while first < len(units):
        end = _last_that_fits(units, first, limit)
        yield units[first].start, units[end - 1].end
        first = _next_first(units, first, end, limit, overlap)


def _last_that_fits(units: Sequence[_Unit], first: int, limit: int) -> int:
    """The end (exclusive) of the passage that starts with ``first``: as many units as fit, or up
    to the last paragraph's beginning, if the passage is then still half full."""
    end, tokens, paragraph = first, 0, 0
    while end < len(units) and (end == first or tokens + units[end].tokens <= limit):
        if units[end].opens and tokens * 2 >= limit:
            paragraph = end
        tokens += units[end].tokens
        end += 1
    if end == len(units) or units[end].opens:
        return end
    return paragraph or end


def _next_first(units: Sequence[_Unit], first: int, end: int, limit: int, overlap: int) -> int:
    """Where the next passage starts: before ``end``, where it repeats whole sentences."""
    if end == len(units) or units[end].opens:
        return end
    room = min(overlap, limit - units[end].tokens)
    begin = end
    while begin - 1 > first and units[begin - 1].tokens <= room:
        begin -= 1
        room -= units[begin].tokens
    return begin
