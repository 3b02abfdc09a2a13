"""The words of diagrams and charts, which Office keeps in parts of their own."""

from __future__ import annotations

from workspaces.worker.adapters.markup import Element, local_name
from workspaces.worker.adapters.office_package import OfficePackage

_KINDS = ("diagramData", "chart", "chartEx")


def drawn_lines(package: OfficePackage, part: str) -> list[str]:
    """A line for each label of the diagrams and charts in ``part``."""
    lines: list[str] = []
    for relation in package.relations(part).values():
        root = package.xml(relation.part) if relation.kind in _KINDS else None
        if root is not None:
            lines += _labels(root)
    return lines


def _labels(root: Element) -> list[str]:
    """The paragraphs, and the names that a chart keeps of the cells it shows; each once."""
    found: dict[str, None] = {}
    for element in root.iter():
        name = local_name(element)
        if name == "p":
            found[_joined(element, "t")] = None
        elif name == "strCache":
            found.update(dict.fromkeys(_joined(point, "v") for point in element))
    return [label for label in found if label]


def _joined(element: Element, wanted: str) -> str:
    words = (inner.text or "" for inner in element.iter() if local_name(inner) == wanted)
    return " ".join("".join(words).split())
