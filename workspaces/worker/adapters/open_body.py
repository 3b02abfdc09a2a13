"""Turns the elements of an OpenDocument text or slide into blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workspaces.worker.adapters.markup import Element, attribute, local_name
from workspaces.worker.adapters.word_styles import named_level
from workspaces.worker.outline import Block

_LEFT_OUT = frozenset(
    ("annotation", "annotation-end", "tracked-changes", "ruby-text", "note-citation", "notes",
     "sequence-decls", "variable-decls", "user-field-decls", "forms", "object", "object-ole",
     "title", "desc", "event-listeners", "table-columns", "settings", "linenumbering-configuration")
)  # fmt: skip
_ROWS = 1000
_CELLS = 256
"""Repeated rows and cells of a table in a text are written so often at most."""
_SPACE = re.compile(r"[ \t\r\n]+")
_SPACES = 80
"""Spaces in a row; more say nothing more."""


@dataclass
class _Words:
    """What a paragraph says, and what hangs on it: notes and text boxes."""

    text: list[str] = field(default_factory=list)
    asides: list[Element] = field(default_factory=list)


class OpenBody:
    """The blocks of containers of one document. ``styles`` are the levels of paragraph styles
    that are headings."""

    def __init__(self, styles: Mapping[str, int]) -> None:
        self._styles = styles

    def blocks(self, container: Iterable[Element], depth: int = -1) -> Iterator[Block]:
        """The blocks in ``container``; ``depth`` is that of the list around it, from 0."""
        for element in container:
            name = local_name(element)
            if name in ("p", "h"):
                yield from self._paragraph(element, depth)
            elif name == "table":
                yield from self._table(element)
            elif name == "list":
                yield from self.blocks(element, depth + 1)
                if depth < 0:
                    yield Block("\n")
            elif name not in _LEFT_OUT:
                yield from self.blocks(element, depth)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Block]:
        words = _Words()
        _gather(element, words)
        if text := "".join(words.text).strip():
            yield self._block(element, text, depth)
        for aside in words.asides:
            yield from self.blocks(aside)

    def _block(self, element: Element, text: str, depth: int) -> Block:
        level = self._level(element)
        if level is not None:
            return Block(f"{text}\n\n", level=level, title=" ".join(text.split()))
        if depth >= 0:
            return Block(f"{'  ' * min(depth, 8)}- {text}\n")
        return Block(f"{text}\n\n")

    def _level(self, element: Element) -> int | None:
        if local_name(element) == "h":
            given = attribute(element, "outline-level") or "1"
            return int(given) if given.isdecimal() and len(given) < 3 else 1
        return self._styles.get(attribute(element, "style-name") or "")

    def _table(self, table: Element) -> Iterator[Block]:
        """A line a row; what a cell says in several lines stands in one."""
        for row in _inside(table, "table-row"):
            cells: list[str] = []
            for cell in _inside(row, "table-cell", "covered-table-cell"):
                cells += [self._cell(cell)] * times(cell, "columns", _CELLS)
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                block = Block(" | ".join(cells) + "\n")
                yield from [block] * times(row, "rows", _ROWS)
        yield Block("\n")

    def _cell(self, cell: Element) -> str:
        return " ".join(" ".join(block.text.split()) for block in self.blocks(cell)).strip()


def heading_styles(*roots: Element | None) -> dict[str, int]:
    """The paragraph styles that make headings without saying so in the text: titles, and those
    named like a heading, also by the style they stand on."""
    names: dict[str, tuple[str, str]] = {}
    for root in roots:
        for style in () if root is None else root.iter("{*}style"):
            name = attribute(style, "name") or ""
            shown = attribute(style, "display-name") or name.replace("_20_", " ")
            names[name] = (shown, attribute(style, "parent-style-name") or "")
    levels: dict[str, int] = {}
    for name, (shown, parent) in names.items():
        level = named_level(shown)
        level = named_level(names[parent][0]) if level is None and parent in names else level
        if level is not None:
            levels[name] = level
    return levels


def times(element: Element, what: str, most: int) -> int:
    """How often a row or cell is repeated, at most ``most`` times."""
    given = attribute(element, f"number-{what}-repeated") or "1"
    return min(int(given), most) if given.isdecimal() and len(given) < 10 else 1


def _gather(element: Element, words: _Words) -> None:
    """The words in ``element``. The XML parser bounds how deep this can go."""
    words.text.append(_SPACE.sub(" ", element.text or ""))
    for inner in element:
        name = local_name(inner)
        if name == "s":
            given = attribute(inner, "c") or "1"
            words.text.append(" " * min(int(given) if given.isdecimal() else 1, _SPACES))
        elif name in ("tab", "line-break"):
            words.text.append("\t" if name == "tab" else "\n")
        elif name in ("note-body", "text-box"):
            words.asides.append(inner)
        elif name not in _LEFT_OUT:
            _gather(inner, words)
        words.text.append(_SPACE.sub(" ", inner.tail or ""))


def _inside(container: Element, *wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in groups."""
    for element in container:
        name = local_name(element)
        if name in wanted:
            yield element
        elif name not in _LEFT_OUT and name not in ("table", "p", "h"):
            yield from _inside(element, *wanted)
