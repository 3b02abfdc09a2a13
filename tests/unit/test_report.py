"""The import report as a file."""

from __future__ import annotations

import csv
import io

from workspaces.core.reasons import Reason
from workspaces.core.report import ReportLabels, ReportRow, to_csv, to_markdown, totals
from workspaces.core.types import DocumentState

ROWS = [
    ReportRow("a", "a.txt", "/x/a.txt", DocumentState.READY, "2026-11-21T10:00:00+00:00"),
    ReportRow(
        "b",
        "b | *c*.png\n",
        "/x/b",
        DocumentState.REFUSED,
        "2026-11-21T10:00:00+00:00",
        "2026-11-21T10:00:01Z",
        Reason("image", {"name": "b"}),
    ),
    ReportRow(
        "c",
        '=HYPERLINK("x")',
        "/x/c",
        DocumentState.READY,
        "2026-11-21T10:00:00+00:00",
        warnings=(Reason("repaired", {"name": "c"}),),
    ),
]


def test_totals_are_all_that_was_offered() -> None:
    assert totals(ROWS) == {DocumentState.READY: 2, DocumentState.REFUSED: 1}


def test_markdown_has_a_line_a_file_and_nothing_breaks_out_of_its_cell() -> None:
    labels = ReportLabels(states={DocumentState.READY: "fertig"})
    lines = to_markdown("Law\n# x", ROWS, labels).splitlines()
    assert lines[0] == "# Import report: Law # x"
    assert "- fertig: 2" in lines
    table = lines[lines.index("- refused: 1") + 2 :]
    assert len(table) == 2 + len(ROWS)
    unescaped = [line.replace("\\|", "").count("|") for line in table]
    assert unescaped == [7] * len(table)
    assert "b is an image" in table[3]


def test_csv_can_be_read_back_and_runs_nothing() -> None:
    header, *rows = csv.reader(io.StringIO(to_csv(ROWS, ReportLabels())))
    assert header == ["Name", "State", "Reason", "Path", "Offered", "Ended"]
    assert [row[0] for row in rows] == ["a.txt", "b | *c*.png\n", '\'=HYPERLINK("x")']
    assert "c is damaged" in rows[2][2]
