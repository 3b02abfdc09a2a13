"""Watched folders, check and repair, and the embedding model, through the real widgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QWidget

from app.panels.check import CheckWindow
from app.panels.embedder import EmbedderWindow
from app.panels.embedder_bar import EmbedderBar
from app.panels.watch_form import WatchForm
from app.panels.watches import WatchesWindow
from tests.fake_quire import FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import DocumentState
from workspaces.services.views import (
    DocumentView,
    EmbedderView,
    Finding,
    ImportProgress,
    RerankerView,
    WatchesChanged,
    WatchView,
)

Open = Callable[[], Stage]


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    workspace = quire.with_workspace("Pumps")
    quire.with_watch(workspace, WatchView("f1", "/archive/harbour"))
    stage = open_stage()
    stage.wait(lambda: stage.window.windowTitle() == "Pumps – Quire")
    return stage


def shown(window: QWidget, button: str) -> bool:
    """Whether a button of these words is to be seen."""
    found = [each for each in window.findChildren(QAbstractButton) if each.text() == button]
    return any(each.isVisible() for each in found)


def asks(stage: Stage, expected: bool) -> bool:
    return bool(stage.notice) is expected


def title(window: QWidget) -> str:
    return str(find(window, QLabel, "windowTitle").text())


# --- watched folders -------------------------------------------------------------------------


@pytest.fixture
def watches(stage: Stage) -> WatchesWindow:
    stage.trigger("&File", "Watched folders…")
    window = find(stage.window, WatchesWindow)
    stage.wait(lambda: len(stage.rows(window)) == 1)
    return window


def test_a_folder_is_watched_the_way_it_was_said(stage: Stage, watches: WatchesWindow) -> None:
    stage.dialogs.paths = ["/home/ada/notes"]
    stage.press(watches, "Add folder…")
    form = find(watches, WatchForm)
    form.subfolders.setChecked(False)
    form.ignore.setPlainText(" *.tmp \n\ndrafts/\n")
    form.follow.setChecked(True)
    assert not stage.called("watch_folder"), "nothing begins before the answer"
    stage.press(form, "Watch")
    stage.wait(lambda: len(stage.rows(watches)) == 2)
    said = ("w1", "/home/ada/notes", False, ("*.tmp", "drafts/"), True)
    assert stage.called("watch_folder") == [said]
    assert stage.rows(watches)[1] == (
        "/home/ada/notes: without subfolders · deleted files: remove their documents · "
        "leaves out *.tmp, drafts/"
    )


def test_a_watch_is_changed_and_ended(stage: Stage, watches: WatchesWindow) -> None:
    stage.click_row(watches, 0)
    stage.press(watches, "Change…")
    form = find(watches, WatchForm)
    form.follow.setChecked(True)
    stage.press(form, "Save")
    stage.wait(lambda: "remove their documents" in stage.rows(watches)[0])
    stage.press(watches, "Stop watching…")
    stage.wait(lambda: not stage.rows(watches))
    assert stage.dialogs.asked[-1][0] == "Stop watching /archive/harbour?"


@pytest.mark.parametrize(("answer", "remove"), [("Remove documents", True), ("Keep", False)])
def test_files_that_left_are_asked_about(stage: Stage, answer: str, remove: bool) -> None:
    def leave(quire: FakeQuire) -> None:
        gone = DocumentView("d9", "a.pdf", "", DocumentState.READY, passages=1, gone=True)
        quire.move("w1", gone)
        quire.with_watch("w1", WatchView("f1", "/archive/harbour", gone=3))
        quire.announce(WatchesChanged("w1"))

    stage.engine(leave)
    stage.wait(lambda: stage.notice.startswith("3 files have left harbour."))
    stage.wait(lambda: stage.rows(stage.window.documents))
    stage.press(stage.window.message_bar, answer)
    stage.wait(lambda: stage.called("settle_gone") == [("w1", "f1", remove)])
    stage.wait(lambda: stage.notice.startswith("1 document removed.") is remove)
    stage.wait(lambda: bool(stage.rows(stage.window.documents)) is not remove)


def test_a_question_that_answered_itself_is_withdrawn(stage: Stage) -> None:
    for count in (2, 0):
        stage.quire.with_watch("w1", WatchView("f1", "/archive/harbour", gone=count))
        stage.engine(lambda quire: quire.announce(WatchesChanged("w1")))
        stage.wait(partial(asks, stage, bool(count)))


# --- check and repair ------------------------------------------------------------------------


def test_a_check_finds_and_a_repair_mends(stage: Stage) -> None:
    stage.quire.findings = [Finding(Reason("found_orphans", {"count": "2"}))]
    stage.trigger("&File", "Check and repair…")
    window = find(stage.window, CheckWindow)
    stage.wait(lambda: title(window) == "1 thing found that should be repaired.")
    findings = find(window, QPlainTextEdit)
    assert findings.toPlainText().startswith("Files of 2 documents that were removed")
    stage.press(window, "Repair")
    stage.wait(lambda: title(window) == "Everything was repaired.")
    assert findings.toPlainText().startswith("Repaired: Files of 2 documents")
    assert not shown(window, "Repair")
    stage.press(window, "Check again")
    stage.wait(lambda: title(window) == "Everything is in order.")


def test_a_check_is_cancelled_in_the_engine_too(stage: Stage) -> None:
    stage.quire.step = 60
    stage.trigger("&File", "Check and repair…")
    window = find(stage.window, CheckWindow)
    stage.wait(lambda: stage.called("check_workspace"))
    stage.press(window, "Cancel")
    assert title(window).startswith("Cancelled")
    stage.wait(lambda: stage.called("check cancelled") == [("w1",)])
    stage.quire.step = 0
    stage.press(window, "Check again")
    stage.wait(lambda: title(window) == "Everything is in order.")


def test_a_check_that_fails_says_why(stage: Stage) -> None:
    stage.quire.failure = Problem("disk_full")
    stage.trigger("&File", "Check and repair…")
    window = find(stage.window, CheckWindow)
    stage.wait(lambda: title(window).startswith("The disk is full"))
    assert shown(window, "Check again")


def test_a_check_ends_with_its_window(stage: Stage) -> None:
    stage.quire.step = 60
    stage.trigger("&File", "Check and repair…")
    stage.wait(lambda: stage.called("check_workspace"))
    QTest.keyClick(find(stage.window, CheckWindow), Qt.Key.Key_Escape)
    stage.wait(lambda: not stage.window.findChildren(CheckWindow))
    stage.wait(lambda: stage.called("check cancelled") == [("w1",)])
    assert not stage.window.desk.check.stage.is_busy


# --- the embedding model ---------------------------------------------------------------------


def test_the_embedding_model_is_changed_and_gone_back_from(stage: Stage) -> None:
    bar = find(stage.window.documents, EmbedderBar)
    stage.trigger("&Model", "Embedding model of this workspace…")
    window = find(stage.window, EmbedderWindow)
    stage.wait(lambda: title(window) == "all-MiniLM-L6-v2")
    stage.dialogs.paths = ["/models/bge-small-zh"]
    stage.press(window, "Choose another model…")
    stage.wait(bar.isVisible)
    assert find(bar, QLabel, "progressWords").text() == (
        "Embedding with bge-small-zh: 0 of 1,000 passages. Search goes on with the old model."
    )
    done = EmbedderView("bge-small-zh", "/models/bge-small-zh", previous="all-MiniLM-L6-v2")
    stage.engine(lambda quire: quire.embed("w1", done))
    stage.wait(lambda: title(window) == "bge-small-zh")
    assert not bar.isVisible()
    stage.press(window, "Go back to all-MiniLM-L6-v2")
    stage.wait(lambda: title(window) == "all-MiniLM-L6-v2")


def chinese(unknown: int = 1240) -> EmbedderView:
    """What an English model makes of a workspace with so many Chinese passages."""
    return EmbedderView("MiniLM", embedded=1300, unknown=unknown, languages=("Chinese",))


def test_the_embedding_model_s_window_tells_what_it_does_not_know(stage: Stage) -> None:
    stage.trigger("&Model", "Embedding model of this workspace…")
    window = find(stage.window, EmbedderWindow)
    words = find(window, QLabel, "coverageWords")
    stage.wait(lambda: title(window) == "all-MiniLM-L6-v2")
    assert not words.isVisible()
    stage.engine(lambda quire: quire.embed("w1", chinese(40)))
    stage.wait(words.isVisible)
    assert (
        "40 of 1300 passages are in languages that this embedding model does not know: Chinese."
        in words.text()
    )
    assert stage.notice == ""  # the most of it is known
    stage.engine(lambda quire: quire.embed("w1", EmbedderView("e5", embedded=1300)))
    stage.wait(lambda: not words.isVisible())


def test_that_most_is_in_an_unknown_language_is_told_once_and_helped(stage: Stage) -> None:
    stage.engine(lambda quire: quire.embed("w1", chinese()))
    stage.wait(lambda: stage.notice.startswith("1240 of 1300 passages"))
    stage.dialogs.paths = ["/models/e5"]
    stage.press(stage.window.message_bar, "Choose another model…")
    stage.wait(lambda: stage.called("change_embedder") == [("w1", "/models/e5")])
    assert stage.notice == ""
    stage.engine(lambda quire: quire.embed("w1", chinese(1250)))
    stage.wait(lambda: stage.window.desk.embedder.embedder.unknown == 1250)
    assert stage.notice == ""


def test_what_was_said_of_the_embedding_model_goes_when_it_is_so_no_more(stage: Stage) -> None:
    stage.engine(lambda quire: quire.embed("w1", chinese()))
    stage.wait(lambda: stage.notice)
    stage.engine(lambda quire: quire.embed("w1", EmbedderView("e5", embedded=1300)))
    stage.wait(lambda: not stage.notice)


@pytest.mark.parametrize(("told", "said"), [("MiniLM", False), ("another", True)])
def test_what_an_earlier_start_said_of_this_model_is_not_said_again(
    quire: FakeQuire, open_stage: Open, tmp_path: Path, told: str, said: bool
) -> None:
    workspace = quire.with_workspace("图书馆")
    quire.embed(workspace, chinese())
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue(f"told/{workspace}", told)
    stage = open_stage()
    stage.wait(lambda: stage.window.desk.embedder.embedder.unknown)
    assert bool(stage.notice) is said
    assert settings.value(f"told/{workspace}") == "MiniLM"


def test_an_import_that_ends_may_bring_a_language_the_model_does_not_know(stage: Stage) -> None:
    stage.wait(lambda: stage.window.desk.embedder.embedder.name)
    stage.engine(lambda quire: quire._embedders.update(w1=chinese()))
    stage.engine(lambda quire: quire.progress("w1", ImportProgress(1, 2)))
    assert stage.notice == ""
    stage.engine(lambda quire: quire.progress("w1", ImportProgress(2, 2)))
    stage.wait(lambda: stage.notice)


def test_a_change_of_the_embedding_model_is_cancelled(stage: Stage) -> None:
    bar = find(stage.window.documents, EmbedderBar)
    changing = EmbedderView("old", next="new", done=3, total=9)
    stage.engine(lambda quire: quire.embed("w1", changing))
    stage.wait(bar.isVisible)
    stage.press(bar, "Cancel: keep the old model")
    stage.wait(lambda: not bar.isVisible())
    assert stage.called("cancel_embedder_change") == [("w1",)]


def test_reranking_is_turned_on_and_off(stage: Stage) -> None:
    stage.trigger("&Model", "Embedding model of this workspace…")
    window = find(stage.window, EmbedderWindow)
    words = find(window, QLabel, "rerankerTitle")
    assert words.text() == "Reranking: off"
    assert not shown(window, "Turn off")
    stage.dialogs.paths = ["/models/bge-reranker-base"]
    stage.quire.step = 0.1
    stage.press(window, "Choose a folder…")
    assert words.text() == "Reranking: trying bge-reranker-base…"
    stage.wait(lambda: words.text() == "Reranking: bge-reranker-base")
    stage.press(window, "Turn off")
    stage.wait(lambda: words.text() == "Reranking: off")
    assert stage.called("change_reranker") == [("w1", "/models/bge-reranker-base"), ("w1", None)]


def test_what_is_no_reranking_model_is_refused_with_a_sentence(stage: Stage) -> None:
    stage.trigger("&Model", "Embedding model of this workspace…")
    window = find(stage.window, EmbedderWindow)
    stage.dialogs.paths = ["/models/MiniLM"]
    stage.quire.failure = Problem("not_a_reranker", name="MiniLM", details="it is a BertModel")
    stage.press(window, "Choose a folder…")
    stage.wait(lambda: stage.notice.startswith("MiniLM is not a reranking model"))
    stage.wait(lambda: find(window, QLabel, "rerankerTitle").text() == "Reranking: off")


def test_the_reranking_model_of_a_workspace_is_shown_from_the_start(
    quire: FakeQuire, open_stage: Open
) -> None:
    workspace = quire.with_workspace("Pumps")
    quire._rerankers[workspace] = RerankerView("ms-marco", "/models/ms-marco")
    stage = open_stage()
    stage.trigger("&Model", "Embedding model of this workspace…")
    words = find(find(stage.window, EmbedderWindow), QLabel, "rerankerTitle")
    stage.wait(lambda: words.text() == "Reranking: ms-marco")
    assert words.toolTip() == "/models/ms-marco"


def test_a_window_that_is_closed_hears_nothing_more(stage: Stage) -> None:
    stage.trigger("&Model", "Embedding model of this workspace…")
    QTest.keyClick(find(stage.window, EmbedderWindow), Qt.Key.Key_Escape)
    stage.wait(lambda: not stage.window.findChildren(EmbedderWindow))
    changing = EmbedderView("old", next="new", done=3, total=9)
    stage.engine(lambda quire: quire.embed("w1", changing))
    stage.wait(find(stage.window.documents, EmbedderBar).isVisible)
