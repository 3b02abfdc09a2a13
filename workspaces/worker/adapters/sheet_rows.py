"""The rows of one XLSX sheet, as its XML passes by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workspaces.worker.adapters.number_formats import GENERAL, NumberFormat

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ROWS = 1_048_576
_COLUMNS = 16_384
_CELL_LIMIT = 1_000_000
"""Characters of one cell; Excel takes 32 767."""
_TEXT_COST = 50
"""Bytes of a short text beside its letters."""
_BOOLEANS = {"0": "FALSE", "1": "TRUE"}
_TEXTS = frozenset(("v", "t", "f"))


class SharedTexts:
    """:class:`~workspaces.worker.adapters.xml_stream.Handler` of a workbook's table of texts."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.size = 0
        """About how many bytes they take."""
        self._said: list[str] = []
        self._listening = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._listening = name == "t"
        self._phonetic += name == "rPh"

    def end(self, name: str) -> None:
        self._listening = False
        self._phonetic -= name == "rPh"
        if name == "si":
            self.texts.append(unescaped("".join(self._said)))
            self._said.clear()
            self.size += _TEXT_COST

    def text(self, data: str) -> None:
        if self._listening and not self._phonetic:
            self._said.append(data)
            self.size += len(data)


class SheetRows:
    """:class:`~workspaces.worker.adapters.xml_stream.Handler` of a sheet. ``rows`` are those that
    ended since they were taken last: the number of each, and its cells with something in them."""

    def __init__(
        self, shared: Sequence[str], formats: Sequence[NumberFormat], since_1904: bool
    ) -> None:
        self._shared = shared
        self._formats = formats
        self._since_1904 = since_1904
        self.rows: list[tuple[int, list[tuple[int, str]]]] = []
        self._row = 0
        self._column = 0
        self._cells: list[tuple[int, str]] = []
        self._type = ""
        self._style = ""
        self._listening = ""
        self._phonetic = 0
        self._said: dict[str, str] = {}
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._column = _column(attributes.get("r", ""), self._column + 1)
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
        elif name in _TEXTS:
            self._listening = name
        elif name == "row":
            self._row = _number(attributes.get("r", ""), self._row + 1, _ROWS)
            self._column = 0
        else:
            self._phonetic += name == "rPh"

    def end(self, name: str) -> None:
        self._listening = ""
        if name == "c":
            if self._size:
                if len(self._cells) < _COLUMNS and (shown := self._shown()):
                    self._cells.append((self._column, shown))
                self._said.clear()
                self._size = 0
        elif name == "row":
            if self._cells:
                self.rows.append((self._row, self._cells))
                self._cells = []
        else:
            self._phonetic -= name == "rPh"

    def text(self, data: str) -> None:
        if self._listening and not self._phonetic and self._size < _CELL_LIMIT:
            self._said[self._listening] = self._said.get(self._listening, "") + data
            self._size += len(data)

    def _shown(self) -> str:
        """What the cell shows: a formula shows its value, or itself where none was kept."""
        value = self._said.get("v", "")
        if self._type == "inlineStr":
            return unescaped(self._said.get("t", ""))
        if not value:
            formula = self._said.get("f", "")
            return f"={formula}" if formula else ""
        if self._type == "s":
            place = _number(value, -1, len(self._shared))
            return self._shared[place] if 0 <= place < len(self._shared) else ""
        if self._type == "n":
            style = _number(self._style, 0, len(self._formats))
            known = self._formats[style] if style < len(self._formats) else GENERAL
            return known.shown(value, self._since_1904)
        if self._type == "b":
            return _BOOLEANS.get(value, value)
        if self._type == "d":
            return value.removesuffix("T00:00:00").removesuffix("Z").replace("T", " ")
        return unescaped(value)


def unescaped(text: str) -> str:
    """Text with the characters that XML cannot hold, which Excel writes as ``_x000D_``."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _column(reference: str, otherwise: int) -> int:
    """The column of a reference like ``AB12``, from 1."""
    column = 0
    for letter in reference[:4]:
        if not "A" <= letter <= "Z":
            break
        column = 26 * column + ord(letter) - 64
    return column if 0 < column <= _COLUMNS else otherwise


def _number(text: str, otherwise: int, largest: int) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) <= largest:
        return int(text)
    return otherwise
