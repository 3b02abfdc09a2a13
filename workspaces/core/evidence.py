"""Whether what was found is likely to answer a question: read from how much of its words the best
passages have, how far they stand out, and whether the two sides of the search agree. No single
figure can tell: unrelated text in the question's language has a cosine of .3 as well.

Texts come folded, as the index folds them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workspaces.core.question_words import without_question_words
from workspaces.core.types import Hit
from workspaces.core.word_parts import identifiers, word_parts

BEST = 3
"""Passages of which the best may speak for an answer."""

BACKGROUND = slice(5, 15)
"""Passages that are about something else, if any is the right one."""

NEAR = 5
"""Ranks within which two sides that differ about the best passage still half agree."""

ENOUGH = 0.5
"""The confidence from which on a question is answered."""

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_UNIT = re.compile(f"{_HAN.pattern}|(?:(?!{_HAN.pattern})\\w)+")
_RUN = re.compile(f"{_HAN.pattern}+|(?:(?!{_HAN.pattern})\\w){{2,}}|\\d+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer. Shares are between 0 and 1.

    Of the best among the first :data:`BEST` passages: ``coverage`` is the share of the question's
    words, those counting more that few of the passages found have; ``lead`` how much that is above
    passages further down (-1 to 1); ``plain`` the share of words alike; ``runs`` the share that
    stand beside each other as in the question; ``named`` the share of names such as ``GB/T 22239``
    or ``2031-08-15``, 1 where the question has none. ``gap`` is the logarithm of the
    keyword score of the first passage over the fifth. ``cosine`` is that of the nearest passage,
    None where the embedder has no say; ``agreement`` is 1 where both sides put the same passage
    first, .5 where one's first is near the other's top.
    """

    coverage: float
    lead: float
    plain: float
    runs: float
    named: float
    gap: float
    cosine: float | None
    agreement: float

    @property
    def confidence(self) -> float:
        """The probability (0 to 1) that the documents answer the question."""
        rule = WORDS_ALONE if self.cosine is None else BOTH_SIDES
        total = rule.base + sum(
            weight * (getattr(self, name) or 0.0) for name, weight in rule.weights.items()
        )
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class Rule:
    """A logistic regression: the logarithm of the odds is ``base`` and each weighed figure."""

    base: float
    weights: dict[str, float]


WORDS_ALONE = Rule(-7.8, {"coverage": 6.6, "plain": 1.9, "runs": 3.6, "named": 3.1, "gap": 0.8})
BOTH_SIDES = Rule(
    -8.1,
    {
        "coverage": 3.1,
        "plain": 2.3,
        "runs": 1.6,
        "named": 0.8,
        "gap": 0.4,
        "cosine": 8.5,
        "agreement": 1.2,
    },
)
"""Fitted by ``python -m tests.quality.calibration`` on questions whose documents are there and on
others whose documents are not; the map has the rates. Each base is .5 above the fitted one: a wrong
refusal is worse than an answer that can be looked at."""


def weigh(question: str, texts: Sequence[str], hits: Sequence[Hit]) -> Evidence:
    """The evidence in the passages ``hits``, best first, whose folded texts are ``texts``."""
    asked = asked_for(question)
    found = [terms(text) & asked for text in texts]
    weights = _rarity(asked, found)
    coverages = [_share(each, weights) for each in found]
    best = max(coverages[:BEST], default=0.0)
    behind = coverages[BACKGROUND]
    return Evidence(
        coverage=best,
        lead=best - (sum(behind) / len(behind) if behind else 0.0),
        plain=max((len(each) / len(asked) for each in found[:BEST] if asked), default=0.0),
        runs=max((_runs(question, text) for text in texts[:BEST]), default=0.0),
        named=_named(question, found[:BEST]),
        gap=_gap(hits),
        cosine=max((hit.cosine for hit in hits if hit.cosine is not None), default=None),
        agreement=_agreement(hits),
    )


def asked_for(question: str) -> set[str]:
    """The terms of a folded question without the words that it is asked with; of one that has no
    others, all."""
    return own_terms(question) or terms(question)


def own_terms(question: str) -> set[str]:
    """The terms of a folded question without the words that it is asked with."""
    return terms(without_question_words(question))


def terms(folded: str) -> set[str]:
    """What of a text is compared: the parts of its words, and numbers. A Chinese character alone
    says nothing, so it counts only with its neighbours."""
    parts = set(word_parts(folded).split())
    return {part for part in parts if not _HAN.fullmatch(part)} | set(_NUMBER.findall(folded))


def lacking(question: str, text: str) -> list[str]:
    """The words of ``question`` (pairs of Chinese characters) that ``text`` does not have in any
    form, in the order of the question. Both come folded."""
    there = terms(text)
    words = [pair for run in _RUN.findall(question) for pair in _words(run)]
    return [word for word in dict.fromkeys(words) if not terms(word) & there]


def _words(run: str) -> list[str]:
    if len(run) > 1 and _HAN.match(run):
        return ["".join(pair) for pair in pairwise(run)]
    return [run]


def _rarity(asked: set[str], found: Sequence[set[str]]) -> dict[str, float]:
    """The weight of each word asked for: BM25's inverse document frequency, among what was
    found."""
    frequency = Counter(term for each in found for term in each)
    return {
        term: math.log(1 + (len(found) - frequency[term] + 0.5) / (frequency[term] + 0.5))
        for term in asked
    }


def _share(found: set[str], weights: dict[str, float]) -> float:
    total = sum(weights.values())
    return sum(weights[term] for term in found) / total if total else 0.0


def _runs(question: str, text: str) -> float:
    """The share of the question's words (characters in Chinese) that stand in ``text`` beside one
    of their neighbours in the question."""
    asked, there = _UNIT.findall(question), set(pairwise(_UNIT.findall(text)))
    together = [pair in there for pair in pairwise(asked)]
    in_run = [
        any(together[max(0, at - 1) : at + 1])  # with the one before, or the one after
        for at in range(len(asked))
    ]
    return sum(in_run) / len(asked) if asked else 0.0


def _named(question: str, found: Sequence[set[str]]) -> float:
    names = identifiers(question)
    if not names:
        return 1.0
    return max((len(names & each) / len(names) for each in found), default=0.0)


def _gap(hits: Sequence[Hit]) -> float:
    scores = sorted((hit.keyword_score for hit in hits if hit.keyword_score), reverse=True)
    if not scores:
        return 0.0
    fifth = scores[4] if len(scores) > 4 else scores[-1] / 2
    return math.log(scores[0] / fifth)


def _agreement(hits: Sequence[Hit]) -> float:
    ranks = [(hit.keyword_rank, hit.vector_rank) for hit in hits]
    if (1, 1) in ranks:
        return 1.0
    near = any(one == 1 and other is not None and other <= NEAR for one, other in ranks)
    return (
        0.5
        if near or any(other == 1 and one is not None and one <= NEAR for one, other in ranks)
        else 0.0
    )
