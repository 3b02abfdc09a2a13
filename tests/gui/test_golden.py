"""Test questions through the real widgets: keeping them, and what they say about a change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.panels.embedder import EmbedderWindow
from app.panels.keep_button import KeepButton
from app.panels.search_settings import SearchSettingsWindow
from app.panels.turn import TurnView
from tests.fake_golden import KEPT_AT
from tests.fake_quire import ASKED_AT, FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Source, Turn, Weights
from workspaces.services.views import DocumentRemoved, EmbedderView, GoldenChanged, GoldenView

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


# --- the window ------------------------------------------------------------------------------


QUESTIONS = [
    GoldenView("g1", "How long is the warranty?", "", ("manual.pdf",), KEPT_AT),
    GoldenView("g2", "When is the oil replaced?", "", ("oil.txt", "manual.pdf"), KEPT_AT),
    GoldenView("g3", "Who signs?", "", ("lease.docx",), KEPT_AT),
]


@pytest.fixture
def measured(quire: FakeQuire, open_stage: Open) -> Stage:
    """Three test questions: one is found in the second place, one is not, the answer of one has
    gone."""
    workspace = quire.with_workspace("Pumps")
    quire.with_golden(workspace, *QUESTIONS)
    quire.ranks = {"g1": 2, "g2": None}
    quire.ranks_then = {"g1": 1, "g2": None}
    quire.lost = ("g3",)
    stage = open_stage()
    stage.wait(lambda: stage.window.windowTitle() == "Pumps – Quire")
    return stage


def open_settings(stage: Stage) -> SearchSettingsWindow:
    stage.trigger("&File", "Search settings and test questions…")
    return find(stage.window, SearchSettingsWindow)


def texts(window: QWidget) -> list[str]:
    """What labels say that are to be seen."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def is_on(window: QWidget, button: str) -> bool:
    found = [each for each in window.findChildren(QPushButton) if each.text() == button]
    return any(each.isEnabled() and each.isVisible() for each in found)


