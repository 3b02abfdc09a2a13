"""The prompt: what the model is told, in the order that lets llama.cpp keep what it already read.

A byte-stable prefix comes first (the rules, then earlier turns in the model's own words, with the
passages they used), the new passages and the question last. Whole passages are left out when they
do not fit; none is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workspaces.core.reasons import Problem
from workspaces.core.types import Message, Source, Turn

SYSTEM = (
    "You answer questions using only the numbered passages the user gives you. "
    "After each sentence, write the number of the passage it comes from in square brackets, "
    "like [1]. Answer in the language of the question, in a few sentences. "
    "If the passages do not contain the answer, say that the documents do not say."
)

QUESTION = "Question: "
"""Stands before the question, after the passages."""

PER_MESSAGE = 16
"""Tokens a chat template may add around one message."""

PER_JOIN = 4
"""Tokens that joining one more text to a message may add."""


FEWEST = 3
"""Passages that earlier turns leave room for: an answer needs the best three, see
:mod:`workspaces.core.evidence`."""

GROUPS = 3
"""Earlier turns are left out so many at once that about this part of the budget becomes free. Each
time, the whole prompt has to be read anew."""

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is asked. ``sources`` are the passages found for the question that the model
    can see, in the new message or in an earlier one. ``left_out`` counts the passages found, and
    ``forgotten`` the earlier turns, that did not fit."""

    messages: list[Message]
    sources: tuple[Source, ...]
    left_out: int
    forgotten: int = 0

    def ends(self) -> list[str]:
        """What begins a line of the prompt: a small model that has answered may go on with that,
        and nothing of it is an answer. What follows a name belongs to it, because an answer may
        well list documents."""
        marks = sorted({source.mark for source in self.sources})
        said = {f"{address(each)}\n{each.text}"[: len(each.name) + 2] for each in self.sources}
        return [f"\n{QUESTION}", *(f"\n[{mark}] {text}" for mark in marks for text in sorted(said))]


def fit(
    turns: Sequence[Turn], question: str, found: Sequence[Source], count: Count, budget: int
) -> Prompt:
    """Build a prompt of at most ``budget`` tokens, as ``count`` counts the texts of
    :func:`texts_to_count`.

    Passages give way first, worst first, until :data:`FEWEST` are left; then earlier turns, oldest
    first, and with each of them gone the passages have another try; then the last passages. Raises
    Problem ``prompt_too_long`` when the question alone does not fit.
    """
    told = [turn for turn in turns if turn.answer]
    for first in _starts(told, count, budget):
        history = told[first:]
        fewest = min(FEWEST, len(found)) if history else 0
        used = _fitting(history, question, found, count, budget)
        if used >= fewest:
            messages = [Message("system", SYSTEM), *_history_messages(history)]
            messages.append(_question_message(question, _Context(history).unread(found[:used])))
            return Prompt(messages, tuple(found[:used]), len(found) - used, first)
    raise Problem("prompt_too_long")


def texts_to_count(turns: Sequence[Turn], question: str, found: Sequence[Source]) -> list[str]:
    """Every text :func:`fit` may ask the size of, so that they can be counted in one go."""
    texts = [SYSTEM, question, *map(passage_text, found)]
    for turn in turns:
        texts += [turn.question, turn.told, *map(passage_text, turn.sources)]
    return list(dict.fromkeys(texts))


def passage_text(source: Source) -> str:
    """A passage as the model sees it."""
    return f"[{source.mark}] {address(source)}\n{source.text}"


def address(source: Source) -> str:
    """Where a passage stands, in one line: document, page, headings."""
    parts = [source.name]
    if source.page is not None:
        parts.append(f"page {source.page}")
    if source.heading:
        parts.append(" › ".join(source.heading))
    return ", ".join(parts)


def _question_message(question: str, new: Sequence[Source]) -> Message:
    passages = "\n\n".join(passage_text(source) for source in new)
    return Message("user", f"{passages}\n\n{QUESTION}{question}" if new else question)


class _Context:
    """What the model can see of the passages of ``turns``."""

    def __init__(self, turns: Sequence[Turn] = ()) -> None:
        self._texts: dict[int, list[str]] = {}
        for turn in turns:
            self.add(turn.sources)

    def add(self, sources: Sequence[Source]) -> None:
        for source in sources:
            self._texts.setdefault(source.mark, []).append(source.text)

    def unread(self, sources: Sequence[Source]) -> list[Source]:
        """Those that it cannot see. A mark may come again with more text, where a neighbour of the
        passage was found too."""
        return [source for source in sources if not self._holds(source)]

    def _holds(self, source: Source) -> bool:
        return any(source.text in text for text in self._texts.get(source.mark, ()))


def _with_new(turns: Sequence[Turn]) -> Iterator[tuple[Turn, list[Source]]]:
    """Earlier turns as they were sent: each passage where it was first used."""
    context = _Context()
    for turn in turns:
        yield turn, context.unread(turn.sources)
        context.add(turn.sources)


def _history_messages(turns: Sequence[Turn]) -> list[Message]:
    messages: list[Message] = []
    for turn, new in _with_new(turns):
        messages += [_question_message(turn.question, new), Message("assistant", turn.told)]
    return messages


def _turn_costs(turns: Sequence[Turn], count: Count) -> list[int]:
    return [
        _message_cost([turn.question, *map(passage_text, new)], count)
        + _message_cost([turn.told], count)
        for turn, new in _with_new(turns)
    ]


def _starts(turns: Sequence[Turn], count: Count, budget: int) -> Iterator[int]:
    """Which of ``turns`` the history may begin with, at last none. The places depend only on the
    turns before them, so that they stay where they are while the conversation grows."""
    yield 0
    gone = 0
    for place, cost in enumerate(_turn_costs(turns, count), start=1):
        gone += cost
        if place == len(turns) or gone >= budget // GROUPS:
            yield place
            gone = 0


def _fitting(
    history: Sequence[Turn], question: str, found: Sequence[Source], count: Count, budget: int
) -> int:
    """How many of ``found`` fit, the best first; -1 where not even the question does."""
    rest = budget - _message_cost([SYSTEM], count) - sum(_turn_costs(history, count))
    context = _Context(history)
    for used in range(len(found), -1, -1):
        new = context.unread(found[:used])
        if _message_cost([*map(passage_text, new), question], count) <= rest:
            return used
    return -1


def _message_cost(texts: Sequence[str], count: Count) -> int:
    return PER_MESSAGE + sum(count(text) + PER_JOIN for text in texts)
