"""DOCX: order, headings, tables, notes, changes, and traps."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Draft
from docx.oxml import parse_xml

from tests.reading import extract, extract_as
from workspaces.core.reasons import Problem
from workspaces.core.types import Place

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


def rewritten(path: Path, changes: dict[str, bytes | None]) -> Path:
    """The file at ``path`` with some of its parts replaced or left out."""
    with zipfile.ZipFile(path) as old:
        parts: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in (parts | changes).items():
            if content is not None:
                new.writestr(name, content)
    return path


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
    changes: dict[str, bytes | None] = {
        "[Content_Types].xml": types.replace(b"</Types>", override),
        "word/footnotes.xml": note.encode(),
    }
    assert extract(rewritten(path, changes), tmp_path)[1] == [Place("noted\n\nthe note\n\nnext")]


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
    assert extract(rewritten(path, {**strict}), tmp_path)[1] == [Place("Rules", heading=("Rules",))]


def test_damage_is_said(tmp_path: Path) -> None:
    path = saved(Document(), tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path, tmp_path) == "corrupt"
    path.write_bytes(whole)
    assert code_of(rewritten(path, {"word/document.xml": None}), tmp_path) == "corrupt"
    assert code_of(rewritten(path, {"word/document.xml": b"<w:document"}), tmp_path) == "corrupt"


def test_a_document_without_words_is_empty(tmp_path: Path) -> None:
    assert code_of(saved(Document(), tmp_path), tmp_path) == "empty"


def test_a_bomb_is_not_inflated(tmp_path: Path) -> None:
    bomb = f"<w:document {W}><w:body><w:p><w:r><w:t>".encode() + b" " * (65 * 1024 * 1024)
    path = rewritten(saved(Document(), tmp_path), {"word/document.xml": bomb})
    assert path.stat().st_size < 200_000
    assert code_of(path, tmp_path) == "unpacks_too_large"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    trap = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{tmp_path}/secret"><!ENTITY f "{"x" * 99}">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>a &e;&f; b</w:t></w:r></w:p></w:body></w:document>"
    )
    path = rewritten(saved(Document(), tmp_path), {"word/document.xml": trap.encode()})
    assert extract_as("docx", path, "rules.docx", tmp_path)[1][0].text.startswith("a")
    assert "secret" not in (tmp_path / "text.jsonl").read_text()
