"""Why an answer was not written from a document, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from app.sentences import sentence
from workspaces.services.views import WhyNot

MOST_WORDS = 12
"""Words that are named of those a passage lacks."""

translate = QCoreApplication.translate


def why_not_words(told: WhyNot) -> str:
    """Full sentences, each on a line of its own."""
    if told.problem:
        return sentence(told.problem)
    if told.best is None:
        template = translate(
            "WhyNot",
            "No passage of {name} was found for the question, neither by its words nor by its "
            "meaning.",
        )
        return template.format(name=told.name)
    lines = [
        _joint_words(told),
        _keyword_words(told),
        _meaning_words(told),
        lacking_words(told.lacking),
    ]
    return "\n".join(lines)


def lacking_words(lacking: tuple[str, ...]) -> str:
    """Which words of the question the passage does not have."""
    if not lacking:
        return translate("WhyNot", "It has every word of the question.")
    words = translate("WhyNot", ", ").join(lacking[:MOST_WORDS])
    if len(lacking) > MOST_WORDS:
        words += translate("WhyNot", " and more")
    template = translate("WhyNot", "These words of the question are not in it: {words}.")
    return template.format(words=words)


def _joint_words(told: WhyNot) -> str:
    """Where its best passage stands, and how far an answer reads."""
    if told.fused_rank is None:
        template = translate(
            "WhyNot",
            "The joint rank of its best passage is beyond the first {depth}; an answer is written "
            "from the first {wanted}.",
        )
    elif told.fused_rank <= told.wanted:
        template = translate(
            "WhyNot",
            "The joint rank of its best passage is {rank}; an answer is written from the first "
            "{wanted}, so it is among them unless its text stands in a better one too.",
        )
    else:
        template = translate(
            "WhyNot",
            "The joint rank of its best passage is {rank}; an answer is written from the first "
            "{wanted}.",
        )
    rank = _number(told.fused_rank or 0)
    return template.format(rank=rank, wanted=_number(told.wanted), depth=_number(told.depth))


def _keyword_words(told: WhyNot) -> str:
    if told.keyword_rank is None:
        template = translate("WhyNot", "By words it is not found among the first {depth}.")
        return template.format(depth=_number(told.depth))
    template = translate("WhyNot", "By words its rank is {rank}.")
    return template.format(rank=_number(told.keyword_rank))


def _meaning_words(told: WhyNot) -> str:
    if told.vector_rank is None:
        template = translate("WhyNot", "By meaning it is not found among the first {depth}.")
        return template.format(depth=_number(told.depth))
    template = translate("WhyNot", "By meaning its rank is {rank}.")
    return template.format(rank=_number(told.vector_rank))


def _number(number: int) -> str:
    return QLocale().toString(number)
