"""Which sources an answer is said not to have cited."""

from __future__ import annotations

import pytest

from app.panels.sources_presenter import rows_of
from workspaces.core.types import Ending, Source, Turn

SEALS = Source(1, "d:0", "d", "seals.pdf", "The warranty is 12 months.", 0, 26)


@pytest.mark.parametrize(
    ("ending", "answered"),
    [
        (Ending.COMPLETE, True),
        (Ending.STOPPED, True),
        (Ending.REFUSED, False),
        (Ending.UNFINISHED, False),  # it may still cite it
    ],
)
def test_only_an_answer_that_is_over_has_left_a_source_uncited(
    ending: Ending, answered: bool
) -> None:
    turn = Turn("t", "How long?", "Twelve", ending, "m", "2026-03-01", sources=(SEALS,))
    [row] = rows_of(turn, {1: SEALS})
    assert (row.cited, row.answered) == (False, answered)
