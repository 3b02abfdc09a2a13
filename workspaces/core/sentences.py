"""Finds sentences, in Chinese and in Western text, as stretches of offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SNAP = 40
"""A cut through a sentence moves back to white space at most so many characters away."""

_END = re.compile(
    r"(?P<paragraph>\n[^\S\n]*\n\s*)"  # an empty line
    r"|\n(?!\s*[a-z])"  # a line end, unless the sentence plainly goes on
    r"|[。！？；…]+[”’」』）】》\"')\]]*"
    r"|(?<![.!?])[.!?]++[\"')\]”’]*+(?=\s+[^\sa-z])"  # "e.g. this" and "3.14" end nothing
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a part of one, without white space around it. Offsets count code points;
    ``opens`` tells that a paragraph begins with it."""

    start: int
    end: int
    opens: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of ``text`` in order; all that lies between them is white space."""
    start, opens = 0, True
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        if sentence := _trimmed(text, start, end, opens):
            yield sentence
            opens = False
        start = end
        opens = opens or bool(match and match["paragraph"])


def cut(text: str, sentence: Sentence, parts: int) -> Iterator[Sentence]:
    """Cut a sentence into ``parts`` of about equal length, or a few more: at white space where
    some is near."""
    step = max(1, sentence.length // parts)
    start, opens = sentence.start, sentence.opens
    while start < sentence.end:
        end = _snapped(text, start, min(start + step, sentence.end), sentence.end)
        if part := _trimmed(text, start, end, opens):
            yield part
            opens = False
        start = end


def _snapped(text: str, start: int, end: int, last: int) -> int:
    """``end``, or the white space shortly before it, where a cut harms no word."""
    if end == last:
        return end
    for at in range(end, max(start, end - SNAP), -1):
        if text[at].isspace():
            return at
    return end


def _trimmed(text: str, start: int, end: int, opens: bool) -> Sentence | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    return Sentence(start, end, opens) if end > start else None
