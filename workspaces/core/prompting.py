"""The prompt: what the model is told, in the order that lets llama.cpp keep what it already read.

A byte-stable prefix comes first (the rules, then earlier turns with the passages they used), the
new passages and the question last. Whole passages are left out when they do not fit; none is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is asked. ``sources`` are the passages found for the question that the model
    can see, in the new message or in an earlier one. ``left_out`` counts the passages found that
    did not fit."""

    messages: list[Message]
    sources: tuple[Source, ...]
    left_out: int

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

    Earlier turns give way first, oldest first, once they take more than half; then passages,
    worst first. Raises Problem ``prompt_too_long`` when the question alone does not fit.
    """
    history = _recent([turn for turn in turns if turn.answer], count, budget // 2)
    rest = budget - _message_cost([SYSTEM], count) - _history_cost(history, count)
    seen = _seen(history)
    for used in range(len(found), -1, -1):
        new = [source for source in found[:used] if source.passage not in seen]
        if _message_cost([*map(passage_text, new), question], count) <= rest:
            messages = [*_history_messages(history), _question_message(question, new)]
            sources = tuple(found[:used])
            return Prompt([Message("system", SYSTEM), *messages], sources, len(found) - used)
    if history:
        return fit([], question, found, count, budget)
    raise Problem("prompt_too_long")


def texts_to_count(turns: Sequence[Turn], question: str, found: Sequence[Source]) -> list[str]:
    """Every text :func:`fit` may ask the size of, so that they can be counted in one go."""
    texts = [SYSTEM, question, *map(passage_text, found)]
    for turn in turns:
        texts += [turn.question, turn.answer, *map(passage_text, turn.sources)]
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


def _history_messages(turns: Sequence[Turn]) -> list[Message]:
    """Earlier turns as they were sent: each passage where it was first used."""
    messages: list[Message] = []
    for number, turn in enumerate(turns):
        new = _unseen(turn, turns[:number])
        messages += [_question_message(turn.question, new), Message("assistant", turn.answer)]
    return messages


def _history_cost(turns: Sequence[Turn], count: Count) -> int:
    cost = 0
    for number, turn in enumerate(turns):
        new = _unseen(turn, turns[:number])
        cost += _message_cost([turn.question, *map(passage_text, new)], count)
        cost += _message_cost([turn.answer], count)
    return cost


def _unseen(turn: Turn, before: Sequence[Turn]) -> list[Source]:
    seen = _seen(before)
    return [source for source in turn.sources if source.passage not in seen]


def _seen(turns: Sequence[Turn]) -> set[str]:
    return {source.passage for turn in turns for source in turn.sources}


def _recent(turns: Sequence[Turn], count: Count, budget: int) -> Sequence[Turn]:
    """The longest run of last turns that costs at most ``budget``."""
    first = 0
    while first < len(turns) and _history_cost(turns[first:], count) > budget:
        first += 1
    return turns[first:]


def _message_cost(texts: Sequence[str], count: Count) -> int:
    return PER_MESSAGE + sum(count(text) + PER_JOIN for text in texts)
