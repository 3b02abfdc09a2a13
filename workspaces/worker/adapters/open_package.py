"""An OpenDocument file: its parts, and whether they are encrypted."""

from __future__ import annotations

from pathlib import Path

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.markup import Element
from workspaces.worker.adapters.zip_parts import ZipParts


class OpenPackage(ZipParts):
    """An ODT, ODS or ODP file open for reading. Opening it raises a Problem (``encrypted``) where
    its parts are encrypted: Quire does not decrypt them, whatever passwords are given."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(path, name)
        manifest = self.xml("META-INF/manifest.xml")
        marks = () if manifest is None else manifest.iter("{*}encryption-data")
        if next(iter(marks), None) is not None:
            raise Problem("encrypted", name=name)

    def content(self) -> Element:
        """The body of the document; a Problem (``corrupt``) when there is none."""
        root = self.xml("content.xml")
        body = None if root is None else next(root.iter("{*}body"), None)
        if root is None or body is None:
            raise Problem("corrupt", name=self.name)
        return root

    def styles(self) -> Element | None:
        """The styles, where headers and footers are too."""
        return self.xml("styles.xml")

    def embedded(self, root: Element) -> int:
        """How many objects of other programs stand in ``root``."""
        return sum(1 for _each in root.iter("{*}object", "{*}object-ole"))
