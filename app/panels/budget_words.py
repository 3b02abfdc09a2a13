"""What the model's context was filled with, in words."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QLocale

from workspaces.core.types import Budget

translate = QCoreApplication.translate


class Part(Enum):
    """In the order of the prompt."""

    INSTRUCTIONS = auto()
    HISTORY = auto()
    SOURCES = auto()
    QUESTION = auto()
    ANSWER = auto()
    FREE = auto()


def parts_of(budget: Budget) -> dict[Part, int]:
    """The tokens of each part; together they are the context."""
    return {
        Part.INSTRUCTIONS: budget.instructions,
        Part.HISTORY: budget.history,
        Part.SOURCES: budget.sources,
        Part.QUESTION: budget.question,
        Part.ANSWER: budget.answer,
        Part.FREE: budget.free,
    }


def part_words(part: Part, tokens: int) -> str:
    """An entry of the legend."""
    template = {
        Part.INSTRUCTIONS: translate("Usage", "Instructions: {tokens}"),
        Part.HISTORY: translate("Usage", "Earlier questions: {tokens}"),
        Part.SOURCES: translate("Usage", "New sources: {tokens}"),
        Part.QUESTION: translate("Usage", "Question: {tokens}"),
        Part.ANSWER: translate("Usage", "Room for the answer: {tokens}"),
        Part.FREE: translate("Usage", "Free: {tokens}"),
    }[part]
    return template.format(tokens=QLocale().toString(tokens))


def budget_words(budget: Budget) -> str:
    """All of it in one sentence."""
    template = translate("Usage", "The model’s context of {tokens} tokens. {parts}")
    said = " · ".join(part_words(part, tokens) for part, tokens in parts_of(budget).items())
    return template.format(tokens=QLocale().toString(budget.context), parts=said)
