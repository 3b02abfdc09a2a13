"""Reads DOCX: paragraphs and tables in order, sections by headings, notes where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.markup import Element, attribute, local_name
from workspaces.worker.adapters.word_package import WordPackage
from workspaces.worker.adapters.word_styles import (
    Style,
    child,
    outline_level,
    read_styles,
    value,
)
from workspaces.worker.adapters.word_text import words_of
from workspaces.worker.outline import Block, places

_LEFT_OUT = frozenset(("del", "moveFrom", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr"))
_STEPS = 200
"""Blocks between two reports."""


class WordReader:
    """:class:`~workspaces.core.ports.DocumentReader` of DOCX."""

    def read(self, path: Path, name: str, report: ReportStep) -> Reading:
        package = WordPackage(path, name)
        try:
            document = package.main()
            text = _Text(read_styles(package.parts("styles")), _notes(package))
            margins = package.parts("header") + package.parts("footer")
        finally:
            package.close()
        blocks: list[Block] = []
        for block in text.blocks(document):
            if len(blocks) % _STEPS == 0:
                report(len(blocks), len(blocks) + _STEPS)
            blocks.append(block)
        blocks += _once(block for margin in margins for block in text.blocks(margin))
        report(len(blocks), len(blocks))
        return Reading(places(blocks))


def _once(blocks: Iterator[Block]) -> list[Block]:
    """Headers and footers, each text once, as what they are: no headings."""
    return [Block(text) for text in dict.fromkeys(block.text for block in blocks)]


def _notes(package: WordPackage) -> dict[tuple[str, str], Element]:
    """Footnotes and endnotes by kind and id."""
    return {
        (kind, attribute(note, "id") or ""): note
        for kind in ("footnote", "endnote")
        for root in package.parts(f"{kind}s")
        for note in root
        if local_name(note) == kind
    }


class _Text:
    """Turns the elements of a body into blocks."""

    def __init__(self, styles: dict[str, Style], notes: dict[tuple[str, str], Element]) -> None:
        self._styles = styles
        self._notes = notes

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks in ``container``, also inside content controls and accepted insertions."""
        for element in container:
            name = local_name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name not in _LEFT_OUT:
                yield from self.blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        words = words_of(element)
        if text := str(words):
            yield self._block(element, text)
        for formula in filter(None, words.formulas):
            yield Block(f"{formula}\n\n")
        for box in words.boxes:
            yield from self.blocks(box)
        for note in words.notes:
            if note in self._notes:
                yield from self.blocks(self._notes.pop(note))

    def _block(self, element: Element, text: str) -> Block:
        properties = child(element, "pPr")
        style = self._styles.get(value(child(element, "pPr", "pStyle")) or "", Style())
        level = outline_level(properties)
        level = style.level if level is None else level
        if level is not None:
            return Block(f"{text}\n\n", level=level, title=" ".join(text.split()))
        numbering = child(element, "pPr", "numPr")
        if numbering is None and not style.is_list:
            return Block(f"{text}\n\n")
        depth = 0 if numbering is None else _depth(value(child(numbering, "ilvl")))
        return Block(f"{'  ' * depth}- {text}\n")

    def _table(self, table: Element) -> Iterator[Block]:
        """A line a row; what a cell says in several lines stands in one."""
        for row in _inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            cells = [self._cell(cell) for cell in _inside(row, "tc")]
            if any(cells):
                yield Block(" | ".join(cells) + "\n")
        yield Block("\n")

    def _cell(self, cell: Element) -> str:
        return " ".join(" ".join(block.text.split()) for block in self.blocks(cell)).strip()


def _inside(container: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for element in container:
        name = local_name(element)
        if name == wanted:
            yield element
        elif name not in _LEFT_OUT and name not in ("tbl", "p"):
            yield from _inside(element, wanted)


def _depth(level: str | None) -> int:
    return min(int(level), 8) if level is not None and level.isdecimal() else 0
