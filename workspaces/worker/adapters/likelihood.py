"""How likely it is that a text was written by somebody, in natural logarithms.

A codec is right when its reading of the bytes is the likeliest. Every character is worth the
logarithm of its share among what a language writes; in every reading the same bytes are paid for,
so the sums compare.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from math import log

from workspaces.worker.adapters import familiar

ASCII = -3.0
"""A letter or space of ASCII: what a code page makes of the second half of a wide character."""
IMPOSSIBLE = -16.0
"""A byte that the codec cannot read."""
_ODD = -9.0
"""A letter or sign that no language of the code page uses."""
_FIRST_CAPITAL = log(0.08)
_INNER_CAPITAL = log(0.01)
_FOREIGN_PAIR = -1.5
_OTHER_SCRIPT = -5.0
_SIGN_IN_WORD = -4.0
_LONE_LETTER = -4.0
_NEAR = re.compile(r"[ -~]{0,30}[^\x00-\x7f]+[ -~]{0,30}")
_SAYS_LITTLE = 0.6
_SAYS_AT_MOST = -6.0


def utf8(text: str) -> float:
    """UTF-8 shows by its structure: hardly any other text has whole sequences of bytes."""
    return sum(_utf8_character(character) * n for character, n in Counter(text).items())


def _utf8_character(character: str) -> float:
    if character.isascii():
        return ASCII
    return -9.0 if character == "\ufffd" else -2.0 * len(character.encode())


def chinese(text: str) -> float:
    return _wide(text, _chinese)


def traditional(text: str) -> float:
    return _wide(text, _traditional)


def japanese(text: str) -> float:
    return _wide(text, _japanese)


def korean(text: str) -> float:
    return _wide(text, _korean)


def _wide(text: str, weight: Callable[[str], float]) -> float:
    return sum(weight(character) * n for character, n in Counter(text).items())


@cache
def _chinese(character: str) -> float:
    if character in familiar.CHINESE:
        return -6.8
    known = _lead(character, "gb2312")
    if "\u4e00" <= character <= "\u9fff" and known:
        return -9.2 if known <= 0xD7 else -12.0
    return _east_asian(character)


@cache
def _traditional(character: str) -> float:
    if character in familiar.CHINESE:
        return -7.0
    known = _lead(character, "big5")
    if "\u4e00" <= character <= "\u9fff" and known:
        return -9.4 if known <= 0xC6 else -13.0
    return _east_asian(character)


@cache
def _japanese(character: str) -> float:
    if character in familiar.HIRAGANA:
        return -5.0
    if character in familiar.KATAKANA:
        return -6.2
    known = _lead(character, "euc_jp")
    if "\u4e00" <= character <= "\u9fff" and known:
        return -8.2 if 0xB0 <= known <= 0xCF else -12.0
    return _east_asian(character)


@cache
def _korean(character: str) -> float:
    if character in familiar.HANGUL:
        return -5.5
    if "\uac00" <= character <= "\ud7a3":
        return -8.5 if _lead(character, "euc_kr") else -13.0
    return _east_asian(character)


def _lead(character: str, codec: str) -> int:
    """The first byte in a standard that sorts characters by use; 0 where it lacks this one."""
    try:
        return character.encode(codec)[0]
    except UnicodeEncodeError:
        return 0


def _east_asian(character: str) -> float:
    """What is no usual letter of the language in question."""
    if character.isascii():
        return ASCII
    if character in familiar.WIDE_PUNCTUATION:
        return -5.5
    if character in familiar.FULL_WIDTH:
        return -8.0
    if "\uff61" <= character <= "\uff9f":  # half-width kana: a byte each
        return -6.5
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cn", "Co"):
        return IMPOSSIBLE
    return -13.0


@cache
def usual(character: str) -> float:
    """1 for what people write every day, less for rare characters, -1 for all else."""
    block = ord(character) >> 8
    if character.isascii() or character in _EVERYDAY or block in _ALPHABETS:
        return 1.0
    return 0.3 if 0x4E <= block <= 0x9F or 0xAC <= block <= 0xD7 else -1.0


_ALPHABETS = (0x00, 0x01, 0x03, 0x04, 0x05, 0x06, 0x0E, 0x1E)
"""Latin, Greek, Cyrillic, Hebrew, Arabic, Thai, Vietnamese: the upper byte of their letters."""
_EVERYDAY = frozenset().union(
    familiar.CHINESE,
    familiar.HIRAGANA,
    familiar.KATAKANA,
    familiar.HANGUL,
    familiar.WIDE_PUNCTUATION,
    familiar.FULL_WIDTH,
    familiar.QUOTES,
)


def of_code_page(text: str, codec: str) -> float:
    """The likelihood of ``text`` in the best of the languages of a one-byte code page."""
    counted = Counter(text)
    foreign = {c: n for c, n in counted.items() if not c.isascii()}
    unlike = _unlike(Counter("".join(_NEAR.findall(text))))
    return (
        ASCII * sum(n for c, n in counted.items() if c.isascii())
        + _context(text)
        + max(
            _language(foreign, letters) + unlike.get(name, 0.0) + familiar.RARE.get(name, 0.0)
            for name, letters in _shares(codec).items()
        )
    )


def _unlike(plain: Mapping[str, int]) -> dict[str, float]:
    """How much the plain letters near foreign ones speak against each language in Latin letters;
    a little, because a document may quote another language."""
    fits = {
        name: _SAYS_LITTLE * _language(_small_letters(plain), _letters(order))
        for name, order in familiar.PLAIN_ORDER.items()
    }
    best = max(fits.values())
    return {name: max(fit - best, _SAYS_AT_MOST) for name, fit in fits.items()}


def _small_letters(plain: Mapping[str, int]) -> dict[str, int]:
    return {c: n for c, n in plain.items() if c.islower()}


def _language(foreign: Mapping[str, int], shares: Mapping[str, float]) -> float:
    return sum((shares.get(c) or _sign(c)) * n for c, n in foreign.items())


@cache
def _shares(codec: str) -> dict[str, dict[str, float]]:
    return {name: _letters(alphabet) for name, alphabet in familiar.WRITES[codec].items()}


@cache
def _letters(alphabet: str) -> dict[str, float]:
    """The logarithm of each letter's share, by the rule that the n-th is as common as 1/n."""
    weights = {letter: 1 / (rank + 6) for rank, letter in enumerate(alphabet)}
    whole = sum(weights.values())
    shares = {letter: log(weight / whole) for letter, weight in weights.items()}
    capitals = {letter.upper(): share + _FIRST_CAPITAL for letter, share in shares.items()}
    return {**{c: share for c, share in capitals.items() if len(c) == 1}, **shares}


