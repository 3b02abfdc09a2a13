"""An Office Open XML package: its parts, what they are, and how they refer to each other.

Not python-docx, openpyxl or python-pptx: they inflate every part before one can look at it (a bomb
of 1 MB takes 400 MB and half a minute), refuse macro-enabled and strict files, and leave out what
people see (tracked insertions, text boxes, footnotes, dates as they are shown).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.markup import Element, attribute, local_name
from workspaces.worker.adapters.zip_parts import Budget, ZipParts, resolved


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another one refers to. ``kind`` is the last word of its type, which is the
    same for transitional and strict files."""

    kind: str
    part: str


class OfficePackage(ZipParts):
    """A DOCX, XLSX or PPTX file open for reading."""

    def __init__(self, source: Path | BinaryIO, name: str, budget: Budget | None = None) -> None:
        super().__init__(source, name, budget)
        self._types = self._content_types()

    def main(self, kind: re.Pattern[str], usual: str) -> tuple[str, Element]:
        """The part whose content type is ``kind``, else the one with the ``usual`` name, and its
        tree. Raises a Problem (``corrupt``) when there is none."""
        part = next((part for part, known in self._types if kind.search(known)), usual)
        root = self.xml(part)
        if root is None:
            raise Problem("corrupt", name=self.name)
        return part, root

    def of_type(self, kind: str) -> list[str]:
        """The parts of a content type (``styles``, ``footnotes``, ``header`` …)."""
        return [part for part, known in self._types if known.endswith(f".{kind}+xml")]

    def trees(self, kind: str) -> list[Element]:
        """The trees of the parts of a content type; damaged ones are left out, because the
        document can be read without them."""
        found = (self.xml(part) for part in self.of_type(kind))
        return [root for root in found if root is not None]

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` refers to inside the package, by id."""
        folder, file = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {
            attribute(each, "Id") or "": Relation(
                (attribute(each, "Type") or "").rpartition("/")[2],
                resolved(part, attribute(each, "Target") or ""),
            )
            for each in (root if root is not None else ())
            if local_name(each) == "Relationship" and attribute(each, "TargetMode") != "External"
        }

    def embedded(self, part: str) -> int:
        """How many objects (files of other programs) stand in ``part``."""
        return sum(
            relation.kind in ("oleObject", "package") for relation in self.relations(part).values()
        )

    def _content_types(self) -> list[tuple[str, str]]:
        """The parts that the package lists by name, with their content types."""
        root = self.xml("[Content_Types].xml")
        overrides = [] if root is None else [e for e in root if local_name(e) == "Override"]
        return [
            ((attribute(e, "PartName") or "").lstrip("/"), attribute(e, "ContentType") or "")
            for e in overrides
        ]
