"""Test questions through the real widgets: keeping them, and what they say about a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.panels.keep_button import KeepButton
from app.panels.turn import TurnView
from tests.fake_quire import ASKED_AT, FakeQuire
from tests.gui.stage import Stage
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Source, Turn

Open = Callable[[], Stage]

MANUAL = Source(1, "d1:0", "d1", "manual.pdf", "The warranty is 12 months.", 0, 26, page=2)
OIL = Turn("oil", "Oil?", "500 hours [1].", Ending.COMPLETE, "m", ASKED_AT, (MANUAL,))
SEALS = Turn("seals", "Seals?", "12 months [1].", Ending.COMPLETE, "m", ASKED_AT, (MANUAL,))
REFUSED = Turn("refused", "Moon?", "", Ending.REFUSED, "m", ASKED_AT, (MANUAL,))
STOPPED = Turn("stopped", "Long?", "Well", Ending.STOPPED, "m", ASKED_AT, (MANUAL,))
NOTHING = Turn("nothing", "What?", "Nothing.", Ending.COMPLETE, "m", ASKED_AT)


@pytest.fixture
def talk(quire: FakeQuire, open_stage: Open) -> Stage:
    """A conversation of five turns."""
    workspace = quire.with_workspace("Pumps")
    quire.with_conversation(workspace, "Talk", OIL, SEALS, REFUSED, STOPPED, NOTHING)
    stage = open_stage()
    stage.wait(lambda: len(turns(stage)) == 5)
    return stage


def turns(stage: Stage) -> dict[str, TurnView]:
    views = stage.window.conversation.findChildren(TurnView)
    return {view._turn.id: view for view in views if view.isVisibleTo(stage.window)}


def keep(stage: Stage, turn: str) -> KeepButton:
    return turns(stage)[turn].keep


# --- keeping a good answer -------------------------------------------------------------------


def test_one_click_keeps_a_question_and_another_forgets_it(talk: Stage) -> None:
    assert keep(talk, "oil").text() == "Keep as test question"
    talk.press(turns(talk)["oil"], "Keep as test question")
    talk.wait(lambda: keep(talk, "oil").text() == "✓ Kept as test question")
    assert talk.called("add_golden") == [("w1", "c2", "oil")]
    assert keep(talk, "seals").text() == "Keep as test question", "only this one"
    talk.press(turns(talk)["oil"], "✓ Kept as test question")
    talk.wait(lambda: keep(talk, "oil").text() == "Keep as test question")
    assert len(talk.called("remove_golden")) == 1


def test_only_a_whole_answer_from_passages_can_be_kept(talk: Stage) -> None:
    offered = {name for name in turns(talk) if keep(talk, name).isVisible()}
    assert offered == {"oil", "seals"}


def test_it_is_still_kept_when_the_conversation_is_opened_again(talk: Stage) -> None:
    talk.press(turns(talk)["seals"], "Keep as test question")
    talk.wait(lambda: keep(talk, "seals").text() == "✓ Kept as test question")
    talk.window.desk.conversation.show_conversation("w1", "")
    talk.wait(lambda: not turns(talk))
    talk.window.desk.conversation.show_conversation("w1", "c2")
    talk.wait(lambda: len(turns(talk)) == 5)
    assert keep(talk, "seals").text() == "✓ Kept as test question"


def test_a_question_that_cannot_be_kept_says_why(talk: Stage) -> None:
    talk.quire.failure = Problem("golden_no_document")
    talk.press(turns(talk)["oil"], "Keep as test question")
    talk.wait(lambda: talk.notice.startswith("The documents this answer came from"))
    assert keep(talk, "oil").text() == "Keep as test question"


def test_an_answer_that_is_being_written_cannot_be_kept_yet(talk: Stage) -> None:
    talk.quire.pause = 0.3
    talk.quire.enqueue(["Yes ", "[1], ", "it is."], [MANUAL])
    talk.ask("New?")
    talk.wait(lambda: len(turns(talk)) == 6)
    (new,) = [name for name in turns(talk) if name.startswith("t")]
    talk.wait(lambda: "Yes" in "".join(talk.answers))
    assert "it is" not in "".join(talk.answers)
    assert not keep(talk, new).isVisible()
    talk.wait(keep(talk, new).isVisible)
