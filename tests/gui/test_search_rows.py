"""What a row of the search shows of a passage, and how it is painted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.panels.search_excerpt import CUT, Excerpt, cut_to, matched, one_line
from app.panels.search_rows import TEXT_LINES, fitted

ACCENT = QColor("#2f5d8a")
FILLER = "Nothing that matters is said here. " * 20


def marked(excerpt: Excerpt) -> list[str]:
    return [excerpt.text[start:end] for start, end in excerpt.marked]


def test_a_short_passage_is_shown_whole() -> None:
    shown = cut_to(matched("The pump\nis  here.", "pump"), 100)
    assert shown.text == "The pump is here."
    assert marked(shown) == ["pump"]


def test_what_only_draws_a_table_or_a_heading_is_left_out() -> None:
    text = "## 3. Service\n\n| Work | Every |\n| --- |:---:|\n| # 4 | 50 h |\n---\nC# -- #1"
    assert one_line(text) == "3. Service | Work | Every | | # 4 | 50 h | C# -- #1"


def test_what_matches_is_seen_although_it_stands_far_behind() -> None:
    shown = cut_to(matched(f"{FILLER}The warranty of the pump is long.", "pump warranty"), 200)
    assert shown.text.startswith(CUT)
    assert marked(shown) == ["warranty", "pump"]
    assert shown.text.index("warranty") < 60


def test_many_different_words_are_better_than_one_word_often() -> None:
    text = f"Pump, pump, pump, pump. {FILLER}The warranty of a pump."
    assert "warranty" in marked(cut_to(matched(text, "pump warranty"), 120))


def test_the_beginning_is_preferred() -> None:
    text = f"The warranty of the pump. {FILLER}The warranty of the pump."
    assert cut_to(matched(text, "pump warranty"), 120).text.startswith("The warranty")


def test_what_only_means_the_same_is_shown_from_its_beginning() -> None:
    shown = cut_to(matched(FILLER, "zebra"), 80)
    assert shown.text.startswith("Nothing")
    assert shown.marked == ()


def test_a_chinese_question_is_marked() -> None:
    shown = cut_to(matched("云杉社区图书馆的开放时间为每天九点。", "圖書館开放时间"), 100)
    assert marked(shown) == ["开放时间"]
    shown = cut_to(matched("云杉社区图书馆的开放时间为每天九点。", "图书馆几点开放"), 100)
    assert marked(shown) == ["图书馆", "开放"]


def test_accents_make_no_difference() -> None:
    assert marked(matched("Un café noir", "cafe")) == ["café"]


@given(passage=st.text(max_size=300), question=st.text(max_size=30), room=st.integers(1, 200))
def test_marks_lie_in_the_text_and_say_what_they_said(
    passage: str, question: str, room: int
) -> None:
    whole = matched(passage, question)
    shown = cut_to(whole, room)
    at = 0
    for start, end in shown.marked:
        assert at <= start < end <= len(shown.text)
        at = end
    said = marked(whole)
    assert all(each in said for each in marked(shown))


@pytest.mark.parametrize("text", ["word " * 300, "水泵的轴封" * 100, "😀 pump " * 90, "x" * 900])
def test_a_long_text_is_elided_on_its_last_line(qapp: QApplication, text: str) -> None:
    font = QFont(qapp.font())
    layout = fitted(matched(text, "pump 轴封"), font, 300, ACCENT)
    assert layout.lineCount() == TEXT_LINES
    assert layout.text().endswith("…")
    widest = max(layout.lineAt(line).naturalTextWidth() for line in range(TEXT_LINES))
    assert widest <= 300 + QFontMetrics(font).maxWidth()


def test_only_what_matches_has_a_ground(qapp: QApplication) -> None:
    """Also behind characters that Qt counts as two."""
    excerpt = matched("😀😀 pump 😀", "pump")
    layout = fitted(excerpt, qapp.font(), 300, ACCENT)
    (found,) = layout.formats()
    units = excerpt.text.encode("utf-16-le")
    seen = units[2 * found.start : 2 * (found.start + found.length)].decode("utf-16-le")
    assert seen == "pump"


def test_markup_is_painted_as_it_is(qapp: QApplication) -> None:
    """As wide as its characters: nothing of it was read as markup."""
    text = "<b>pump</b> <img src='x'> &amp;"
    layout = fitted(matched(text, "pump"), qapp.font(), 2000, ACCENT)
    assert layout.text() == text
    image = QImage(600, 60, QImage.Format.Format_ARGB32)
    with QPainter(image) as painter:
        layout.draw(painter, layout.position())
    assert layout.lineAt(0).naturalTextWidth() > 0.9 * QFontMetrics(qapp.font()).horizontalAdvance(
        text
    )
