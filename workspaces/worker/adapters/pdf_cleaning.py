"""Turns the text PDFium gives for a page into the text a person reads there, without losing track
of where on the page each character stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CJK = "\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_BROKEN_WORD = "\ufffe"
"""PDFium writes it for a hyphen at the end of a line, and leaves the end of the line out."""

_LINE_END = re.compile("\r\n?")
_PAGE_BREAK = re.compile("[\x0b\x0c]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SOFT_HYPHEN_AT_END = re.compile("(?<=[^\\W\\d_])\u00ad *\n(?=[^\\W\\d_])")
_BEFORE = re.compile("[^\\W\\d_]+$")
_AFTER = re.compile("[^\\W\\d_]+(-?)")
_COMPATIBLE = re.compile(
    "[\\u2e9f\\u2ef3\\u2f00-\\u2fd5\\uf900-\\ufaff\\ufb00-\\ufbff\\ufd50-\\ufdff\\ufe70-\\ufefc]"
)
_SPACED_OUT = re.compile(f"(?<![{_CJK}])(?:[{_CJK}] ){{3,}}[{_CJK}](?![{_CJK}])")
_UPRIGHT = re.compile(f"(?<![^\n])(?:[{_CJK}]\n){{3,}}[{_CJK}](?![^\n])")
_MARGIN = re.compile("(?<!\\s)\\s+\\Z|(?<![ \t])[ \t]+(?=\n)|^[\n ]*\n")
"""Each begins where white space begins: tried at every space, a long run of them takes forever."""


@dataclass(frozen=True, slots=True)
class Traced:
    """``text``, and for each of its characters the index in the raw text that it came from."""

    text: str
    origins: Sequence[int]

    @classmethod
    def of(cls, raw: str) -> Traced:
        return cls(raw, range(len(raw)))

    def replaced(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]) -> Traced:
        """With every match changed; what is new comes from where the match began."""
        pieces: list[str] = []
        origins: list[int] = []
        end = 0
        for match in pattern.finditer(self.text):
            new = change(match)
            pieces += self.text[end : match.start()], new
            origins += self.origins[end : match.start()]
            origins += [self.origins[match.start()]] * len(new)
            end = match.end()
        if not pieces:
            return self
        origins += self.origins[end:]
        return Traced("".join(pieces) + self.text[end:], origins)

    def closed_up(self, pattern: re.Pattern[str]) -> Traced:
        """With the spaces and line ends inside every match taken out."""
        inside = [i for m in pattern.finditer(self.text) for i in range(m.start(), m.end())]
        gaps = {index for index in inside if self.text[index].isspace()}
        if not gaps:
            return self
        kept = [index for index in range(len(self.text)) if index not in gaps]
        return Traced("".join(self.text[i] for i in kept), [self.origins[i] for i in kept])


def clean(raw: str) -> Traced:
    """The page's text as it is stored.

    Words broken at a line end are whole again; ligatures, the presentation forms of Arabic and
    the radicals that some fonts give for Chinese characters become the letters people type; spaced
    out and upright Chinese and Japanese is closed up. Nothing is left for
    :func:`workspaces.worker.tidy.tidy` to change, so offsets in the stored text are offsets here.
    """
    traced = Traced.of(raw)
    for pattern, change in _EDITS:
        traced = traced.replaced(pattern, change)
    return traced.closed_up(_SPACED_OUT).closed_up(_UPRIGHT).replaced(_MARGIN, _nothing)


def _nothing(_match: re.Match[str]) -> str:
    return ""


def _hyphen_or_not(match: re.Match[str]) -> str:
    """Whether the hyphen that broke a word belongs to it: it does where the same page writes the
    word with it in the middle of a line, before a capital, and in a word with more hyphens."""
    text = match.string
    before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
    after = _AFTER.match(text, match.end())
    if before is None or after is None:
        return "-"
    second = after[0].removesuffix("-")
    belongs = after[1] or second[0].isupper() or f"{before[0]}-{second}" in text
    return "-" if belongs else ""


def _letters(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0]).strip()


_EDITS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = (
    (_LINE_END, lambda _match: "\n"),
    (_PAGE_BREAK, lambda _match: " "),
    (_CONTROL, _nothing),
    (_SURROGATE, lambda _match: "\ufffd"),
    (_SOFT_HYPHEN_AT_END, lambda _match: _BROKEN_WORD),
    (re.compile(_BROKEN_WORD), _hyphen_or_not),
    (re.compile("\u00ad"), lambda _match: "-"),
    (_COMPATIBLE, _letters),
)
