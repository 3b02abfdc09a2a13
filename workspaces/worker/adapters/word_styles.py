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
LEVELS = 9
"""A list has so many levels."""
_DEPTH = 20
"""Styles stand on styles; a longer chain than this is a circle."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The id of a list, or "" for one that is only hinted at, and the level in it, from 0."""

    list_id: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph inherits from its style: the level of a heading (a title has 0), and the
    list that numbers it, with the style that joined it to the list."""

    level: int | None = None
    numbering: Numbering | None = None
    joined_by: str = ""


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
    numbering: Numbering | None = None
    joined_by = ""
    base: str | None = name
    for _step in range(_DEPTH):
        if base is None or base not in elements:
            break
        element = elements[base]
        level = _level(element) if level is None else level
        if numbering is None and (numbering := numbering_of(child(element, "pPr"))):
            joined_by = base
        base = value(child(element, "basedOn"))
    return Style(level, numbering, joined_by)


def _level(style: Element) -> int | None:
    named = named_level(value(child(style, "name")) or "")
    return outline_level(child(style, "pPr")) if named is None else named


def named_level(name: str) -> int | None:
    """The level of headings in a style of this name: 0 of a title, None of no heading."""
    if name.strip().lower() in _TITLES:
        return 0
    named = _NAMED.fullmatch(name.strip())
    return int(named[1]) if named else None


def outline_level(properties: Element | None) -> int | None:
    """The level that paragraph properties give, from 1; None for body text."""
    given = value(None if properties is None else child(properties, "outlineLvl"))
    return int(given) + 1 if given is not None and given in "012345678" else None


def numbering_of(properties: Element | None) -> Numbering | None:
    """The list that paragraph properties name."""
    given = None if properties is None else child(properties, "numPr")
    if given is None:
        return None
    level = value(child(given, "ilvl"))
    return Numbering(
        value(child(given, "numId")) or "",
        min(int(level), LEVELS - 1) if level is not None and level.isdecimal() else None,
    )


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
