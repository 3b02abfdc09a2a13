"""Reads ODS: every sheet, row by row, cells as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.left_out import left_out
from workspaces.worker.adapters.open_package import open_package
from workspaces.worker.adapters.sheet_text import SheetText

_ROWS = 1_048_576
_COLUMNS = 16_384
_CELL_LIMIT = 1_000_000
"""Characters of one cell."""
_CELLS = ("table-cell", "covered-table-cell")
_BREAKS = frozenset(("p", "s", "tab", "line-break"))
"""What stands between words."""


class OpenSheetReader:
    """:class:`~workspaces.core.ports.DocumentReader` of ODS."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        text = SheetText(name)
        rows = _Rows(text)
        with open_package(path, name, passwords, report) as package:
            for _step in package.pass_through("content.xml", rows):
                report(text.rows, text.rows + 1)
        warnings = left_out(name, comments=rows.comments, embedded=rows.embedded)
        return Reading(text.places(), warnings=text.cut_short() + warnings)


class _Rows:
    """:class:`~workspaces.worker.adapters.xml_stream.Handler` of the content of an ODS file."""

    def __init__(self, text: SheetText) -> None:
        self._text = text
        self._sheet = ""
        self._row = 0
        self._column = 0
        self._row_times = 1
        self._cell_times = 1
        self._cells: list[tuple[int, str]] = []
        self._said: list[str] = []
        self._size = 0
        self._in_cell = False
        self._annotations = 0
        self.comments = 0
        self.embedded = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._cell_times = _times(attributes, "table:number-columns-repeated", _COLUMNS)
            self._in_cell = True
        elif name in _BREAKS:
            self._said.append(" ")
        elif name == "table-row":
            self._row_times = _times(attributes, "table:number-rows-repeated", _ROWS)
            self._column = 0
        elif name == "table":
            self._sheet = attributes.get("table:name", "")
            self._row = 0
        elif name == "annotation":
            self._annotations += 1
            self.comments += 1
        else:
            self.embedded += name in ("object", "object-ole")

    def end(self, name: str) -> None:
        if name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "annotation":
            self._annotations -= 1

    def text(self, data: str) -> None:
        if self._in_cell and not self._annotations and self._size < _CELL_LIMIT:
            self._said.append(data)
            self._size += len(data)

    def _end_cell(self) -> None:
        if self._size and (shown := "".join(self._said).strip()):
            last = min(self._column + self._cell_times, _COLUMNS)
            columns = range(self._column + 1, last + 1)
            self._cells += [(column, shown) for column in columns]
        self._column += self._cell_times
        self._said.clear()
        self._size = 0
        self._in_cell = False

    def _end_row(self) -> None:
        """A row that is repeated stands there as often; empty ones cost nothing."""
        if self._cells:
            times = min(self._row_times, _ROWS - self._row)
            self._text.add(self._sheet, self._row + 1, self._cells, times)
            self._cells = []
        self._row += self._row_times


def _times(attributes: dict[str, str], name: str, most: int) -> int:
    given = attributes.get(name, "1")
    return min(int(given), most) if given.isdecimal() and len(given) < 10 else 1
