"""Makes texts alike that a person takes for the same: 檢索 and 检索, ＧＧＵＦ and gguf."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from opencc import OpenCC

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS_IN_A_SIGN = re.compile("[\u2103\u2109\u2116\u2120-\u2122]")
"""℃ ℉ № ℠ ℡ ™: NFKC makes letters of them, which are no part of the word they stand at."""

_UNWRITTEN = re.compile(
    "[\u00ad\u2060\ufeff"  # the soft hyphen, joiners
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which way to write
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u0652\u0670]"  # Arabic ones, and its stretched line
)
"""What is there in some writings of a word only."""


def fold(text: str) -> str:
    """``text`` as it is indexed and asked for, never as it is shown: full and half width and other
    compatible forms as one (NFKC), in lower case, without vowel points and soft hyphens,
    traditional characters as simplified ones.

    What a phrase changes otherwise than its characters alone (計畫 is 计划, but 畫 is 画) is there
    once more as the latter, so that each part of a text is found by itself.
    """
    alike = unicodedata.normalize("NFKC", _without_signs(text)).casefold()
    if not _HAN.search(alike):
        return alike
    simplified = _simplified(alike)
    alone = alike.translate(_ALONE)
    if simplified == alone:
        return simplified
    return " ".join([simplified, *_otherwise(simplified, alone)])


def _without_signs(text: str) -> str:
    if text.isascii():
        return text
    return _LETTERS_IN_A_SIGN.sub(r" \g<0> ", _UNWRITTEN.sub("", text))


def _otherwise(text: str, alone: str) -> Iterator[str]:
    """The stretches of ``alone`` that differ from ``text``, each with a character before and behind
    it, for the pairs that it is part of."""
    if len(text) != len(alone):
        yield alone
        return
    for number, (one, other) in enumerate(zip(text, alone, strict=True)):
        if one != other:
            yield alone[max(0, number - 1) : number + 2]


class _Alone(dict[int, str]):
    """What each character becomes by itself; filled as they are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _simplified(chr(code))
        return found


_ALONE = _Alone()


def _simplified(text: str) -> str:
    return str(_simplifier().convert(text))


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
