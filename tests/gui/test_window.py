"""The main job through the real widgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QTextBrowser,
    QToolButton,
)

from app.panels.turn import TurnView
from tests.fake_quire import ASKED_AT, FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import DocumentState, Ending, Source, Turn
from workspaces.services.views import DocumentView, Trouble

Open = Callable[[], Stage]

SEALS = Source(1, "p1", "d1", "seals.pdf", "The warranty is 12 months.", 10, 36, page=7)
TURN = Turn("t0", "How long?", "12 months [1].", Ending.COMPLETE, "Llama 3", ASKED_AT, (SEALS,))


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    """A window on two workspaces; the first has a conversation."""
    first = quire.with_workspace("Pumps")
    quire.with_workspace("劳动合同")
    quire.with_conversation(first, "Warranty", TURN)
    stage = open_stage()
    stage.wait(lambda: stage.answers)
    return stage


def test_a_workspace_is_made_and_opened(stage: Stage) -> None:
    stage.dialogs.name = "Thesis"
    stage.press(stage.window.workspaces, "New workspace")
    stage.wait(lambda: stage.rows(stage.window.workspaces) == ["Pumps", "劳动合同", "Thesis"])
    stage.wait(lambda: stage.window.windowTitle() == "Thesis – Quire")


def test_a_workspace_is_renamed(stage: Stage) -> None:
    stage.dialogs.name = "Seals"
    stage.press(stage.window.workspaces, "Rename workspace")
    stage.wait(lambda: stage.rows(stage.window.workspaces) == ["Seals", "劳动合同"])
    assert stage.dialogs.asked[-1][2] == "Pumps"
    assert stage.window.windowTitle() == "Seals – Quire"


def test_deleting_a_workspace_says_what_will_go(stage: Stage) -> None:
    stage.dialogs.yes = False
    stage.press(stage.window.workspaces, "Delete workspace")
    stage.wait(lambda: stage.dialogs.asked)
    question, warning, _ = stage.dialogs.asked[0]
    assert question == "Delete the workspace “Pumps”?"
    assert "0 documents and 1 conversation will be deleted for good (1.5 MB)." in warning
    assert not stage.called("delete_workspace")


def test_a_confirmed_workspace_is_deleted_and_the_next_opened(stage: Stage) -> None:
    stage.press(stage.window.workspaces, "Delete workspace")
    stage.wait(lambda: stage.rows(stage.window.workspaces) == ["劳动合同"])
    stage.wait(lambda: stage.window.windowTitle() == "劳动合同 – Quire")
    stage.wait(lambda: not stage.answers)


def test_a_click_opens_the_other_workspace(stage: Stage) -> None:
    stage.click_row(stage.window.workspaces, 1)
    stage.wait(lambda: stage.window.windowTitle() == "劳动合同 – Quire")
    stage.wait(lambda: not stage.rows(stage.window.conversations))


def test_a_dropped_file_becomes_a_row(stage: Stage) -> None:
    assert stage.drag("file:///tmp/a.pdf")
    assert find(stage.window, QLabel, "dropWords").isVisible()
    stage.drop("file:///tmp/a.pdf", "file:///tmp/photo.png", "https://example.org/b.pdf")
    assert not find(stage.window, QLabel, "dropWords").isVisible()
    stage.wait(lambda: len(stage.rows(stage.window.documents)) == 2)
    ready, refused = stage.rows(stage.window.documents)
    assert ready == "a.pdf: Ready · 3 passages"
    assert refused.endswith("photo.png is an image; add a document that contains the text instead.")


def test_addresses_of_elsewhere_are_not_taken(stage: Stage) -> None:
    assert not stage.drag("https://example.org/b.pdf")


def test_files_are_pasted_as_documents(stage: Stage) -> None:
    data = QMimeData()
    data.setUrls([QUrl("file:///tmp/a.pdf")])
    QApplication.clipboard().setMimeData(data)
    stage.window.conversation.composer.edit.paste()
    stage.wait(lambda: stage.called("add_documents"))
    QApplication.clipboard().clear()


@pytest.mark.parametrize("action", ["Add documents…", "Add folder…"])
def test_documents_are_added_from_the_menu(stage: Stage, action: str) -> None:
    stage.dialogs.paths = ["/tmp/notes"]
    stage.trigger("&File", action)
    stage.wait(lambda: stage.called("add_documents") == [("w1", "/tmp/notes")])


def test_a_row_follows_its_document(stage: Stage) -> None:
    for state, done, total, words in (
        (DocumentState.QUEUED, 0, 0, "Waiting"),
        (DocumentState.READING, 3, 12, "Reading 3 of 12"),
        (DocumentState.INDEXING, 1, 4, "Splitting its text"),
    ):
        document = DocumentView("d9", "a.pdf", "/tmp/a.pdf", state, done, total)
        stage.engine(partial(FakeQuire.move, workspace="w1", document=document))
        stage.wait(partial(shows_row, stage, f"a.pdf: {words}"))


def test_documents_of_another_workspace_stay_there(stage: Stage) -> None:
    for workspace, name in (("w2", "there.pdf"), ("w1", "here.pdf")):
        document = DocumentView(name, name, "", DocumentState.QUEUED)
        stage.engine(partial(FakeQuire.move, workspace=workspace, document=document))
    stage.wait(partial(shows_row, stage, "here.pdf: Waiting"))


def test_removing_a_document_asks_first(stage: Stage) -> None:
    stage.drop("file:///tmp/a.pdf")
    stage.wait(lambda: stage.rows(stage.window.documents))
    stage.click_row(stage.window.documents, 0)
    stage.press(stage.window.documents, "Remove documents")
    stage.wait(lambda: not stage.rows(stage.window.documents))
    assert stage.dialogs.asked[-1][0] == "Remove 1 document?"


def test_a_double_click_shows_the_text(stage: Stage) -> None:
    stage.drop("file:///tmp/a.pdf")
    stage.wait(lambda: stage.rows(stage.window.documents))
    stage.click_row(stage.window.documents, 0)
    view = find(stage.window.documents, QAbstractItemView)
    view.activated.emit(view.currentIndex())
    stage.wait(lambda: stage.readers)
    stage.wait(lambda: stage.readers[0].text.toPlainText() == "The text of a.pdf.")


def test_an_answer_streams_in_with_its_sources(stage: Stage) -> None:
    stage.quire.pause = 0.01
    stage.quire.enqueue(["Twelve ", "months ", "[1]."], [SEALS])
    stage.ask("And the pump?")
    stage.wait(lambda: stage.answers[-1] == "Twelve months [1].")
    assert stage.called("ask") == [("c3", "And the pump?")]
    assert stage.rows(stage.window.sources) == ["[1] seals.pdf · page 7"]
    assert stage.window.conversation.composer.edit.toPlainText() == ""


def test_while_the_sources_are_read_their_tokens_are_counted(stage: Stage) -> None:
    stage.quire.pause = 0.2
    stage.quire.reading = [(128, 1900), (1640, 1900)]
    oil = Source(2, "p2", "d2", "oil.txt", "Change the oil filter.", 0, 22)
    stage.quire.enqueue(["Twelve months."], [oil])
    stage.ask("And the oil?")

    def said() -> list[str]:
        footers = stage.window.conversation.findChildren(QLabel, "turnFooter")
        return [footer.text() for footer in footers]

    stage.wait(lambda: "Reading the sources: 1,640 of 1,900 tokens" in said())
    assert stage.rows(stage.window.sources)[0].startswith("[2] oil.txt")
    stage.wait(lambda: stage.answers[-1] == "Twelve months.")
    assert not any("Reading" in words for words in said())


def test_the_first_question_makes_a_conversation(stage: Stage) -> None:
    stage.click_row(stage.window.workspaces, 1)
    stage.wait(lambda: not stage.rows(stage.window.conversations))
    stage.ask("你好？")
    stage.wait(lambda: stage.answers == ["Yes."])
    assert stage.rows(stage.window.conversations) == ["New conversation"]


def test_stop_keeps_the_half_answer(stage: Stage) -> None:
    stage.quire.pause = 0.05
    stage.quire.enqueue(["Half "] * 100)
    stage.ask("Tell me everything")
    stage.wait(lambda: stage.answers[-1].startswith("Half"))
    stage.press(stage.window.conversation.composer, "Stop")
    stage.wait(lambda: "Stopped by you" in footer(stage))
    assert stage.answers[-1].startswith("Half")
    stage.wait(lambda: stage.window.conversation.composer.button.accessibleName() == "Send")


def test_a_question_that_is_not_taken_comes_back(stage: Stage) -> None:
    stage.quire.failure = Problem("busy")
    stage.ask("Too early?")
    stage.wait(lambda: stage.notice)
    assert stage.notice.startswith("Quire is still answering the last question")
    stage.wait(lambda: stage.window.conversation.composer.edit.toPlainText() == "Too early?")


def test_why_an_answer_failed_is_said_below_it(stage: Stage) -> None:
    turn = Turn(
        "t5", "Q", "", Ending.FAILED, "m", ASKED_AT, note=Reason("killed", {"role": "generator"})
    )
    stage.quire.with_conversation("w2", "Failed", turn)
    stage.click_row(stage.window.workspaces, 1)
    stage.wait(lambda: "The generator was stopped because it did not answer" in footer(stage))


def test_shift_enter_breaks_the_line(stage: Stage) -> None:
    edit = stage.window.conversation.composer.edit
    QTest.keyClicks(edit, "one")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(edit, "two")
    assert edit.toPlainText() == "one\ntwo"
    assert not stage.called("ask")


def test_enter_belongs_to_the_input_method_while_it_composes(stage: Stage) -> None:
    edit = stage.window.conversation.composer.edit
    QApplication.sendEvent(edit, QInputMethodEvent("nihao", []))
    sent: list[bool] = []
    edit.sent.connect(lambda: sent.append(True))
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not sent
    commit = QInputMethodEvent()
    commit.setCommitString("你好")
    QApplication.sendEvent(edit, commit)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert sent


def test_a_click_on_a_source_shows_what_surrounds_it(stage: Stage) -> None:
    stage.click_row(stage.window.sources, 0)
    stage.wait(lambda: stage.readers)
    shown = stage.readers[0].text
    assert (
        "What stands before it.\n\nThe warranty is 12 months.\n\nWhat stands" in shown.toPlainText()
    )
    assert highlighted(stage) == "The warranty is 12 months."


def test_a_click_on_a_mark_shows_what_surrounds_it(stage: Stage) -> None:
    answer = find(stage.window.conversation, QTextBrowser, "answer")
    answer.anchorClicked.emit(QUrl("quire:mark/1"))
    stage.wait(lambda: stage.called("surroundings") == [(1,)])
    stage.wait(lambda: stage.readers)


def test_a_conversation_is_renamed_and_deleted(stage: Stage) -> None:
    stage.dialogs.name = "Seals"
    stage.trigger("&Conversation", "Rename conversation…")
    stage.wait(lambda: stage.rows(stage.window.conversations) == ["Seals"])
    stage.trigger("&Conversation", "Delete conversation…")
    stage.wait(lambda: not stage.rows(stage.window.conversations))
    assert stage.dialogs.asked[-1][0] == "Delete the conversation “Seals”?"
    assert stage.answers == []


def test_an_export_says_where_it_went(stage: Stage, tmp_path: Path) -> None:
    stage.dialogs.target = tmp_path / "out.md"
    stage.trigger("&File", "Export conversation…")
    stage.wait(lambda: stage.notice == f"The conversation was saved to {tmp_path / 'out.md'}.")
    assert stage.dialogs.asked == [("Warranty.md",)]


def test_an_export_speaks_the_language_of_the_window(stage: Stage, tmp_path: Path) -> None:
    stage.trigger("&Language", "简体中文")
    stage.wait(lambda: "文件(&F)" in stage.menus())
    stage.dialogs.target = tmp_path / "out.md"
    stage.trigger("文件(&F)", "导出对话…")
    stage.wait(lambda: stage.quire.history[-1][0] == "export_conversation")
    labels = stage.quire.history[-1][-1]
    words = (labels.writing, labels.stopped, labels.failed, labels.crashed, labels.cut)
    assert len(set(words)) == 5
    assert all(each.startswith("（未完成：") for each in words)


def test_an_answer_that_a_crash_cut_off_is_not_called_stopped(stage: Stage) -> None:
    turn = Turn("t5", "Q", "half", Ending.UNFINISHED, "m", ASKED_AT)
    stage.quire.with_conversation("w2", "Cut off", turn)
    stage.click_row(stage.window.workspaces, 1)
    stage.wait(lambda: footer(stage).startswith("Quire ended while this was being written"))


def test_the_model_is_named(stage: Stage) -> None:
    words = find(stage.window.model_line, QLabel, "modelWords")
    assert words.text() == "Starter model, small: for real work add Llama 3 8B"
    stage.trigger("&Model", "Quotes only")
    stage.wait(lambda: words.text().startswith("No model: answers are the best passages"))
    stage.dialogs.paths = ["/models/llama-3-8b.gguf"]
    stage.trigger("&Model", "Choose a model file…")
    stage.wait(lambda: words.text() == "Model: llama-3-8b.gguf")


def test_the_language_changes_at_once(stage: Stage) -> None:
    stage.drop("file:///tmp/photo.png")
    stage.wait(lambda: stage.rows(stage.window.documents))
    stage.trigger("&Language", "简体中文")
    stage.wait(lambda: stage.window.menuBar().actions()[0].text() == "文件(&F)")
    assert stage.rows(stage.window.documents)[0].startswith("photo.png: Quire 只读文字")
    assert stage.window.conversation.composer.edit.placeholderText() == "向您的文档提问…"
    stage.trigger("语言(&L)", "English")
    stage.wait(lambda: stage.window.menuBar().actions()[0].text() == "&File")


def test_trouble_is_shown_until_it_is_put_away(stage: Stage) -> None:
    stage.engine(partial(FakeQuire.announce, change=Trouble(Reason("disk_full"))))
    stage.wait(lambda: stage.notice.startswith("The disk is full"))
    stage.press(stage.window.message_bar, "Copy details")
    assert QApplication.clipboard().text().startswith("The disk is full")
    stage.press(stage.window.message_bar, "Close this message")
    assert stage.notice == ""


def test_a_bug_goes_through_the_same_door_with_its_traceback(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.quire.failure = ZeroDivisionError("ours")
    stage.trigger("&Model", "Quotes only")
    stage.wait(
        lambda: "Something went wrong inside Quire (ZeroDivisionError: ours)" in stage.notice
    )
    newest = stage.window.desk.notices.newest
    assert newest and "Traceback" in newest.details
    assert "ZeroDivisionError" in caplog.text


def test_every_button_has_a_name(stage: Stage) -> None:
    buttons = [each for each in stage.window.findChildren(QToolButton) if not each.icon().isNull()]
    assert len(buttons) > 8
    nameless = [each.objectName() for each in buttons if not each.accessibleName()]
    assert nameless == ["qt_menubar_ext_button"]  # Qt's own


def test_shortcuts_are_not_given_twice(stage: Stage) -> None:
    actions = [action for menu in stage.menus().values() for action in menu.actions()]
    keys = [
        action.shortcut().toString() for action in actions if action.shortcut() != QKeySequence()
    ]
    assert len(keys) == len(set(keys)) > 4


def test_without_a_workspace_the_window_says_to_make_one(open_stage: Open) -> None:
    stage = open_stage()
    welcome = stage.window.conversation.turns.welcome
    stage.wait(lambda: find(welcome, QLabel, "welcomeTitle").text() == "Make a workspace")
    stage.dialogs.name = "First"
    stage.press(welcome, "New workspace…")
    stage.wait(lambda: find(welcome, QLabel, "welcomeTitle").text() == "Add your documents")
    stage.drop("file:///tmp/a.pdf")
    stage.wait(lambda: find(welcome, QLabel, "welcomeTitle").text() == "Ask your documents")


def shows_row(stage: Stage, row: str) -> bool:
    return stage.rows(stage.window.documents) == [row]


def footer(stage: Stage) -> str:
    turns = stage.window.conversation.findChildren(TurnView)
    return str(find(turns[-1], QLabel, "turnFooter").text()) if turns else ""


def highlighted(stage: Stage) -> str:
    """The text that has a ground of its own."""
    cursor = QTextCursor(stage.readers[0].text.document())
    found = ""
    while not cursor.atEnd():
        cursor.clearSelection()
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().background().style() != Qt.BrushStyle.NoBrush:
            found += cursor.selectedText()
    return found.strip("\u2029")
