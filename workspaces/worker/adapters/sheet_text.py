"""Puts the rows of sheets together to places: rows that follow each other, a line each."""

from __future__ import annotations

from collections.abc import Iterable

from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import Place
from workspaces.worker.outline import PLACE_LIMIT

_TEXT_LIMIT = 50_000_000
"""Characters of all sheets together; 200 000 rows of 20 cells have about 30 million."""
_PLACE_COST = 100
"""What a place costs beside its text, in characters: a million rows, each alone, are bounded."""
_ROW_LIMIT = 1_000_000
"""Characters of one row."""
_REPEATS = 100
"""So often a repeated row is kept: a few bytes can ask for a million of them, which would take
hours to embed and say nothing new."""
_GAP = 8
"""So many empty cells between two others keep their columns; a wider gap counts as one cell."""
_BETWEEN = " | "

Cells = Iterable[tuple[int, str]]
"""The cells that say something: their columns, from 1, and their texts."""


class SheetText:
    """The places of one document's sheets, in the order in which rows are added."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = _TEXT_LIMIT
        self._lines: list[str] = []
        self._size = 0
        self._sheet = ""
        self._first = 0
        self._places: list[Place] = []
        self.rows = 0
        """How many rows say something."""
        self._kept = 0

    def add(self, sheet: str, row: int, cells: Cells, times: int = 1) -> None:
        """Add the 1-based ``row`` of ``sheet``, which stands there ``times`` times. Raises a
        Problem for one that is absurdly long."""
        line = self._line(cells) if self._left >= 0 else ""
        if self._left >= 0 and not line.strip(_BETWEEN):
            return
        self.rows += times
        for number in range(row, row + min(times, _REPEATS)):
            if self._left < 0:
                break
            self._keep(sheet, number, line)

    def _keep(self, sheet: str, row: int, line: str) -> None:
        follows = sheet == self._sheet and row == self._first + len(self._lines)
        if not follows or self._size + len(line) > PLACE_LIMIT:
            self._end_place()
            self._sheet, self._first = sheet, row
            self._left -= _PLACE_COST
        self._left -= len(line)
        if self._left >= 0:
            self._lines.append(line)
            self._size += len(line) + 1
            self._kept += 1

    def aside(self, sheet: str, lines: Iterable[str]) -> None:
        """Add text of ``sheet`` that stands in no row."""
        self._end_place()
        text = "\n".join(lines)
        self._left -= len(text)
        if text.strip() and self._left >= 0:
            self._places.append(Place(text, heading=_heading(sheet)))

    def places(self) -> list[Place]:
        """The places of all that was added."""
        self._end_place()
        return self._places

    def cut_short(self) -> list[Reason]:
        """A warning where not all rows were kept."""
        if self._kept == self.rows:
            return []
        details = {"name": self._name, "read": str(self._kept), "total": str(self.rows)}
        return [Reason("cut_short", {**details, "unit": "rows"})]

    def _end_place(self) -> None:
        if self._lines:
            place = Place("\n".join(self._lines), heading=_heading(self._sheet), row=self._first)
            self._places.append(place)
        self._lines = []
        self._size = 0
        self._sheet = ""

    def _line(self, cells: Cells) -> str:
        """The cells in one line; a cell's own lines stand in one."""
        pieces: list[str] = []
        size, last = 0, 0
        for column, text in cells:
            words = " ".join(text.split())
            if not words:
                continue
            empty = column - last - 1
            pieces += [""] * (empty if 0 <= empty <= _GAP else 1)
            pieces.append(words)
            size += len(words)
            last = column
            if size > _ROW_LIMIT:
                limit = _ROW_LIMIT // 1_000_000
                raise Problem("unpacks_too_large", name=self._name, limit=limit)
        return _BETWEEN.join(pieces)


def _heading(sheet: str) -> tuple[str, ...]:
    return (sheet,) if sheet else ()
