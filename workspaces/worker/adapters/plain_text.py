"""Reads plain text and source code: paragraphs between empty lines, each with its line number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.text_file import Line, TextFile
from workspaces.worker.outline import PLACE_LIMIT, Block, places

_DECLARED = re.compile(rb"\A(?:[^\n]*\n)?[^\n]*?coding[:=][ \t]*([-\w.]+)")
"""The encoding of a source file, as Python, Ruby and Emacs write it in the first two lines."""


class PlainTextReader:
    """:class:`~workspaces.core.ports.DocumentReader` of plain text and source code."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        file = TextFile(path, name, report, _DECLARED)
        found = places(paragraphs(file.lines()))
        return Reading(found, warnings=file.warnings())


def paragraphs(lines: Iterable[Line]) -> Iterator[Block]:
    """The paragraphs of ``lines``, each with the empty lines after it. One that is longer than a
    place (a log file) ends at a line."""
    texts: list[str] = []
    first, size, was_blank = 1, 0, False
    for number, text in lines:
        blank = not text.strip()
        begins = was_blank and not blank
        if texts and (begins or size + len(text) > PLACE_LIMIT):
            yield Block("".join(texts), line=first)
            texts, size = [], 0
        if not texts:
            first = number
        texts.append(text)
        size += len(text)
        was_blank = blank
    if texts:
        yield Block("".join(texts), line=first)
