"""Answers are data: nothing in them loads, runs or leads anywhere."""

from __future__ import annotations

import re
import time

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from app.panels.inert_text import InertText
from app.rendering import mark_of, to_html

HOSTILE = [
    "<img src=http://evil/x.png>",
    "<script>alert(1)</script>",
    "a <b onclick=x>b</b> <a href='http://evil'>c</a>",
    "<style>@import url(http://evil)</style>",
    "![alt](http://evil/x.png)",
    "![alt](file:///etc/passwd)",
    "![alt](data:image/png;base64,AAAA)",
    "[text](http://evil)",
    "[text](javascript:alert(1))",
    "[text](file:///etc/passwd)",
    "[text](quire:mark/1)",
    "[text]: http://evil\n\n[text]",
    "<http://evil>",
    "[1]: http://evil\n\nSee [1].",
    "[1](http://evil)",
    "```<script>\n<img src=x>\n```",
    "`<img src=x>`",
    "| a |\n|---|\n| <img src=x> ![b](http://evil) |",
]


@pytest.mark.parametrize("markdown", HOSTILE)
def test_no_tag_of_the_answer_survives(markdown: str) -> None:
    html = to_html(markdown, {1})
    tags = set(re.findall(r"<\s*/?\s*(\w+)", html))
    assert tags <= {"p", "u", "a", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
    attributes = set(re.findall(r"\s(\w+=\S*?)(?=[\s>])", " ".join(re.findall("<[^>]*>", html))))
    assert attributes <= {'href="quire:mark/1"', 'class="language-&lt;script&gt;"'}


def test_a_link_becomes_text_with_its_address() -> None:
    assert to_html("[the site](https://a.b)") == "<p><u>the site</u> (https://a.b)</p>\n"
    assert to_html("<https://a.b>") == "<p><u>https://a.b</u></p>\n"


def test_an_image_becomes_its_description() -> None:
    assert to_html("![a *small* seal](http://x/y.png)") == "<p>a small seal</p>\n"


def test_only_known_marks_are_links() -> None:
    html = to_html("Yes [1][2], no [3] `[1]`.", {1, 2})
    assert re.findall('href="(.*?)"', html) == ["quire:mark/1", "quire:mark/2"]
    assert "no [3]" in html


def test_no_link_or_definition_takes_a_mark_over() -> None:
    link = '<a href="quire:mark/1">[1]</a>'
    assert to_html("[1](http://evil)", {1}) == f"<p>{link}(http://evil)</p>\n"
    assert to_html("[1]: http://evil", {1}) == f"<p>{link}: http://evil</p>\n"
    assert to_html("[a]: http://evil") == "<p>[a]: http://evil</p>\n"


def test_marks_are_found_in_tables_and_emphasis() -> None:
    html = to_html("| a |\n|---|\n| **x [1]** |", {1})
    assert 'href="quire:mark/1"' in html


def test_a_mark_is_read_back_from_its_link() -> None:
    assert mark_of("quire:mark/12") == 12
    assert mark_of("http://evil/quire:mark/1") is None
    assert mark_of("quire:mark/x") is None


@pytest.mark.parametrize("piece", [">", "[", "- ", "*a ", "`", "![", "<", "(", "\n> - "])
def test_deep_nesting_ends_soon(piece: str) -> None:
    began = time.process_time()
    to_html(piece * 5000, {1})
    assert time.process_time() - began < 2


def test_the_view_loads_nothing(qtbot: QtBot) -> None:
    view = InertText()
    qtbot.addWidget(view)
    asked: list[str] = []
    view.sourceChanged.connect(lambda url: asked.append(url.toString()))
    view.show_html('<img src="file:///etc/hostname"><a href="file:///etc/hostname">x</a>')
    kind = QTextDocument.ResourceType.ImageResource
    assert not view.document().resource(kind, QUrl("file:///etc/hostname"))
    view.anchorClicked.emit(QUrl("file:///etc/hostname"))
    assert asked == []
    assert not view.openLinks()
    assert not view.openExternalLinks()


def test_the_view_is_as_high_as_its_text(qtbot: QtBot) -> None:
    view = InertText()
    qtbot.addWidget(view)
    view.resize(300, 10)
    view.show()
    view.show_html(to_html("word " * 300))
    high = view.height()
    view.resize(600, high)
    assert high > view.height() > 100
