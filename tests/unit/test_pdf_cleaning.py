"""The text of a PDF page as a person reads it, and where each character of it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspaces.worker.adapters.pdf_cleaning import clean
from workspaces.worker.tidy import tidy

NOT_CHARACTER = "\ufffe"


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("First \r\nsecond\rthird\r\n", "First\nsecond\nthird"),
        (f"peri{NOT_CHARACTER}odic reports", "periodic reports"),
        (f"Schwarz{NOT_CHARACTER}Weiß", "Schwarz-Weiß"),
        (f"a year{NOT_CHARACTER}over-year rise", "a year-over-year rise"),
        (f"a long{NOT_CHARACTER}term loan is no long-term gain", "a long-term loan is no long-term gain"),
        (f"pages 3{NOT_CHARACTER}5", "pages 3-5"),
        ("exam\u00ad\r\nple", "example"),
        ("well\u00adknown", "well-known"),
        ("e\ufb03cient \ufb01sh", "efficient fish"),
        ("\u2f42\u2f2f", "文工"),
        ("\ufeed\ufee0\ufe8e", "ولا"),
        ("关 于 红 军 A", "关于红军 A"),
        ("甲 乙 丙", "甲 乙 丙"),
        ("直\r\n立\r\n文\r\n字\r\n横排文字", "直立文字\n横排文字"),
        ("甲\r\n乙\r\n丙", "甲\n乙\n丙"),
        ("nul\x00 bell\x07 tab\t.", "nul bell tab\t."),
        ("half \ud83d of a sign", "half \ufffd of a sign"),
        (" \r\n\x0c\r\n ", ""),
    ],
)  # fmt: skip
def test_what_is_stored(raw: str, stored: str) -> None:
    assert clean(raw).text == stored


def test_every_character_knows_where_it_came_from() -> None:
    raw = f"\r\nA peri{NOT_CHARACTER}odic e\ufb03ciency,\r\n关 于 红 军"
    traced = clean(raw)
    assert traced.text == "A periodic efficiency,\n关于红军"
    came_from = "".join(raw[origin] for origin in traced.origins)
    assert came_from == "A periodic e\ufb03\ufb03\ufb03ciency,\r关于红军"


@given(
    st.text(
        alphabet=st.characters(exclude_categories=[]) | st.sampled_from("\r\n\u00ad\ufffe 关于a-")
    )
)
def test_nothing_is_left_to_tidy_and_nothing_untraced(raw: str) -> None:
    traced = clean(raw)
    assert tidy(traced.text) == traced.text
    assert len(traced.origins) == len(traced.text)
    assert list(traced.origins) == sorted(traced.origins)
    assert all(0 <= origin < len(raw) for origin in traced.origins)


def test_long_runs_of_white_space_take_no_time() -> None:
    assert clean("a" + " " * 50_000 + "b" + "\n" * 50_000).text == "a" + " " * 50_000 + "b"
