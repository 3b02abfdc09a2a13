"""DOCX: order, headings, tables, notes, changes, and traps."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Draft
from docx.oxml import parse_xml

from tests.packages import changed
from tests.reading import extract, extract_as
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import Place
from workspaces.worker.adapters.word_numbers import Numbers
from workspaces.worker.adapters.word_styles import Numbering

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(draft: Draft, folder: Path) -> Path:
    path = folder / "rules.docx"
    draft.save(str(path))
    return path


def body(folder: Path, *paragraphs: str) -> str:
    """The text of a document whose body is this XML."""
    draft = Document()
    for xml in paragraphs:
        parsed = parse_xml(
            xml.replace("<w:p>", f"<w:p {W}>", 1).replace("<w:tbl>", f"<w:tbl {W}>", 1)
        )
        draft.element.body.append(parsed)
    return "\n".join(place.text for place in extract(saved(draft, folder), folder)[1])


def code_of(path: Path, folder: Path) -> str:
    with pytest.raises(Problem) as caught:
        extract_as("docx", path, "rules.docx", folder)
    assert "…" not in caught.value.reason.sentence()
    return caught.value.reason.code


def test_headings_paragraphs_lists_and_tables_in_order(tmp_path: Path) -> None:
    draft = Document()
    draft.add_paragraph("before")
    draft.add_heading("Rules", 1)
    draft.add_paragraph("one", style="List Bullet")
    table = draft.add_table(2, 2)
    for at, text in enumerate(["item", "value", "押金", "3817\n元"]):
        table.cell(at // 2, at % 2).text = text
    draft.add_heading("Details", 2)
    draft.add_paragraph("after")
    assert extract(saved(draft, tmp_path), tmp_path)[1] == [
        Place("before"),
        Place("Rules\n\n- one\nitem | value\n押金 | 3817 元", heading=("Rules",)),
        Place("Details\n\nafter", heading=("Rules", "Details")),
    ]


def test_headings_by_localised_name_by_base_style_and_by_outline_level(tmp_path: Path) -> None:
    draft = Document()
    styles = draft.styles
    chinese = styles.add_style("标题 1", 1)
    based = styles.add_style("My part", 1)
    based.base_style = styles["Heading 2"]
    draft.add_paragraph("一", style=chinese)
    draft.add_paragraph("二", style=based)
    third = draft.add_paragraph("三")
    third._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="2"/>'))
    draft.add_paragraph("text")
    places = extract(saved(draft, tmp_path), tmp_path)[1]
    assert [place.heading for place in places] == [("一",), ("一", "二"), ("一", "二", "三")]


def test_accepted_changes_are_read_and_deleted_text_is_not(tmp_path: Path) -> None:
    assert body(
        tmp_path,
        "<w:p><w:r><w:t>kept</w:t></w:r><w:ins><w:r><w:t> inserted</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> deleted</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t> moved away</w:t></w:r></w:moveFrom></w:p>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>row</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ) == "kept inserted\n\nrow"  # fmt: skip


def test_fields_show_their_result_and_readings_their_base(tmp_path: Path) -> None:
    assert body(
        tmp_path,
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t><w:tab/><w:t>x</w:t><w:br/></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r></w:p>",
    ) == "7\tx\n東"  # fmt: skip


def test_text_boxes_and_content_controls_are_read_once(tmp_path: Path) -> None:
    assert body(
        tmp_path,
        '<w:p><w:r><w:t>around</w:t><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent><w:sdt><w:sdtContent><w:r><w:t> control</w:t></w:r></w:sdtContent></w:sdt></w:r></w:p>",
    ) == "around control\n\nboxed"  # fmt: skip


def test_a_footnote_follows_its_paragraph_once_even_if_it_refers_to_itself(tmp_path: Path) -> None:
    draft = Document()
    paragraph = draft.add_paragraph("noted")
    paragraph.runs[0]._r.append(parse_xml(f'<w:footnoteReference {W} w:id="2"/>'))
    draft.add_paragraph("next")
    path = saved(draft, tmp_path)
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml")
    override = (
        b'<Override PartName="/word/footnotes.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    note = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>the note</w:t><w:footnoteReference w:id="2"/></w:r></w:p></w:footnote></w:footnotes>'
    changes = {
        "[Content_Types].xml": types.replace(b"</Types>", override),
        "word/footnotes.xml": note.encode(),
    }
    assert extract(changed(path, changes), tmp_path)[1] == [Place("noted\n\nthe note\n\nnext")]


def test_headers_come_once_and_last(tmp_path: Path) -> None:
    draft = Document()
    draft.add_paragraph("text")
    draft.sections[0].header.paragraphs[0].text = "Internal"
    draft.add_section().header.is_linked_to_previous = False
    draft.sections[1].header.paragraphs[0].text = "Internal"
    assert extract(saved(draft, tmp_path), tmp_path)[1] == [Place("text\n\nInternal")]


def test_strict_files_are_read(tmp_path: Path) -> None:
    draft = Document()
    draft.add_heading("Rules", 1)
    path = saved(draft, tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = ["word/document.xml", "word/styles.xml"]
        strict = {part: archive.read(part).replace(TRANSITIONAL, STRICT) for part in parts}
    assert extract(changed(path, {**strict}), tmp_path)[1] == [Place("Rules", heading=("Rules",))]


def test_damage_is_said(tmp_path: Path) -> None:
    path = saved(Document(), tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path, tmp_path) == "corrupt"
    path.write_bytes(whole)
    assert code_of(changed(path, {"word/document.xml": None}), tmp_path) == "corrupt"
    assert code_of(changed(path, {"word/document.xml": b"<w:document"}), tmp_path) == "corrupt"


def test_a_document_without_words_is_empty(tmp_path: Path) -> None:
    assert code_of(saved(Document(), tmp_path), tmp_path) == "empty"


def test_a_bomb_is_not_inflated(tmp_path: Path) -> None:
    bomb = f"<w:document {W}><w:body><w:p><w:r><w:t>".encode() + b" " * (65 * 1024 * 1024)
    path = changed(saved(Document(), tmp_path), {"word/document.xml": bomb})
    assert path.stat().st_size < 200_000
    assert code_of(path, tmp_path) == "unpacks_too_large"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    trap = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{tmp_path}/secret"><!ENTITY f "{"x" * 99}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>a &e;&f; b</w:t></w:r></w:p></w:body></w:document>"
    )
    path = changed(saved(Document(), tmp_path), {"word/document.xml": trap.encode()})
    assert extract_as("docx", path, "rules.docx", tmp_path)[1][0].text.startswith("a")
    assert "secret" not in (tmp_path / "text.jsonl").read_text()


def left_out(path: Path, folder: Path) -> dict[str, str]:
    warnings = extract(path, folder)[0].warnings
    assert all(isinstance(warning, Reason) for warning in warnings)
    return {warning.code: warning.details["count"] for warning in warnings}


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    draft = Document()
    paragraph = draft.add_paragraph("kept")
    draft.add_comment(paragraph.runs, "a remark", author="somebody")
    for xml in (
        f"<w:p {W}><w:del><w:r><w:delText>one</w:delText></w:r></w:del><w:del/></w:p>",
        f"<w:p {W}><w:moveFrom><w:r><w:t>two</w:t></w:r></w:moveFrom></w:p>",
        f"<w:tbl {W}><w:tr><w:trPr><w:del/></w:trPr></w:tr></w:tbl>",
    ):
        draft.element.body.append(parse_xml(xml))
    draft.part.relate_to(
        draft.part.package.main_document_part,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject",
    )
    assert left_out(saved(draft, tmp_path), tmp_path) == {
        "comments_left_out": "1",
        "deletions_left_out": "3",
        "embedded_left_out": "1",
    }


def with_chunk(folder: Path, chunk: bytes) -> Path:
    """A document with a chunk between two paragraphs."""
    draft = Document()
    draft.add_paragraph("before")
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    draft.element.body.append(parse_xml(f'<w:altChunk {W} {r} r:id="chunk1"/>'))
    draft.element.body.append(parse_xml(f"<w:p {W}><w:r><w:t>after</w:t></w:r></w:p>"))
    path = saved(draft, folder)
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    relation = b'<Relationship Id="chunk1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="/chunk.bin"/></Relationships>'
    return changed(
        path,
        {
            "word/_rels/document.xml.rels": relations.replace(b"</Relationships>", relation),
            "chunk.bin": chunk,
        },
    )


@pytest.mark.parametrize(
    ("chunk", "words"),
    [
        (b"<html><body><p>a page</p></body></html>", "a page"),
        ("<html><body><p>页面</p></body></html>".encode("utf-16"), "页面"),
        (b"{\\rtf1 rich {\\b text}\\par}", "rich text"),
        ("纯文本".encode(), "纯文本"),
    ],
)
def test_chunks_of_other_kinds_are_read_where_they_stand(
    tmp_path: Path, chunk: bytes, words: str
) -> None:
    [place] = extract(with_chunk(tmp_path, chunk), tmp_path)[1]
    assert place.text.split() == ["before", *words.split(), "after"]


def test_a_document_inside_a_document_is_read_but_not_without_end(tmp_path: Path) -> None:
    path = with_chunk(tmp_path, b"innermost")
    for _layer in range(4):
        path = with_chunk(tmp_path, path.read_bytes())
    answer, [place] = extract(path, tmp_path)
    assert place.text.split() == ["before"] * 3 + ["after"] * 3
    assert [(each.code, each.details["count"]) for each in answer.warnings] == []


def test_a_damaged_chunk_is_left_out_and_a_bomb_in_one_is_not_inflated(tmp_path: Path) -> None:
    path = with_chunk(tmp_path, b"PK\x03\x04 and nothing")
    assert left_out(path, tmp_path) == {"embedded_left_out": "1"}
    bomb = f"<w:document {W}><w:body><w:p><w:r><w:t>".encode() + b" " * (65 * 1024 * 1024)
    inner = changed(saved(Document(), tmp_path), {"word/document.xml": bomb})
    assert code_of(with_chunk(tmp_path, inner.read_bytes()), tmp_path) == "unpacks_too_large"


NUMBERS = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%4."/></w:lvl>
<w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="40"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_numbers_that_stand_nowhere_in_the_text(tmp_path: Path) -> None:
    draft = Document()
    for number, level, text in [
        ("1", 0, "总则"), ("1", 1, "x"), ("1", 1, "y"), ("1", 2, "z"), ("1", 3, "u"),
        ("1", 0, "附则"), ("1", 1, "v"), ("1", 4, "dot"), ("0", 0, "none"), ("99", 0, "unknown"),
        ("2", 0, "late"), ("2", 0, "later"),
    ]:  # fmt: skip
        numbering = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        draft.add_paragraph(text)._p.get_or_add_pPr().append(parse_xml(numbering))
    heading = draft.add_heading("Rules", 1)
    heading._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>')
    )
    path = changed(saved(draft, tmp_path), {"word/numbering.xml": NUMBERS.encode()})
    body_place, rules = extract(path, tmp_path)[1]
    assert [line.strip() for line in body_place.text.split("\n") if line] == [
        "第一章 总则", "1.1 x", "1.2 y", "(iii) z", "A. u", "第二章 附则", "2.1 v", "- dot", "none",
        "- unknown", "第四十章 late", "第四十一章 later",
    ]  # fmt: skip
    assert rules.heading == ("第四十二章 Rules",)


@pytest.mark.parametrize(
    ("number", "shape", "label"),
    [
        (4, "upperRoman", "IV"), (1994, "lowerRoman", "mcmxciv"), (26, "lowerLetter", "z"),
        (28, "upperLetter", "BB"), (7, "decimalZero", "07"), (10, "chineseCounting", "十"),
        (105, "chineseCounting", "一百〇五"), (2026, "ideographDigital", "二〇二六"),
        (110, "chineseCounting", "一百一十"), (99_999, "lowerRoman", "99999"),
        (3, "ganada", "3"), (5, "none", ""),
    ],
)  # fmt: skip
def test_the_shapes_of_numbers(number: int, shape: str, label: str) -> None:
    numbers = parse_xml(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{number}"/>'
        f'<w:numFmt w:val="{shape}"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    assert Numbers([numbers]).label(Numbering("1", 0)) == label
