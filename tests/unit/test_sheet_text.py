"""Rows of sheets put together to places."""

from __future__ import annotations

from workspaces.worker.adapters.sheet_text import SheetText


def test_a_row_repeated_a_million_times_is_kept_a_hundred_times_and_that_is_said() -> None:
    text = SheetText("repeat.ods")
    text.add("Sheet", 1, [(1, "deposit")], times=1_000_000)
    text.add("Sheet", 1_000_001, [(1, "total")])
    lines = [line for place in text.places() for line in place.text.split("\n")]
    assert (lines.count("deposit"), lines.count("total")) == (100, 1)
    assert [place.row for place in text.places()] == [1, 1_000_001]
    (warning,) = text.cut_short()
    assert warning.code == "cut_short"
