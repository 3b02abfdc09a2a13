"""A conversation as Markdown, with its sources as numbered footnotes.

Valid CommonMark, and readable without footnote support: each footnote is one paragraph. What a
person typed and what a document says are escaped; what the model wrote is Markdown already and is
kept, except that it may hold neither HTML nor images (they could load something from afar).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workspaces.core.citations import cited
from workspaces.core.markdown import close_fence, escape, outside_code, quote
from workspaces.core.reasons import Reason
from workspaces.core.types import Ending, Source, Turn

NAME_LENGTH = 180
"""Bytes of a title that become a file's name; file systems take 255, and we add to it."""

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_MARK = re.compile(r"\[(\d+)\]")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s)", re.MULTILINE)
_UNDERLINE = re.compile(r"^( {0,3})(=+|-+)(?=[ \t]*$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the export, in the person's language."""

    workspace: str = "Workspace"
    date: str = "Date"
    model: str = "Model"
    sources: str = "Sources"
    page: str = "page {page}"
    writing: str = "(unfinished: still being written at the time of the export)"
    stopped: str = "(unfinished: stopped while it was being written)"
    failed: str = "(unfinished: something went wrong)"
    crashed: str = "(unfinished: Quire ended while it was being written)"
    cut: str = "(unfinished: cut off at the longest answer allowed)"
    untitled: str = "Conversation"
    note: Callable[[Reason], str] = Reason.sentence
    """Says a reason in the person's language."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the conversation. ``date`` is shown as given."""

    title: str
    workspace: str
    date: str


def to_markdown(
    heading: Heading, turns: Sequence[Turn], labels: Labels, live_turn: str = ""
) -> str:
    """The whole export, ending in one newline. ``live_turn`` is the id of the turn that is being
    answered, or empty."""
    parts = [_head(heading, turns, labels)]
    parts += [_turn(turn, labels, turn.id == live_turn) for turn in turns]
    if notes := _footnotes(turns, labels):
        parts.append(f"## {labels.sources}\n\n{notes}")
    return "\n\n".join(parts) + "\n"


def file_name(title: str) -> str:
    """A name for the export that every file system takes, made of the conversation's title."""
    name = _UNSAFE.sub(" ", title).strip(" .").encode()[:NAME_LENGTH].decode(errors="ignore")
    return f"{name.strip() or 'conversation'}.md"


def _head(heading: Heading, turns: Sequence[Turn], labels: Labels) -> str:
    models = ", ".join(dict.fromkeys(turn.model for turn in turns if turn.model))
    facts = [(labels.workspace, heading.workspace), (labels.date, heading.date)]
    facts += [(labels.model, models)] * bool(models)
    lines = [f"- {name}: {escape(_one_line(value))}" for name, value in facts]
    title = escape(_one_line(heading.title) or labels.untitled)
    return "\n".join([f"# {title}", "", *lines])


def _turn(turn: Turn, labels: Labels, live: bool) -> str:
    parts = ["---", quote(turn.question)]
    if answer := _answer(turn):
        parts.append(answer)
    if unfinished := labels.writing if live else _unfinished(turn.ending, labels):
        parts.append(f"*{escape(unfinished)}*")
    if turn.note is not None:
        parts.append(f"*{escape(labels.note(turn.note))}*")
    return "\n\n".join(parts)


def _unfinished(ending: Ending, labels: Labels) -> str:
    """Why the answer is not whole; empty where it is."""
    return {
        Ending.COMPLETE: "",
        Ending.REFUSED: "",  # its note says why
        Ending.LENGTH: labels.cut,
        Ending.STOPPED: labels.stopped,
        Ending.FAILED: labels.failed,
        Ending.UNFINISHED: labels.crashed,
    }[ending]


def _answer(turn: Turn) -> str:
    marks = {source.mark for source in cited(turn.answer, turn.sources)}

    def tame(text: str) -> str:
        text = text.replace("![", "!\\[").replace("<", "&lt;")
        text = _HEADING.sub(lambda match: "#" * min(6, len(match.group(1)) + 2), text)
        text = _UNDERLINE.sub(r"\1\\\2", text)
        return _MARK.sub(lambda match: _reference(match, marks), text)

    return close_fence(outside_code(turn.answer.strip(), tame))


def _reference(match: re.Match[str], marks: set[int]) -> str:
    return f"[^{match.group(1)}]" if int(match.group(1)) in marks else match.group()


def _footnotes(turns: Sequence[Turn], labels: Labels) -> str:
    sources = {s.mark: s for turn in turns for s in cited(turn.answer, turn.sources)}
    return "\n\n".join(_footnote(sources[mark], labels) for mark in sorted(sources))


def _footnote(source: Source, labels: Labels) -> str:
    place = [labels.page.format(page=source.page)] if source.page is not None else []
    place += [" › ".join(source.heading)] if source.heading else []
    where = f"**{escape(_one_line(source.name))}** — {escape(_one_line(', '.join(place)))}"
    # The dash keeps CommonMark from taking the footnote for a link's definition.
    return f"[^{source.mark}]: {where}: “{escape(_one_line(source.text))}”".replace("— :", "—")


def _one_line(text: str) -> str:
    return " ".join(text.split())
