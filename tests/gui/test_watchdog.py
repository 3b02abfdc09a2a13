"""Who blocks the window's thread is named."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.watchdog import Watchdog


@pytest.fixture
def watchdog(qapp: QApplication) -> Iterator[Watchdog]:
    watchdog = Watchdog()
    watchdog.start()
    yield watchdog
    watchdog.stop()


def test_a_block_is_logged_with_its_stack(
    watchdog: Watchdog, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    time.sleep(0.4)
    qtbot.waitUntil(lambda: "blocked the window's thread for" in caplog.text)
    assert "test_a_block_is_logged_with_its_stack" in caplog.text


def test_waiting_for_events_is_no_block(
    watchdog: Watchdog, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    qtbot.wait(300)
    assert "in test_waiting_for_events" not in caplog.text.replace("qtbot.wait", "")
