"""The guard against what dangles, tried on things that do."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.conftest import Started, dangling


def test_a_running_timer_is_found_with_its_place(
    qapp: QApplication, started_timers: Started
) -> None:
    timer = QTimer()
    timer.start(10_000)
    assert "test_a_running_timer_is_found" in "".join(dangling(qapp, started_timers))
    timer.stop()
    assert dangling(qapp, started_timers) == []


def test_an_open_window_is_found(qapp: QApplication) -> None:
    window = QWidget()
    assert any("QWidget" in each for each in dangling(qapp, WeakKeyDictionary()))
    window.deleteLater()
