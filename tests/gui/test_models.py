"""The window of models, through the real widgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListView, QListWidget, QPushButton, QTabBar

from app.panels.mirrors_form import MirrorsForm
from app.panels.models import ModelsWindow
from app.panels.models_words import card_of, time_words
from app.panels.repository_form import RepositoryForm
from tests.fake_quire import FakeQuire
from tests.gui.stage import Stage, find
from workspaces.core.mirrors import RemoteFile
from workspaces.core.reasons import Reason
from workspaces.services.views import DownloadState, DownloadView, ModelRow, Standing

Open = Callable[[], Stage]

LLAMA = ModelRow(
    "llama-3-8b-q4", "generator", "Llama 3 8B", Standing.OFFERED, 4_920_734_272, 8192,
    fit="fits", licence="llama3", asks=True,
)  # fmt: skip
HERE = ModelRow("mine", "generator", "Mine", Standing.HERE, 98 * 10**6, path="/models/mine.gguf")
E5 = ModelRow("multilingual-e5-small", "embedder", "E5", Standing.HERE, 10**9, path="/models/e5")
RANK = ModelRow(
    "bge-reranker-base", "reranker", "Rank", Standing.FOUND, 10**9, path="/r", where="x"
)


@pytest.fixture
def stage(quire: FakeQuire, open_stage: Open) -> Stage:
    quire.with_workspace("Pumps")
    quire.stock.models = [LLAMA, HERE, E5, RANK]
    stage = open_stage()
    stage.wait(lambda: stage.window.windowTitle() == "Pumps – Quire")
    return stage


@pytest.fixture
def models(stage: Stage) -> ModelsWindow:
    stage.trigger("&Model", "Models…")
    window = find(stage.window, ModelsWindow)
    stage.wait(lambda: stage.rows(window))
    return window


def choose(window: ModelsWindow, tab: int, row: int) -> None:
    find(window, QTabBar).setCurrentIndex(tab)
    view = find(window, QListView)
    view.setCurrentIndex(view.model().index(row, 0))


def buttons(window: ModelsWindow) -> list[str]:
    return [each.text() for each in window.findChildren(QPushButton) if each.isVisible()]


def test_models_of_a_kind_are_listed_with_what_there_is_to_know(
    stage: Stage, models: ModelsWindow
) -> None:
    assert stage.rows(models) == ["Llama 3 8B: Fits · 4.9 GB", "Mine: On this computer · 98 MB"]
    find(models, QTabBar).setCurrentIndex(2)
    assert stage.rows(models) == ["Rank: Found in x · 1.0 GB"]
    hint = models.findChild(type(models._hint), "windowHint")
    assert hint is not None
    assert "16 GB of memory · 8 processor cores · 200.0 GB free" in hint.text()


def test_a_licence_is_shown_before_the_first_download(
    stage: Stage, models: ModelsWindow, quire: FakeQuire
) -> None:
    choose(models, 0, 0)
    stage.press(models, "Download")
    stage.wait(lambda: ("download", LLAMA.id, True) in quire.stock.asked)
    question, terms, action = stage.dialogs.asked[-1]
    assert "Meta Llama 3 Community License" in question
    assert terms.startswith("Built with Meta Llama 3")
    assert "https://www.llama.com/llama3/license/" in terms
    assert action == "Accept and download"


def test_without_a_yes_nothing_is_downloaded(
    stage: Stage, models: ModelsWindow, quire: FakeQuire
) -> None:
    stage.dialogs.yes = False
    choose(models, 0, 0)
    stage.press(models, "Download")
    stage.wait(lambda: stage.dialogs.asked)
    assert quire.stock.asked == [("download", LLAMA.id, False)]


def test_a_download_moves_is_paused_resumed_and_given_up(
    stage: Stage, models: ModelsWindow, quire: FakeQuire
) -> None:
    def move(state: DownloadState, **more: object) -> None:
        view = DownloadView(LLAMA.id, "Llama 3 8B", state, 10**9, LLAMA.size, **more)  # type: ignore[arg-type]
        stage.engine(lambda _: quire.stock.move(view))

    move(DownloadState.RUNNING, speed=2e6, mirror="ModelScope")
    stage.wait(lambda: "ModelScope" in stage.rows(models)[0])
    assert stage.rows(models)[0] == (
        "Llama 3 8B: 1.0 GB of 4.9 GB · 2.0 MB a second · 33 minutes left · ModelScope"
    )
    choose(models, 0, 0)
    stage.press(models, "Pause")
    stage.wait(lambda: ("pause", LLAMA.id) in quire.stock.asked)
    move(DownloadState.PAUSED)
    stage.wait(lambda: "Resume" in buttons(models))
    assert "Paused · 1.0 GB of 4.9 GB" in stage.rows(models)[0]
    stage.press(models, "Resume")
    stage.wait(lambda: ("resume", LLAMA.id) in quire.stock.asked)
    move(DownloadState.FAILED, reason=Reason("download_slow", {"name": "m.gguf"}))
    stage.wait(lambda: "too slowly" in stage.rows(models)[0])
    stage.press(models, "Give up…")
    stage.wait(lambda: ("give_up", LLAMA.id) in quire.stock.asked)


def test_a_model_that_is_here_is_used_or_deleted(
    stage: Stage, models: ModelsWindow, quire: FakeQuire
) -> None:
    choose(models, 0, 1)
    stage.press(models, "Use")
    stage.wait(lambda: stage.called("choose_model"))
    assert stage.called("choose_model")[-1][0] == HERE.path
    stage.press(models, "Delete…")
    stage.wait(lambda: ("remove", "mine") in quire.stock.asked)
    stage.wait(lambda: len(stage.rows(models)) == 1)


def test_an_embedding_model_is_used_in_the_open_workspace(
    stage: Stage, models: ModelsWindow
) -> None:
    choose(models, 1, 0)
    stage.press(models, "Use in this workspace")
    stage.wait(lambda: stage.called("change_embedder"))
    assert stage.called("change_embedder")[-1][1] == E5.path


def test_another_repository_s_files_are_listed_and_one_is_downloaded(
    stage: Stage, models: ModelsWindow, quire: FakeQuire
) -> None:
    stage.press(models, "Another repository…")
    form = find(models, RepositoryForm)
    find(form, QLineEdit).setText("o/nothing")
    stage.press(form, "List its files")
    stage.wait(lambda: "no GGUF file" in form.words.text())
    quire.stock.files = [RemoteFile("a.gguf", 10**8), RemoteFile("b.gguf", 2 * 10**9)]
    find(form, QLineEdit).setText("o/models")
    stage.press(form, "List its files")
    stage.wait(lambda: form.files.count() == 2)
    assert form.files.item(1).text() == "b.gguf · 2.0 GB"
    assert not form.download.isEnabled()
    form.files.setCurrentRow(1)
    stage.press(form, "Download")
    stage.wait(lambda: quire.stock.asked[-1][0] == "download_file")
    assert quire.stock.asked[-1][1:] == ("o/models", quire.stock.files[1])


def test_mirrors_are_put_in_an_order(stage: Stage, models: ModelsWindow, quire: FakeQuire) -> None:
    stage.press(models, "Mirrors…")
    stage.wait(lambda: models.findChildren(MirrorsForm))
    form = find(models, MirrorsForm)
    names = find(form, QListWidget)
    assert not names.isEnabled()
    find(form, QCheckBox).setChecked(False)
    names.insertItem(0, names.takeItem(2))
    names.item(1).setCheckState(Qt.CheckState.Unchecked)
    find(form, QLineEdit).setText(" https://models.example.org ")
    stage.press(form, "Save")
    stage.wait(lambda: quire.stock.asked)
    chosen = ["Hugging Face", "hf-mirror"]
    assert quire.stock.asked[-1] == ("change_mirrors", chosen, "https://models.example.org")


def test_a_download_that_waits_has_no_bar_before_its_size_is_known() -> None:
    waiting = DownloadView("m", "M", DownloadState.WAITING, 0, 0)
    row = ModelRow("m", "generator", "M", Standing.COMING, download=waiting)
    assert card_of(row).progress is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "less than a minute left"), (61, "1 minute left"), (3000, "50 minutes left"),
     (7200, "2 hours left")],
)  # fmt: skip
def test_what_is_left_is_told_roughly(stage: Stage, seconds: float, words: str) -> None:
    assert time_words(seconds) == words
