"""What the answers to a set of questions say about search, in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workspaces.core.evidence import ENOUGH, Evidence
from workspaces.core.metrics import hit, ndcg, percentile, reciprocal_rank
from workspaces.core.types import Sides
from workspaces.library.question_set import Question
from workspaces.services.views import FoundPassage

FIRST = 5
"""Passages among which a right page counts as found."""

Figures = dict[str, float | None]
"""By name. None where there was nothing to measure."""

COSINE_RULE = 0.25
"""AnythingLLM answers where the nearest passage has at least this cosine; reported beside our own
rule, of the questions that the embedding model has a say about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and, for each side, the passages found and the milliseconds that took; the
    ``evidence`` of both together. An unanswerable one need only be asked of both."""

    question: Question
    found: dict[Sides, list[FoundPassage]] = field(default_factory=dict)
    milliseconds: dict[Sides, float] = field(default_factory=dict)
    evidence: Evidence | None = None


def ranking_figures(asked: Sequence[Asked], sides: Sides, documents: Mapping[str, str]) -> Figures:
    """How well one side, or both, rank what answers a question, and how long that takes; of the
    answerable ones. ``documents`` tells which document of the set an imported one is."""
    answerable = [each for each in asked if each.question.answerable]
    ranked = [
        ([documents[passage.document] for passage in each.found[sides]], each.question.gold_doc_ids)
        for each in answerable
    ]
    figures: Figures = {
        "hit@1": _mean(hit(*each, 1) for each in ranked),
        "hit@5": _mean(hit(*each, 5) for each in ranked),
        "mrr@10": _mean(reciprocal_rank(*each, 10) for each in ranked),
        "ndcg@10": _mean(ndcg(*each, 10) for each in ranked),
    }
    paged = [each for each in answerable if each.question.evidence]
    if paged:
        figures["page_hit@5"] = _mean(_page_hit(each, sides, documents) for each in paged)
    times = [each.milliseconds[sides] for each in answerable]
    figures["ms_p50"] = percentile(times, 0.5) if times else None
    figures["ms_p95"] = percentile(times, 0.95) if times else None
    return figures


def refusal_figures(asked: Sequence[Asked]) -> Figures:
    """The share of unanswerable questions that are answered (``false_answer``), of each kind where
    there are several (``false_answer_near_miss_unanswerable``), and of answerable ones that are not
    (``false_refusal``); the same by :data:`COSINE_RULE`, where there is a cosine."""
    figures = _rates(asked, "", _answers)
    kinds = sorted({each.question.kind for each in asked if not each.question.answerable})
    for kind in kinds if len(kinds) > 1 else ():
        of_kind = [each for each in asked if each.question.kind == kind]
        figures[f"false_answer_{kind}"] = _rates(of_kind, "", _answers)["false_answer"]
    seen = [each for each in asked if each.evidence and each.evidence.cosine is not None]
    return figures | _rates(seen, "_by_cosine", _answers_by_cosine)


def _answers(evidence: Evidence) -> bool:
    return evidence.confidence >= ENOUGH


def _answers_by_cosine(evidence: Evidence) -> bool:
    return (evidence.cosine or 0.0) >= COSINE_RULE


def _rates(asked: Iterable[Asked], suffix: str, answers: Callable[[Evidence], bool]) -> Figures:
    answered: dict[bool, list[bool]] = {True: [], False: []}
    for each in asked:
        decision = each.evidence is not None and answers(each.evidence)
        answered[each.question.answerable].append(decision)
    return {
        f"false_answer{suffix}": _mean(answered[False]),
        f"false_refusal{suffix}": _mean(not decision for decision in answered[True]),
    }


def _page_hit(asked: Asked, sides: Sides, documents: Mapping[str, str]) -> bool:
    right = {(each.doc_name, each.page_index0 + 1) for each in asked.question.evidence}
    first = asked.found[sides][:FIRST]
    return any((documents[passage.document], passage.page) in right for passage in first)


def _mean(values: Iterable[float]) -> float | None:
    listed = list(values)
    return sum(listed) / len(listed) if listed else None
