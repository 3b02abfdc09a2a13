"""Notices text that is not what the page shows, because a font does not say, or says wrongly, which
letters its signs are.

Such text has marks that no writing has: codes without a character, letters with accents and no
plain ones, a dozen alphabets at once, rare characters throughout, or an alphabet that reads as a
language only when every letter is moved by the same distance. Each mark was tried on pages of
many languages, formulas, tables and lists: none of those may have it.
"""

from __future__ import annotations

import math
import string
import unicodedata
from collections import Counter
from functools import lru_cache

_BEARABLE = 0.3
"""The share of a page's signs that may be wrong before the page counts as unreadable."""

_CODES = ("Cc", "Co", "Cn", "Cs")
_ENOUGH = 50
"""Signs of one sort that are needed before a share of them means something."""

_SCRIPTS = 4
"""Alphabets on one page: Latin, Greek in formulas, and two more."""

_NO_ALPHABETS = frozenset(
    (
        "MATHEMATICAL",
        "DOUBLE-STRUCK",
        "BLACK-LETTER",
        "SCRIPT",
        "FULLWIDTH",
        "HALFWIDTH",
        "MODIFIER",
    )
)
"""Beginnings of the names of letters that go with any alphabet."""

_UNCOMMON_MARKS = frozenset("!#+;<=>?@[\\]^`{}~")
"""Marks that neither tables nor lists of contents are full of; formulas and programs have some."""

_FREQUENCIES = dict(
    zip("etnairsoldumcpghvfbykzwjxq",
        (13.4, 7.3, 7.8, 8.0, 7.9, 6.7, 6.6, 6.7, 4.3, 4.2, 3.6, 2.7, 3.1, 2.3, 1.9, 2.8, 1.4, 1.5,
         1.3, 0.7, 0.7, 0.5, 0.9, 0.3, 0.2, 0.5), strict=True)
)  # fmt: skip
"""How often European languages write each letter, in percent, roughly."""

_READS = 0.85
_READS_NOT = 0.75
"""Likeness (cosine) to those frequencies above which text is one of the languages, and below which
it is surely none."""


def is_garbled(text: str) -> bool:
    """Whether most people could not read ``text`` as it is. Short text is given the benefit of
    the doubt."""
    signs = Counter(sign for sign in text if not sign.isspace())
    total = sum(signs.values())
    if total == 0:
        return False
    wrong = _without_meaning(signs) + _accents_alone(signs) + _rare(signs) + _scattered(signs)
    return wrong > total * _BEARABLE or _is_numbered(signs, total) or _is_shifted(signs)


def _without_meaning(signs: Counter[str]) -> int:
    return sum(n for sign, n in signs.items() if sign == "\ufffd" or _category(sign) in _CODES)


def _accents_alone(signs: Counter[str]) -> int:
    """Latin letters outside ASCII, where they are more than the plain ones: no language has so
    many (Vietnamese comes to a third). Text read in the wrong encoding looks like this."""
    plain = sum(n for sign, n in signs.items() if sign in string.ascii_letters)
    other = sum(n for sign, n in signs.items() if sign > "\x7f" and _script(sign) == "LATIN")
    symbols = sum(n for sign, n in signs.items() if "\x80" < sign < "\xc0")
    return other + symbols if other >= _ENOUGH // 2 and other > plain else 0


def _rare(signs: Counter[str]) -> int:
    """Chinese characters or Korean syllables, where few of them are among those that people write
    every day: codes of signs, taken for characters, fall anywhere."""
    return sum(
        _rare_of(Counter({sign: n for sign, n in signs.items() if _script(sign) == script}))
        for script in ("CJK", "HANGUL")
    )


def _rare_of(signs: Counter[str]) -> int:
    total = sum(signs.values())
    rare = sum(n for sign, n in signs.items() if not _is_everyday(sign))
    return rare if total >= _ENOUGH and rare > total * 0.4 else 0


@lru_cache(maxsize=20_000)
def _is_everyday(sign: str) -> bool:
    """Whether ``sign`` is among the frequent characters of a national standard: the first level of
    GB 2312, Big5 or JIS X 0208, or the syllables of KS X 1001."""
    return (
        b"\xb0" <= _in("gb2312", sign) < b"\xd8"
        or b"\xa4" <= _in("big5", sign) < b"\xc9"
        or b"\xa1" <= _in("euc_jp", sign) < b"\xd0"  # with the kana, which come first
        or (_script(sign) == "HANGUL" and len(_in("euc_kr", sign)) == 2)
    )


def _in(encoding: str, sign: str) -> bytes:
    return sign.encode(encoding, "ignore")


def _scattered(signs: Counter[str]) -> int:
    """Letters beyond the few alphabets that one page may mix."""
    scripts: Counter[str] = Counter()
    for sign, count in signs.items():
        if _category(sign)[0] == "L" and _script(sign) not in _NO_ALPHABETS:
            scripts[_script(sign)] += count
    rest = sum(count for _, count in scripts.most_common()[_SCRIPTS:])
    return sum(scripts.values()) if rest >= _ENOUGH // 2 and rest > scripts.total() * 0.2 else 0


def _is_numbered(signs: Counter[str], total: int) -> bool:
    """Whether marks are as frequent as letters: fonts that merely number their signs begin with
    the marks, and a text in them has hardly a word without one."""
    at_most = total // 16  # a line drawn with one mark is no text
    marks = sum(min(n, at_most) for sign, n in signs.items() if sign in _UNCOMMON_MARKS)
    symbols = sum(n for sign, n in signs.items() if "\x7f" < sign < "\xc0")
    letters = sum(n for sign, n in signs.items() if sign in string.ascii_letters)
    others = sum(n for sign, n in signs.items() if sign > "\xff")
    odd = marks + symbols
    return total >= 2 * _ENOUGH and odd > total * 0.12 and letters + others < total * 0.45


def _is_shifted(signs: Counter[str]) -> bool:
    """Whether the text reads as a European language only when every code is moved by one and the
    same distance."""
    ascii_signs = Counter({sign: n for sign, n in signs.items() if "!" <= sign <= "~"})
    if ascii_signs.total() < 4 * _ENOUGH or ascii_signs.total() < signs.total() * 0.8:
        return False
    if _likeness(ascii_signs, 0) > _READS_NOT:
        return False
    return any(_likeness(ascii_signs, by) > _READS for by in range(-60, 61) if by)


def _likeness(signs: Counter[str], by: int) -> float:
    """How alike the letters, moved ``by`` codes, are to the letters of the European languages;
    0 where what comes out is not mostly letters."""
    moved: Counter[str] = Counter()
    for sign, count in signs.items():
        moved[chr(max(0, ord(sign) + by)).lower()] += count
    letters = {letter: moved[letter] for letter in string.ascii_lowercase}
    if sum(letters.values()) < signs.total() * 0.8:
        return 0.0
    product = sum(_FREQUENCIES[letter] * count for letter, count in letters.items())
    return product / (math.hypot(*_FREQUENCIES.values()) * math.hypot(*letters.values()))


@lru_cache(maxsize=20_000)
def _category(sign: str) -> str:
    return unicodedata.category(sign)


@lru_cache(maxsize=20_000)
def _script(sign: str) -> str:
    """The first word of the character's name, which is its script for letters; the three scripts
    of Japanese go together."""
    first = unicodedata.name(sign, "NONE").split()[0]
    return "CJK" if first in ("HIRAGANA", "KATAKANA") else first
