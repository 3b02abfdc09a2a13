"""Reads DOCX: paragraphs and tables in order, sections by headings, notes where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Reason
from workspaces.worker.adapters.drawings import drawn_lines
from workspaces.worker.adapters.left_out import left_out
from workspaces.worker.adapters.markup import Element, attribute, local_name
from workspaces.worker.adapters.office_package import OfficePackage
from workspaces.worker.adapters.word_body import WordBody
from workspaces.worker.adapters.word_chunks import Chunks
from workspaces.worker.adapters.word_numbers import Numbers
from workspaces.worker.adapters.word_styles import child, read_styles
from workspaces.worker.adapters.zip_parts import Budget
from workspaces.worker.outline import Block, places

_MAIN = re.compile(r"(?:wordprocessingml|ms-word)\.(?:document|template)\w*(?:\.\w+)?\.main\+xml$")
_STEPS = 200
"""Blocks between two reports."""
_NESTED = 3
"""Documents in documents are read so deep."""


class WordReader:
    """:class:`~workspaces.core.ports.DocumentReader` of DOCX."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        return self.read_from(path, name, report)

    def read_from(self, source: Path | BinaryIO, name: str, report: ReportStep) -> Reading:
        """As :meth:`read`, also from memory."""
        with OfficePackage(source, name) as package:
            document = _Document(package)
            blocks: list[Block] = []
            for block in document.blocks():
                if len(blocks) % _STEPS == 0:
                    report(len(blocks), len(blocks) + _STEPS)
                blocks.append(block)
            report(len(blocks), len(blocks))
            return Reading(places(blocks), warnings=document.left_out())


class _Document:
    """A DOCX file, or one inside another."""

    def __init__(self, package: OfficePackage, depth: int = 0) -> None:
        self._package = package
        self._part, self._root = package.main(_MAIN, "word/document.xml")
        self._depth = depth
        self._chunks = Chunks(package, self._part, self._inner)

    def blocks(self) -> Iterator[Block]:
        """The text, then what diagrams and charts say, then headers and footers."""
        package = self._package
        numbers = Numbers(package.trees("numbering"))
        styles = read_styles(package.trees("styles"))
        body = WordBody(styles, numbers, _notes(package), self._chunks.blocks)
        yield from body.blocks(self._root)
        yield from (Block(f"{line}\n") for line in drawn_lines(package, self._part))
        margins = package.trees("header") + package.trees("footer")
        yield from _once(block for margin in margins for block in body.blocks(margin))

    def left_out(self) -> list[Reason]:
        """What was left out of the blocks, once they were read."""
        comments = sum(
            local_name(each) == "comment"
            for root in self._package.trees("comments")
            for each in root
        )
        embedded = self._package.embedded(self._part) + self._chunks.unread
        return left_out(
            self._package.name,
            comments=comments,
            deletions=_deletions(self._root),
            embedded=embedded,
        )

    def _inner(self, source: BinaryIO, budget: Budget) -> Iterator[Block] | None:
        """The blocks of a document inside this one; None where it is too deep."""
        if self._depth + 1 >= _NESTED:
            return None
        return self._blocks_inside(source, budget)

    def _blocks_inside(self, source: BinaryIO, budget: Budget) -> Iterator[Block]:
        with OfficePackage(source, self._package.name, budget) as package:
            yield from _Document(package, self._depth + 1).blocks()


def _once(blocks: Iterator[Block]) -> list[Block]:
    """Headers and footers, each text once, as what they are: no headings."""
    return [Block(text) for text in dict.fromkeys(block.text for block in blocks)]


def _notes(package: OfficePackage) -> dict[tuple[str, str], Element]:
    """Footnotes and endnotes by kind and id."""
    return {
        (kind, attribute(note, "id") or ""): note
        for kind in ("footnote", "endnote")
        for root in package.trees(f"{kind}s")
        for note in root
        if local_name(note) == kind
    }


def _deletions(root: Element) -> int:
    """How many stretches of text and table rows are deleted with changes tracked."""
    stretches = sum(
        next(each.iter("{*}delText", "{*}t"), None) is not None
        for each in root.iter("{*}del", "{*}moveFrom")
    )
    return stretches + sum(child(each, "del") is not None for each in root.iter("{*}trPr"))
