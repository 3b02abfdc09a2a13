"""Reads texts that are written for people and marked lightly: reStructuredText, Org, AsciiDoc,
LaTeX. The text stays as it is written, line by line; its headings make the paths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.plain_text import paragraphs
from workspaces.worker.adapters.text_file import TextFile
from workspaces.worker.outline import Block, places, reported


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the index of its first line, how many lines it has, its level and words."""

    at: int
    lines: int
    level: int
    title: str


class _HeadedTextReader:
    def __init__(self, find: Callable[[Sequence[str]], Iterator[Heading]]) -> None:
        self._find = find

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        file = TextFile(path, name, report)
        lines = [text for _number, text in _whole_lines(file.lines())]
        found = places(reported(sections(lines, self._find(lines)), report))
        return Reading(found, warnings=file.warnings())


def _whole_lines(parts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The lines; the parts of a very long one put together again."""
    number, texts = 0, list[str]()
    for of_line, text in parts:
        if of_line != number and texts:
            yield number, "".join(texts)
            texts = []
        number = of_line
        texts.append(text)
    if texts:
        yield number, "".join(texts)


def sections(lines: Sequence[str], headings: Iterable[Heading]) -> Iterator[Block]:
    """The blocks of ``lines``: each heading one, the paragraphs between them."""
    start = 0
    for heading in headings:
        yield from _paragraphs(lines, start, heading.at)
        start = heading.at + heading.lines
        text = "".join(lines[heading.at : start])
        yield Block(text, heading.at + 1, heading.level, heading.title)
    yield from _paragraphs(lines, start, len(lines))


def _paragraphs(lines: Sequence[str], start: int, end: int) -> Iterator[Block]:
    return paragraphs(enumerate(lines[start:end], start + 1))


_ORG_HEADING = re.compile(r"(\*+)[ \t]+(.*)$")
_ORG_TAGS = re.compile(r"(?<![ \t])[ \t]+:[\w@#%:]+:$")
_ORG_TITLE = re.compile(r"#\+title:[ \t]*(.+)", re.IGNORECASE)
_ORG_BLOCK = re.compile(r"[ \t]*#\+(begin|end)_", re.IGNORECASE)


def org_headings(lines: Sequence[str]) -> Iterator[Heading]:
    inside = False
    for at, line in enumerate(lines):
        if block := _ORG_BLOCK.match(line):
            inside = block[1].lower() == "begin"
        elif inside:
            continue
        elif heading := _ORG_HEADING.match(line):
            plain = _ORG_TAGS.sub("", heading[2].rstrip())
            yield Heading(at, 1, len(heading[1]), _words(plain))
        elif title := _ORG_TITLE.match(line):
            yield Heading(at, 1, 0, _words(title[1]))


_ADOC_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*)$")
_ADOC_FENCE = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,}\w*)\s*$")


def asciidoc_headings(lines: Sequence[str]) -> Iterator[Heading]:
    fence: str | None = None
    for at, line in enumerate(lines):
        if mark := _ADOC_FENCE.match(line):
            kind = mark[1][:3]
            fence = kind if fence is None else (None if fence == kind else fence)
        elif fence is None and (heading := _ADOC_HEADING.match(line)):
            yield Heading(at, 1, len(heading[1]), _words(heading[2]))


_MD_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_MD_CLOSING = re.compile(r"(?:^|(?<=[ \t]))#+$")
_MD_FENCE = re.compile(r" {0,3}(```|~~~)")


def markdown_headings(lines: Sequence[str]) -> Iterator[Heading]:
    """The headings that begin with ``#``: for documents too large to be parsed."""
    fence: str | None = None
    for at, line in enumerate(lines):
        if mark := _MD_FENCE.match(line):
            fence = mark[1] if fence is None else (None if fence == mark[1] else fence)
        elif fence is None and (heading := _MD_HEADING.match(line.rstrip())):
            title = _MD_CLOSING.sub("", heading[2] or "")
            yield Heading(at, 1, len(heading[1]), _words(title))


_LATEX_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_LATEX_HEADING = re.compile(
    rf"[ \t]*\\(title|{'|'.join(_LATEX_LEVELS)})\*?(?:\[[^\]]*\])?"
    r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
_LATEX_VERBATIM = re.compile(r"[ \t]*\\(begin|end)\{(?:verbatim\*?|lstlisting|minted)\}")
_LATEX_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])?|[{}$]|\\(?=[&%#_])")


def latex_headings(lines: Sequence[str]) -> Iterator[Heading]:
    inside = False
    for at, line in enumerate(lines):
        if verbatim := _LATEX_VERBATIM.match(line):
            inside = verbatim[1] == "begin"
        elif not inside and (heading := _LATEX_HEADING.match(line)):
            named = heading[1]
            level = 0 if named == "title" else 1 + _LATEX_LEVELS.index(named)
            title = _LATEX_COMMAND.sub(" ", heading[2]).replace("~", " ")
            yield Heading(at, 1, level, _words(title))


_RST_RULE = re.compile(r"([^\w\s])\1*\s*$")


def rst_headings(lines: Sequence[str]) -> Iterator[Heading]:
    """Titles with a rule below, or below and above; the first kind met is the outermost."""
    kinds: list[tuple[str, bool]] = []
    last = -1  # the last line of the heading before
    for at, (title, rule) in enumerate(pairwise(lines)):
        if at <= last or not _is_rst_title(title, rule):
            continue
        above = at - 1 if at - 1 > last and _is_rule(lines[at - 1], rule) else None
        if above is None and at and lines[at - 1].strip() and at - 1 > last:
            continue  # the end of a paragraph
        kind = (rule[0], above is not None)
        if kind not in kinds:
            kinds.append(kind)
        first = at if above is None else above
        yield Heading(first, at + 2 - first, 1 + kinds.index(kind), _words(title))
        last = at + 1


def _is_rst_title(title: str, rule: str) -> bool:
    words = title.strip()
    return bool(
        words
        and _RST_RULE.match(rule)
        and not _RST_RULE.match(title)
        and len(rule.rstrip()) >= min(len(words), 4)
        and not words.startswith(("..", "|", "+"))
    )


def _is_rule(line: str, rule: str) -> bool:
    return line.rstrip() == rule.rstrip()


def _words(title: str) -> str:
    return " ".join(title.split())


class RstReader(_HeadedTextReader):
    """:class:`~workspaces.core.ports.DocumentReader` of reStructuredText."""

    def __init__(self) -> None:
        super().__init__(rst_headings)


class OrgReader(_HeadedTextReader):
    """:class:`~workspaces.core.ports.DocumentReader` of Org."""

    def __init__(self) -> None:
        super().__init__(org_headings)


class AsciiDocReader(_HeadedTextReader):
    """:class:`~workspaces.core.ports.DocumentReader` of AsciiDoc."""

    def __init__(self) -> None:
        super().__init__(asciidoc_headings)


class LatexReader(_HeadedTextReader):
    """:class:`~workspaces.core.ports.DocumentReader` of LaTeX."""

    def __init__(self) -> None:
        super().__init__(latex_headings)
