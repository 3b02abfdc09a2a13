"""What crosses between the window's thread and the engine's."""

from __future__ import annotations

import asyncio
import threading

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.bridge import Bridge
from tests.fake_quire import FakeQuire
from workspaces.core.reasons import Problem, Reason
from workspaces.services.quire import Quire


@pytest.fixture
def opened(bridge: Bridge, qtbot: QtBot) -> Bridge:
    with qtbot.waitSignal(bridge.opened):
        bridge.open()
    return bridge


def test_results_come_back_on_the_windows_thread(opened: Bridge, qtbot: QtBot) -> None:
    seen: list[threading.Thread] = []

    async def work(_: Quire) -> str:
        seen.append(threading.current_thread())
        return "done"

    def done(result: str) -> None:
        assert result == "done"
        seen.append(threading.current_thread())

    opened.run(work, done)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0].name == "engine"
    assert seen[1] is threading.main_thread()


def test_a_problem_goes_to_who_asked_for_it(opened: Bridge, qtbot: QtBot) -> None:
    problems: list[Reason] = []
    ends: list[str] = []

    async def work(_: Quire) -> None:
        raise Problem("busy")

    with qtbot.assertNotEmitted(opened.went_wrong):
        opened.run(work, None, problems.append, lambda: ends.append("end"))
        qtbot.waitUntil(lambda: bool(ends))
    assert problems == [Reason("busy")]


def test_what_was_asked_too_early_waits(bridge: Bridge, quire: FakeQuire, qtbot: QtBot) -> None:
    done: list[object] = []
    bridge.run(lambda quire: quire.list_workspaces(), done.append)
    bridge.open()
    qtbot.waitUntil(lambda: done == [[]])


def test_a_callback_is_dropped_when_its_receiver_is_gone(opened: Bridge, qtbot: QtBot) -> None:
    called: list[object] = []

    class Receiver(QObject):
        def take(self, result: object) -> None:
            called.append(result)

    receiver = Receiver()
    opened.run(lambda quire: quire.list_workspaces(), receiver.take)
    delete(receiver)
    opened.run(lambda quire: quire.list_workspaces(), lambda _: called.append("later"))
    qtbot.waitUntil(lambda: called == ["later"])


def test_a_quire_that_cannot_be_made_is_reported(qapp: QApplication, qtbot: QtBot) -> None:
    async def make() -> Quire:
        raise Problem("home_in_use", name="/home")

    bridge = Bridge(make)
    with qtbot.waitSignal(bridge.went_wrong) as told:
        bridge.open()
    assert told.args == [Reason("home_in_use", {"name": "/home"}), ""]
    bridge.run(lambda quire: quire.list_workspaces())
    assert bridge.close()


def test_a_home_that_is_free_again_is_opened(
    quire: FakeQuire, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.bridge.RETRY", 0.01)
    refusals = 3

    async def make() -> FakeQuire:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise Problem("home_in_use", name="here")
        return quire

    bridge = Bridge(make)
    told: list[Reason] = []
    bridge.went_wrong.connect(lambda reason, _: told.append(reason))
    with qtbot.waitSignal(bridge.opened):
        bridge.open()
    assert [reason.code for reason in told] == ["home_in_use"]
    assert bridge.close()


def test_closing_cancels_silently_and_closes_quire(
    opened: Bridge, quire: FakeQuire, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(opened.went_wrong):
        opened.run(lambda _: asyncio.sleep(60))
        assert opened.close()
    assert quire.closed


def test_closing_gives_up_in_time(qapp: QApplication, qtbot: QtBot) -> None:
    release = threading.Event()

    class Slow(FakeQuire):
        async def close(self) -> None:
            await asyncio.get_running_loop().run_in_executor(None, release.wait)

    async def make() -> Quire:
        return Slow()

    bridge = Bridge(make)
    with qtbot.waitSignal(bridge.opened):
        bridge.open()
    assert not bridge.close(seconds=0.05)
    release.set()
    engine = next(each for each in threading.enumerate() if each.name == "engine")
    engine.join(5)


def test_a_signal_survives_five_thousand_emissions(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 aborts after about 570."""

    class Bell(QObject):
        rung = Signal(bool)

    heard: list[bool] = []
    bell = Bell()
    bell.rung.connect(heard.append)
    for _ in range(5000):
        bell.rung.emit(True)
    assert len(heard) == 5000
