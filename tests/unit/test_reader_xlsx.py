"""XLSX and ODS: rows with their numbers, values as people see them, left-outs, and traps."""

from __future__ import annotations

import datetime
import tracemalloc
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.packages import changed, cut, edited, packed, parts_of, refused
from tests.reading import extract
from workspaces.core.reasons import Reason
from workspaces.core.types import Place
from workspaces.worker.adapters import sheet_text
from workspaces.worker.adapters.number_formats import parse_format
from workspaces.worker.adapters.sheet_text import SheetText

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def workbook() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "报价"
    return book, sheet


def saved(book: openpyxl.Workbook, folder: Path, name: str = "prices.xlsx") -> Path:
    path = folder / name
    book.save(path)
    return path


def sheet_of(folder: Path, rows: str) -> Path:
    """A workbook whose sheet holds these rows, as XML."""
    book, _sheet = workbook()
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return changed(saved(book, folder), {SHEET: xml})


def shared_texts(folder: Path, texts: str, cells: str) -> Path:
    """A workbook with these shared texts, and a row of these cells."""
    path = sheet_of(folder, f"<row>{cells}</row>")
    relation = (
        f'<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
    )
    edited(path, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{relation}</Relationships>")
    return changed(path, {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'})


def test_rows_stay_lines_and_gaps_begin_new_places(tmp_path: Path) -> None:
    book, sheet = workbook()
    sheet["A1"], sheet["B1"] = "item", "note"
    sheet["A2"], sheet["B2"] = "螺丝", "two\nlines"
    sheet["B5"] = "later"
    other = book.create_sheet("Hidden")
    other.sheet_state = "hidden"
    other["A1"] = "still text"
    assert extract(saved(book, tmp_path), tmp_path)[1] == [
        Place("item | note\n螺丝 | two lines", heading=("报价",), row=1),
        Place(" | later", heading=("报价",), row=5),
        Place("still text", heading=("Hidden",), row=1),
    ]


def test_values_are_shown_as_people_see_them(tmp_path: Path) -> None:
    book, sheet = workbook()
    shown = [
        (datetime.date(2024, 3, 5), "yyyy-mm-dd", "2024-03-05"),
        (
            datetime.datetime.fromisoformat("2024-03-05 14:30"),
            'yyyy"年"m"月"d"日" h:mm',
            "2024-03-05 14:30",
        ),
        (datetime.time(9, 5), "h:mm AM/PM", "09:05"),
        (datetime.timedelta(hours=26, minutes=30), "[h]:mm", "26:30"),
        (0.125, "0.0%", "12.5%"),
        (1234567.891, '#,##0.00" €"', "1,234,567.89 €"),
        (-1234.5, "[$¥-804]#,##0.0;[Red]-#,##0.0", "-¥1,234.5"),
        (42, "00000", "00042"),
        (0.1 + 0.2, "General", "0.3"),
        (6222021234567890, "0", "6222021234567890"),
        (1.5, "# ?/?", "1.5"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
    ]
    for column, (value, pattern, _text) in enumerate(shown, 1):
        cell = sheet.cell(1, column, value)
        cell.number_format = pattern
    [place] = extract(saved(book, tmp_path), tmp_path)[1]
    assert place.text.split(" | ") == [text for _value, _pattern, text in shown]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    book, sheet = workbook()
    sheet["A1"] = 43_894
    sheet["A1"].number_format = "yyyy-mm-dd"
    path = saved(book, tmp_path)
    assert extract(path, tmp_path)[1][0].text == "2020-03-04"
    edited(path, "xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>')
    assert extract(path, tmp_path)[1][0].text == "2024-03-05"


@pytest.mark.parametrize(
    ("pattern", "value", "shown"),
    [
        ("m/d/yyyy", "1", "1900-01-01"),
        ("m/d/yyyy", "61", "1900-03-01"),
        ("m/d/yyyy", "-1", "-1"),
        ("m/d/yyyy", "1e300", "1e300"),
        ("m/d/yyyy", "words", "words"),
        ("mm:ss", "0.5006944", "12:01"),
        ("ggge年m月", "45356", "2024-03-05"),
        ("0.00E+00", "12345.5", "12345.5"),
        ("0,", "12345", "12345"),
        ("@", "007", "007"),
        ("0.00_);(0.00)", "2.675", "2.68"),
        ("%" * 10_000, "1", "1"),
        ("0" * 10_000, "7", "0" * 254 + "7"),
    ],
)
def test_odd_formats_and_numbers(pattern: str, value: str, shown: str) -> None:
    assert parse_format(pattern).shown(value) == shown


def test_formulas_show_their_value_or_themselves(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path,
        '<row><c><f>1+1</f><v>2</v></c><c><f>A1*2</f></c><c t="str"><f>B1</f><v>a_x000D_b</v></c></row>',
    )
    assert extract(path, tmp_path)[1] == [Place("2 | =A1*2 | a b", heading=("报价",), row=1)]


def test_inline_rich_and_phonetic_texts_and_missing_addresses(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path,
        '<row><c t="inlineStr"><is><r><t>東</t></r><r><t>京</t></r><rPh><t>とう</t></rPh></is></c></row>'
        '<row r="3"><c r="C3" t="d"><v>2024-03-05T00:00:00</v></c><c t="e"><v>#REF!</v></c></row>',
    )
    assert extract(path, tmp_path)[1] == [
        Place("東京", heading=("报价",), row=1),
        Place(" |  | 2024-03-05 | #REF!", heading=("报价",), row=3),
    ]


def test_strict_and_macro_files_are_read(tmp_path: Path) -> None:
    book, sheet = workbook()
    sheet["A1"] = "text"
    path = saved(book, tmp_path)
    parts = {
        name: part.replace(MAIN.encode(), STRICT.encode()).replace(
            RELATIONS.encode(), STRICT_RELATIONS.encode()
        )
        for name, part in parts_of(path).items()
        if isinstance(part, bytes)
    }
    assert extract(changed(path, parts), tmp_path)[1][0].text == "text"
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    usual = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    edited(path, "[Content_Types].xml", usual, macro)
    assert extract(path, tmp_path)[1][0].text == "text"


def test_comments_are_left_out_and_said(tmp_path: Path) -> None:
    book, sheet = workbook()
    sheet["A1"] = "text"
    sheet["A1"].comment = Comment("a remark", "somebody")
    answer, places = extract(saved(book, tmp_path), tmp_path)
    assert [place.text for place in places] == ["text"]
    assert answer.warnings == [
        Reason("comments_left_out", {"name": "prices.xlsx", "count": "1"}),
    ]


def test_shapes_on_a_sheet_are_read_beside_its_rows(tmp_path: Path) -> None:
    book, sheet = workbook()
    sheet["A1"] = "text"
    path = saved(book, tmp_path)
    changed(
        path,
        {
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships><Relationship Id="r" Type="{RELATIONS}/drawing" Target="../drawings/d.xml"/></Relationships>',
            "xl/drawings/d.xml": '<d xmlns:a="a"><a:p><a:t>in a </a:t><a:t>box</a:t></a:p></d>',
        },
    )
    assert extract(path, tmp_path)[1] == [
        Place("text", heading=("报价",), row=1),
        Place("in a box", heading=("报价",)),
    ]


def test_wide_gaps_and_far_cells_cost_nothing(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path,
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row>',
    )
    assert extract(path, tmp_path)[1] == [
        Place("1 |  | 2", heading=("报价",), row=1),
        Place(" | 3", heading=("报价",), row=1_048_576),
    ]


@pytest.mark.slow
def test_many_rows_are_read_in_little_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("long")
    for number in range(1, 30_001):
        sheet.append([f"row {number}", number, number / 7])
    path = saved(book, tmp_path)
    tracemalloc.start()
    _answer, places = extract(path, tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert places[-1].text.split("\n")[-1] == "row 30000 | 30000 | 4285.71428571429"
    assert places[-1].row is not None
    assert places[-1].row + places[-1].text.count("\n") == 30_000
    assert peak < 20_000_000


def test_what_is_too_much_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_text, "_TEXT_LIMIT", 350)
    text = SheetText("long.xlsx")
    for row in range(1, 11):
        text.add("s", row, [(1, "x" * 100)])
    assert text.places() == [Place("\n".join(["x" * 100] * 2), heading=("s",), row=1)]
    details = {"name": "long.xlsx", "read": "2", "total": "10", "unit": "rows"}
    assert text.cut_short() == [Reason("cut_short", details)]


def test_a_row_of_absurd_length_is_refused(tmp_path: Path) -> None:
    path = shared_texts(tmp_path, f"<si><t>{'x' * 2000}</t></si>", "<c t='s'><v>0</v></c>" * 600)
    assert refused(path, tmp_path) == "unpacks_too_large"


def test_shared_texts_are_found_by_their_numbers(tmp_path: Path) -> None:
    path = shared_texts(
        tmp_path,
        "<si><t>first</t></si><si><r><t>東</t></r><r><t>京</t></r><rPh><t>とう</t></rPh></si><si/>",
        '<c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c>',
    )
    assert extract(path, tmp_path)[1] == [Place("東京 | first", heading=("报价",), row=1)]


def test_damage_and_traps_are_said(tmp_path: Path) -> None:
    book, sheet = workbook()
    path = saved(book, tmp_path)
    assert refused(path, tmp_path) == "empty"
    sheet["A1"] = "text"
    whole = parts_of(saved(book, tmp_path))
    entity = f'<!DOCTYPE w [<!ENTITY e "x">]><worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    for changes in (
        {SHEET: entity},
        {SHEET: "<worksheet>"},
        {SHEET: None},
        {"xl/workbook.xml": None},
        {SHEET: b"<worksheet a='" + b"x" * (20 * 1024 * 1024) + b"'/>"},
    ):
        assert refused(changed(packed(path, whole), changes), tmp_path) == "corrupt", changes
    assert refused(cut(packed(path, whole)), tmp_path) == "corrupt"


def test_a_bomb_of_shared_texts_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared_texts(tmp_path, "<si/>" * 200_000, "<c><v>1</v></c>")
    assert extract(path, tmp_path)[1] == [Place("1", heading=("报价",), row=1)]
    monkeypatch.setattr("workspaces.worker.adapters.sheet_file._SHARED_LIMIT", 1_000_000)
    assert refused(path, tmp_path) == "unpacks_too_large"


def test_what_only_passes_through_has_a_limit_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, sheet = workbook()
    sheet["A1"] = "text"
    path = saved(book, tmp_path)
    changed(path, {SHEET: f'<worksheet xmlns="{MAIN}">' + " " * 3_000_000 + "</worksheet>"})
    monkeypatch.setattr(
        "workspaces.worker.adapters.zip_parts.Budget.__init__.__defaults__", (10_000_000, 2_000_000)
    )
    assert refused(path, tmp_path) == "unpacks_too_large"


ODS = """<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
<table:table table:name="Tabelle">
<table:table-column table:number-columns-repeated="16384"/>
<table:table-row><table:table-cell><text:p>Datum</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>x<text:s/>y</text:p><text:p>z</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>2024-03-05</text:p><office:annotation><text:p>remark</text:p></office:annotation></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row>
<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row table:number-rows-repeated="999999999"><table:table-cell><text:p>end</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_open_document_sheets(tmp_path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    path = packed(tmp_path / "a.ods", {"mimetype": kind, "content.xml": ODS})
    answer, places = extract(path, tmp_path)
    assert places == [
        Place("Datum | x y z | x y z\n2024-03-05\n2024-03-05", heading=("Tabelle",), row=1),
        Place("end", heading=("Tabelle",), row=1_048_576),
    ]
    assert [warning.code for warning in answer.warnings] == ["comments_left_out"]
    packed(path, {"mimetype": kind, "content.xml": ODS[:900]})
    assert refused(path, tmp_path) == "corrupt"


def test_rows_that_are_repeated_without_end_are_bounded(tmp_path: Path) -> None:
    """A few bytes that ask for a million rows of 16 000 cells, ten times."""
    sheet = (
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    content = f'<office:document-content xmlns:office="o" xmlns:text="x" xmlns:table="t">{sheet * 10}</office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    path = packed(tmp_path / "a.ods", {"mimetype": kind, "content.xml": content})
    answer, _places = extract(path, tmp_path)
    assert [warning.code for warning in answer.warnings] == ["cut_short"]
    assert answer.warnings[0].details["total"] == "10485700"
