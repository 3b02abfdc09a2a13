"""Reads Markdown: its own source text, in sections with their heading paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.headed_text import markdown_headings, sections
from workspaces.worker.adapters.plain_text import paragraphs
from workspaces.worker.adapters.text_file import TextFile
from workspaces.worker.outline import PLACE_LIMIT, Block, places, reported

_FENCE = "---"
_PARSED = 1024 * 1024
"""Characters of the longest document that is parsed; of a longer one only the headings count."""
_TITLE = 2000
"""Characters of the longest heading whose marks are read."""


class MarkdownReader:
    """:class:`~workspaces.core.ports.DocumentReader` of Markdown."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        file = TextFile(path, name, report)
        found = places(reported(blocks(file.whole()), report))
        return Reading(found, warnings=file.warnings())


def blocks(text: str) -> Iterator[Block]:
    """The outermost blocks of a document, each with the empty lines after it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    if len(text) > _PARSED:
        return sections(lines, markdown_headings(lines))
    return _parsed(lines)


def _parsed(lines: list[str]) -> Iterator[Block]:
    body = _after_front_matter(lines)
    if not any(line.strip() for line in lines[body:]):
        return
    words = MarkdownIt("commonmark")
    parser = MarkdownIt("commonmark").enable("table").disable("inline")  # only headings need it
    tokens = parser.parse("".join(lines[body:]))
    tops = [at for at, token in enumerate(tokens) if token.level == 0 and token.map]
    starts = [body + (tokens[at].map or [0])[0] for at in tops]
    yield from _source(lines, 0, starts[0] if starts else len(lines))
    for at, start, end in zip(tops, starts, [*starts[1:], len(lines)], strict=True):
        if tokens[at].type == "heading_open":
            title = _title(words, tokens[at + 1].content)
            yield Block("".join(lines[start:end]), start + 1, int(tokens[at].tag[1:]), title)
        else:
            yield from _source(lines, start, end)


def _source(lines: list[str], start: int, end: int) -> Iterator[Block]:
    """Lines from ``start`` to ``end``: one block, unless it is longer than a place."""
    text = "".join(lines[start:end])
    if len(text) > PLACE_LIMIT:
        yield from paragraphs(enumerate(lines[start:end], start + 1))
    elif text:
        yield Block(text, start + 1)


def _after_front_matter(lines: list[str]) -> int:
    """The index of the first line after a YAML header, which is no heading (``---`` makes one)."""
    if lines[0].rstrip() != _FENCE:
        return 0
    ends = (at for at, line in enumerate(lines[1:], 1) if line.rstrip() in (_FENCE, "..."))
    return next(ends, -1) + 1


def _title(words: MarkdownIt, content: str) -> str:
    """A heading's words; those of an absurdly long one as they are written, because the parser
    takes minutes over a hundred thousand brackets."""
    if len(content) > _TITLE:
        return " ".join(content[:_TITLE].split())
    return _plain(words.parseInline(content)[0])


def _plain(inline: Token) -> str:
    """A heading's words without their marks."""
    parts = (inline.children or []) if inline.children is not None else []
    words = "".join(" " if part.type.endswith("break") else part.content for part in parts)
    return " ".join(words.split())
