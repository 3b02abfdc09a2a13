"""Says in the log when the window's thread was blocked, for how long, and by what."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)

PERIOD = 0.1
PATIENCE = 0.05


class Watchdog(QObject):
    """Asks the thread it lives on for an answer ten times a second, from a thread of its own."""

    _asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched = threading.get_ident()
        self._answered = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._answered.set()
        self._thread.join()

    def _answer(self) -> None:
        self._answered.set()

    def _watch(self) -> None:
        while not self._stopping.wait(PERIOD):
            self._answered.clear()
            asked = time.monotonic()
            self._asked.emit()
            if not self._answered.wait(PATIENCE):
                stack = self._stack()
                self._answered.wait()
                milliseconds = (time.monotonic() - asked) * 1000
                log.warning("blocked the window's thread for %.0f ms\n%s", milliseconds, stack)

    def _stack(self) -> str:
        frame = sys._current_frames().get(self._watched)
        return "".join(traceback.format_stack(frame)) if frame else ""
