"""Samples the event loop: how long the window would have kept a person waiting."""

from __future__ import annotations

import gc
import time
from types import TracebackType

from PySide6.QtCore import Qt, QTimer

PERIOD = 5
"""Milliseconds between two samples."""


class Gaps:
    """Counts, while it is entered, the milliseconds by which each tick of a timer was late, and
    those that the window's thread was busy since the tick before: on a machine with other things
    to do the first grow without our doing, the second hardly."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.busy: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(PERIOD)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self._worked = 0.0

    def __enter__(self) -> Gaps:
        # What the tests before this one left must not be looked through while time is taken.
        gc.collect()
        gc.freeze()
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        gc.unfreeze()
        self._tick()  # what is blocked now counts too
        self._timer.stop()

    def share(self, share: float) -> float:
        """The lateness that this share of all samples stays under."""
        ordered = sorted(self.late)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def over(self, milliseconds: float) -> int:
        """How many samples were later than this."""
        return sum(late > milliseconds for late in self.late)

    @property
    def worst(self) -> float:
        return max(self.late)

    def __str__(self) -> str:
        return (
            f"{len(self.late)} samples, 99 % under {self.share(0.99):.0f} ms, "
            f"{self.over(50)} over 50 ms, worst {self.worst:.0f} ms; busy at most "
            f"{max(self.busy):.0f} ms at a time"
        )

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, (now - self._last) * 1000 - PERIOD))
        self._last = now
        worked = time.thread_time()
        self.busy.append((worked - self._worked) * 1000)
        self._worked = worked
