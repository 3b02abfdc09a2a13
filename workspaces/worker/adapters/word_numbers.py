"""The numbers that Word gives to headings and list items, which stand nowhere in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workspaces.worker.adapters.markup import Element, attribute, local_name
from workspaces.worker.adapters.word_styles import LEVELS, Numbering, child, value

BULLET = "-"

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_LARGEST = 9999
"""Larger numbers are written in digits in every shape."""
_PLACE = re.compile(r"%([1-9])")


def _roman(number: int) -> str:
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (number // worth)
        number %= worth
    return letters


def _letters(number: int) -> str:
    """a … z, then aa, bb …, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, LEVELS)


def _chinese(number: int) -> str:
    """As it is said: 10 is 十, 105 is 一百〇五."""
    said, skipped = "", False
    for unit, sign in _UNITS:
        digit, number = divmod(number, unit)
        if digit:
            said += "〇" * (skipped and bool(said)) + _DIGITS[digit] + sign
        skipped = not digit
    if number:
        said += "〇" * (skipped and bool(said)) + _DIGITS[number]
    return said.removeprefix("一") if said.startswith("一十") else said


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


_SHAPES: Mapping[str, Callable[[int], str]] = {
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "none": lambda _number: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """``pattern`` is the label, with ``%1`` where the number of the first level comes."""

    start: int = 1
    shape: str = "bullet"
    pattern: str = ""
    style: str = ""
    only_digits: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """``counters`` is the key of the numbers that lists of one definition share."""

    counters: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


class Numbers:
    """The lists of a document, counting on with each label."""

    def __init__(self, roots: list[Element]) -> None:
        definitions = {
            attribute(each, "abstractNumId") or "": each
            for root in roots
            for each in root
            if local_name(each) == "abstractNum"
        }
        self._lists = {
            attribute(each, "numId") or "": _list(each, definitions)
            for root in roots
            for each in root
            if local_name(each) == "num"
        }
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, numbering: Numbering, style: str = "") -> str:
        """The label of the next paragraph in a list: "1.2", "第三条", :data:`BULLET`, or "" where
        it has none. ``style`` finds the level where ``numbering`` leaves it open."""
        if numbering.list_id == "0":  # how a paragraph leaves the list of its style
            return ""
        known = self._lists.get(numbering.list_id)
        if known is None:
            return BULLET
        at = self.level(numbering, style)
        counters = self._counters.setdefault(known.counters, {})
        if numbering.list_id not in self._begun:
            self._begun.add(numbering.list_id)
            counters.update({each: start - 1 for each, start in known.restarts.items()})
        level = known.levels.get(at, _Level())
        counters[at] = counters.get(at, level.start - 1) + 1
        for deeper in [each for each in counters if each > at]:
            del counters[deeper]
        return BULLET if level.shape == "bullet" else _filled(known, level, counters)

    def level(self, numbering: Numbering, style: str = "") -> int:
        """The level of a paragraph in its list, from 0."""
        if numbering.level is not None:
            return numbering.level
        known = self._lists.get(numbering.list_id)
        levels = {} if known is None else known.levels
        return next((at for at, each in levels.items() if style and each.style == style), 0)


def _list(element: Element, definitions: Mapping[str, Element]) -> _List:
    key = value(child(element, "abstractNumId")) or ""
    levels = _levels(definitions[key]) if key in definitions else {}
    restarts: dict[int, int] = {}
    for override in (each for each in element if local_name(each) == "lvlOverride"):
        levels.update(_levels(override))
        start = value(child(override, "startOverride"))
        if start is not None:
            restarts[_number(attribute(override, "ilvl"), 0)] = _number(start, 1)
    return _List(key, levels, restarts)


def _levels(parent: Element) -> dict[int, _Level]:
    return {
        _number(attribute(each, "ilvl"), 0): _Level(
            start=_number(value(child(each, "start")), 1),
            shape=value(child(each, "numFmt")) or "decimal",
            pattern=value(child(each, "lvlText")) or "",
            style=value(child(each, "pStyle")) or "",
            only_digits=child(each, "isLgl") is not None,
        )
        for each in parent
        if local_name(each) == "lvl"
    }


def _filled(known: _List, level: _Level, counters: Mapping[int, int]) -> str:
    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        of = known.levels.get(at, _Level(shape="decimal"))
        count = counters.get(at, of.start)
        shape = _SHAPES.get("decimal" if level.only_digits else of.shape, str)
        return shape(count) if 1 <= count <= _LARGEST else str(count)

    return _PLACE.sub(number, level.pattern).strip()


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 6 else otherwise
