"""The one place that parses HTML and XML: no network, no entities, no recursion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_WRAPPER = re.compile(r"</?(?:div|span|font|center|b|i|em|strong)\b[^<>]*>", re.IGNORECASE)
_ANY_WRAPPER = re.compile(r"</?(?!(?:script|style|title|h[1-6]|p)\b)[a-z][^<>]*>", re.IGNORECASE)


def parse_html(text: str) -> Element | None:
    """The tree of a page, repaired as far as needed; None when there is nothing in it."""
    root, whole = _repair(text)
    for wrapper in (_WRAPPER, _ANY_WRAPPER):
        if whole:
            break  # else nested too deep for the parser, which drops what is inside
        root, whole = _repair(wrapper.sub("\n", text))
    return root


def _repair(text: str) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None, True
    return root, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def parse_xml(data: bytes) -> Element | None:
    """The tree of an XML part; None when it is malformed or a trap (entities, endless depth)."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def walk(root: Element, wanted: Callable[[Element], bool]) -> Iterator[tuple[str, Element]]:
    """Both ends (``start``, ``end``) of every element, without recursion; of an element that is
    not wanted only the end comes, because the text behind it is its own."""
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if event == "start" and not wanted(element):
            steps.skip_subtree()
        else:
            yield event, element


def local_name(element: Element) -> str:
    """The name of an element without its namespace: Office has two for the same words."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """The attribute ``name`` in whatever namespace."""
    values = (value for key, value in element.attrib.items() if _bare(key) == name)
    found = next(values, None)
    return None if found is None else str(found)


def _bare(key: str | bytes) -> str:
    return str(key).rpartition("}")[2]
