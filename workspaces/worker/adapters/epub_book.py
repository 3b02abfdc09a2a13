"""Reads EPUB: chapters in reading order, under the titles of its table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem, Reason
from workspaces.worker.adapters.epub_contents import Contents
from workspaces.worker.adapters.inner_page import inner_blocks
from workspaces.worker.adapters.zip_parts import ZipParts
from workspaces.worker.outline import Block, places


class EpubReader:
    """:class:`~workspaces.core.ports.DocumentReader` of EPUB 2 and 3."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        with ZipParts(path, name) as parts:
            contents = Contents(parts)
            blocks: list[Block] = []
            unread = 0
            for number, chapter in enumerate(contents.chapters):
                report(number, len(contents.chapters))
                data = parts.read(chapter)
                page = None if data is None else inner_blocks(data, titled=False)
                unread += page is None
                blocks += _under(contents.titles.get(chapter, ()), page or [])
            report(len(contents.chapters), len(contents.chapters))
        if contents.chapters and unread == len(contents.chapters):
            raise Problem("corrupt", name=name)
        return Reading(places(blocks), warnings=[Reason("repaired", {"name": name})] * (unread > 0))


def _under(titles: tuple[str, ...], blocks: list[Block]) -> Iterator[Block]:
    """The blocks of a chapter below its titles in the table of contents. A title that the chapter
    says itself is not repeated, and the others stand in no text: they are only headings."""
    own = [block for block in blocks if block.level is not None]
    if titles and own and own[0].title.casefold() == titles[-1].casefold():
        titles = titles[:-1]
    yield from (Block("", level=level, title=title) for level, title in enumerate(titles))
    top = min((block.level or 0 for block in own), default=0)
    for block in blocks:
        if block.level is None:
            yield block
        else:
            yield replace(block, level=block.level - top + len(titles))
