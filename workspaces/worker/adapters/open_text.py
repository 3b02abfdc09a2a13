"""Reads ODT: paragraphs, lists and tables in order, sections by headings, notes where they
belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.left_out import left_out
from workspaces.worker.adapters.markup import Element
from workspaces.worker.adapters.open_body import OpenBody, heading_styles
from workspaces.worker.adapters.open_package import open_package
from workspaces.worker.outline import Block, places

_STEPS = 200
"""Blocks between two reports."""
_MARGINS = ("{*}header", "{*}footer", "{*}header-first", "{*}header-left", "{*}footer-first",
            "{*}footer-left")  # fmt: skip


class OpenTextReader:
    """:class:`~workspaces.core.ports.DocumentReader` of ODT."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        with open_package(path, name, passwords, report) as package:
            content, styles = package.content(), package.styles()
            body = OpenBody(heading_styles(styles, content))
            blocks: list[Block] = []
            for block in _body_blocks(body, content):
                if len(blocks) % _STEPS == 0:
                    report(len(blocks), len(blocks) + _STEPS)
                blocks.append(block)
            blocks += _margins(body, styles)
            report(len(blocks), len(blocks))
            warnings = left_out(
                name,
                comments=_count(content, "annotation"),
                deletions=_count(content, "deletion"),
                embedded=package.embedded(content),
            )
            return Reading(places(blocks), warnings=warnings)


def _body_blocks(body: OpenBody, content: Element) -> Iterator[Block]:
    for root in content.iter("{*}body"):
        yield from body.blocks(root)


def _margins(body: OpenBody, styles: Element | None) -> list[Block]:
    """Headers and footers, each text once, as what they are: no headings."""
    masters = () if styles is None else styles.iter("{*}master-page")
    found = (
        block.text
        for master in masters
        for margin in master.iter(*_MARGINS)
        for block in body.blocks(margin)
    )
    return [Block(text) for text in dict.fromkeys(found)]


def _count(root: Element, name: str) -> int:
    return sum(1 for _each in root.iter(f"{{*}}{name}"))
