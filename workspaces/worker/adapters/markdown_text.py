"""Reads Markdown: its own source text, in sections with their heading paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.adapters.plain_text import paragraphs
from workspaces.worker.outline import PLACE_LIMIT, Block, places

_FENCE = "---"


class MarkdownReader:
    """:class:`~workspaces.core.ports.DocumentReader` of Markdown."""

    def __init__(self) -> None:
        self._parser = MarkdownIt("commonmark").enable("table")

    def read(self, path: Path, name: str, report: ReportStep) -> Reading:
        text = decode(path.read_bytes())
        report(0, 1)
        if text is None:
            raise Problem("binary", name=name)
        found = places(self._blocks(text.split("\n")))
        report(1, 1)
        return Reading(found)

    def _blocks(self, lines: list[str]) -> Iterator[Block]:
        """The outermost blocks of the document, each with the empty lines after it."""
        body = _after_front_matter(lines)
        tokens = self._parser.parse("\n".join(lines[body:]))
        tops = [at for at, token in enumerate(tokens) if token.level == 0 and token.map]
        starts = [body + (tokens[at].map or [0])[0] for at in tops]
        if not any(line.strip() for line in lines[body:]):
            return
        yield from _source(lines, 0, starts[0] if starts else len(lines))
        for at, start, end in zip(tops, starts, [*starts[1:], len(lines)], strict=True):
            if tokens[at].type == "heading_open":
                text = "".join(f"{line}\n" for line in lines[start:end])
                title = _plain(tokens[at + 1])
                yield Block(text, start + 1, int(tokens[at].tag[1:]), title)
            else:
                yield from _source(lines, start, end)


def _source(lines: list[str], start: int, end: int) -> Iterator[Block]:
    """Lines from ``start`` to ``end``: one block, unless it is longer than a place."""
    text = "".join(f"{line}\n" for line in lines[start:end])
    if len(text) > PLACE_LIMIT:
        yield from paragraphs(lines[start:end], start + 1)
    elif text:
        yield Block(text, start + 1)


def _after_front_matter(lines: list[str]) -> int:
    """The index of the first line after a YAML header, which is no heading (``---`` makes one)."""
    if lines[0].rstrip() != _FENCE:
        return 0
    ends = (at for at, line in enumerate(lines[1:], 1) if line.rstrip() in (_FENCE, "..."))
    return next(ends, -1) + 1


def _plain(inline: Token) -> str:
    """A heading's words without their marks."""
    parts = (inline.children or []) if inline.children is not None else []
    words = "".join(" " if part.type.endswith("break") else part.content for part in parts)
    return " ".join(words.split())
