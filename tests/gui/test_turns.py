"""A long conversation comes in parts, and stays where the person reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea, QScrollBar

from app.panels.turns import TURNS_AT_ONCE
from tests.fake_quire import ASKED_AT, FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.types import Ending, Turn

Open = Callable[[], Stage]
MANY = 20
LONG = "A line of the answer.\n\n" * 12


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    turns = [
        Turn(f"t{n}", f"Question {n}", f"{n}: {LONG}", Ending.COMPLETE, "m", ASKED_AT)
        for n in range(MANY)
    ]
    quire.with_conversation(quire.with_workspace("Pumps"), "Long", *turns)
    stage = open_stage()
    stage.wait(lambda: len(stage.answers) == TURNS_AT_ONCE)
    return stage


def bar(stage: Stage) -> QScrollBar:
    return find(stage.window.conversation.turns, QScrollArea).verticalScrollBar()


def test_the_newest_turns_come_first_and_the_end_is_shown(stage: Stage) -> None:
    assert any(answer.startswith(f"{MANY - 1}:") for answer in stage.answers)
    stage.wait(lambda: bar(stage).value() == bar(stage).maximum() > 0)


def test_earlier_turns_come_in_above_what_is_read(stage: Stage) -> None:
    stage.wait(lambda: bar(stage).value() == bar(stage).maximum() > 0)
    bar(stage).setValue(0)
    before = bar(stage).maximum()
    stage.press(stage.window.conversation.turns, "Show earlier questions")
    stage.wait(lambda: len(stage.answers) == 2 * TURNS_AT_ONCE)
    stage.wait(lambda: bar(stage).value() > before / 2)
    stage.press(stage.window.conversation.turns, "Show earlier questions")
    stage.wait(lambda: len(stage.answers) == MANY)
    button = find(stage.window.conversation.turns, QPushButton)
    stage.wait(lambda: not button.isVisible())


def test_a_growing_answer_does_not_pull_a_reader_down(stage: Stage) -> None:
    stage.quire.pause = 0.005
    stage.quire.enqueue(["More and more.\n\n"] * 40)
    stage.ask("Go on")
    stage.wait(lambda: any(answer.startswith("More") for answer in stage.answers))
    bar(stage).setValue(10)
    stage.wait(lambda: any(answer.count("More") == 40 for answer in stage.answers))
    stage.qtbot.wait(50)
    assert bar(stage).value() == 10


def test_a_growing_answer_is_followed_at_the_end(stage: Stage) -> None:
    stage.quire.enqueue(["More and more.\n\n"] * 40)
    stage.ask("Go on")
    stage.wait(lambda: any(answer.count("More") == 40 for answer in stage.answers))
    stage.wait(lambda: bar(stage).value() == bar(stage).maximum())