def test_the_list_says_where_each_answer_is_found(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(lambda: "2 test questions: recall@5 50%, MRR 0.25" in texts(window))
    assert measured.rows(window) == [
        "How long is the warranty?: found in place 2 · manual.pdf",
        "When is the oil replaced?: not among the first 5 passages · oil.txt, manual.pdf",
        "Who signs?: its answer no longer stands in lease.docx",
    ]
    measured.trigger("&File", "Search settings and test questions…")
    assert len(measured.window.findChildren(SearchSettingsWindow)) == 1, "there is one at most"


def test_a_question_is_removed_and_the_rest_measured_again(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(lambda: len(measured.rows(window)) == 3)
    measured.wait(lambda: not measured.window.desk.search_settings.is_busy)
    assert not is_on(window, "Remove")
    measured.click_row(window, 1)
    measured.press(window, "Remove")
    measured.wait(lambda: "1 test question: recall@5 100%, MRR 0.50" in texts(window))
    assert measured.called("remove_golden") == [("w1", "g2")]


def test_a_change_is_seen_before_it_is_accepted(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(lambda: "2 test questions: recall@5 50%, MRR 0.25" in texts(window))
    assert (window.form.words.value(), window.form.meaning.value()) == (1.0, 0.6)
    assert not any(is_on(window, each) for each in ("Try", "Accept", "Discard", "Defaults"))
    window.form.meaning.setValue(1.2)
    assert is_on(window, "Try") and not is_on(window, "Accept"), "it must be seen first"
    measured.press(window, "Try")
    measured.wait(lambda: "1 question better, 0 worse" in texts(window))
    assert {"50%", "0.25", "0.50"} <= set(texts(window))
    assert measured.called("try_weights") == [("w1", Weights(1.0, 1.2))]
    assert not measured.called("change_weights"), "nothing has changed yet"
    window.form.meaning.setValue(1.3)
    assert not is_on(window, "Accept"), "these weights were not tried"
    assert "1 question better, 0 worse" not in texts(window)
    window.form.meaning.setValue(1.2)
    measured.press(window, "Accept")
    measured.wait(lambda: measured.called("change_weights") == [("w1", Weights(1.0, 1.2))])
    measured.wait(lambda: not is_on(window, "Discard"))
    assert window.form.weights == Weights(1.0, 1.2)
    measured.wait(lambda: len(measured.called("measure_golden")) == 2)


def test_a_trial_is_discarded(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(lambda: "2 test questions: recall@5 50%, MRR 0.25" in texts(window))
    window.form.words.setValue(0.0)
    measured.press(window, "Try")
    measured.wait(lambda: "1 question better, 0 worse" in texts(window))
    measured.press(window, "Discard")
    assert window.form.weights == Weights()
    assert "1 question better, 0 worse" not in texts(window)
    assert not measured.called("change_weights")


def test_the_defaults_are_a_press_away(measured: Stage) -> None:
    measured.quire._weights["w1"] = Weights(2.0, 0.1)
    window = open_settings(measured)
    measured.wait(lambda: window.form.weights == Weights(2.0, 0.1))
    measured.press(window, "Defaults")
    assert window.form.weights == Weights()
    assert is_on(window, "Discard"), "it is a change like any other"


def test_both_weights_cannot_be_nothing(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(lambda: len(measured.rows(window)) == 3)
    window.form.words.setValue(0.0)
    window.form.meaning.setValue(0.0)
    measured.wait(lambda: not measured.window.desk.search_settings.is_busy)
    assert not is_on(window, "Try") and not is_on(window, "Accept")


def test_without_test_questions_a_change_is_accepted_at_once(talk: Stage) -> None:
    window = open_settings(talk)
    talk.wait(lambda: any("There are no test questions yet" in each for each in texts(window)))
    assert not is_on(window, "Try")
    window.form.meaning.setValue(1.0)
    talk.press(window, "Accept")
    talk.wait(lambda: talk.called("change_weights") == [("w1", Weights(1.0, 1.0))])
    assert not talk.called("measure_golden")
    talk.press(turns(talk)["oil"], "Keep as test question")
    talk.wait(lambda: talk.rows(window) == ["Oil?: found in place 1 · manual.pdf"])
    assert not any("There are no test questions yet" in each for each in texts(window))


def test_measuring_is_stopped_and_ends_with_the_window(measured: Stage) -> None:
    measured.quire.measure_pause = 60
    window = open_settings(measured)
    measured.wait(lambda: measured.called("measure_golden"))
    measured.press(window, "Stop")
    measured.wait(lambda: measured.called("measuring cancelled") == [("w1",)])
    assert not measured.window.desk.search_settings.is_busy
    window.form.words.setValue(0.5)
    measured.press(window, "Try")
    measured.wait(lambda: measured.called("try_weights"))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    measured.wait(lambda: len(measured.called("measuring cancelled")) == 2)
    assert not measured.window.desk.search_settings.is_busy


def test_what_fails_while_measuring_is_said(measured: Stage) -> None:
    measured.quire.failure = Problem("disk_full")
    open_settings(measured)
    measured.wait(lambda: measured.notice.startswith("The disk is full"))
    assert not measured.window.desk.search_settings.is_busy


# --- another embedding model -----------------------------------------------------------------

PRESENT = EmbedderView("all-MiniLM-L6-v2")
WAITING = replace(PRESENT, next="bge-small-zh", done=9, total=9, waits=True)
ASKS = (
    "The embedding model bge-small-zh is ready: recall@5 50% → 50%, MRR 0.25 → 0.50; "
    "1 question better, 0 worse."
)


def wait_for_word(stage: Stage) -> None:
    """A new model is ready, and the message bar asks."""
    stage.engine(lambda quire: quire.embed("w1", WAITING))
    stage.wait(lambda: stage.notice == ASKS)


@pytest.mark.parametrize(
    ("answer", "call", "name"),
    [
        ("Use the new model", "accept_embedder", "bge-small-zh"),
        ("Keep the present one", "cancel_embedder_change", "all-MiniLM-L6-v2"),
    ],
)
def test_a_new_embedding_model_is_asked_about_with_the_figures(
    measured: Stage, answer: str, call: str, name: str
) -> None:
    wait_for_word(measured)
    assert not measured.called("accept_embedder"), "nothing is decided yet"
    measured.press(measured.window.message_bar, answer)
    measured.wait(lambda: measured.called(call) == [("w1",)])
    measured.wait(lambda: measured.window.desk.embedder.embedder.name == name)
    measured.wait(lambda: not measured.window.desk.decision.waiting)
    assert not measured.notice


def test_the_window_of_the_embedding_model_asks_too(measured: Stage) -> None:
    open_settings(measured)
    wait_for_word(measured)
    measured.wait(lambda: len(measured.called("measure_golden")) == 1)
    measured.trigger("&Model", "Embedding model of this workspace…")
    window = find(measured.window, EmbedderWindow)
    assert "0.50" in texts(window) and "1 question better, 0 worse" in texts(window)
    bar = "All passages are embedded with bge-small-zh; it waits for your word."
    assert bar in texts(window)
    measured.press(window, "Use the new model")
    measured.wait(lambda: measured.called("accept_embedder") == [("w1",)])
    measured.wait(lambda: len(measured.called("measure_golden")) == 2)  # ranks are others now
    measured.wait(lambda: not is_on(window, "Use the new model"))
    assert not measured.notice, "the question has been answered"


def test_the_new_model_cannot_be_taken_before_the_figures_are_there(measured: Stage) -> None:
    measured.quire.measure_pause = 60
    measured.engine(lambda quire: quire.embed("w1", WAITING))
    measured.trigger("&Model", "Embedding model of this workspace…")
    window = find(measured.window, EmbedderWindow)
    measured.wait(lambda: any("are being asked with both models" in each for each in texts(window)))
    assert not is_on(window, "Use the new model") and is_on(window, "Keep the present one")
    assert not measured.notice
    measured.press(window, "Keep the present one")
    measured.wait(lambda: measured.called("measuring cancelled") == [("w1",)])
    measured.wait(lambda: not measured.window.desk.decision.waiting)


def test_what_cannot_be_measured_is_decided_all_the_same(measured: Stage) -> None:
    measured.quire.failure = Problem("embedder_gone", name="/models/bge")
    measured.engine(lambda quire: quire.embed("w1", WAITING))
    measured.wait(lambda: "it could not be measured" in measured.notice)
    measured.press(measured.window.message_bar, "Keep the present one")
    measured.wait(lambda: measured.called("cancel_embedder_change") == [("w1",)])


def test_another_test_question_is_measured_too(measured: Stage) -> None:
    wait_for_word(measured)
    measured.quire.ranks_then["g1"] = 4
    measured.engine(lambda quire: quire.announce(GoldenChanged("w1")))
    measured.wait(lambda: measured.notice.endswith("0 questions better, 1 worse."))


def test_a_question_that_went_with_its_document_is_listed_no_more(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(lambda: len(measured.rows(window)) == 3)

    def remove(quire: FakeQuire) -> None:
        del quire._questions["w1"]["g3"]
        quire.announce(DocumentRemoved("w1", "d9"))

    measured.engine(remove)
    measured.wait(lambda: len(measured.rows(window)) == 2)


# --- the length of a passage -----------------------------------------------------------------


def test_a_length_is_tried_seen_and_accepted(measured: Stage) -> None:
    window = open_settings(measured)
    form = window.passages
    measured.wait(form.tokens.isEnabled)
    assert form.tokens.text() == "as much as the model reads"
    assert not is_on(window, "Try length") and not is_on(window, "Accept passages")

    def chosen() -> bool:
        """What the window learns while it opens may still put the length back."""
        form.tokens.setValue(96)
        return is_on(window, "Try length")

    measured.wait(chosen)
    measured.press(window, "Try length")
    measured.wait(lambda: is_on(window, "Accept passages"))
    assert measured.called("try_passages") == [("w1", 96)]
    assert "1 question better, 0 worse" in texts(form)
    assert not form.tokens.isEnabled(), "what is shown is what would be accepted"
    measured.press(window, "Accept passages")
    measured.wait(lambda: measured.called("accept_passages") == [("w1",)])
    measured.wait(form.tokens.isEnabled)
    assert form.tokens.value() == 96
    measured.wait(lambda: len(measured.called("measure_golden")) == 2)  # ranks are others now
    form.tokens.setValue(form.tokens.minimum())
    measured.press(window, "Try length")
    measured.wait(lambda: measured.called("try_passages")[-1] == ("w1", 0))


def test_passages_that_were_tried_are_discarded(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(window.passages.tokens.isEnabled)
    window.passages.tokens.setValue(96)
    measured.press(window, "Try length")
    measured.wait(lambda: is_on(window, "Discard passages"))
    measured.press(window, "Discard passages")
    measured.wait(lambda: measured.called("discard_passages") == [("w1",)])
    assert window.passages.tokens.text() == "as much as the model reads"
    assert not is_on(window, "Accept passages")


def test_a_trial_goes_on_while_nobody_looks_and_is_cancelled(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(window.passages.tokens.isEnabled)
    measured.quire.measure_pause = 60
    window.passages.tokens.setValue(96)
    measured.press(window, "Try length")
    measured.wait(lambda: measured.called("try_passages"))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    measured.wait(lambda: not measured.window.findChildren(SearchSettingsWindow))
    assert not measured.called("trial cancelled")
    window = open_settings(measured)
    measured.press(window, "Cancel trial")
    measured.wait(lambda: measured.called("trial cancelled") == [("w1",)])
    measured.wait(lambda: not is_on(window, "Cancel trial"))


def test_a_trial_that_fails_says_why(measured: Stage) -> None:
    window = open_settings(measured)
    measured.wait(window.passages.tokens.isEnabled)
    measured.wait(lambda: not measured.window.desk.search_settings.is_busy)
    measured.quire.failure = Problem("trial_during_change")
    window.passages.tokens.setValue(96)
    measured.press(window, "Try length")
    measured.wait(lambda: measured.notice.startswith("The embedding model of this workspace is"))
    measured.wait(lambda: is_on(window, "Try length"))


def test_a_number_that_is_turned_while_the_settings_are_read_stays(
    measured: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bool] = []

    async def slowly(_: str) -> Weights:
        await asyncio.sleep(0.2)
        read.append(True)
        return Weights()

    monkeypatch.setattr(measured.quire, "search_settings", slowly)
    window = open_settings(measured)
    window.form.meaning.setValue(1.1)
    measured.wait(lambda: read)
    measured.wait(lambda: not measured.window.desk.search_settings.is_busy)
    measured.qtbot.wait(50)
    assert window.form.meaning.value() == 1.1
