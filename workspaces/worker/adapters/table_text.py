"""Reads CSV and its relatives: a record a line as it is written, under the names of its columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.text_file import Line, TextFile
from workspaces.worker.outline import Block, places
from workspaces.worker.separators import separator_of

_SAMPLE = 100
"""Lines that show the separator and the header."""
_LINES_OF_A_RECORD = 200
"""Lines after which a quote that was opened is no quote; then a record is a line."""
_HEADER_LIMIT = 300
_NUMBER = re.compile(r"[-+]?(?=[.,:/ %€$£¥-]*\d)[\d.,:/ %€$£¥-]+")


class TableTextReader:
    """:class:`~workspaces.core.ports.DocumentReader` of CSV, TSV and the like.

    A line of text is a record; line ends inside its quotes have become spaces. ``row`` counts
    records from 1, the header included, empty lines not.
    """

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        sample = list(islice(TextFile(path, name, report).lines(), _SAMPLE))
        separator = separator_of("".join(text for _number, text in sample)) or ","
        header = _header(list(_records(sample, separator)), separator)
        file = TextFile(path, name, report)
        found = places(_rows(_records(file.lines(), separator)), heading=header)
        return Reading(found, warnings=file.warnings())


def _rows(records: Iterable[str]) -> Iterator[Block]:
    for row, record in enumerate(records, 1):
        yield Block(f"{record}\n", row=row)


def _records(lines: Iterable[Line], separator: str) -> Iterator[str]:
    """The records as they are written, each in one line."""
    waiting = iter(lines)
    ahead: list[str] = []
    while True:
        first = ahead.pop(0) if ahead else next((text for _number, text in waiting), None)
        if first is None:
            return
        if _opens_a_quote(first, separator):
            rest = _up_to_closing(ahead, waiting)
            first, ahead = first + "".join(rest[0]), rest[1]
        if record := " ".join(first.split("\n")).strip(" \ufeff"):
            yield record


def _up_to_closing(ahead: list[str], waiting: Iterator[Line]) -> tuple[list[str], list[str]]:
    """The lines up to the one that closes a quote, and those after it that were looked at."""
    lines = ahead + [text for _number, text in islice(waiting, _LINES_OF_A_RECORD - len(ahead))]
    for at, line in enumerate(lines):
        if line.count('"') % 2:
            return lines[: at + 1], lines[at + 1 :]
    return [], lines


def _opens_a_quote(line: str, separator: str) -> bool:
    """Whether a quote goes on in the next line; one inside a field (5" pipe) is none."""
    if line.count('"') % 2 == 0:
        return False
    return bool(re.search(rf'(?:^|{re.escape(separator)})\s*"', line))


def cells(record: str, separator: str) -> list[str]:
    """The fields of a record; the record itself where its quotes are in disorder."""
    try:
        fields = next(csv.reader([record], delimiter=separator), [])
    except csv.Error:
        return [record]
    return [" ".join(field.split()) for field in fields]


def _header(records: list[str], separator: str) -> tuple[str, ...]:
    """The names of the columns, as a heading: the first record that is as wide as the table, if
    nothing in it is empty or a number. Before it may stand a title, which is narrower."""
    rows = [cells(record, separator) for record in records]
    widths = Counter(_width(row) for row in rows)
    usual = max(widths, key=lambda width: widths[width], default=0)
    first = next((row for row in rows if _width(row) >= usual), [])
    names = first[:-1] if first and not first[-1] else first
    if usual < 2 or len(rows) < 2 or not all(names) or any(map(_NUMBER.fullmatch, names)):
        return ()
    return (" | ".join(names)[:_HEADER_LIMIT],)


def _width(row: list[str]) -> int:
    return sum(map(bool, row))
