"""The export: everything in it comes back out of a Markdown parser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from workspaces.core.reasons import Reason
from workspaces.core.transcript import Heading, Labels, file_name, to_markdown
from workspaces.core.types import Ending, Source, Turn

HEADING = Heading("Seals [draft] *1*", "Pumps & <valves>", "2026-11-21 10:00")


def source(mark: int, text: str, name: str = "manual.pdf") -> Source:
    return Source(
        mark, f"p{mark}", "d", name, text, 0, len(text), page=3, heading=("Service", "Seals")
    )


def turn(question: str, answer: str, *sources: Source, ending: Ending = Ending.COMPLETE) -> Turn:
    return Turn("t", question, answer, ending, "Llama 3 8B", "2026-11-21", sources)


def export(*turns: Turn) -> str:
    return to_markdown(HEADING, turns, Labels())


def html(markdown: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(markdown))


def text_of(rendered: str) -> str:
    bare = re.sub(r"<[^>]+>", "", rendered)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        bare = bare.replace(entity, character)
    return re.sub(r"\s+", "", bare)


def test_head_names_title_workspace_date_and_model() -> None:
    text = text_of(html(export(turn("q", "a"))))
    for part in ("Seals[draft]*1*", "Pumps&<valves>", "2026-11-2110:00", "Llama38B"):
        assert part in text


def test_citations_become_footnotes_with_place_and_quotation() -> None:
    answer = "It is 12 months [1]. 十二个月 [2]。"
    rendered = html(
        export(turn("q", answer, source(1, "12 months [sic] <b>"), source(2, "保修十二个月")))
    )
    assert rendered.count('class="footnote-item"') == 2
    assert rendered.count('class="footnote-ref"') == 2
    assert "manual.pdf—page3,Service›Seals:“12months[sic]<b>”" in text_of(rendered)
    assert "“保修十二个月”" in text_of(rendered)


def test_without_footnote_support_the_sources_are_still_read() -> None:
    exported = export(turn("q", "Yes [1].", source(1, "12 months")))
    plain = text_of(str(MarkdownIt("commonmark").render(exported)))
    assert "manual.pdf" in plain
    assert "12months" in plain


def test_a_bare_name_is_no_link_definition() -> None:
    bare = Source(1, "p", "d", "x", "t", 0, 1)
    rendered = str(MarkdownIt("commonmark").render(export(turn("q", "Yes [1].", bare))))
    assert "[^1]: " in rendered


def test_uncited_sources_are_left_out() -> None:
    assert "[^2]" not in export(turn("q", "Yes [1].", source(1, "one"), source(2, "two")))


def test_code_tables_brackets_and_chinese_survive() -> None:
    answer = (
        "## 结果\n\n| 名称 | 值 |\n|---|---|\n| a[0] | 1 |\n\n"
        "```python\nx = a[1]  # <b>\n```\n\n王伟说：“好 [1]”。 `b[1]`"
    )
    rendered = html(export(turn("代码 `a[1]`?\n\n    indented <i>", answer, source(1, "好"))))
    assert "<table>" in rendered and "<td>a[0]</td>" in rendered
    assert "x = a[1]  # &lt;b&gt;\n</code>" in rendered
    assert "<code>b[1]</code>" in rendered
    assert "<h4>结果</h4>" in rendered
    assert "代码`a[1]`?indented<i>" in text_of(rendered)
    assert rendered.count("<h2>") == 1


def test_html_and_images_of_a_model_are_inert() -> None:
    hostile = "<img src=http://x/y.png> ![p](http://x/z.png) <script>alert(1)</script> <http://x>"
    rendered = html(export(turn("q", hostile)))
    assert "<img" not in rendered and "<script" not in rendered


def test_a_stopped_answer_closes_its_code_and_says_so() -> None:
    exported = export(turn("q", "Look:\n```\nhalf", ending=Ending.STOPPED), turn("next", "fine"))
    assert "<em>(unfinished: stopped while it was being written)</em>" in html(exported)
    assert "<p>fine</p>" in html(exported)


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (Ending.COMPLETE, None),
        (Ending.LENGTH, "CUT *off*"),
        (Ending.STOPPED, "STOPPED"),
        (Ending.FAILED, "FAILED"),
        (Ending.UNFINISHED, "CRASHED"),
    ],
)
def test_every_ending_is_said_in_the_words_given(ending: Ending, said: str | None) -> None:
    labels = Labels(
        writing="WRITING", cut="CUT *off*", stopped="STOPPED", failed="FAILED", crashed="CRASHED"
    )
    exported = to_markdown(HEADING, [turn("q", "half an", ending=ending)], labels)
    emphasised = re.findall(r"<em>(.*?)</em>", html(exported))
    assert emphasised == [said] * (said is not None)


def test_only_the_live_turn_is_being_written() -> None:
    crashed = replace(turn("q", "half", ending=Ending.UNFINISHED), id="old")
    live = replace(crashed, id="live", answer="so far")
    text = text_of(html(to_markdown(HEADING, [crashed, live], Labels(), "live")))
    assert text.count("unfinished") == 2
    assert text.index("Quireended") < text.index("sofar") < text.index("stillbeingwritten")


def test_a_fault_is_said_with_its_reason() -> None:
    note = Reason("out_of_memory", {"role": "generator"})
    failed = replace(turn("q", "", ending=Ending.FAILED), note=note)
    text = text_of(html(to_markdown(HEADING, [failed], Labels(note=lambda each: each.code))))
    assert text.endswith("(unfinished:somethingwentwrong)out_of_memory")


def test_a_passage_keeps_its_number_in_every_turn() -> None:
    one = source(1, "one")
    rendered = html(export(turn("a", "A [1].", one), turn("b", "B [1].", one)))
    assert rendered.count('class="footnote-item"') == 1


def test_a_title_becomes_a_file_name() -> None:
    assert file_name("Seals / 12 months? ") == "Seals   12 months.md"
    assert file_name("密封件保修多久？") == "密封件保修多久？.md"
    assert file_name("...") == "conversation.md"
    assert len(file_name("🦆" * 500).encode()) < 200
