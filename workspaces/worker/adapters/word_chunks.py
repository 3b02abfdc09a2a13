"""Documents of other kinds that stand in a DOCX in place of text (``altChunk``)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.adapters.inner_page import inner_blocks
from workspaces.worker.adapters.markup import Element, attribute
from workspaces.worker.adapters.office_package import OfficePackage
from workspaces.worker.adapters.rtf_file import rtf_blocks
from workspaces.worker.adapters.zip_parts import Budget
from workspaces.worker.outline import Block

Inner = Callable[[BinaryIO, Budget], Iterator[Block] | None]


class Chunks:
    """The chunks of one document. ``inner`` reads one that is a DOCX itself; ``unread`` counts
    those that could not be read."""

    def __init__(self, package: OfficePackage, part: str, inner: Inner) -> None:
        self._package = package
        self._relations = package.relations(part)
        self._inner = inner
        self.unread = 0

    def blocks(self, element: Element) -> Iterator[Block]:
        """What the chunk says that ``element`` refers to."""
        relation = self._relations.get(attribute(element, "id") or "")
        data = None if relation is None else self._package.read(relation.part)
        found = None if data is None else self._read(data)
        if found is None:
            self.unread += 1
            return
        try:
            yield from found
        except Problem:  # damaged; a bomb has used up what the rest of the document may inflate
            self.unread += 1

    def _read(self, data: bytes) -> Iterator[Block] | None:
        if data.startswith(b"PK"):
            return self._inner(io.BytesIO(data), self._package.budget)
        if data.startswith(b"{\\rtf"):
            return rtf_blocks(data)
        if b"<" in data[:1024]:
            page = inner_blocks(data)
            return None if page is None else iter(page)
        text = decode(data)
        return None if text is None else (Block(f"{line}\n") for line in text.split("\n"))
