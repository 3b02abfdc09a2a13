"""Which passages are right for a test question, and the figures that follow."""

from __future__ import annotations

import pytest

from workspaces.core.golden import Outcome, Stretch, mrr, outcome, recall

STORED = "Oil every 500 hours.\n\nSeals last 12 months.\n\nOil every 500 hours. The end."
SEALS = Stretch("a", 22, 43, "Seals last 12 months.")


def found(document: str, start: int, end: int, text: str = "something else") -> Stretch:
    return Stretch(document, start, end, text)


def test_a_text_that_has_not_moved_is_where_it_was() -> None:
    assert SEALS.now_in(STORED) == SEALS


def test_a_text_that_has_moved_is_found_again_whatever_its_line_ends() -> None:
    moved = SEALS.now_in("New words before it. Seals last\n12  months. And after it.")
    assert moved == Stretch("a", 21, 43, "Seals last\n12  months.")


def test_of_several_places_the_nearest_is_meant() -> None:
    oil = Stretch("a", 40, 60, "Oil every 500 hours.")
    moved = oil.now_in(STORED)
    assert moved is not None and moved.start == 45


@pytest.mark.parametrize("stored", ["", "Seals last 18 months."])
def test_a_text_that_is_no_longer_there_is_nowhere(stored: str) -> None:
    assert SEALS.now_in(stored) is None


def test_marks_of_a_pattern_are_text() -> None:
    odd = Stretch("a", 0, 9, "a.*b (c")
    assert odd.now_in("azzzb (c") is None
    assert odd.now_in("so: a.*b  (c") is not None


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (22, 43, True),
        (0, 33, True),
        (0, 32, False),
        (32, 80, True),
        (33, 80, False),
        (50, 70, False),
    ],
)
def test_half_of_it_must_be_covered(start: int, end: int, right: bool) -> None:
    assert SEALS.is_covered_by(found("a", start, end)) is right


def test_the_same_place_in_another_document_is_not_right_but_a_copy_is() -> None:
    assert not SEALS.is_covered_by(found("b", 22, 43))
    assert SEALS.is_covered_by(found("b", 500, 600, "So: Seals last\n12 months. More."))


def test_the_first_right_passage_counts_and_each_right_one_does() -> None:
    oil = Stretch("a", 0, 20, "Oil every 500 hours.")
    listed = [found("b", 0, 50), found("a", 20, 45), found("c", 0, 20)]
    assert outcome(listed, [SEALS]) == Outcome(2, 1.0)
    assert outcome(listed, [SEALS, oil]) == Outcome(2, 0.5)
    assert outcome(listed, [oil]) == Outcome(None, 0.0)
    assert outcome([], [oil]) == Outcome(None, 0.0)
    with pytest.raises(ValueError, match="no right passage"):
        outcome(listed, [])


def test_the_figures_are_means_over_the_questions() -> None:
    outcomes = [Outcome(1, 1.0), Outcome(4, 0.5), Outcome(None, 0.0)]
    assert recall(outcomes) == pytest.approx(0.5)
    assert mrr(outcomes) == pytest.approx((1 + 1 / 4) / 3)
    assert (recall([]), mrr([])) == (0.0, 0.0)
