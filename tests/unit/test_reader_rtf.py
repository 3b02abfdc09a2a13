"""RTF: encodings, paragraphs, headings, tables, notes, what is hidden, and damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packages import refused
from tests.reading import extract
from workspaces.core.types import Place


def rtf(folder: Path, content: str | bytes) -> Path:
    path = folder / "letter.rtf"
    data = content if isinstance(content, bytes) else content.encode("latin-1")
    path.write_bytes(b"{\\rtf1\\ansi " + data + b"}")
    return path


def text_of(folder: Path, content: str | bytes) -> str:
    return "\n".join(place.text for place in extract(rtf(folder, content), folder)[1])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r"caf\'e9 \ldblquote x\rdblquote\~\emdash\{\}\\", "café “x”\u00a0—{}\\"),
        (r"\ansicpg936 \'c4\'e3\'ba\'c3", "你好"),
        (r"\ansicpg936\deff0{\fonttbl{\f0\fcharset0 Arial;}}\f0 \'c4\'e3\'ba\'c3", "你好"),
        (r"\ansicpg936{\fonttbl{\f0\fcharset0 Arial;}}\f0 \'e9t\'e9", "été"),
        (r"{\fonttbl{\f1\fnil\fcharset128 MS;}}\f1 \'83\'65\'83X\'83g", "テスト"),
        (r"{\fonttbl{\f1\fcharset134 SimSun;}{\f2\fcharset204 Arial;}}\f1 \'d6\'d0{\f2 \'c4\'e0}\'b9\'fa", "中Да国"),
        (r"\uc1 \u20013?\u-10179?\u-8704?", "中😀"),
        (r"\uc2\u26085\'93\'fa\uc0\u26412 x{\uc1\u8364 \'80}", "日本x€"),
        (r"{\upr{fallback}{\*\ud{\u20013?}}}", "中"),
        (r"{\fonttbl{\f3\fcharset2 Symbol;}}\u-3913 ?\tab x", "•\tx"),
        (r"\mac \'8e", "é"),
    ],
)  # fmt: skip
def test_letters_in_every_encoding(tmp_path: Path, content: str, text: str) -> None:
    assert text_of(tmp_path, content) == text


def test_headings_by_style_and_outline_level_and_lists(tmp_path: Path) -> None:
    path = rtf(
        tmp_path,
        r"{\fonttbl{\f0 Times;}}{\colortbl;\red0;}{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\*\cs10 Strong;}}"
        r"{\info{\title not this}}\pard\s1 Rules\par\pard one\line two\par"
        "\\pard\\outlinelevel1 Deeper\\\n\\pard{\\listtext\\'b7\\tab}item\\par{\\listtext 2.\\tab}second\\par",
    )
    assert extract(path, tmp_path)[1] == [
        Place("Rules\n\none\ntwo", heading=("Rules",)),
        Place("Deeper\n\n- item\n2. second", heading=("Rules", "Deeper")),
    ]


def test_table_rows_stay_lines(tmp_path: Path) -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\cell\row"
    content = (
        "before\\par " + row.format("item", "a\\par b") + row.format("", "") + row.format("x", "y")
    )
    assert text_of(tmp_path, content + r"\pard after\par") == (
        "before\n\nitem | a b\nx | y\n\nafter"
    )


def test_notes_boxes_fields_and_margins(tmp_path: Path) -> None:
    content = (
        r"{\header Internal\par}{\footer Internal\par}see{\super\chftn}{\footnote\pard {\super\chftn} the note\par} this "
        r'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}'
        r"{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt boxed\par}}{\shprslt boxed}}\par next\par"
    )
    assert text_of(tmp_path, content) == "see this link\n\nthe note\n\nboxed\n\nnext\n\nInternal"


def test_what_is_hidden_or_left_out(tmp_path: Path) -> None:
    content = (
        r"a{\v hidden}{\*\unknown secret}{\pict\wmetafile8 0102ab\bin4 {}}}}{\deleted gone}b"
        r"{\*\annotation remark}{\object{\*\objclass Excel}{\*\objdata 0105}{\result c}}\par"
    )
    answer, places = extract(rtf(tmp_path, content), tmp_path)
    assert [place.text for place in places] == ["abc"]
    assert {each.code: each.details["count"] for each in answer.warnings} == {
        "comments_left_out": "1",
        "deletions_left_out": "1",
        "embedded_left_out": "1",
    }


def test_damage_is_said(tmp_path: Path) -> None:
    path = rtf(tmp_path, r"{\b some text\par}")
    path.write_bytes(path.read_bytes()[:-2])
    assert refused(path, tmp_path) == "corrupt"
    assert refused(rtf(tmp_path, "{" * 100_000 + "}" * 100_000), tmp_path) == "corrupt"
    assert refused(rtf(tmp_path, r"\par\par"), tmp_path) == "empty"
    assert text_of(tmp_path, "text}{\\rtf1 behind the end") == "text"
    assert refused(rtf(tmp_path, rb"a\bin999999999 "), tmp_path) == "corrupt"
