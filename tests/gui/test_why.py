"""Why an answer was written from these passages, and not from that document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView, QWidget

from app.panels.document_picker import DocumentPicker
from app.panels.turn import TurnView
from app.panels.why import WhyWindow
from app.panels.why_not import WhyNotWindow
from tests.fake_quire import ASKED_AT, FakeQuire
from tests.gui.gaps import Gaps
from tests.gui.stage import Stage, find
from tests.gui.test_many_documents import MANY, document, promise
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import (
    Considered,
    DocumentState,
    Ending,
    Explanation,
    Source,
    Turn,
    Weights,
    Why,
)
from workspaces.services.views import DocumentView, FoundPassage, WhyNot

Open = Callable[[], Stage]

QUESTION = "How long is the warranty on the seals?"
SEALS = Source(1, "d1:0", "d1", "seals.pdf", "The warranty is 12 months.", 10, 36, page=7)


def considered(rank: int, name: str, **known: object) -> Considered:
    made = Considered(f"{name}:0", name, name, None, (), None, None, rank, None, rank, rank)
    return replace(made, **known)  # type: ignore[arg-type]


PASSAGES = (
    considered(
        1, "seals.pdf", page=7, mark=1, vector_rank=2, keyword_score=12.3456, cosine=0.61234
    ),
    considered(2, "copy.pdf", why=Why.COPY),
    considered(3, "<b>more</b>.txt", why=Why.CROWDED, line=4, heading=("A", "B")),
    considered(4, "far.txt", why=Why.BEYOND, keyword_rank=None, vector_rank=1),
    considered(5, "long.txt", why=Why.NO_ROOM, row=3),
)
EXPLAINED = Explanation(PASSAGES, 0.834, Weights())
TURN = Turn(
    "t0", QUESTION, "12 months [1].", Ending.COMPLETE, "m", ASKED_AT, (SEALS,), None, EXPLAINED
)

OIL = FoundPassage("d2:0", "d2", "oil.txt", "Change the oil filter.", 0, 22, 3, (), 0.1)


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    """A window on one answered question, and on three documents."""
    pumps = quire.with_workspace("Pumps")
    for number, name in enumerate(["seals.pdf", "oil.txt", "规定.txt"], start=1):
        path = f"/home/ada/{'papers' if number < 3 else 'law'}/{name}"
        quire.with_document(
            pumps, DocumentView(f"d{number}", name, path, DocumentState.READY, passages=1)
        )
    quire.with_conversation(pumps, "Warranty", TURN)
    stage = open_stage()
    stage.wait(lambda: stage.answers and len(stage.rows(stage.window.documents)) == 3)
    return stage


def why(stage: Stage) -> WhyWindow:
    stage.press(stage.window.conversation, "Why these passages?")
    return find(stage.window, WhyWindow)


def explain(stage: Stage, explained: Explanation) -> WhyWindow:
    stage.window.desk.why.show_turn("w1", replace(TURN, explanation=explained))
    return find(stage.window, WhyWindow)


def said(window: QWidget, name: str) -> str:
    """What a label says; nothing where it is hidden."""
    label = find(window, QLabel, name)
    return str(label.text()) if label.isVisibleTo(window) else ""


def cells(window: WhyWindow, role: int = Qt.ItemDataRole.DisplayRole) -> list[list[str]]:
    model = find(window, QTableView).model()
    across = range(model.columnCount())
    return [[model.index(row, at).data(role) for at in across] for row in range(model.rowCount())]


def titles(window: WhyWindow) -> list[str]:
    model = find(window, QTableView).model()
    across = range(model.columnCount())
    return [model.headerData(at, Qt.Orientation.Horizontal) for at in across]


def open_row(window: WhyWindow, row: int, key: bool = False) -> None:
    table = find(window, QTableView)
    index = table.model().index(row, 0)
    table.setCurrentIndex(index)
    if key:
        QTest.keyClick(table, Qt.Key.Key_Return)
    else:
        spot = table.visualRect(index).center()
        for click in (QTest.mouseClick, QTest.mouseDClick):
            click(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), spot)


# --- why these -------------------------------------------------------------------------------


def test_every_passage_has_a_row_with_what_became_of_it(stage: Stage) -> None:
    window = why(stage)
    assert titles(window) == [
        "Passage",
        "Document",
        "Place",
        "By words",
        "By meaning",
        "Joint rank",
    ]
    assert cells(window) == [
        ["[1]", "seals.pdf", "page 7", "1", "2", "1"],
        ["Copy of another passage", "copy.pdf", "", "2", "—", "2"],
        [
            "Its document already has its share",
            "<b>more</b>.txt",
            "A › B · line 4",
            "3",
            "—",
            "3",
        ],
        ["Others fit better", "far.txt", "", "—", "1", "4"],
        ["No room in the model’s context", "long.txt", "row 3", "5", "—", "5"],
    ]


def test_scores_and_what_a_side_did_not_find_are_in_tool_tips(stage: Stage) -> None:
    tips = cells(why(stage), Qt.ItemDataRole.ToolTipRole)
    assert tips[0][3:] == ["BM25 score: 12.35", "Cosine: 0.612", ""]
    assert tips[1][4] == "The search by meaning did not find it."
    assert tips[3][3] == "The search by words did not find it."
    assert "[1]" in tips[0][0] and "does not" not in tips[1][0]
    assert "&lt;b&gt;more" in tips[2][1], "a name is never markup"


def test_a_screen_reader_hears_no_dash(stage: Stage) -> None:
    window = why(stage)
    spoken = cells(window, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[1][4] == "The search by meaning did not find it."
    assert spoken[0] == cells(window)[0]
    assert find(window, QTableView).accessibleName()
    buttons = window.findChildren(QAbstractButton)
    assert all(each.text() for each in buttons if each.isVisible() and each.focusPolicy())


def test_how_they_were_found_and_how_sure_quire_is(stage: Stage) -> None:
    window = why(stage)
    assert said(window, "whyHow") == (
        "The passages were found by their words and by their meaning, weighed 1 : 0.6.\n"
        "Quire takes it for likely (83 %) that these passages answer the question."
    )


@pytest.mark.parametrize(
    ("sure", "words"),
    [
        (1.0, "very likely (99 %)"),
        (0.5, "possible (50 %)"),
        (0.4999, "unlikely (49 %)"),
        (0.0, "very unlikely (1 %)"),
    ],
)
def test_certainty_in_words(stage: Stage, sure: float, words: str) -> None:
    why(stage)
    how = said(explain(stage, replace(EXPLAINED, confidence=sure)), "whyHow")
    assert f"Quire takes it for {words} that" in how
    assert ("only if you ask for one anyway" in how) == (sure < 0.5)


def test_words_alone_are_said_with_the_reason(stage: Stage) -> None:
    why(stage)
    window = explain(stage, replace(EXPLAINED, by_words=True))
    assert "by their words alone, because the embedding model" in said(window, "whyHow")
    tips = cells(window, Qt.ItemDataRole.ToolTipRole)
    assert tips[1][4] == "There was no search by meaning."
    window = explain(stage, replace(EXPLAINED, by_words=True, weights=Weights(1, 0)))
    assert "by their words alone, as was asked for" in said(window, "whyHow")


def test_a_reranking_model_is_named_and_has_a_column(stage: Stage) -> None:
    why(stage)
    first = replace(PASSAGES[0], fused_rank=2, rerank_score=4.5678)
    window = explain(stage, Explanation((first,), 0.9, Weights(), reranker="bge-reranker"))
    assert "Then bge-reranker put them into their order." in said(window, "whyHow")
    assert titles(window)[-1] == "Reranked"
    assert cells(window)[0][-2:] == ["2", "1"]
    tips = cells(window, Qt.ItemDataRole.ToolTipRole)
    assert tips[0][-1] == "Score of the reranking model: 4.568"


def test_a_question_that_went_on_from_another_is_shown_whole(stage: Stage) -> None:
    why(stage)
    assert "together" not in said(explain(stage, EXPLAINED), "whyHow")
    window = explain(stage, replace(EXPLAINED, question="warranty on the seals\nand how?"))
    assert "says little by itself: warranty on the seals and how?" in said(window, "whyHow")
    stage.press(window, "Why not this document…")
    assert said(find(stage.window, WhyNotWindow), "windowTitle") == "warranty on the seals and how?"


def test_where_nothing_was_found_that_is_said(stage: Stage) -> None:
    why(stage)
    window = explain(stage, Explanation((), 0.1, Weights()))
    assert said(window, "whyHow") == "No passage was found for this question."
    assert cells(window) == []
    buttons = {each.text(): each for each in window.findChildren(QAbstractButton)}
    assert not buttons["Copy"].isEnabled() and not buttons["Show passage"].isEnabled()


def test_a_source_opens_with_the_text_it_was_cited_with(stage: Stage) -> None:
    open_row(why(stage), 0)
    stage.wait(lambda: stage.called("surroundings") == [(1,)])
    stage.wait(lambda: stage.readers)


def test_a_passage_that_was_left_out_opens_where_it_stands(stage: Stage) -> None:
    open_row(why(stage), 3, key=True)
    stage.wait(lambda: stage.called("surroundings_of") == [("far.txt:0",)])
    stage.wait(lambda: stage.readers)
    assert "The passage itself." in stage.readers[0].text.toPlainText()


def test_that_a_passage_is_gone_is_said_in_the_window(stage: Stage) -> None:
    window = why(stage)
    assert said(window, "whyProblem") == ""
    stage.quire.failure = Problem("passage_gone", name="far.txt")
    open_row(window, 3)
    stage.wait(lambda: said(window, "whyProblem").startswith("far.txt was removed or has changed"))
    assert not stage.readers and not stage.notice


def test_the_table_is_copied(stage: Stage) -> None:
    window = why(stage)
    table = find(window, QTableView)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 1 + len(PASSAGES)
    assert lines[0].startswith("Passage\tDocument\tPlace\tBy words")
    for row in (1, 3):
        index = table.model().index(row, 0)
        flags = table.selectionModel().SelectionFlag
        table.selectionModel().select(
            index, flags.Rows | (flags.Select if row > 1 else flags.ClearAndSelect)
        )
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().split("\n")[1:] == [
        "Copy of another passage\tcopy.pdf\t\t2\t—\t2",
        "Others fit better\tfar.txt\t\t—\t1\t4",
    ]
    QApplication.clipboard().clear()


def test_only_a_finished_answer_that_was_explained_can_be_asked_why(stage: Stage) -> None:
    stage.quire.enqueue(["An answer of an older Quire."])
    stage.ask("And now?")
    stage.wait(lambda: len(stage.answers) == 2 and not stage.window.desk.conversation.live_turn)
    offered = {
        find(turn, QLabel, "turnFooter").text() and button.isVisibleTo(stage.window)
        for turn in stage.window.conversation.findChildren(TurnView)
        for button in turn.findChildren(QAbstractButton)
        if button.text() == "Why these passages?"
    }
    assert offered == {True, False}


def test_a_second_press_explains_the_other_turn_in_the_same_window(stage: Stage) -> None:
    window = why(stage)
    stage.quire.refuse([SEALS], replace(EXPLAINED, confidence=0.05))
    stage.ask("What is the capital of Peru?")
    stage.wait(lambda: len(stage.window.conversation.findChildren(TurnView)) == 2)
    stage.wait(lambda: not stage.window.desk.conversation.live_turn)
    turn = stage.window.conversation.findChildren(TurnView)[-1]
    stage.press(turn, "Why these passages?")
    assert stage.window.findChildren(WhyWindow) == [window]
    assert "very unlikely (5 %)" in said(window, "whyHow")
    assert said(window, "windowTitle") == "What is the capital of Peru?"


def test_it_speaks_chinese(stage: Stage) -> None:
    window = why(stage)
    stage.trigger("&Language", "简体中文")
    stage.wait(lambda: window.windowTitle() == "为什么是这些段落？")
    assert said(window, "whyHow").endswith("的可能性较大（83%）。")
    assert cells(window)[1][0] == "与另一段落相同"


def test_it_fits_a_small_window(stage: Stage) -> None:
    window = why(stage)
    window.resize(520, 380)
    assert (window.width(), window.height()) == (520, 380)
    assert find(window, QTableView).height() > 100


# --- why not that ----------------------------------------------------------------------------


def why_not(stage: Stage) -> WhyNotWindow:
    stage.press(why(stage), "Why not this document…")
    window = find(stage.window, WhyNotWindow)
    stage.wait(lambda: len(listed(window)) == 3)
    return window


def listed(window: WhyNotWindow) -> list[str]:
    model = window.picker.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def pick(window: WhyNotWindow, row: int) -> None:
    window.picker.list.setCurrentIndex(window.picker.list.model().index(row, 0))


def told(stage: Stage, standing: WhyNot | Problem) -> str:
    """What is said of the second document."""
    stage.quire.standings["d2"] = standing
    window = why_not(stage)
    assert said(window, "whyNotWords").startswith("Pick the document")
    assert not window.best.isVisibleTo(window)
    pick(window, 1)
    stage.wait(lambda: not waits(window))
    assert stage.called("why_not") == [("w1", QUESTION, "d2")]
    return said(window, "whyNotWords")


def waits(window: WhyNotWindow) -> bool:
    words = said(window, "whyNotWords")
    return words.startswith(("Pick", "Looking"))


def test_the_ranks_of_its_best_passage_are_told(stage: Stage) -> None:
    standing = WhyNot("d2", "oil.txt", 6, 1000, OIL, 12, 40, 37, ("warranty", "seals"))
    assert told(stage, standing).split("\n") == [
        "The joint rank of its best passage is 37; an answer is written from the first 6.",
        "By words its rank is 12.",
        "By meaning its rank is 40.",
        "These words of the question are not in it: warranty, seals.",
    ]
    window = find(stage.window, WhyNotWindow)
    assert window.best.isVisibleTo(window)
    label = window.best.model().index(0, 0).data()
    assert label == "oil.txt · page 3 · Change the oil filter."
    QTest.keyClick(window.best, Qt.Key.Key_Return)
    stage.wait(lambda: stage.readers)


def test_ranks_that_were_not_looked_at_are_beyond(stage: Stage) -> None:
    lines = told(stage, WhyNot("d2", "oil.txt", 6, 1000, OIL, None, None, None)).split("\n")
    assert "is beyond the first 1,000; an answer is written from the first 6." in lines[0]
    assert lines[1] == "By words it is not found among the first 1,000."
    assert lines[2] == "By meaning it is not found among the first 1,000."
    assert lines[3] == "It has every word of the question."


def test_one_of_the_first_may_be_a_copy(stage: Stage) -> None:
    words = told(stage, WhyNot("d2", "oil.txt", 6, 1000, OIL, 1, 1, 2))
    assert "so it is among them unless" in words


def test_many_words_that_are_lacking_are_not_all_named(stage: Stage) -> None:
    lacking = tuple(f"word{number}" for number in range(30))
    words = told(stage, WhyNot("d2", "oil.txt", 6, 1000, OIL, 1, 1, 9, lacking))
    assert words.endswith("word10, word11 and more.")


def test_a_document_in_which_nothing_fits(stage: Stage) -> None:
    words = told(stage, WhyNot("d2", "oil.txt", 6, 1000))
    assert words.startswith("No passage of oil.txt was found for")
    window = find(stage.window, WhyNotWindow)
    assert not window.best.isVisibleTo(window)


def test_a_document_that_cannot_be_searched(stage: Stage) -> None:
    problem = Reason("encrypted", {"name": "oil.txt"})
    words = told(stage, WhyNot("d2", "oil.txt", 6, 1000, problem=problem))
    assert words.startswith("oil.txt is protected by a password")


def test_a_document_that_has_gone(stage: Stage) -> None:
    words = told(stage, Problem("no_document", name="oil.txt"))
    assert words.startswith("There is no document named oil.txt")


def test_only_the_newest_pick_is_told(stage: Stage) -> None:
    for each in ("d1", "d2", "d3"):
        stage.quire.standings[each] = WhyNot(each, each, 6, 1000)
    stage.quire.standing_pause = 0.05
    window = why_not(stage)
    for row in (0, 1, 2):
        pick(window, row)
    stage.wait(lambda: said(window, "whyNotWords").startswith("No passage of d3"))
    assert [call[-1] for call in stage.called("why_not")] == ["d1", "d3"]


def test_documents_are_found_by_name_and_folder(stage: Stage) -> None:
    window = why_not(stage)
    field = window.picker.field
    field.setText("papers txt")
    stage.wait(lambda: listed(window) == ["oil.txt"])
    field.setText("规定")
    stage.wait(lambda: listed(window) == ["规定.txt"])
    stage.quire.standings["d3"] = WhyNot("d3", "规定.txt", 6, 1000)
    QTest.keyClick(field, Qt.Key.Key_Return)
    stage.wait(lambda: said(window, "whyNotWords").startswith("No passage of 规定.txt"))
    QTest.keyClick(window.picker.list, Qt.Key.Key_Escape)
    stage.wait(lambda: not stage.window.findChildren(WhyNotWindow))


def test_escape_clears_the_field_and_then_closes(stage: Stage) -> None:
    window = why_not(stage)
    window.picker.field.setText("oil")
    QTest.keyClick(window.picker.field, Qt.Key.Key_Escape)
    assert window.picker.field.text() == "" and window.isVisible()
    QTest.keyClick(window.picker.field, Qt.Key.Key_Escape)
    stage.wait(lambda: not stage.window.findChildren(WhyNotWindow))


def test_the_menu_of_a_document_asks_about_the_last_question(stage: Stage) -> None:
    stage.quire.standings["d2"] = WhyNot("d2", "oil.txt", 6, 1000, OIL, 12, 40, 37)
    stage.click_row(stage.window.documents, 1)
    actions(stage)["Why is it not in the answer?"].trigger()
    window = find(stage.window, WhyNotWindow)
    stage.wait(lambda: said(window, "whyNotWords").startswith("The joint rank of its best"))
    assert stage.called("why_not") == [("w1", QUESTION, "d2")]
    stage.wait(lambda: window.picker.list.currentIndex().row() == 1)


def test_without_a_question_a_document_is_not_asked_about(stage: Stage) -> None:
    stage.click_row(stage.window.documents, 1)
    action = actions(stage)["Why is it not in the answer?"]
    assert action.isEnabled()
    stage.press(stage.window.conversations, "New conversation")
    stage.wait(lambda: not action.isEnabled())
    stage.ask("What now?")
    stage.wait(action.isEnabled)


def actions(stage: Stage) -> dict[str, QAction]:
    """What the menu of the chosen documents offers."""
    view = find(stage.window.documents, QTableView)
    return {each.text(): each for each in view.actions()}


def test_ten_thousand_documents_do_not_hold_the_window_up(
    quire: FakeQuire, open_stage: Open
) -> None:
    full = quire.with_workspace("Full")
    for number in range(MANY):
        quire.with_document(full, document(number))
    quire.with_conversation(full, "Warranty", TURN)
    stage = open_stage()
    stage.wait(lambda: stage.answers and len(stage.rows(stage.window.documents)) == MANY)
    window = why(stage)
    with Gaps() as gaps:
        stage.press(window, "Why not this document…")
        doubt = find(stage.window, WhyNotWindow)
        stage.wait(partial(has_rows, doubt, MANY))
        for text, count in (("0", MANY), ("00042", 1), ("", MANY), ("archive/7/", 250)):
            doubt.picker.field.setText(text)
            stage.wait(partial(has_rows, doubt, count))
        stage.qtbot.wait(100)
    promise(gaps)


def has_rows(window: WhyNotWindow, count: int) -> bool:
    return bool(window.picker.list.model().rowCount() == count)


def test_the_picker_keeps_what_is_typed_when_the_list_comes(qtbot: object) -> None:
    picker = DocumentPicker()
    picker.field.setText("oil")
    picker.show_documents([document(1), replace(document(2), name="oil.txt")], "")
    model = picker.list.model()
    assert model.rowCount(QModelIndex()) == 1
    picker.field.clear()
    picker.deleteLater()
