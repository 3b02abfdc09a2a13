"""Reads plain text: paragraphs between empty lines, each with its line number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.outline import PLACE_LIMIT, Block, places


class PlainTextReader:
    """:class:`~workspaces.core.ports.DocumentReader` of plain text."""

    def read(self, path: Path, name: str, report: ReportStep) -> Reading:
        text = decode(path.read_bytes())
        report(0, 1)
        if text is None:
            raise Problem("binary", name=name)
        found = places(paragraphs(text.split("\n")))
        report(1, 1)
        return Reading(found)


def paragraphs(lines: list[str], first: int = 1) -> Iterator[Block]:
    """The paragraphs of ``lines``, each with the empty lines after it; ``first`` is the number of
    the first line. One that is longer than a place (a log file) ends at a line."""
    start, size = 0, 0
    for at, line in enumerate(lines):
        begins = bool(line.strip()) and at > start and not lines[at - 1].strip()
        if begins or (size and size + len(line) > PLACE_LIMIT):
            yield _block(lines[start:at], first + start)
            start, size = at, 0
        size += len(line) + 1
    yield _block(lines[start:], first + start)


def _block(lines: list[str], number: int) -> Block:
    return Block("".join(f"{line}\n" for line in lines), line=number)
