"""Which stretches of a text match the words of a question, for showing them.

Text and question are cut in the same way: into words, single Chinese characters, and the signs
between them. A stretch is a run of such pieces that stands in both, so that ``GB/T 22239-2019`` or
a whole phrase is one stretch, and a word is never matched by a part of it. It is by another form of
it ("brush", "brushes"), as in the search itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from workspaces.core.word_parts import BEGINNING

Fold = Callable[[str], str]
"""What a single character is compared as: any number of characters."""

Stretch = tuple[int, int]
"""Start and end in the text."""

LONGEST_QUESTION = 400
"""Pieces of a question that are looked for; more would take long and show nothing."""

_UNREMARKABLE = """
    a an and are as at be but by can could did do does for from had has have how i if in into is it
    its me my no not of on or our should so than that the their then there these they this to was we
    were what when where which who why will with would you your
"""
UNREMARKABLE = frozenset(_UNREMARKABLE.split())
"""To show these would mark half of every English page."""

_HAN = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_BESIDE = frozenset("§#@%‰+°$€£¥")
"""Signs that are shown with the word they stand at: "C++", "§ 12", "40 %"."""

_BETWEEN = _BESIDE | frozenset("/\\-_&=")
"""Signs that make one name of single letters: "R&D", "n/a"."""

_ACCENTS = range(0x0300, 0x0370)

_PIECE = re.compile(r"h|[ld]+(?:(?<=d)\.(?=d)[ld]+)*|.", re.DOTALL)
"""A piece, in the kinds of its characters: a number keeps its points, and "12" is not in "12.3"."""


@lru_cache(maxsize=1 << 16)
def plain(character: str) -> str:
    """Without case and width."""
    return unicodedata.normalize("NFKC", character).casefold()


@lru_cache(maxsize=1 << 16)
def unaccented(character: str) -> str:
    """Without case and width, and the Latin letters without accents: as keyword search has it."""
    if len(character) == 1 and ord(character) in _ACCENTS:
        return ""
    return "".join(map(_bare, plain(character)))


def stretches(text: str, question: str, fold: Fold = plain) -> list[Stretch]:
    """Where ``text`` has words of ``question``, in order; they do not overlap.

    Words match as wholes, in any of their forms; of Chinese, at least two characters in a row, or
    one where it stands alone in the question. Words that every page has count only where the
    question has no others.
    """
    asked, said = _Pieces(question, fold), _Pieces(text, fold)
    places, forms = asked.places(), asked.forms()
    found: list[Stretch] = []
    at = 0
    while at < len(said.texts):
        if not (begins := places.get(said.texts[at])):
            if said.form(at) in forms:
                found += said.stretch(at, at + 1)
            at += 1
            continue
        length, place = _longest(said.texts, at, asked.texts, begins)
        kept = asked.trimmed(place, length)
        if asked.is_worth_showing(place, kept):
            found += said.stretch(at, at + kept)
        at += length
    return found


class _Pieces:
    """A folded text in pieces."""

    def __init__(self, text: str, fold: Fold) -> None:
        self._length = len(text)
        folded = list(map(fold, text))
        whole = "".join(folded)
        self._owners = _owners(folded, len(whole))
        kinds = "".join(map(_kind, whole))
        self._spans = [match.span() for match in _PIECE.finditer(kinds)]
        self.texts = [whole[start:end] for start, end in self._spans]
        self._kinds = [kinds[start] for start, _ in self._spans]
        self._strong: list[bool] = []

    def places(self) -> dict[str, list[int]]:
        """Where each piece is that a stretch may begin with."""
        self._strong = self._weigh()
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self.texts[:LONGEST_QUESTION]):
            if self._may_border(place):
                found[text].append(place)
        return found

    def forms(self) -> set[str]:
        """The forms of the first :data:`LONGEST_QUESTION` pieces."""
        return {
            form
            for place in range(len(self.texts))[:LONGEST_QUESTION]
            if (form := self.form(place))
        }

    def form(self, place: int) -> str:
        """What a word's forms begin with; "" for short ones, and for what is no word."""
        text = self.texts[place]
        if len(text) < BEGINNING or not text.isalpha() or text in UNREMARKABLE:
            return ""
        return text[:BEGINNING] if self._kinds[place] == "l" else ""

    def trimmed(self, place: int, length: int) -> int:
        """The length without blanks, signs and words that say nothing at the end."""
        while length and not self._may_border(place + length - 1):
            length -= 1
        return length

    def is_worth_showing(self, place: int, length: int) -> bool:
        """Whether this run says something: a word does, two Chinese characters do."""
        run = range(place, place + length)
        if any(self._strong[each] for each in run):
            return True
        kinds = self._kinds[place : place + length]
        if ("h", "h") in pairwise(kinds):
            return True
        named = any(self.texts[each] in _BETWEEN for each in run)
        return named and any(kind in "ld" for kind in kinds) and self._stands_alone(place, length)

    def stretch(self, first: int, last: int) -> list[Stretch]:
        """Where the pieces from ``first`` to before ``last`` stand in the text; nowhere, if they
        are a part of a character only (½ is folded to three)."""
        start, end = self._spans[first][0], self._spans[last - 1][1]
        owners = self._owners
        cuts_first = start > 0 and owners[start - 1] == owners[start]
        cuts_last = end < len(owners) and owners[end] == owners[end - 1]
        if cuts_first or cuts_last:
            return []
        # what was folded to nothing, an accent, goes with the letter before it
        return [(owners[start], owners[end] if end < len(owners) else self._length)]

    def _may_border(self, place: int) -> bool:
        """Whether a stretch may begin or end with this piece."""
        text = self.texts[place]
        if text in UNREMARKABLE:
            return self._strong[place]
        return self._kinds[place] in "ldh" or text in _BESIDE

    def _weigh(self) -> list[bool]:
        """Which pieces are worth showing by themselves."""
        strong = [self._is_strong(place) for place in range(len(self.texts))]
        words = [text for text, kind in zip(self.texts, self._kinds, strict=True) if kind in "ldh"]
        if UNREMARKABLE.issuperset(words):
            return [text in UNREMARKABLE for text in self.texts]
        return strong

    def _is_strong(self, place: int) -> bool:
        text, kind = self.texts[place], self._kinds[place]
        if kind == "h":
            return "h" not in self._around(place, 1)
        if kind not in "ld" or text in UNREMARKABLE:
            return False
        return len(text) > 1 or kind == "d" or self._stands_alone(place, 1)

    def _stands_alone(self, place: int, length: int) -> bool:
        """Whether no sign joins this run to what is beside it."""
        return not {"s", "."}.intersection(self._around(place, length))

    def _around(self, place: int, length: int) -> list[str]:
        last = place + length
        return self._kinds[max(0, place - 1) : place] + self._kinds[last : last + 1]


def _owners(folded: list[str], length: int) -> Sequence[int]:
    """Where each of the folded characters comes from."""
    if length == len(folded) and all(folded):
        return range(length)
    return [place for place, each in enumerate(folded) for _ in each]


def _longest(said: list[str], at: int, asked: list[str], places: list[int]) -> tuple[int, int]:
    """The longest run from ``at`` on that is in the question too: its length, and where there."""
    best, found = 0, 0
    for place in places:
        length = 0
        most = min(len(said) - at, len(asked) - place)
        while length < most and said[at + length] == asked[place + length]:
            length += 1
        if length > best:
            best, found = length, place
    return best, found


@lru_cache(maxsize=1 << 16)
def _kind(character: str) -> str:
    """``h`` Chinese and its kin, ``d`` digit, ``l`` letter, ``.`` what may stand in a number,
    `` `` blank, ``s`` any other sign."""
    if _HAN.match(character):
        return "h"
    if character.isdecimal():
        return "d"
    # marks are a part of the letter they stand at
    if character.isalnum() or unicodedata.category(character)[0] == "M":
        return "l"
    if character in ".,:":
        return "."
    return " " if character.isspace() else "s"


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character
