"""CSV and its relatives: a record a line, under the names of its columns."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import extract
from workspaces.core.types import Place
from workspaces.worker.adapters.table_text import cells


def places_of(folder: Path, content: str | bytes, name: str = "a.csv") -> list[Place]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return extract(path, folder)[1]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_header_and_rows(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [["编号", "部门", "金额"], ["1", "采购部", "3817"], ["2", "法务部", "90"]]
    text = "".join(separator.join(row) + "\r\n" for row in rows)
    assert places_of(tmp_path, text.encode(encoding)) == [
        Place(text.replace("\r\n", "\n").strip(), heading=("编号 | 部门 | 金额",), row=1)
    ]


def test_a_comma_in_prose_does_not_outvote_the_separator(tmp_path: Path) -> None:
    text = "name;note\nBolt;short, round\nNut;flat\nRing;wide, thin, black\n"
    assert places_of(tmp_path, text)[0].heading == ("name | note",)


def test_a_table_of_numbers_has_no_header(tmp_path: Path) -> None:
    assert places_of(tmp_path, "1,2\n3,4\n")[0].heading == ()


def test_a_title_above_the_table_is_no_header(tmp_path: Path) -> None:
    text = "Sales of 2031,,\nteam,place,cups\nBlues,STL,1\nFlyers,PHI,2\n"
    assert places_of(tmp_path, text)[0].heading == ("team | place | cups",)


def test_quotes_that_are_never_closed_swallow_nothing(tmp_path: Path) -> None:
    text = 'item,size\nrod,3" wide\n"pipe,5\nbar,7\n' + "rod,3\n" * 299
    (*_rest, last) = places = places_of(tmp_path, text)
    assert "".join(place.text + "\n" for place in places) == text
    assert last.row is not None
    assert last.row + last.text.count("\n") == 303


CELL = st.text(st.sampled_from('ab 密,;"\n'), max_size=12)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=120))
def test_each_record_is_one_line_and_knows_its_row(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    numbered = [["number", "first", "second", "third"], *([str(n), *r] for n, r in enumerate(rows))]
    csv.writer(stream).writerows(numbered)
    with tempfile.TemporaryDirectory() as folder:
        places = places_of(Path(folder), stream.getvalue())
    lines = [
        (row, line)
        for place in places
        for row, line in enumerate(place.text.split("\n"), place.row or 0)
    ]
    assert [row for row, _line in lines] == list(range(1, len(numbered) + 1))
    for (_row, line), record in zip(lines, numbered, strict=True):
        assert cells(line, ",") == [" ".join(cell.split()) for cell in record]


def test_rows_are_kept_whole_where_a_place_ends(tmp_path: Path) -> None:
    text = "id,team,amount\n" + "".join(f"{n},support centre,{n * 7}\n" for n in range(20_000))
    places = places_of(tmp_path, text)
    assert len(places) > 100
    assert "".join(place.text + "\n" for place in places) == text
    for place in places[1:]:
        assert place.row == int(place.text.split(",")[0]) + 2
        assert place.heading == ("id | team | amount",)