@cache
def _sign(character: str) -> float:
    if character in familiar.QUOTES:
        return -4.0
    if character in familiar.SIGNS:
        return -6.0
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cn", "Co"):
        return IMPOSSIBLE
    return _ODD


def _context(text: str) -> float:
    """What speaks against a reading: a capital in a word, two scripts in one word, signs inside."""
    total = 0.0
    before = " "
    for character, after in zip(text, text[1:] + " ", strict=True):
        if not character.isascii():
            total += _between(before, character, after)
        before = character
    return total


def _between(before: str, character: str, after: str) -> float:
    if not character.isalpha():
        inside = before.isalpha() and after.isalpha()
        joins = character in "’·\xad\xa0—–" or unicodedata.combining(character)
        return _SIGN_IN_WORD if inside and not joins else 0.0
    total = _INNER_CAPITAL if character.isupper() and before.islower() else 0.0
    if character < "\u0250":  # Latin: these letters stand among plain ones
        is_pair = before.isalpha() and not before.isascii()
        return total + (_FOREIGN_PAIR if is_pair else 0.0)
    if any(c.isascii() and c.isalpha() for c in (before, after)):
        return total + _OTHER_SCRIPT
    is_alone = not before.isalpha() and not after.isalpha()
    return total + (_LONE_LETTER if is_alone else 0.0)
