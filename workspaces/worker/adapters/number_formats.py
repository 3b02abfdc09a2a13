"""Shows the numbers of a sheet as people see them: dates as dates, 0.35 as 35%.

Dates are written as 2024-03-05 whatever the format says: the order of day and month depends on
the machine that shows the sheet, and a reader should not have to guess it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_BUILT_IN: Mapping[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: "yyyy-mm-dd", 28: "m-d", 29: "m-d",
    30: "m-d-yy", 31: "yyyy-mm-dd", 32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss",
    36: "yyyy-mm-dd", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss", 50: "yyyy-mm-dd", 51: "m-d", 52: "yyyy-mm-dd", 53: "m-d",
    54: "m-d", 55: "yyyy-mm-dd", 56: "m-d", 57: "yyyy-mm-dd", 58: "m-d",
}  # fmt: skip
_QUOTED = re.compile(r'"([^"]*)"?|\\(.)|_.|\*.', re.DOTALL)
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKET = re.compile(r"\[[^\]]*\]")
_HALF_DAY = re.compile(r"AM/PM|A/P|上午/下午|下午|上午", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0?#]*)?")
_LONGEST = 255
"""Characters of a format code, which is what Excel takes."""
_DAYS = 2_958_465
"""The serial number of 9999-12-31."""
_EXPONENT = 30
"""Numbers of more digits before or behind the point are left as they are."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a format code does. ``is_date`` and ``is_time`` may both be."""

    is_date: bool = False
    is_time: bool = False
    is_elapsed: bool = False
    decimals: int = 0
    is_percent: bool = False
    groups: bool = False
    """Whether thousands are set apart."""
    digits: int = 0
    """How many digits stand before the point at least."""
    before: str = ""
    behind: str = ""

    def shown(self, value: str, since_1904: bool = False) -> str:
        """The number ``value`` as people see it, or ``value`` itself where it is none."""
        if self is GENERAL:
            return _plain(value)
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number.adjusted()) > _EXPONENT:
            return value
        if self.is_elapsed:
            return _elapsed(number)
        if self.is_date or self.is_time:
            return self._moment(number, since_1904) or _plain(value)
        return self._number(number)

    def _moment(self, number: Decimal, since_1904: bool) -> str | None:
        days = number + 1462 if since_1904 and self.is_date else number
        if not 0 <= days <= _DAYS + 1:
            return None
        if days < 60:  # Excel holds that 1900 was a leap year
            days += 1
        seconds = int((days * 86_400).to_integral_value(ROUND_HALF_UP))
        try:
            moment = datetime(1899, 12, 30) + timedelta(seconds=seconds)  # noqa: DTZ001 - has none
        except OverflowError:
            return None
        time = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
        if not self.is_date:
            return time
        date = f"{moment.year:04}-{moment:%m-%d}"
        return f"{date} {time}" if self.is_time else date

    def _number(self, number: Decimal) -> str:
        shown = number * 100 if self.is_percent else number
        rounded = shown.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        text = f"{abs(rounded):,f}" if self.groups else f"{abs(rounded):f}"
        whole, point, rest = text.partition(".")
        minus = "-" if rounded < 0 else ""
        return f"{minus}{self.before}{whole.zfill(self.digits)}{point}{rest}{self.behind}"


GENERAL = NumberFormat()
"""The format of numbers that have none, or one that is not understood: shown as they are."""


def number_format(code: int, custom: Mapping[int, str]) -> NumberFormat:
    """The format with the number ``code``, which may be one of the document's own."""
    pattern = custom.get(code, _BUILT_IN.get(code))
    return GENERAL if pattern is None else parse_format(pattern)


def parse_format(pattern: str) -> NumberFormat:
    """What the first section of a format code says (the others are for numbers below zero and for
    text)."""
    literals: list[str] = []

    def keep(quoted: re.Match[str]) -> str:
        literals.append((quoted[1] or quoted[2] or "") if quoted.lastindex else "")
        return "\1"

    code = _LOCALE.sub(lambda sign: f'"{sign[1]}"', pattern[:_LONGEST])
    code = _QUOTED.sub(keep, code).partition(";")[0]
    if _ELAPSED.search(code):
        return NumberFormat(is_elapsed=True)
    code = _BRACKET.sub("", code)
    if "general" in code.lower() or "@" in code:
        return GENERAL
    if moment := _moment_format(_HALF_DAY.sub("", code).lower()):
        return moment
    return _number_format(code, literals)


def _moment_format(code: str) -> NumberFormat | None:
    """The format of dates or times; ``m`` is a month, except beside hours or seconds."""
    if "0" in code.partition(".")[0] or "#" in code:
        return None
    is_time = "h" in code or "s" in code
    is_date = any(letter in code for letter in "yde") or "mmm" in code
    is_date = is_date or ("m" in code and not is_time)
    return NumberFormat(is_date=is_date, is_time=is_time) if is_date or is_time else None


def _number_format(code: str, literals: list[str]) -> NumberFormat:
    digits = _DIGITS.search(code)
    rest = "" if digits is None else code[digits.end() :]
    if digits is None or "/" in rest or rest[:1] in ("E", "e") or _DIGITS.search(rest):
        return GENERAL
    whole, _point, decimals = digits[0].partition(".")
    if whole.endswith(",") or "#" in decimals:
        return GENERAL
    texts = iter(literals)
    before = re.sub("\1", lambda _sign: next(texts), code[: digits.start()])
    behind = re.sub("\1", lambda _sign: next(texts), rest)
    return NumberFormat(
        decimals=len(decimals),
        is_percent="%" in code,
        groups="," in whole,
        digits=whole.replace(",", "").count("0"),
        before=before.strip("()"),
        behind=behind.strip("()"),
    )


def _elapsed(number: Decimal) -> str:
    """Hours, minutes and seconds, also more than a day."""
    seconds = int((abs(number) * 86_400).to_integral_value(ROUND_HALF_UP))
    minus = "-" if number < 0 else ""
    text = f"{minus}{seconds // 3600}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def _plain(value: str) -> str:
    """The number without the noise of binary fractions: 0.1 for 0.1000000000000000055."""
    if "." not in value and "e" not in value.lower():
        return value
    try:
        short = f"{float(value):.15g}"
    except ValueError:
        return value
    return short if "e" not in short else f"{Decimal(short):f}"
