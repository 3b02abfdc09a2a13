"""Escaping plain text, and telling code from prose."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from workspaces.core.markdown import close_fence, escape, outside_code


def shown(markdown: str) -> str:
    """The text a reader of the rendered Markdown sees, without the white space."""
    text = ""
    for token in MarkdownIt("commonmark").parse(markdown):
        for child in token.children or []:
            text += child.content
        if token.type in ("fence", "code_block"):
            text += token.content
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "1. not a list",
        "- nor this",
        "a * b * c and _d_ [link](http://x)",
        "<script>alert(1)</script> &amp; &lt;",
        "![image](http://tracker/x.png)",
        "`code` and ``` fence",
        "C:\\temp\\new",
        "王伟 [1] 检索",
        "| a | b |",
        "~~~\nx\n~~~",
        "Setext\n===",
    ],
)
def test_escaped_text_shows_exactly_itself(text: str) -> None:
    assert shown(escape(text)) == re.sub(r"\s", "", text)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
def test_any_line_survives_escaping(text: str) -> None:
    line = " ".join(text.split())
    assert shown(escape(line)) == re.sub(r"\s", "", line)


def test_code_is_left_alone() -> None:
    text = "a [1]\n```\na [1]\n```\nb `[1]` [1]"
    assert outside_code(text, lambda s: s.replace("[1]", "X")) == "a X\n```\na [1]\n```\nb `[1]` X"


def test_an_open_fence_is_code_to_the_end() -> None:
    assert outside_code("x\n```py\n[1]", str.upper) == "X\n```py\n[1]"


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("x\n```py\ncode", "x\n```py\ncode\n```"),
        ("x\n```py\ncode\n```\ny", "x\n```py\ncode\n```\ny"),
        ("~~~~\n```\ncode", "~~~~\n```\ncode\n~~~~"),
        ("plain", "plain"),
    ],
)
def test_a_fence_left_open_is_closed(text: str, closed: str) -> None:
    assert close_fence(text) == closed
