"""Splits a document into passages: whole paragraphs, lists, tables where they fit, else whole
sentences, packed up to what the embedder can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil

from workspaces.core.context import context
from workspaces.core.sentences import Sentence, cut, sentences
from workspaces.core.types import PLACE_BREAK, Passage, Place

CountTokens = Callable[[Sequence[str]], list[int]]

CHARACTERS_PER_TOKEN = 8
"""A tokenizer may count a word it does not know as one token, however long the word is. No text
counts for less than a token for so many characters (English has about 4.5, Chinese 1 to 2)."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is packed and never cut again: a sentence, or a part of one that was too long."""

    sentence: Sentence
    tokens: int


def split(
    document: str,
    places: Sequence[Place],
    count_tokens: CountTokens,
    limit: int,
    overlap: int,
    ordinal: int = 0,
    offset: int = 0,
    title: str = "",
) -> list[Passage]:
    """Split a document into passages of at most ``limit`` tokens, none of which crosses a place.
    The tokens of a passage's context (``title`` and headings, see
    :mod:`workspaces.core.context`) are part of them.

    A long document may be split a run of places at a time: ``ordinal`` is how many passages came
    before these places, ``offset`` where the first of them starts in the stored text.

    A passage that is cut inside a paragraph is followed by one that repeats its last whole
    sentences, as many as fit into ``overlap`` tokens. Ids are ``document:ordinal``. Offsets
    count in the stored text: ``join_places(places)[p.start:p.end] == p.text``.

    ``count_tokens`` is called a few times with many texts. Its counts are added up, so the limit
    holds where no token reaches across the end of a sentence.
    """
    passages: list[Passage] = []
    limits = _rooms([context(title, place.heading) for place in places], count_tokens, limit)
    units_of_places = _units([place.text for place in places], count_tokens, limits)
    for place, units, room in zip(places, units_of_places, limits, strict=True):
        for start, end in _pack(units, room, min(overlap, room)):
            passages.append(
                Passage(
                    id=f"{document}:{ordinal + len(passages)}",
                    document=document,
                    ordinal=ordinal + len(passages),
                    start=offset + start,
                    end=offset + end,
                    text=place.text[start:end],
                    page=place.page,
                    heading=place.heading,
                    line=_further(place.line, place.text, start),
                    row=_further(place.row, place.text, start),
                )
            )
        offset += len(place.text) + len(PLACE_BREAK)
    return passages


def _further(number: int | None, text: str, start: int) -> int | None:
    """The line or row at ``start`` of a place that begins with ``number``."""
    return None if number is None else number + text.count("\n", 0, start)


def _rooms(contexts: Sequence[str], count_tokens: CountTokens, limit: int) -> list[int]:
    """The tokens that each context leaves: always at least half of them."""
    different = list(dict.fromkeys(contexts))
    tokens = dict(zip(different, count_tokens(different), strict=True))
    return [max(limit - limit // 2, limit - tokens[each]) for each in contexts]


def _units(
    texts: Sequence[str], count_tokens: CountTokens, limits: Sequence[int]
) -> list[list[_Unit]]:
    """The units of each text. What turns out too long is cut, and counted again."""
    found: list[dict[int, _Unit]] = [{} for _ in texts]
    waiting = [(number, each) for number, text in enumerate(texts) for each in sentences(text)]
    while waiting:
        counts = count_tokens([texts[number][each.start : each.end] for number, each in waiting])
        too_long: list[tuple[int, Sentence]] = []
        for (number, each), count in zip(waiting, counts, strict=True):
            tokens = max(count, ceil(each.length / CHARACTERS_PER_TOKEN))
            if tokens <= limits[number] or each.length == 1:
                found[number][each.start] = _Unit(each, tokens)
            else:
                parts = cut(texts[number], each, parts=tokens // limits[number] + 1)
                too_long += [(number, part) for part in parts]
        waiting = too_long
    return [[units[start] for start in sorted(units)] for units in found]


def _pack(units: Sequence[_Unit], limit: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Where each passage of a text starts and ends."""
    first = 0
    while first < len(units):
        end = _end_of_passage(units, first, limit)
        yield units[first].sentence.start, units[end - 1].sentence.end
        first = _next_first(units, end, limit, overlap)


def _end_of_passage(units: Sequence[_Unit], first: int, limit: int) -> int:
    """Which unit the passage that starts with ``first`` ends before: as many as fit, or those up
    to the last paragraph's beginning, if they fill half of it, or a quarter and the paragraph is
    whole in the next."""
    end, tokens, paragraph, before = first, 0, 0, 0
    while end < len(units) and (end == first or tokens + units[end].tokens <= limit):
        if units[end].sentence.opens:
            paragraph, before = end, tokens
        tokens += units[end].tokens
        end += 1
    if end == len(units) or units[end].sentence.opens:
        return end
    fits = before + limit >= tokens + _rest_of_paragraph(units, end, limit)
    return paragraph if 2 * before >= limit or (4 * before >= limit and fits) else end


def _rest_of_paragraph(units: Sequence[_Unit], begin: int, most: int) -> int:
    """The tokens from ``begin`` to the next paragraph; counted no further than beyond ``most``."""
    tokens = 0
    for unit in islice(units, begin, None):
        if unit.sentence.opens or tokens > most:
            break
        tokens += unit.tokens
    return tokens


def _next_first(units: Sequence[_Unit], end: int, limit: int, overlap: int) -> int:
    """Which unit the next passage starts with: ``end``, or one before it that is repeated."""
    if end == len(units) or units[end].sentence.opens:
        return end
    room = min(overlap, limit - units[end].tokens)
    begin = end
    # It never goes back to the first of the passage: with all of it, units[end] had no room.
    while units[begin - 1].tokens <= room:
        begin -= 1
        room -= units[begin].tokens
    return begin
