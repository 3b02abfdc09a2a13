"""What speaks for an answer, and what follows from it."""

from __future__ import annotations

import dataclasses

import pytest

from workspaces.core.evidence import ENOUGH, Evidence, asked_for, lacking, terms, weigh
from workspaces.core.types import Hit

QUESTION = "how long is the warranty on the seals"
RIGHT = "the warranty on the seals is twelve months from delivery"
OTHERS = [
    "the oil filter is replaced every 500 hours",
    "the motor is on the left of the pump",
    "invoices are paid within thirty days",
    "the seals are kept in the store",
    "how long a shift is depends on the season",
]


def hits(*scores: float, cosine: float | None = None) -> list[Hit]:
    """Hits in the order of their keyword ranks; with a cosine, in that of the vectors too."""
    return [
        Hit(
            f"d{rank}:0",
            1 / rank,
            keyword_rank=rank,
            vector_rank=None if cosine is None else rank,
            keyword_score=score,
            cosine=None if cosine is None else cosine / rank,
        )
        for rank, score in enumerate(scores, start=1)
    ]


def of(*texts: str, question: str = QUESTION) -> Evidence:
    scores = [9.0, *[2.0] * (len(texts) - 1)] if texts else []
    return weigh(question, texts, hits(*scores))


def test_the_right_passage_speaks_for_an_answer_and_others_do_not() -> None:
    assert of(RIGHT, *OTHERS).confidence > ENOUGH
    flat = weigh(QUESTION, OTHERS, hits(*[2.0] * 5))
    assert flat.confidence < ENOUGH


def test_chinese_is_compared_by_pairs_of_characters() -> None:
    right, other = "密封件的保修期为十二个月", "发票须在三十天内支付"
    asked = "密封件的保修期有多长"
    assert weigh(asked, [right, other], hits(9.0, 1.0)).confidence > ENOUGH
    assert weigh(asked, [other, other], hits(1.0, 1.0)).confidence < ENOUGH
    assert terms("保修") == {"保修"}


def test_a_word_that_all_have_says_little() -> None:
    texts = ["alpha beta", "alpha", "alpha", "alpha"]
    common = weigh("alpha gamma", texts, hits(1, 1, 1, 1))
    rare = weigh("beta gamma", texts, hits(1, 1, 1, 1))
    assert common.plain == rare.plain == 0.5
    assert common.coverage < rare.coverage < 1


def test_the_lead_is_over_what_comes_far_behind() -> None:
    same = weigh("alpha", ["alpha"] * 20, hits(*[1.0] * 20))
    alone = weigh("alpha", ["alpha", *["beta"] * 19], hits(*[1.0] * 20))
    assert (same.lead, alone.lead) == (0, 1)
    assert (same.gap, weigh("alpha", ["alpha"] * 5, hits(8, 4, 2, 2, 1)).gap) == pytest.approx(
        (0, 2.079), abs=1e-3
    )


def test_words_beside_each_other_as_asked_count_as_runs() -> None:
    assert of("on the seals the warranty").runs == pytest.approx(5 / 8)
    assert of("seals the on warranty").runs == 0
    assert of("warranty", question="warranty").runs == 0
    assert weigh("保修期", ["保修期限"], hits(1.0)).runs == 1


def test_two_sides_agree_wholly_or_half_or_not() -> None:
    def agreement(*ranks: tuple[int | None, int | None]) -> float:
        found = [Hit(f"d{at}:0", 1.0, *pair) for at, pair in enumerate(ranks)]
        return weigh("alpha", ["alpha"] * len(found), found).agreement

    assert agreement((1, 1)) == 1
    assert agreement((2, 1), (1, 40)) == agreement((1, 5), (40, 1)) == 0.5
    assert agreement((1, 6), (6, 1)) == agreement((1, None), (2, None)) == 0


def test_more_of_anything_never_lowers_the_confidence() -> None:
    for cosine in (None, 0.4):
        middling = Evidence(0.5, 0.3, 0.5, 0.3, 0.5, 0.5, cosine, 0.5)
        for name in ("coverage", "lead", "plain", "runs", "named", "gap", "agreement"):
            more = dataclasses.replace(middling, **{name: 0.9})
            assert more.confidence >= middling.confidence
    near = dataclasses.replace(middling, cosine=0.8)
    assert near.confidence > middling.confidence


def test_nothing_found_is_no_evidence() -> None:
    assert of().confidence < ENOUGH
    assert weigh("?!", ["alpha"], hits(1.0)).coverage == 0


def test_words_that_a_passage_lacks_in_any_form() -> None:
    assert lacking("warranties of the pump", "the warranty period") == ["of", "pump"]
    assert lacking("保修期多长", "保修期为十二个月") == ["期多", "多长"]
    assert lacking("clause 12.3", "clause 12.4") == ["3"]
    assert lacking("?!", "anything") == []


def test_what_a_question_is_asked_with_is_not_what_it_asks_for() -> None:
    assert asked_for("how much does the pump weigh?") == {"pump", "weigh"}
    assert asked_for("密封件的保修期是多久") == {"密封", "封件", "保修", "修期"}
    assert asked_for("what is it?") == {"what", "is", "it"}


def test_a_name_that_is_missing_is_told() -> None:
    asked = "budget of project czd-9653 since 2031-08-15"
    assert of("project czd-9653 of 2031-08-15", *OTHERS, question=asked).named == 1
    assert of("project czd-9654 of 2031-08-15", *OTHERS, question=asked).named == 0.5
    assert of(*OTHERS, question=asked).named == 0
    assert of(*OTHERS, question="a sub-set, and/or 12 pumps").named == 1
