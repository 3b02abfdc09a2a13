"""What is said of a set of questions that were asked, and how it is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from app.figures import table
from workspaces.core.evidence import Evidence
from workspaces.core.types import Sides
from workspaces.library.question_set import Question, RightPage
from workspaces.services.evaluating import Evaluation, choose
from workspaces.services.figures import Asked, Figures, ranking_figures, refusal_figures
from workspaces.services.views import FoundPassage

DOCUMENTS = {"a.md": "a", "b.md": "b", "c.md": "c"}
"""By the ids under which they were imported."""


def passage(name: str, page: int | None = None, score: float = 1.0) -> FoundPassage:
    return FoundPassage(name, name, name, "text", 0, 4, page, (), score, None, None)


def asked(
    wanted: str, *names: str, milliseconds: float = 1.0, evidence: Sequence[RightPage] = ()
) -> Asked:
    """A question for the document ``wanted`` (none: unanswerable) that found documents ``names``."""
    gold = [wanted] if wanted else []
    return Asked(
        Question(f"where is {wanted}", bool(gold), gold, list(evidence)),
        {sides: [passage(name) for name in names] for sides in Sides},
        dict.fromkeys(Sides, milliseconds),
    )


def judged(answerable: bool, strong: bool, cosine: float | None, kind: str = "") -> Asked:
    """A question with strong evidence for an answer, or with none at all."""
    share = 1.0 if strong else 0.0
    evidence = Evidence(share, share, share, share, share, share, cosine, share)
    return Asked(Question("?", answerable, kind=kind), evidence=evidence)


def test_only_answerable_questions_tell_how_passages_rank() -> None:
    rows = [asked("a", "a.md", "b.md"), asked("b", "a.md", "a.md", "b.md"), asked("", "c.md")]
    figures = ranking_figures(rows, Sides.BOTH, DOCUMENTS)
    assert figures["hit@1"] == 0.5
    assert figures["hit@5"] == 1
    assert figures["mrr@10"] == 0.75
    assert "page_hit@5" not in figures


def test_each_side_has_its_own_figures() -> None:
    row = asked("a", "a.md", milliseconds=3)
    row.found[Sides.VECTOR] = []
    row.milliseconds[Sides.VECTOR] = 20
    assert ranking_figures([row], Sides.KEYWORD, DOCUMENTS)["ndcg@10"] == 1
    vector = ranking_figures([row], Sides.VECTOR, DOCUMENTS)
    assert (vector["ndcg@10"], vector["ms_p50"]) == (0, 20)


def test_most_questions_take_no_longer() -> None:
    rows = [asked("a", milliseconds=each) for each in range(1, 101)]
    figures = ranking_figures([*rows, asked("", milliseconds=1000)], Sides.BOTH, DOCUMENTS)
    assert (figures["ms_p50"], figures["ms_p95"]) == (50, 95)


def test_an_unanswerable_question_need_only_be_asked_of_both() -> None:
    row = asked("", "a.md")
    only_both = Asked(row.question, {Sides.BOTH: row.found[Sides.BOTH]}, {Sides.BOTH: 1.0})
    assert set(ranking_figures([only_both], Sides.VECTOR, DOCUMENTS).values()) == {None}


def test_a_page_counts_from_1_and_lies_among_the_first_five_passages() -> None:
    evidence = [RightPage("a", 3)]
    right = asked("a", evidence=evidence)
    right.found[Sides.BOTH] = [passage("b.md", 4), passage("a.md", 4)]
    late = asked("a", evidence=evidence)
    late.found[Sides.BOTH] = [*[passage("a.md", 3)] * 5, passage("a.md", 4)]
    unpaged = asked("b", "b.md")
    assert ranking_figures([right, unpaged], Sides.BOTH, DOCUMENTS)["page_hit@5"] == 1
    assert ranking_figures([late, unpaged], Sides.BOTH, DOCUMENTS)["page_hit@5"] == 0


def test_evidence_decides_what_is_answered() -> None:
    rows = [judged(True, True, None), judged(True, False, None), judged(False, False, None)]
    figures = refusal_figures([*rows, judged(False, True, None), judged(False, True, None)])
    assert (figures["false_answer"], figures["false_refusal"]) == (2 / 3, 0.5)


def test_the_rule_by_cosine_is_reported_beside_ours() -> None:
    rows = [judged(True, True, 0.2), judged(True, True, 0.6), judged(False, False, 0.3)]
    figures = refusal_figures([*rows, judged(False, False, None)])
    assert (figures["false_answer"], figures["false_refusal"]) == (0, 0)
    assert figures["false_answer_by_cosine"] == 1  # where there was no cosine it cannot tell
    assert figures["false_refusal_by_cosine"] == 0.5


def test_each_kind_of_unanswerable_question_has_its_figure() -> None:
    rows = [judged(False, False, None, "absent"), judged(False, True, None, "near")]
    figures = refusal_figures(rows)
    assert (figures["false_answer_absent"], figures["false_answer_near"]) == (0, 1)
    assert "false_answer_absent" not in refusal_figures(rows[:1])


def test_without_questions_of_a_kind_nothing_is_claimed() -> None:
    assert set(refusal_figures([]).values()) == {None}
    assert set(ranking_figures([], Sides.BOTH, DOCUMENTS).values()) == {None}


def test_a_limit_takes_as_many_of_both_kinds_the_same_each_time() -> None:
    questions = [Question(f"q{number}", number % 3 > 0) for number in range(60)]
    chosen = choose(iter(questions), 5)
    assert [question.answerable for question in chosen] == [True] * 5 + [False] * 5
    assert choose(questions, 5) == chosen
    assert choose(questions, 3) == chosen[:3] + chosen[5:8]  # fewer are some of them
    assert chosen[0] != questions[1]
    assert choose(questions, None) == questions


@pytest.fixture
def evaluation() -> Evaluation:
    side: Figures = {"hit@1": 0.93752, "ms_p50": 12.34}
    return Evaluation(
        questions=4,
        keyword=side,
        vector={"hit@1": None, "ms_p50": 1234.5},
        fused=side,
        refusal={"false_answer": 1.0, "false_refusal": None},
    )


def test_a_table_is_aligned(evaluation: Evaluation) -> None:
    assert table(dataclasses.asdict(evaluation)).splitlines() == [
        "         hit@1  ms_p50",
        "keyword  0.938    12.3",
        "vector       -  1234.5",
        "fused    0.938    12.3",
        "",
        "4 questions; false_answer 1.000, false_refusal -",
    ]
