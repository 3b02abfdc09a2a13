"""The search tab: a list while one types, the newest question only, and a passage in its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.panels.search_list import SearchList
from app.panels.search_rows import label
from tests.fake_quire import FakeQuire
from tests.gui.gaps import Gaps
from tests.gui.stage import Stage, find
from tests.gui.test_many_documents import promise
from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentsChanged, DocumentView, FoundPassage, ImportProgress

Open = Callable[[], Stage]
Key = Qt.Key

HOSTILE = '<img src="file:///etc/passwd"><b>pump</b><script>alert(1)</script>'
LONG = "Grease the bearings of the pump every 250 hours; it leaks where nobody does. " * 14


def passage(name: str, text: str, vector_rank: int | None = 1, page: int = 7) -> FoundPassage:
    identity = f"p-{name}"
    return FoundPassage(
        identity, f"d-{name}", name, text, 0, len(text), page, ("Seals",), 0.5, 1, vector_rank
    )


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    """The search tab of a workspace with one document, and another workspace."""
    first = quire.with_workspace("Pumps")
    quire.with_document(first, DocumentView("d-a.pdf", "a.pdf", "/a.pdf", DocumentState.READY))
    quire.with_conversation(first, "Warranty")
    quire.with_workspace("Empty")
    quire.found["pump"] = [
        passage("a.pdf", "The pump is here."),
        passage("b.pdf", "Another pump."),
        passage("c.pdf", "The third pump."),
    ]
    stage = open_stage()
    stage.wait(lambda: stage.rows(stage.window.documents))
    stage.trigger("&View", "Search")
    return stage


def rows(stage: Stage) -> list[str]:
    """What is listed, by the names of the documents."""
    found = stage.window.search.list
    shown = stage.rows(stage.window.search) if found.isVisible() else []
    return [row.split(" · ")[0] for row in shown]


def type_in(stage: Stage, text: str) -> None:
    """As a person types, or an input method: QTest types no Chinese."""
    stage.window.search.field.selectAll()
    stage.window.search.field.insert(text)


def hint(stage: Stage) -> str:
    shown = find(stage.window.search, QLabel, "emptyHint")
    return shown.text() if shown.isVisible() else ""


def status(stage: Stage) -> str:
    return find(stage.window.search, QLabel, "searchStatus").text()


def press(stage: Stage, key: Key) -> None:
    """Into whatever has the keyboard."""
    widget = stage.window.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_typing_shows_what_is_found(stage: Stage) -> None:
    QTest.keyClicks(stage.window.search.field, "pump")
    stage.wait(lambda: rows(stage) == ["a.pdf", "b.pdf", "c.pdf"])
    assert stage.rows(stage.window.search)[0] == "a.pdf · page 7 · Seals · The pump is here."
    assert status(stage) == "3 passages"
    assert [call[1] for call in stage.called("search")] == ["pump"]


def test_the_tab_has_the_keyboard_and_gives_it_back(stage: Stage) -> None:
    search, composer = stage.window.search, stage.window.conversation.composer
    assert stage.window.focusWidget() is search.field
    stage.trigger("&View", "Conversation")
    assert stage.window.focusWidget() is composer.edit
    assert composer.isVisible()
    assert not search.isVisible()


def test_a_chosen_conversation_is_seen(stage: Stage) -> None:
    stage.click_row(stage.window.conversations, 0)
    assert stage.window.conversation.isVisible()


def test_a_new_conversation_is_seen(stage: Stage) -> None:
    stage.trigger("&Conversation", "New conversation")
    assert stage.window.conversation.isVisible()
    stage.wait(lambda: stage.called("create_conversation"))


def test_down_goes_into_the_list_enter_opens_and_up_leads_back(stage: Stage) -> None:
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    press(stage, Key.Key_Down)
    press(stage, Key.Key_Down)
    press(stage, Key.Key_Return)
    stage.wait(lambda: stage.readers)
    assert stage.called("surroundings") == [(2,)]
    assert stage.readers[0].windowTitle() == "b.pdf"
    assert "before it.\n\nAnother pump.\n\nWhat" in stage.readers[0].text.toPlainText()
    press(stage, Key.Key_Up)
    press(stage, Key.Key_Up)
    assert stage.window.focusWidget() is stage.window.search.field


def test_enter_searches_at_once_and_then_opens_the_best(stage: Stage) -> None:
    type_in(stage, "pump")
    press(stage, Key.Key_Return)
    stage.wait(lambda: rows(stage))
    assert not stage.readers
    press(stage, Key.Key_Return)
    stage.wait(lambda: stage.readers)
    assert stage.called("surroundings") == [(1,)]


def test_a_click_opens(stage: Stage) -> None:
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    stage.click_row(stage.window.search, 2)
    stage.wait(lambda: stage.called("surroundings") == [(3,)])
    stage.wait(lambda: stage.readers)


def test_esc_clears(stage: Stage) -> None:
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    press(stage, Key.Key_Down)
    press(stage, Key.Key_Escape)
    assert stage.window.focusWidget() is stage.window.search.field
    assert stage.window.search.field.text() == ""
    assert rows(stage) == []
    assert hint(stage).startswith("Type what you look for")
    type_in(stage, "pump")
    press(stage, Key.Key_Escape)
    assert stage.window.search.field.text() == ""


def test_typing_in_the_list_goes_on_in_the_field(stage: Stage) -> None:
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    press(stage, Key.Key_Down)
    press(stage, Key.Key_S)
    assert stage.window.search.field.text() == "pumps"


def test_a_late_answer_is_dropped(stage: Stage) -> None:
    shown: list[str] = []
    stage.window.desk.search.shown.connect(lambda state: shown.append(state.asked.question))
    stage.quire.search_pause = 0.2
    type_in(stage, "pump")
    stage.wait(lambda: stage.called("search"))
    stage.quire.found["seal"] = [passage("seals.pdf", "A seal.")]
    type_in(stage, "seal")
    stage.wait(lambda: rows(stage) == ["seals.pdf"])
    assert "pump" not in shown


def test_fast_typing_makes_no_storm(stage: Stage) -> None:
    """One search under way, one waiting, and of those between nothing."""
    stage.quire.search_pause = 0.15
    for text in ("p", "pu", "pum", "pump"):
        stage.window.desk.search.search(text)
    stage.wait(lambda: rows(stage))
    assert [call[1] for call in stage.called("search")] == ["p", "pump"]


def test_the_meaning_follows_and_nothing_jumps(stage: Stage) -> None:
    """By words alone at first; the whole search takes its place once the model is there."""
    whole = [passage(f"{number}.pdf", f"pump {number}") for number in range(30)]
    words = [passage(f"{number}.pdf", f"pump {number}", None) for number in range(20)]
    stage.quire.found["pump"] = words
    stage.quire.search_pause = 0.1
    type_in(stage, "pump")
    stage.wait(lambda: len(rows(stage)) == 20)
    stage.quire.found["pump"] = [*whole[20:], *whole[:20]]
    found = stage.window.search.list
    press(stage, Key.Key_Down)
    for _ in range(9):
        press(stage, Key.Key_Down)
    selected = found.visualRect(found.currentIndex())
    stage.wait(lambda: len(rows(stage)) == 30)
    assert found.currentIndex().data().startswith("9.pdf")
    assert found.visualRect(found.currentIndex()) == selected
    assert [call[2] for call in stage.called("search")] == [True, False]


def test_a_slow_model_does_not_hold_the_next_question_up(stage: Stage) -> None:
    stage.quire.found["pump"] = [passage("a.pdf", "The pump", None)]
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage) == ["a.pdf"])
    stage.quire.search_pause = 0.5
    stage.wait(lambda: len(stage.called("search")) == 2)
    stage.quire.search_pause = 0.0
    stage.quire.found["seal"] = [passage("b.pdf", "A seal")]
    type_in(stage, "seal")
    stage.wait(lambda: rows(stage) == ["b.pdf"])
    stage.qtbot.wait(600)
    assert rows(stage) == ["b.pdf"]


def test_nothing_found_says_what_to_try(stage: Stage) -> None:
    type_in(stage, "zebra <b>crossing</b>")
    stage.wait(lambda: hint(stage).startswith("Nothing was found for “zebra <b>crossing</b>”."))
    assert "Try other words" in hint(stage)
    assert find(stage.window.search, QLabel, "emptyHint").textFormat() == Qt.TextFormat.PlainText


def test_documents_that_are_still_read_are_counted(stage: Stage) -> None:
    progress = ImportProgress(2, 5)
    stage.engine(partial(FakeQuire.progress, workspace="w1", progress=progress))
    stage.wait(lambda: status(stage) == "3 documents are still being read")
    type_in(stage, "pump")
    stage.wait(lambda: status(stage) == "3 passages · 3 documents are still being read")


def test_what_an_import_brought_is_found_when_it_ends(stage: Stage) -> None:
    stage.engine(partial(FakeQuire.progress, workspace="w1", progress=ImportProgress(0, 1)))
    type_in(stage, "oil")
    stage.wait(lambda: hint(stage).startswith("Nothing"))
    stage.quire.found["oil"] = [passage("oil.pdf", "Oil")]
    stage.engine(partial(FakeQuire.progress, workspace="w1", progress=ImportProgress(1, 1)))
    stage.wait(lambda: rows(stage) == ["oil.pdf"])


def test_a_removed_document_is_gone_from_the_list(stage: Stage) -> None:
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    stage.quire.found["pump"] = stage.quire.found["pump"][1:]
    stage.click_row(stage.window.documents, 0)
    stage.press(stage.window.documents, "Remove documents")
    stage.wait(lambda: rows(stage) == ["b.pdf", "c.pdf"])


def test_a_list_of_documents_that_changed_at_once_is_searched_again(stage: Stage) -> None:
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    del stage.quire.found["pump"][1:]
    stage.engine(partial(FakeQuire.announce, change=DocumentsChanged("w1")))
    stage.wait(lambda: rows(stage) == ["a.pdf"])


def test_another_workspace_is_searched_for_the_same(stage: Stage) -> None:
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    stage.click_row(stage.window.workspaces, 1)
    stage.wait(lambda: stage.called("search")[-1][0] != "w1")
    assert stage.window.search.isVisible()


def test_an_empty_workspace_says_what_to_do(stage: Stage) -> None:
    stage.click_row(stage.window.workspaces, 1)
    stage.wait(lambda: hint(stage).startswith("There is nothing to search yet. Drag files"))


def test_without_a_workspace_one_has_to_be_made(open_stage: Open) -> None:
    stage = open_stage()
    stage.trigger("&View", "Search")
    stage.wait(lambda: hint(stage).startswith("Make a workspace"))
    type_in(stage, "pump")
    stage.qtbot.wait(150)
    assert not stage.called("search")


def test_a_search_that_fails_says_why(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object, **__: object) -> list[FoundPassage]:
        raise Problem("disk_full")

    monkeypatch.setattr(stage.quire, "search", fail)
    type_in(stage, "pump")
    stage.wait(lambda: hint(stage).startswith("The disk is full"))
    assert stage.notice == ""


def test_hostile_text_is_shown_as_text(stage: Stage) -> None:
    stage.quire.found["pump"] = [passage("<b>evil</b>.pdf", HOSTILE)]
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage) == ["<b>evil</b>.pdf"])
    index = stage.window.search.list.model().index(0, 0)
    assert HOSTILE in index.data()
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
    stage.window.search.list.grab()  # it is painted
    press(stage, Key.Key_Return)
    stage.wait(lambda: stage.readers)
    assert HOSTILE in stage.readers[0].text.toPlainText()


def test_the_language_changes_at_once(stage: Stage) -> None:
    stage.quire.found["泵"] = [passage("手册.md", "泵在这里。")]
    stage.trigger("&Language", "简体中文")
    type_in(stage, "泵")
    stage.wait(lambda: status(stage) == "1 个段落")
    assert stage.window.search.field.placeholderText() == "搜索您的文档…"
    stage.trigger("语言(&L)", "English")
    stage.wait(lambda: status(stage) == "1 passage")


@pytest.mark.parametrize("text", [LONG, "水泵的轴封每五百小时更换一次，并记入日志。" * 25])
def test_fifty_long_passages_do_not_hold_the_window_up(stage: Stage, text: str) -> None:
    question = "bearings of the pump 轴封更换"
    stage.quire.found[question] = [passage(f"{n}.pdf", f"{n} {text}") for n in range(50)]
    with Gaps() as gaps:
        type_in(stage, question)
        stage.wait(lambda: stage.window.search.list.model().rowCount() == 50)
        stage.qtbot.wait(100)
    print(gaps)
    promise(gaps)
    with Gaps() as gaps:
        press(stage, Key.Key_Down)
        for _ in range(49):
            press(stage, Key.Key_Down)
            stage.qtbot.wait(5)
    print(gaps)
    promise(gaps)
    assert current(stage.window.search.list).row() == 49


def test_a_row_is_read_out_with_its_place(stage: Stage) -> None:
    stage.quire.found["pump"] = [passage("a.pdf", "The\npump\tis here.")]
    type_in(stage, "pump")
    stage.wait(lambda: rows(stage))
    row = stage.window.search.list.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert label(row) == "a.pdf · page 7 · Seals · The pump is here."


def current(view: SearchList) -> QModelIndex:
    return view.currentIndex()
