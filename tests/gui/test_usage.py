"""What an answer took, shown below it when the person wants to see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.panels.budget_bar import COLOURS, BudgetBar
from app.panels.budget_words import Part, budget_words, parts_of
from app.panels.usage_details import UsageDetails
from app.panels.usage_words import usage_words
from tests.fake_quire import ASKED_AT, FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.types import Budget, Ending, Turn, Usage

Open = Callable[[], Stage]

USAGE = Usage(1240, 1180, 0.416, 41.96, 412_000_000)
BUDGET = Budget(4096, 120, 700, 1400, 12, 768)
TURN = Turn(
    "t0", "How long?", "12 months.", Ending.COMPLETE, "m", ASKED_AT, usage=USAGE, budget=BUDGET
)


@pytest.fixture(autouse=True)
def english_numbers() -> None:
    QLocale.setDefault(QLocale("en"))


@pytest.fixture
def show(quire: FakeQuire, open_stage: Open) -> Callable[[Turn], Stage]:
    def show(turn: Turn) -> Stage:
        quire.with_conversation(quire.with_workspace("Pumps"), "Warranty", turn)
        stage = open_stage()
        stage.wait(lambda: stage.answers)
        return stage

    return show


def details(stage: Stage) -> UsageDetails:
    return find(stage.window.conversation, UsageDetails)


def button(stage: Stage) -> QAbstractButton:
    buttons = stage.window.conversation.findChildren(QAbstractButton)
    return next(each for each in buttons if each.text() in ("Details", "详情"))


def test_a_press_shows_what_the_answer_took_and_another_hides_it(
    show: Callable[[Turn], Stage],
) -> None:
    stage = show(TURN)
    assert stage.window.conversation.findChild(UsageDetails) is None
    stage.press(stage.window.conversation, "Details")
    assert details(stage).isVisible()
    assert find(details(stage), QLabel, "usage").text() == usage_words(USAGE)
    stage.press(stage.window.conversation, "Details")
    assert not details(stage).isVisible()


def test_it_speaks_the_language_of_the_window(show: Callable[[Turn], Stage]) -> None:
    stage = show(TURN)
    stage.press(stage.window.conversation, "Details")
    stage.trigger("&Language", "简体中文")
    stage.wait(lambda: "提示词：1,240 个词元" in find(details(stage), QLabel, "usage").text())


def test_an_answer_that_no_model_wrote_has_none(show: Callable[[Turn], Stage]) -> None:
    stage = show(replace(TURN, usage=None))
    assert not button(stage).isVisible()
    assert stage.window.conversation.findChild(UsageDetails) is None


def test_the_bar_is_as_long_as_the_context_and_each_part_as_its_tokens(
    show: Callable[[Turn], Stage],
) -> None:
    stage = show(TURN)
    stage.press(stage.window.conversation, "Details")
    bar = find(details(stage), BudgetBar)
    stage.wait(lambda: bar.width() > 100)
    strip = bar.findChildren(QWidget)[0]
    row = strip.grab().toImage()
    seen = [row.pixelColor(x, row.height() // 2).name() for x in range(row.width())]
    for part, tokens in parts_of(BUDGET).items():
        if part in COLOURS:
            share = seen.count(COLOURS[part]) / len(seen)
            assert share == pytest.approx(tokens / BUDGET.context, abs=3 / len(seen))
    assert strip.accessibleName() == budget_words(BUDGET)


def test_the_legend_says_what_each_part_takes(show: Callable[[Turn], Stage]) -> None:
    stage = show(TURN)
    stage.press(stage.window.conversation, "Details")
    bar = find(details(stage), BudgetBar)
    assert [label.text() for label in bar.findChildren(QLabel)] == [
        "Instructions: 120",
        "Earlier questions: 700",
        "New sources: 1,400",
        "Question: 12",
        "Room for the answer: 768",
        "Free: 1,096",
    ]
    assert sum(parts_of(BUDGET).values()) == BUDGET.context
    assert list(parts_of(BUDGET)) == list(Part)


def test_an_answer_of_an_older_quire_has_no_bar(show: Callable[[Turn], Stage]) -> None:
    stage = show(replace(TURN, budget=None))
    stage.press(stage.window.conversation, "Details")
    assert details(stage).isVisible() and not find(details(stage), BudgetBar).isVisible()


def test_the_words() -> None:
    assert usage_words(USAGE) == (
        "Prompt: 1,240 tokens, 1,180 of them reused · First token after 0.42 s · 42.0 tokens/s · "
        "At most 412.00 MB of memory"
    ).replace("412.00 MB", QLocale().formattedDataSize(412_000_000))
    bare = Usage(10, 0, None, None, 0)
    assert usage_words(bare) == "Prompt: 10 tokens, 0 of them reused"
