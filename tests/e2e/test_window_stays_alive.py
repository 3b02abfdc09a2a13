"""While thousands of files are imported, the window answers at once, and so does a question.

The window, the services, the reader and the index are real; the embedding model is a fake, so that
the import is as busy as it can be.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Qt, QUrl, Signal
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.bridge import Bridge
from app.language import Language
from tests.e2e.conftest import errors_in_log
from tests.fake_quire import FakeQuire
from tests.faults import program
from tests.faults.files import name_of, write_texts
from tests.gui.stage import ScriptedDialogs, Stage
from workspaces.library.home import Home
from workspaces.services.views import Change, ImportProgress, ImportProgressed

PERIOD = 0.01
"""Seconds between two looks at the window's thread."""

AT_MOST = 0.050
"""Seconds that 99 of 100 looks may take."""

HARDLY_ANY = 0.002
"""So large a share of the looks may take longer; this machine has other things to do, too."""

ANSWERED_WITHIN = 20.0
"""Seconds for a question beside the import, on a busy machine."""


class Pulse(QObject):
    """Asks the thread it was made on for an answer, a hundred times a second, from a thread of its
    own, whether or not the last one was answered.

    ``waits`` are the seconds each took, without those in which that thread could have worked and
    the machine gave it no processor: another program's work is not ours (where the system does
    not tell, it counts). ``whole`` are the same waits with those.
    """

    _asked = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.whole: list[float] = []
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._ask, name="pulse", daemon=True)
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def share_above(self, seconds: float) -> float:
        """The share of the looks that took longer."""
        return sum(wait > seconds for wait in self.waits) / len(self.waits)

    def __str__(self) -> str:
        return (
            f"{len(self.waits)} looks: {_figures(self.waits)};"
            f" with what others took: {_figures(self.whole)}"
        )

    def _ask(self) -> None:
        while not self._stopping.wait(PERIOD):
            self._asked.emit(time.monotonic(), self._starved())

    def _answer(self, asked: float, starved: float) -> None:
        whole = time.monotonic() - asked
        self.whole.append(whole)
        self.waits.append(max(0.0, whole - (self._starved() - starved)))

    def _starved(self) -> float:
        """Seconds, since it began, that the watched thread stood in line for a processor."""
        if not self._schedule.exists():
            return 0.0
        return int(self._schedule.read_text().split()[1]) / 1e9


def quantile(waits: list[float], share: float) -> float:
    """The wait that this share of ``waits`` did not exceed."""
    return sorted(waits)[min(len(waits) - 1, int(share * len(waits)))]


def _figures(waits: list[float]) -> str:
    figures = {"p50": quantile(waits, 0.5), "p99": quantile(waits, 0.99), "worst": max(waits)}
    return ", ".join(f"{name} {1000 * wait:.1f} ms" for name, wait in figures.items())


class Watcher(QObject):
    """Keeps the newest progress of the import."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.progress = ImportProgress()
        bridge.changed.connect(self._follow)

    def _follow(self, change: Change) -> None:
        if isinstance(change, ImportProgressed):
            self.progress = change.progress


OpenWindow = Callable[[], Stage]


@pytest.fixture
def open_window(
    tmp_path: Path, english: Language, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenWindow]:
    """Opens the real window on a new home; only the models are fakes."""
    monkeypatch.setattr(bootstrap, "worker", program.worker)
    monkeypatch.setattr(bootstrap, "starter_embedder", lambda: program.ROOT)
    monkeypatch.setattr(bootstrap, "starter_model", lambda: None)
    opened: list[Stage] = []

    def open_it() -> Stage:
        home = Home(tmp_path / "home")
        bridge = Bridge(lambda: bootstrap.open_quire(home))
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        opened.append(Stage(FakeQuire(), bridge, english, settings, ScriptedDialogs(), qtbot))
        return opened[-1]

    yield open_it
    for stage in opened:
        stage.window.close()
        assert stage.bridge.close(20)
        stage.window.deleteLater()
    for handler in logging.getLogger().handlers[:]:
        if isinstance(handler, logging.FileHandler) and str(tmp_path) in handler.baseFilename:
            logging.getLogger().removeHandler(handler)
            handler.close()


def check(open_window: OpenWindow, tmp_path: Path, count: int, seconds: int) -> None:
    """Import ``count`` files, ask in the middle, and look at the window all the while."""
    files = write_texts(tmp_path / "files", count)
    stage = open_window()
    watcher, pulse = Watcher(stage.bridge), Pulse()

    def wait(seen: Callable[[], object]) -> None:
        stage.qtbot.waitUntil(lambda: bool(seen()), timeout=seconds * 1000)

    stage.dialogs.name = "Harbour"
    stage.press(stage.window.workspaces, "New workspace")
    wait(lambda: stage.window.windowTitle() == "Harbour – Quire")
    pulse.start()
    try:
        stage.drop(QUrl.fromLocalFile(str(files)).toString())
        wait(lambda: watcher.progress.documents_done >= count // 3)
        begun = time.monotonic()
        stage.ask(f"{name_of(0)}?")
        wait(lambda: stage.answers and name_of(0) in stage.answers[-1])
        answered, still_busy = time.monotonic() - begun, watcher.progress.busy
        wait(lambda: watcher.progress.documents == count and not watcher.progress.busy)
        whole = time.monotonic() - begun
    finally:
        pulse.stop()
    print(f"{count} files: {pulse}; answered in {answered:.2f} s of {whole:.1f} s")
    assert still_busy, "the import was over before the answer came"
    assert answered < ANSWERED_WITHIN
    assert quantile(pulse.waits, 0.99) < AT_MOST, str(pulse)
    assert pulse.share_above(AT_MOST) <= HARDLY_ANY, str(pulse)
    assert errors_in_log(tmp_path / "home") == []


def test_the_window_stays_alive_while_500_files_come_in(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    check(open_window, tmp_path, 500, 60)


@pytest.mark.slow
def test_the_window_stays_alive_while_10_000_files_come_in(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    check(open_window, tmp_path, 10_000, 1_800)
