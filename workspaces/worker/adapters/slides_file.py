"""Reads PPTX: a slide after the other, its title, its texts and tables, and its speaker notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.types import Place
from workspaces.worker.adapters.drawings import drawn_lines
from workspaces.worker.adapters.left_out import left_out
from workspaces.worker.adapters.markup import Element, attribute, local_name
from workspaces.worker.adapters.office_package import OfficePackage
from workspaces.worker.outline import Block, places

_MAIN = re.compile(
    r"(?:presentationml|ms-powerpoint)\.(?:presentation|template|slideshow)"
    r"(?:\.macroEnabled)?\.main\+xml$",
    re.IGNORECASE,
)
_TITLES = ("title", "ctrTitle")
_UNSEEN = frozenset(("dt", "sldNum"))
"""Placeholders whose text says nothing of the slide: its date and number."""


class SlidesReader:
    """:class:`~workspaces.core.ports.DocumentReader` of PPTX; a slide is a page."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        return self.read_from(path, name, report)

    def read_from(self, source: Path | BinaryIO, name: str, report: ReportStep) -> Reading:
        """As :meth:`read`, also from memory."""
        with OfficePackage(source, name) as package:
            return _Deck(package).read(report)


@dataclass(slots=True)
class _Slide:
    title: str
    blocks: list[Block]
    has_pictures: bool


class _Deck:
    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._part, self._root = package.main(_MAIN, "ppt/presentation.xml")
        self._comments = 0
        self._embedded = 0

    def read(self, report: ReportStep) -> Reading:
        parts = self._slides()
        found: list[Place] = []
        silent: list[int] = []
        for number, part in enumerate(parts, 1):
            report(number - 1, len(parts))
            slide = self._slide(part)
            on_slide = slide_places(number, slide.title, slide.blocks)
            found += on_slide
            if not on_slide and slide.has_pictures:
                silent.append(number)
        report(len(parts), len(parts))
        warnings = left_out(self._package.name, comments=self._comments, embedded=self._embedded)
        return Reading(found, len(parts) or None, silent, warnings)

    def _slides(self) -> list[str]:
        """The slides in order, also hidden ones; unordered where the list of them is damaged."""
        relations = self._package.relations(self._part)
        listed = (
            relations.get(_relation_id(each))
            for root in self._root.iter("{*}sldIdLst")
            for each in root
        )
        found = [relation.part for relation in listed if relation is not None]
        return found or self._package.of_type("presentationml.slide")

    def _slide(self, part: str) -> _Slide:
        root = self._package.xml(part)
        if root is None:
            return _Slide("", [], has_pictures=False)
        shapes = list(_shapes(root))
        title = next((_text_of(shape) for shape in shapes if _placeholder(shape) in _TITLES), "")
        blocks = [block for shape in shapes for block in _blocks(shape)]
        blocks += [Block(f"{line}\n") for line in drawn_lines(self._package, part)]
        self._embedded += self._package.embedded(part)
        for relation in self._package.relations(part).values():
            if relation.kind == "notesSlide":
                blocks += self._notes(relation.part)
            elif relation.kind == "comments":
                self._count_comments(relation.part)
        pictures = next(root.iter("{*}pic"), None) is not None
        return _Slide(" ".join(title.split()), blocks, pictures)

    def _notes(self, part: str) -> list[Block]:
        """What the speaker wrote; the picture of the slide and its number are left out."""
        root = self._package.xml(part)
        shapes = [] if root is None else [s for s in _shapes(root) if _placeholder(s) == "body"]
        return [Block("\n"), *(block for shape in shapes for block in _blocks(shape))]

    def _count_comments(self, part: str) -> None:
        root = self._package.xml(part)
        self._comments += 0 if root is None else sum(1 for _each in root.iter("{*}cm"))


def slide_places(number: int, title: str, blocks: list[Block]) -> list[Place]:
    """The places of slide ``number``, each with its title as heading."""
    heading = (title,) if title else ()
    return [replace(place, page=number, heading=heading) for place in places(blocks)]


def _relation_id(element: Element) -> str:
    """The ``r:id`` of a slide, which also has an ``id``."""
    ids = (str(value) for key, value in element.attrib.items() if str(key).endswith("}id"))
    return next(ids, "")


def _shapes(root: Element) -> Iterator[Element]:
    """The shapes and frames in the order they lie on each other, also those in groups."""
    for element in root:
        name = local_name(element)
        if name in ("sp", "graphicFrame"):
            yield element
        elif name != "Fallback":
            yield from _shapes(element)


def _placeholder(shape: Element) -> str:
    """The type of a placeholder; "" for another shape."""
    mark = next(shape.iter("{*}ph"), None)
    return "" if mark is None else attribute(mark, "type") or ""


def _blocks(shape: Element) -> list[Block]:
    """What a shape says, and an empty line behind it."""
    lines = [] if _placeholder(shape) in _UNSEEN else list(_lines(shape))
    return [*lines, Block("\n")] if lines else []


def _lines(shape: Element) -> Iterator[Block]:
    if local_name(shape) == "graphicFrame":
        for row in shape.iter("{*}tr"):
            cells = [_text_of(cell) for cell in row if local_name(cell) == "tc"]
            if any(cells):
                yield Block(" | ".join(cells) + "\n")
    else:
        for paragraph in shape.iter("{*}p"):
            if text := _words(paragraph):
                yield Block(f"{_bullet(paragraph)}{text}\n")


def _text_of(shape: Element) -> str:
    """All that a shape or cell says, in one line."""
    return " ".join(" ".join(_words(each).split()) for each in shape.iter("{*}p")).strip()


def _words(paragraph: Element) -> str:
    said: list[str] = []
    for element in paragraph.iter("{*}t", "{*}br", "{*}tab"):
        if local_name(element) == "t":
            said.append(element.text or "")
        else:
            said.append("\n" if local_name(element) == "br" else "\t")
    return "".join(said).strip()


def _bullet(paragraph: Element) -> str:
    """How deep a paragraph is in a list; those of the first level are marked by no bullet here,
    because whether they have one stands in the layout."""
    properties = next(iter(paragraph), None)
    level = None if properties is None else properties.get("lvl")
    return f"{'  ' * min(int(level), 8)}- " if level and level.isdecimal() and level != "0" else ""
