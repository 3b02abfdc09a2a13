"""A question that the documents do not seem to answer, and its answer all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.panels.turn import TurnView
from tests.fake_quire import FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.types import Source

Open = Callable[[], Stage]

QUESTION = "What is the capital of Peru?"
SEALS = Source(1, "d1:0", "d1", "seals.pdf", "The warranty is 12 months.", 10, 36, page=7)
REFUSAL = "Your documents do not seem to answer this"


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    quire.with_conversation(quire.with_workspace("Pumps"), "Peru")
    stage = open_stage()
    stage.wait(lambda: stage.rows(stage.window.conversations) == ["Peru"])
    return stage


def turns(stage: Stage) -> list[TurnView]:
    shown = stage.window.conversation.findChildren(TurnView)
    return [turn for turn in shown if turn.isVisibleTo(stage.window)]


def refusal(stage: Stage) -> str:
    """What the last turn says in the place of an answer."""
    label = find(turns(stage)[-1], QLabel, "refusal") if turns(stage) else None
    return str(label.text()) if label and label.isVisibleTo(stage.window) else ""


def button(stage: Stage, at: int = -1) -> QPushButton:
    buttons = turns(stage)[at].findChildren(QPushButton)
    return next(each for each in buttons if each.text() == "Answer anyway")


def offered(stage: Stage, at: int = -1) -> bool:
    return button(stage, at).isVisibleTo(stage.window)


def refuse(stage: Stage) -> None:
    stage.quire.refuse([SEALS])
    stage.ask(QUESTION)
    stage.wait(lambda: refusal(stage) and offered(stage))


def headings(stage: Stage) -> list[str]:
    return [each.text() for each in stage.window.sources.findChildren(QLabel, "panelTitle")]


def test_a_refusal_stands_where_the_answer_would_with_the_nearest_passages(stage: Stage) -> None:
    refuse(stage)
    assert refusal(stage).startswith(REFUSAL)
    assert REFUSAL not in find(turns(stage)[0], QLabel, "turnFooter").text()
    assert headings(stage) == ["Nearest passages"]
    assert stage.rows(stage.window.sources) == ["[1] seals.pdf · page 7"]


def test_an_answer_anyway_takes_the_place_of_the_refusal(stage: Stage) -> None:
    refuse(stage)
    stage.quire.enqueue(["Lima ", "[1]."], [SEALS])
    QTest.mouseClick(button(stage), Qt.MouseButton.LeftButton)
    stage.wait(lambda: stage.answers == ["Lima [1]."])
    assert stage.called("ask")[-1][1:] == (QUESTION, "anyway")
    assert len(turns(stage)) == 1 and not refusal(stage)
    assert headings(stage) == ["Sources"]
    stage.wait(lambda: not stage.window.desk.conversation.live_turn)
    assert not offered(stage)
    assert stage.window.conversation.composer.edit.toPlainText() == ""


def test_the_keyboard_reaches_it(stage: Stage) -> None:
    refuse(stage)
    stage.quire.enqueue(["Lima."])
    assert button(stage).focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(button(stage), Qt.Key.Key_Space)
    stage.wait(lambda: stage.answers == ["Lima."])


def test_only_the_last_question_can_be_answered_anyway(stage: Stage) -> None:
    refuse(stage)
    stage.quire.pause = 0.05
    stage.quire.enqueue(["Wait "] * 5)
    stage.ask("And of Chile?")
    assert not offered(stage), "a question was sent"
    stage.wait(lambda: len(turns(stage)) == 2)
    assert not offered(stage, 0)
    stage.wait(lambda: not stage.window.desk.conversation.live_turn)
    stage.wait(lambda: stage.window.conversation.composer.button.accessibleName() == "Send")
    assert not offered(stage, 0) and not offered(stage)


def test_while_it_is_answered_it_is_not_offered_again(stage: Stage) -> None:
    refuse(stage)
    stage.quire.pause = 0.05
    stage.quire.enqueue(["Lima "] * 5)
    QTest.mouseClick(button(stage), Qt.MouseButton.LeftButton)
    assert not offered(stage)
    stage.wait(lambda: stage.answers[-1].startswith("Lima"))
    assert not offered(stage) and not refusal(stage)
    stage.wait(lambda: not stage.window.desk.conversation.live_turn)


def test_a_refusal_is_offered_again_when_its_conversation_is_opened(stage: Stage) -> None:
    refuse(stage)
    stage.press(stage.window.conversations, "New conversation")
    stage.wait(lambda: not turns(stage))
    stage.click_row(stage.window.conversations, 1)
    stage.wait(lambda: turns(stage) and refusal(stage) and offered(stage))
