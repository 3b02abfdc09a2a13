"""Turns the elements of a DOCX body into blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from workspaces.worker.adapters.markup import Element, local_name
from workspaces.worker.adapters.word_numbers import BULLET, Numbers
from workspaces.worker.adapters.word_styles import (
    Style,
    child,
    numbering_of,
    outline_level,
    value,
)
from workspaces.worker.adapters.word_text import words_of
from workspaces.worker.outline import Block

_LEFT_OUT = frozenset(
    ("del", "moveFrom", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "Fallback")
)


class WordBody:
    """The blocks of bodies, cells, notes, boxes, headers and footers of one document.

    ``chunk`` gives the blocks of an ``altChunk`` element: a document that stands in for text.
    """

    def __init__(
        self,
        styles: Mapping[str, Style],
        numbers: Numbers,
        notes: dict[tuple[str, str], Element],
        chunk: Callable[[Element], Iterator[Block]],
    ) -> None:
        self._styles = styles
        self._numbers = numbers
        self._notes = notes
        self._chunk = chunk

    def blocks(self, container: Element) -> Iterator[Block]:
        """The blocks in ``container``, also inside content controls and accepted insertions."""
        for element in container:
            name = local_name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "altChunk":
                yield from self._chunk(element)
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
        numbering = numbering_of(properties) or style.numbering
        label, depth = "", 0
        if numbering is not None:
            label = self._numbers.label(numbering, style.joined_by)
            depth = self._numbers.level(numbering, style.joined_by)
        level = outline_level(properties)
        level = style.level if level is None else level
        if level is not None:
            text = f"{label} {text}" if label not in ("", BULLET) else text
            return Block(f"{text}\n\n", level=level, title=" ".join(text.split()))
        if not label:
            return Block(f"{text}\n\n")
        return Block(f"{'  ' * depth}{label} {text}\n")

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
