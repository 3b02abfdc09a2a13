"""PPTX and ODP: slides in order, titles, tables, groups, notes, left-outs, and damage."""

from __future__ import annotations

from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation as Draft
from pptx.util import Inches

from tests.packages import changed, cut, edited, packed, parts_of, refused
from tests.reading import extract
from workspaces.core.types import Place

INCH = Inches(1)


def saved(draft: Draft, folder: Path) -> Path:
    path = folder / "talk.pptx"
    draft.save(str(path))
    return path


def titled(draft: Draft, title: str, layout: int = 5) -> Draft:
    slide = draft.slides.add_slide(draft.slide_layouts[layout])
    assert slide.shapes.title is not None
    slide.shapes.title.text = title
    return draft


def test_slides_with_titles_bullets_tables_groups_and_notes(tmp_path: Path) -> None:
    draft = titled(titled(Presentation(), "Plan\n2026", layout=1), "表格")
    first, second = draft.slides
    body = first.placeholders[1].text_frame
    body.text = "one"
    deeper = body.add_paragraph()
    deeper.text, deeper.level = "under one", 1
    notes = first.notes_slide.notes_text_frame
    assert notes is not None
    notes.text = "say hello"
    table = second.shapes.add_table(2, 2, INCH, INCH, INCH, INCH).table
    for at, text in enumerate(["item", "value", "押金", "3817\n元"]):
        table.cell(at // 2, at % 2).text = text
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(INCH, INCH, INCH, INCH).text_frame.text = "in a group"
    answer, places = extract(saved(draft, tmp_path), tmp_path)
    assert places == [
        Place("Plan\n2026\n\none\n  - under one\n\n\nsay hello", page=1, heading=("Plan 2026",)),
        Place("表格\n\nitem | value\n押金 | 3817 元\n\nin a group", page=2, heading=("表格",)),
    ]
    assert answer.pages == 2
    assert answer.warnings == []


def test_the_order_is_that_of_the_presentation_not_of_the_files(tmp_path: Path) -> None:
    draft = titled(titled(Presentation(), "first"), "second")
    ids = draft.slides._sldIdLst
    ids.append(ids[0])
    places = extract(saved(draft, tmp_path), tmp_path)[1]
    assert [(place.page, place.text) for place in places] == [(1, "second"), (2, "first")]


def test_charts_and_diagrams_say_their_labels(tmp_path: Path) -> None:
    draft = titled(Presentation(), "Sales")
    data = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["东", "West"]
    data.add_series("2025", (1.0, 2.0))  # type: ignore[no-untyped-call]
    frame = draft.slides[0].shapes.add_chart(XL_CHART_TYPE.PIE, INCH, INCH, INCH, INCH, data)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "By region"
    [place] = extract(saved(draft, tmp_path), tmp_path)[1]
    assert place.text.split("\n")[2:] == ["By region", "2025", "东", "West"]


def test_slides_of_pictures_are_named_as_silent(tmp_path: Path) -> None:
    draft = titled(titled(Presentation(), ""), "text")
    path = saved(draft, tmp_path)
    edited(path, "ppt/slides/slide1.xml", "</p:spTree>", "<p:pic/></p:spTree>")
    answer, places = extract(path, tmp_path)
    assert [place.page for place in places] == [2]
    assert [(each.code, each.details["numbers"]) for each in answer.warnings] == [
        ("silent_pages", "1")
    ]


def test_dates_and_numbers_of_slides_are_no_text(tmp_path: Path) -> None:
    path = saved(titled(Presentation(), "text"), tmp_path)
    shape = '<p:sp><p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:fld><a:t>1</a:t></a:fld></a:p></p:txBody></p:sp>'
    edited(path, "ppt/slides/slide1.xml", "</p:spTree>", f"{shape}</p:spTree>")
    assert extract(path, tmp_path)[1] == [Place("text", page=1, heading=("text",))]


def test_strict_and_macro_files_are_read(tmp_path: Path) -> None:
    path = saved(titled(Presentation(), "text"), tmp_path)
    old, new = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    parts = {
        name: part.replace(f"{old}officeDocument/2006".encode(), f"{new}officeDocument".encode())
        .replace(f"{old}presentationml/2006".encode(), f"{new}presentationml".encode())
        for name, part in parts_of(path).items()
        if isinstance(part, bytes)
    }  # fmt: skip
    assert extract(changed(path, parts), tmp_path)[1][0].text == "text"
    usual = "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    macro = "vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    edited(path, "[Content_Types].xml", usual, macro)
    assert extract(path, tmp_path)[1][0].text == "text"


def test_comments_and_embedded_files_are_left_out_and_said(tmp_path: Path) -> None:
    path = saved(titled(Presentation(), "text"), tmp_path)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        f'<Relationship Id="c" Type="{kind}/comments" Target="../comments/c.xml"/>'
        f'<Relationship Id="o" Type="{kind}/oleObject" Target="../embeddings/o.bin"/>'
        f'<Relationship Id="x" Type="{kind}/oleObject" TargetMode="External" Target="file:///o.bin"/>'
    )
    part = "ppt/slides/_rels/slide1.xml.rels"
    edited(path, part, "</Relationships>", f"{relations}</Relationships>")
    changed(path, {"ppt/comments/c.xml": "<l><cm><text>no</text></cm><cm/></l>"})
    answer, places = extract(path, tmp_path)
    assert [place.text for place in places] == ["text"]
    assert {each.code: each.details["count"] for each in answer.warnings} == {
        "comments_left_out": "2",
        "embedded_left_out": "1",
    }


def test_damage_is_said(tmp_path: Path) -> None:
    assert refused(saved(Presentation(), tmp_path), tmp_path) == "empty"
    path = saved(titled(Presentation(), "text"), tmp_path)
    whole = parts_of(path)
    assert refused(changed(path, {"ppt/presentation.xml": b"<p"}), tmp_path) == "corrupt"
    assert refused(cut(packed(path, whole)), tmp_path) == "corrupt"


def test_a_bomb_is_not_inflated(tmp_path: Path) -> None:
    path = saved(titled(Presentation(), "text"), tmp_path)
    bomb = b"<p:sld>" + b" " * (65 * 1024 * 1024)
    assert refused(changed(path, {"ppt/slides/slide1.xml": bomb}), tmp_path) == "unpacks_too_large"


ODP = """<office:document-content xmlns:office="o" xmlns:draw="d" xmlns:text="x" xmlns:presentation="p"><office:body><office:presentation>
<draw:page draw:name="page1"><draw:frame presentation:class="title"><draw:text-box><text:p>标题</text:p></draw:text-box></draw:frame>
<draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape><draw:frame presentation:class="page-number"><draw:text-box><text:p>1</text:p></draw:text-box></draw:frame>
<presentation:notes><draw:frame><draw:text-box><text:p>say hello</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>
<draw:page><draw:frame><draw:image/></draw:frame></draw:page>
</office:presentation></office:body></office:document-content>"""


def test_open_document_slides(tmp_path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.presentation"
    path = packed(tmp_path / "a.odp", {"mimetype": kind, "content.xml": ODP})
    answer, places = extract(path, tmp_path)
    assert places == [
        Place("标题\n\nin a shape\n\n\nsay hello", page=1, heading=("标题",)),
    ]
    assert [(each.code, each.details["numbers"]) for each in answer.warnings] == [
        ("silent_pages", "2")
    ]
