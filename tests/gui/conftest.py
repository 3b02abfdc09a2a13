"""A window on a fake Quire, and a guard that nothing is left running or open behind a test."""

from __future__ import annotations

import gc
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.bridge import Bridge
from app.language import Language
from tests.fake_quire import FakeQuire
from tests.gui.stage import ScriptedDialogs, Stage

Started = WeakKeyDictionary[QTimer, str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # what the offscreen platform says of every window that is shown or brought to the front
        item.add_marker(pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise)"))


@pytest.fixture
def started_timers(monkeypatch: pytest.MonkeyPatch) -> Started:
    """Where each timer was started."""
    started: Started = WeakKeyDictionary()
    original = QTimer.start

    def start(timer: QTimer, *arguments: int) -> None:
        started[timer] = "".join(traceback.format_stack(limit=4)[:-1])
        original(timer, *arguments)

    monkeypatch.setattr(QTimer, "start", start)
    return started


@pytest.fixture
def older_objects_rest() -> None:
    """The guard walks over every object: only over those that come from now on. The tests before
    have left many, and a walk over them all took a quarter of a second a test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_dangles(
    qapp: QApplication, started_timers: Started, older_objects_rest: None
) -> Iterator[None]:
    """A test fails that leaves a timer, a thread or a window behind."""
    threads = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    left = dangling(qapp, started_timers)
    left += [str(each) for each in threading.enumerate() if each not in threads]
    assert not left, "left behind:\n" + "\n".join(left)


def dangling(application: QApplication, started: Started) -> list[str]:
    """What is still alive, in words."""
    # By type(): isinstance() asks an object for its class, and some of torch's warn when asked.
    objects = [each for each in gc.get_objects() if issubclass(type(each), (QTimer, QThread))]
    alive = [each for each in objects if isValid(each)]
    found = [
        f"a timer started at\n{started.get(each, 'a place unknown')}"
        for each in alive
        if isinstance(each, QTimer) and each.isActive()
    ]
    found += [
        f"{each!r} runs"
        for each in alive
        if isinstance(each, QThread) and each.isRunning() and each is not application.thread()
    ]
    return found + [f"{each!r} is open" for each in application.topLevelWidgets()]


@pytest.fixture
def quire() -> FakeQuire:
    return FakeQuire()


@pytest.fixture
def bridge(quire: FakeQuire, qapp: QApplication) -> Iterator[Bridge]:
    """An open bridge to the fake."""

    async def make() -> FakeQuire:
        return quire

    bridge = Bridge(make)
    yield bridge
    assert bridge.close(), "the engine's thread hangs"


@pytest.fixture
def english(qapp: QApplication) -> Iterator[Language]:
    """The window speaks English, whatever this machine speaks."""
    language = Language(qapp)
    language.use("en")
    yield language
    language.remove()


@pytest.fixture
def open_stage(
    quire: FakeQuire, bridge: Bridge, english: Language, tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[[], Stage]]:
    """Opens the window, once the fake holds what the test wants."""
    opened: list[Stage] = []

    def open_it() -> Stage:
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        stage = Stage(quire, bridge, english, settings, ScriptedDialogs(), qtbot)
        opened.append(stage)
        return stage

    yield open_it
    for stage in opened:
        stage.window.close()
        stage.window.deleteLater()
