"""The list model: what the views hear of a change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.panels.rows import MOST_STRETCHES, Rows, runs

Heard = list[tuple[str, int, int]]


@pytest.fixture
def rows(qapp: QApplication) -> Rows[str]:
    """Ten values whose first letter is their id."""
    made: Rows[str] = Rows(lambda value: value.split("=")[0], str)
    made.reset(f"{number}=old" for number in range(10))
    return made


@pytest.fixture
def heard(rows: Rows[str]) -> Heard:
    found: Heard = []

    def note(kind: str, first: int, last: int) -> None:
        found.append((kind, first, last))

    def changed(first: QModelIndex, last: QModelIndex) -> None:
        note("changed", first.row(), last.row())

    rows.dataChanged.connect(changed)
    rows.rowsInserted.connect(lambda _, first, last: note("inserted", first, last))
    rows.rowsRemoved.connect(lambda _, first, last: note("removed", first, last))
    rows.modelReset.connect(lambda: note("reset", 0, 0))
    return found


def test_only_rows_that_differ_are_heard_of(rows: Rows[str], heard: Heard) -> None:
    rows.apply(["2=new", "3=new", "5=old", "7=new"])
    assert heard == [("changed", 2, 3), ("changed", 7, 7)]
    assert rows.items[2:4] == ["2=new", "3=new"]


def test_new_rows_come_last_and_together(rows: Rows[str], heard: Heard) -> None:
    rows.apply(["x=1", "0=new", "y=2"])
    assert heard == [("changed", 0, 0), ("inserted", 10, 11)]
    assert rows.item(rows.index_of("y")) == "y=2"


def test_dropped_rows_go_in_stretches_and_the_others_keep_their_ids(
    rows: Rows[str], heard: Heard
) -> None:
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.apply(["9=new"], ["2", "3", "8", "unknown"])
    assert heard == [("removed", 8, 8), ("removed", 2, 3), ("changed", 6, 6)]
    assert [rows.item(rows.index_of(each)) for each in "0149"] == [
        "0=old",
        "1=old",
        "4=old",
        "9=new",
    ]


def test_scattered_rows_go_and_change_in_one_sweep(rows: Rows[str], heard: Heard) -> None:
    many = 4 * MOST_STRETCHES
    rows.reset(f"{number}=old" for number in range(many))
    heard.clear()
    rows.apply([f"{number}=new" for number in range(0, many, 2)])
    assert heard == [("changed", 0, many - 2)]
    heard.clear()
    rows.apply([], [str(number) for number in range(0, many, 2)])
    assert heard == [("reset", 0, 0)]
    assert rows.items == [f"{number}=old" for number in range(1, many, 2)]


def test_runs() -> None:
    assert runs([5, 1, 2, 2, 9, 8]) == [(1, 2), (5, 5), (8, 9)]
    assert runs([]) == []
