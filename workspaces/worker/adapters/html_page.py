"""Reads HTML as a person sees it: lines, lists, table rows and headings, nothing that is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.adapters.markup import Element, parse_html, walk
from workspaces.worker.adapters.text_file import TextFile
from workspaces.worker.outline import Block, places, reported

_DECLARED = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_MEGABYTE = 1024 * 1024
_LARGEST = 64 * _MEGABYTE
"""Bytes of the longest page: its tree takes up to thirty times as much."""
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_NAMES = "head script style noscript template svg math iframe object embed audio canvas"
_LINE_NAMES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
    "option p pre section select summary table tbody td textarea tfoot th thead tr ul"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_LINES = frozenset(_LINE_NAMES.split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "menu")
_CELLS = ("td", "th")
_SPACE = re.compile(r"[ \t\n\r]+")


class HtmlReader:
    """:class:`~workspaces.core.ports.DocumentReader` of HTML."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        if path.stat().st_size > _LARGEST:
            raise Problem("too_large", name=name, limit=_LARGEST // _MEGABYTE)
        file = TextFile(path, name, report, _DECLARED)
        found = places(reported(_blocks(file.whole()), report))
        return Reading(found, warnings=file.warnings())


def page_blocks(page: str | bytes) -> list[Block] | None:
    """What a page says, under its title where it has no first heading; None when its bytes are no
    text."""
    text = page if isinstance(page, str) else _decoded(page)
    return None if text is None else list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    root = parse_html(text)
    return iter(()) if root is None else _with_title(root, _Page().blocks(root))


def _decoded(page: bytes) -> str | None:
    declared = _DECLARED.search(page[:4096])
    return decode(page, declared[1].decode("ascii") if declared else None)


def _with_title(root: Element, blocks: Iterator[Block]) -> Iterator[Block]:
    """A page without a first heading is headed by its title."""
    title = " ".join((root.findtext(".//title") or "").split())
    first = next(blocks, None)
    if first is None:
        return
    headings = ("".join(map(str, heading.itertext())) for heading in root.iter("h1"))
    if title and not any(map(str.strip, headings)):
        yield Block(f"{title}\n\n", level=1, title=title)
    yield first
    yield from blocks


def _is_seen(element: Element) -> bool:
    return not (
        element.tag in _UNSEEN
        or "hidden" in element.attrib
        or _INVISIBLE.search(element.get("style") or "")
    )


class _Page:
    """Collects what is said on one line after the other."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._bullet = ""
        self._tight = False
        """Whether the last line was an item or a row, which the next may follow closely."""
        self._lists = 0
        self._preformatted = 0
        self._rows: list[bool] = []
        """The open table rows; whether each is one of data, to be kept in one line."""

    def blocks(self, root: Element) -> Iterator[Block]:
        for event, element in walk(root, _is_seen):
            if event == "start":
                yield from self._open(element, str(element.tag))
                self._say(element.text)
            else:
                if _is_seen(element):
                    yield from self._close(str(element.tag))
                self._say(element.tail)
        yield from self._line()

    def _say(self, text: str | None) -> None:
        if text:
            self._said.append(text if self._preformatted else _SPACE.sub(" ", text))

    def _open(self, element: Element, tag: str) -> Iterator[Block]:
        if tag == "br":
            self._said.append(" " if self._in_row else "\n")
        elif tag in _CELLS and self._in_row:
            self._said.append(" | ")
        elif tag in _LINES:
            yield from self._line("\n" if tag in _LISTS or tag == "li" else "\n\n")
        if tag == "tr":
            self._rows.append(next(element.iter("table", *_HEADINGS), None) is None)
        elif tag == "li" and not self._in_row:
            self._bullet = "  " * (self._lists - 1) + "- "
        self._lists += tag in _LISTS
        self._preformatted += tag == "pre"

    def _close(self, tag: str) -> Iterator[Block]:
        self._lists -= tag in _LISTS
        self._preformatted -= tag == "pre"
        if tag == "tr":
            is_data = self._rows.pop()
            yield from self._line("\n", cut=" |" if is_data else " ")
        elif tag == "pre":
            yield from self._line(preformatted=True)
        elif tag in _HEADINGS:
            yield from (
                replace(block, level=_HEADINGS[tag], title=" ".join(block.text.split()))
                for block in self._line()
            )
        elif tag in _LINES:
            yield from self._line("\n" if tag == "li" else "\n\n")
        if self._tight and (tag == "table" or (tag in _LISTS and not self._lists)):
            self._tight = False
            yield Block("\n")

    @property
    def _in_row(self) -> bool:
        return bool(self._rows) and self._rows[-1]

    def _line(
        self, end: str = "\n\n", cut: str = " ", preformatted: bool = False
    ) -> Iterator[Block]:
        """What was said since the last line. The lines inside a table row wait for its end."""
        if self._in_row:
            self._said.append(" ")
            return
        said = "".join(self._said)
        self._said.clear()
        if not preformatted:
            lines = (_SPACE.sub(" ", line).strip(cut) for line in said.split("\n"))
            said = "\n".join(line for line in lines if line)
        if said.strip():
            yield Block(self._bullet + said.strip("\n") + end)
            self._bullet = ""
            self._tight = end == "\n"
