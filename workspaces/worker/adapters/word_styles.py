"""Which paragraph styles of a DOCX file are headings, and of which level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workspaces.worker.adapters.markup import Element, attribute, local_name

_NAMED = re.compile(
    r"(?:heading|标题|標題|見出し|제목|Überschrift|Titre|Título|Titolo|Заголовок)\s*([1-9])",
    re.IGNORECASE,
)
_TITLES = ("title", "标题", "標題")
_DEPTH = 20
"""Styles stand on styles; a longer chain than this is a circle."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph inherits from its style: the level of a heading (a title has 0)."""

    level: int | None = None
    is_list: bool = False


def read_styles(roots: list[Element]) -> dict[str, Style]:
    """The paragraph styles by their ids."""
    elements = {
        attribute(element, "styleId") or "": element
        for root in roots
        for element in root
        if local_name(element) == "style"
    }
    return {name: _style(name, elements) for name in elements}


def _style(name: str, elements: dict[str, Element]) -> Style:
    """The first of a style and those it stands on that says something about headings."""
    level: int | None = None
    is_list = False
    base: str | None = name
    for _step in range(_DEPTH):
        if base is None or base not in elements:
            break
        element = elements[base]
        level = _level(element) if level is None else level
        is_list = is_list or child(element, "pPr", "numPr") is not None
        base = value(child(element, "basedOn"))
    return Style(level, is_list)


def _level(style: Element) -> int | None:
    name = (value(child(style, "name")) or "").strip()
    if name.lower() in _TITLES:
        return 0
    named = _NAMED.fullmatch(name)
    return int(named[1]) if named else outline_level(child(style, "pPr"))


def outline_level(properties: Element | None) -> int | None:
    """The level that paragraph properties give, from 1; None for body text."""
    given = value(None if properties is None else child(properties, "outlineLvl"))
    return int(given) + 1 if given is not None and given in "012345678" else None


def child(element: Element, *names: str) -> Element | None:
    """The child (of the child …) of these names."""
    found: Element | None = element
    for name in names:
        if found is None:
            return None
        found = next((inner for inner in found if local_name(inner) == name), None)
    return found


def value(element: Element | None) -> str | None:
    """The ``val`` of a property."""
    return None if element is None else attribute(element, "val")
