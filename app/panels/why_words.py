"""How an answer came by its passages, in words."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QLocale

from app.panels.place_words import place_words
from workspaces.core.evidence import ENOUGH
from workspaces.core.types import Considered, Explanation, Turn, Weights, Why

ABSENT = "—"

translate = QCoreApplication.translate


def how_words(turn: Turn) -> str:
    """Full sentences, each on a line of its own: what was searched for, by what the passages were
    found, and whether they are likely to answer. Empty where that is not known."""
    explained = turn.explanation
    if explained is None:
        return ""
    if not explained.considered:
        return translate("Why", "No passage was found for this question.")
    parts = [
        _searched_words(turn),
        _found_words(explained),
        _order_words(explained.reranker),
        _sure_words(explained),
    ]
    return "\n".join(filter(None, parts))


def outcome_words(passage: Considered) -> str:
    """Its mark, or in short why it was left out."""
    if passage.mark is not None:
        return f"[{passage.mark}]"
    if passage.why is None:
        return ABSENT
    return {
        Why.COPY: translate("Why", "Copy of another passage"),
        Why.CROWDED: translate("Why", "Its document already has its share"),
        Why.BEYOND: translate("Why", "Others fit better"),
        Why.NO_ROOM: translate("Why", "No room in the model’s context"),
    }[passage.why]


def outcome_detail(passage: Considered) -> str:
    """The same in a full sentence."""
    if passage.mark is not None:
        template = translate("Why", "It is, or is a part of, passage [{mark}] of this answer.")
        return template.format(mark=passage.mark)
    if passage.why is None:
        return translate("Why", "Its document went away while the question was answered.")
    return {
        Why.COPY: translate("Why", "The same text stands in a passage that comes before it."),
        Why.CROWDED: translate(
            "Why", "Other passages of its document were taken, and other documents fit too."
        ),
        Why.BEYOND: translate("Why", "As many passages as are wanted come before it."),
        Why.NO_ROOM: translate("Why", "It did not fit into what the model can read at once."),
    }[passage.why]


def document_detail(passage: Considered) -> str:
    """Name and place in full. Escaped, because Qt takes a tool tip that looks like HTML for it."""
    lines = filter(None, [passage.name, place_words(passage)])
    return "<div>" + "<br>".join(map(escape, lines)) + "</div>"


def rank_words(rank: int | None) -> str:
    return ABSENT if rank is None else QLocale().toString(rank)


def words_detail(passage: Considered) -> str:
    """What the search by words says of it."""
    if passage.keyword_rank is None:
        return translate("Why", "The search by words did not find it.")
    return _score(translate("Why", "BM25 score: {score}"), passage.keyword_score, 2)


def meaning_detail(passage: Considered, by_words: bool) -> str:
    """What the search by meaning says of it."""
    if by_words:
        return translate("Why", "There was no search by meaning.")
    if passage.vector_rank is None:
        return translate("Why", "The search by meaning did not find it.")
    return _score(translate("Why", "Cosine: {score}"), passage.cosine, 3)


def final_detail(passage: Considered) -> str:
    """What the reranking model says of it."""
    return _score(
        translate("Why", "Score of the reranking model: {score}"), passage.rerank_score, 3
    )


def _score(template: str, score: float | None, digits: int) -> str:
    return "" if score is None else template.format(score=QLocale().toString(score, "f", digits))


def _searched_words(turn: Turn) -> str:
    if turn.searched == turn.question:
        return ""
    template = translate(
        "Why",
        "It was searched together with the question before, because it says little by itself: "
        "{text}",
    )
    return template.format(text=" ".join(turn.searched.split()))


def _found_words(explained: Explanation) -> str:
    weights = explained.weights
    if not weights.vector:
        return translate("Why", "The passages were found by their words alone, as was asked for.")
    if explained.by_words:
        return translate(
            "Why",
            "The passages were found by their words alone, because the embedding model does not "
            "know the language of the question, or is not there.",
        )
    if not weights.keyword:
        return translate("Why", "The passages were found by their meaning alone, as was asked for.")
    return _both_words(weights)


def _both_words(weights: Weights) -> str:
    template = translate(
        "Why",
        "The passages were found by their words and by their meaning, weighed {keyword} : "
        "{vector}.",
    )
    locale = QLocale()
    return template.format(
        keyword=locale.toString(weights.keyword, "g", 3),
        vector=locale.toString(weights.vector, "g", 3),
    )


def _order_words(reranker: str) -> str:
    if not reranker:
        return ""
    return translate("Why", "Then {model} put them into their order.").format(model=reranker)


def _sure_words(explained: Explanation) -> str:
    sure = explained.confidence
    template = _likely_words(sure)
    said = template.format(percent=_percent(sure))
    if sure >= ENOUGH:
        return said
    rule = translate("Why", "Below {percent} % it writes an answer only if you ask for one anyway.")
    return f"{said}\n{rule.format(percent=_percent(ENOUGH))}"


def _likely_words(sure: float) -> str:
    """By how sure Quire is."""
    if sure >= 0.9:
        return translate(
            "Why",
            "Quire takes it for very likely ({percent} %) that these passages answer the question.",
        )
    if sure >= 0.7:
        return translate(
            "Why",
            "Quire takes it for likely ({percent} %) that these passages answer the question.",
        )
    if sure >= ENOUGH:
        return translate(
            "Why",
            "Quire takes it for possible ({percent} %) that these passages answer the question.",
        )
    if sure >= 0.1:
        return translate(
            "Why",
            "Quire takes it for unlikely ({percent} %) that these passages answer the question.",
        )
    return translate(
        "Why",
        "Quire takes it for very unlikely ({percent} %) that these passages answer the question.",
    )


def _percent(share: float) -> int:
    """Nothing is certain, and nothing is out of the question. What is not enough to answer never
    reads as if it were."""
    rounded = int(100 * share) if share < ENOUGH else round(100 * share)
    return min(99, max(1, rounded))
