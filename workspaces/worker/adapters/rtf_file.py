"""Reads RTF: paragraphs, table rows, headings and notes, in the encodings of its fonts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.left_out import left_out
from workspaces.worker.adapters.rtf_text import RtfText, Unbalanced
from workspaces.worker.outline import Block, places

_STEPS = 200
"""Blocks between two reports."""


class RtfReader:
    """:class:`~workspaces.core.ports.DocumentReader` of RTF."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        text = RtfText(path.read_bytes(), lambda: report(0, 1))
        blocks: list[Block] = []
        try:
            for block in text.blocks():
                if len(blocks) % _STEPS == 0:
                    report(len(blocks), len(blocks) + _STEPS)
                blocks.append(block)
        except Unbalanced as error:
            raise Problem("corrupt", name=name) from error
        report(len(blocks), len(blocks))
        warnings = left_out(
            name, comments=text.comments, deletions=text.deletions, embedded=text.embedded
        )
        return Reading(places(blocks), warnings=warnings)


def rtf_blocks(data: bytes) -> Iterator[Block]:
    """The blocks of RTF inside another document, as far as it goes."""
    try:
        yield from RtfText(data).blocks()
    except Unbalanced:
        return
