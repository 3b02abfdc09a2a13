"""An import through the real widgets: its bar, its rows, passwords, the report, and what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTableView,
    QWidget,
)

from app.panels.document_details import DocumentDetails
from app.panels.import_bar import ImportBar
from app.panels.report import ReportWindow
from tests.fake_quire import FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.reasons import Reason
from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentsChanged, DocumentView, ImportProgress, Removal

Open = Callable[[], Stage]
State = DocumentState


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    quire.with_workspace("Pumps")
    stage = open_stage()
    stage.wait(lambda: stage.window.windowTitle() == "Pumps – Quire")
    return stage


def drop(stage: Stage, *names: str) -> None:
    before = len(stage.rows(stage.window.documents))
    stage.drop(*(f"file:///tmp/{name}" for name in names))
    stage.wait(lambda: len(stage.rows(stage.window.documents)) == before + len(names))


def move(stage: Stage, document: DocumentView) -> None:
    stage.engine(partial(FakeQuire.move, workspace="w1", document=document))


def act(stage: Stage, name: str) -> None:
    """Choose from the context menu of the documents."""
    view = find(stage.window.documents, QAbstractItemView)
    action = next(each for each in view.actions() if each.text() == name)
    assert action.isEnabled(), f"{name} is off"
    action.trigger()


def words(parent: QWidget, name: str) -> str:
    return str(find(parent, QLabel, name).text())


# --- rows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (DocumentView("d", "a", "", State.READING, 3, 12, pages=12), "Reading 3 of 12 pages"),
        (DocumentView("d", "a", "", State.SEARCHABLE), "Found by its words already"),
        (
            DocumentView("d", "a", "", State.EMBEDDING, 4, 9),
            "Found by its words already · embedding 4 of 9",
        ),
        (DocumentView("d", "a", "", State.QUEUED, replaces="o"), "New version · Waiting"),
        (
            DocumentView("d", "a", "", State.READY, passages=1, gone=True),
            "Ready · 1 passage · its file has left the watched folder",
        ),
        (
            DocumentView(
                "d", "a", "", State.READY, passages=2, warnings=(Reason("repaired", {"name": "a"}),)
            ),
            "Ready · 2 passages · 1 remark",
        ),
    ],
)
def test_a_row_says_where_a_document_stands(
    stage: Stage, document: DocumentView, said: str
) -> None:
    move(stage, document)
    stage.wait(lambda: stage.rows(stage.window.documents) == [f"a: {said}"])


def test_a_list_that_changed_at_once_is_read_anew(stage: Stage) -> None:
    stage.quire.with_document("w1", DocumentView("d", "a", "", State.QUEUED))
    stage.engine(partial(FakeQuire.announce, change=DocumentsChanged("w1")))
    stage.wait(lambda: stage.rows(stage.window.documents) == ["a: Waiting"])


def test_the_twin_of_a_duplicate_is_one_click_away(stage: Stage) -> None:
    drop(stage, "a.pdf", "b.pdf", "a.pdf")
    stage.click_row(stage.window.documents, 2)
    details = find(stage.window, DocumentDetails)
    assert details.isVisible()
    stage.press(details, "Show that document")
    view = find(stage.window.documents, QAbstractItemView)
    assert view.currentIndex().row() == 0
    assert not details.isVisible(), "there is nothing to say about a document that is ready"


def test_remarks_stand_above_the_text(stage: Stage) -> None:
    remark = Reason("comments_left_out", {"name": "a.pdf", "count": "2"})
    drop(stage, "a.pdf")
    known = stage.quire._documents["w1"]["d2"]
    move(stage, replace(known, warnings=(remark,)))
    stage.wait(lambda: "1 remark" in stage.rows(stage.window.documents)[0])
    stage.click_row(stage.window.documents, 0)
    act(stage, "Show text")
    stage.wait(lambda: stage.readers)
    assert words(stage.readers[0], "readerPlace") == "a.pdf: 2 comments were left out."


def test_several_are_cancelled_and_retried(stage: Stage) -> None:
    for number in range(3):
        move(stage, DocumentView(f"d{number}", f"{number}.pdf", "", State.QUEUED))
    stage.wait(lambda: len(stage.rows(stage.window.documents)) == 3)
    find(stage.window.documents, QAbstractItemView).selectAll()
    act(stage, "Cancel import")
    stage.wait(lambda: all("was cancelled" in row for row in stage.rows(stage.window.documents)))
    act(stage, "Retry")
    stage.wait(lambda: all("Ready" in row for row in stage.rows(stage.window.documents)))
    assert stage.called("retry_documents") == [("w1", "d0", "d1", "d2")]


@pytest.mark.parametrize(
    ("removal", "said"),
    [
        (
            Removal(0, quoted_in=1),
            "2 documents removed. Nothing of them is left in this workspace. "
            "1 conversation keeps quotes of them.",
        ),
        (Removal(0, vectors_left=4, files_left=1), "vectors 4, index entries 0, files 1"),
    ],
)
def test_a_removal_says_what_was_counted(stage: Stage, removal: Removal, said: str) -> None:
    stage.quire.removal = removal
    drop(stage, "a.pdf", "b.pdf")
    find(stage.window.documents, QAbstractItemView).selectAll()
    act(stage, "Remove")
    stage.wait(lambda: said in stage.notice)
    assert stage.called("remove_documents") == [("w1", "d2", "d3")]
    newest = stage.window.desk.notices.newest
    assert newest and newest.is_problem is not removal.clean


# --- the bar ---------------------------------------------------------------------------------


def test_the_bar_says_how_far_the_import_is(stage: Stage) -> None:
    bar = find(stage.window, ImportBar)
    assert not bar.isVisible()
    progress = ImportProgress(128, 300, 2310, 4620, 200.0, "manual.pdf")
    stage.engine(lambda quire: quire.progress("w1", progress))
    stage.wait(bar.isVisible)
    said = words(bar, "progressWords")
    assert said == "128 of 300 documents · 2,310 passages · about 4 min left"
    assert words(bar, "progressDetail") == "manual.pdf"
    assert find(bar, QProgressBar).value() == round(1000 * (128 / 300 + 0.5) / 2)
    assert stage.window.windowTitle() == "(128/300) Pumps – Quire"
    stage.engine(lambda quire: quire.progress("w1", ImportProgress(300, 300)))
    stage.wait(lambda: not bar.isVisible())
    assert stage.window.windowTitle() == "Pumps – Quire"


def test_an_import_is_paused_resumed_and_cancelled(stage: Stage) -> None:
    bar = find(stage.window, ImportBar)
    move(stage, DocumentView("d", "a", "", State.QUEUED))
    stage.engine(lambda quire: quire.progress("w1", ImportProgress(0, 1)))
    stage.wait(bar.isVisible)
    stage.wait(lambda: stage.rows(stage.window.documents))
    stage.press(bar, "Pause")
    stage.wait(lambda: words(bar, "progressDetail").startswith("Paused"))
    stage.press(bar, "Resume")
    stage.wait(lambda: stage.called("resume_import"))
    stage.press(bar, "Cancel all…")
    stage.wait(lambda: not bar.isVisible())
    assert stage.dialogs.asked[-1][0] == "Cancel the whole import?"
    stage.wait(lambda: "was cancelled" in stage.rows(stage.window.documents)[0])


def test_what_holds_the_import_up_is_said(stage: Stage) -> None:
    bar = find(stage.window, ImportBar)
    progress = ImportProgress(0, 1, held_up=Reason("disk_full"))
    stage.engine(lambda quire: quire.progress("w1", progress))
    stage.wait(lambda: words(bar, "heldUp").startswith("The disk is full"))


# --- passwords -------------------------------------------------------------------------------


def test_one_question_unlocks_a_whole_drop(stage: Stage) -> None:
    stage.dialogs.passwords = ["sesame"]
    drop(stage, "locked1.pdf", "a.pdf", "locked2.pdf")
    stage.wait(lambda: stage.notice == "2 documents are protected by a password.")
    stage.press(stage.window.message_bar, "Enter password…")
    stage.wait(lambda: all("Ready" in row for row in stage.rows(stage.window.documents)))
    assert stage.called("unlock_documents") == [("w1", "d2", "d4")]
    assert stage.notice == ""


def test_a_wrong_password_is_said_and_asked_again(stage: Stage) -> None:
    stage.dialogs.passwords = ["wrong", "sesame"]
    drop(stage, "locked.pdf")
    stage.click_row(stage.window.documents, 0)
    stage.press(find(stage.window, DocumentDetails), "Enter password…")
    stage.wait(lambda: "Ready" in stage.rows(stage.window.documents)[0])
    asked = [question for (question,) in stage.dialogs.asked]
    assert asked[0].startswith("locked.pdf is protected by a password.")
    assert asked[1] == "That password does not open locked.pdf. Try another."
    assert len(asked) == 2


def test_a_password_is_kept_nowhere(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.dialogs.passwords = ["opensesame-wrong"]
    drop(stage, "locked.pdf")
    stage.click_row(stage.window.documents, 0)
    act(stage, "Enter password…")
    stage.wait(lambda: len(stage.dialogs.asked) == 2)
    assert "opensesame-wrong" not in caplog.text
    assert "opensesame-wrong" not in repr(vars(stage.window.desk.passwords))


# --- the report ------------------------------------------------------------------------------


@pytest.fixture
def report(stage: Stage) -> ReportWindow:
    """The report of four files, one of them removed since."""
    drop(stage, "a.pdf", "photo.png", "b.pdf", "gone.pdf")
    stage.click_row(stage.window.documents, 3)
    act(stage, "Remove")
    stage.wait(lambda: len(stage.rows(stage.window.documents)) == 3)
    stage.press(stage.window.documents, "Import report…")
    window = find(stage.window, ReportWindow)
    stage.wait(lambda: len(names(window)) == 4)
    return window


def names(window: ReportWindow) -> list[str]:
    model = find(window, QTableView).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_report_counts_every_file_once(report: ReportWindow) -> None:
    assert words(report, "windowHint") == "4 files offered: Ready 2 + Problems 1 + Removed 1"


def test_the_report_is_narrowed_searched_and_sorted(stage: Stage, report: ReportWindow) -> None:
    groups = find(report, QComboBox)
    groups.setCurrentIndex(groups.findText("Problems (1)"))
    assert names(report) == ["photo.png"]
    groups.setCurrentIndex(0)
    find(report, QLineEdit).setText("IMAGE png")
    stage.wait(lambda: names(report) == ["photo.png"])
    find(report, QLineEdit).setText("")
    stage.wait(lambda: len(names(report)) == 4)
    find(report, QTableView).sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert names(report) == ["photo.png", "gone.pdf", "b.pdf", "a.pdf"]


def test_a_file_that_was_removed_is_offered_again_from_the_report(
    stage: Stage, report: ReportWindow
) -> None:
    table = find(report, QTableView)
    table.selectRow(names(report).index("a.pdf"))
    button = next(b for b in report.findChildren(QAbstractButton) if b.text() == "Retry selected")
    assert not button.isEnabled(), "what is ready cannot be retried"
    table.selectRow(names(report).index("gone.pdf"))
    stage.press(report, "Retry selected")
    stage.wait(lambda: len(stage.rows(stage.window.documents)) == 4)


def test_the_report_is_copied_and_saved(stage: Stage, report: ReportWindow, tmp_path: Path) -> None:
    stage.press(report, "Copy")
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Name", "State", "Reason"]
    assert len(lines) == 5
    stage.dialogs.target = tmp_path / "report.csv"
    stage.press(report, "Save as…")
    stage.wait(lambda: stage.notice.startswith("The import report was saved to"))
    assert stage.dialogs.asked[-1] == ("Pumps - Import report.md",)
    assert (tmp_path / "report.csv").read_text().count("\n") >= 5


def test_a_report_that_is_looked_at_follows_the_import(stage: Stage, report: ReportWindow) -> None:
    stage.window.desk.report._rest.setInterval(20)
    find(report, QTableView).selectRow(1)
    stage.drop("file:///tmp/late.pdf")
    stage.wait(lambda: "late.pdf" in names(report))
    assert find(report, QTableView).selectionModel().selectedRows()[0].data() == "photo.png"
    QTest.keyClick(report, Qt.Key.Key_Escape)
    read = len(stage.called("report"))
    stage.drop("file:///tmp/later.pdf")
    stage.wait(lambda: any("later.pdf" in row for row in stage.rows(stage.window.documents)))
    QTest.qWait(200)
    assert len(stage.called("report")) == read, "nobody looks any more"
