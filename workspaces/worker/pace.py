"""How long an answer took to begin, and how fast it was written."""

from __future__ import annotations

import time


class Pace:
    """A stopwatch that runs from when it is made; :meth:`tick` at each token."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._first = self._last = self._began
        self._tokens = 0

    def tick(self) -> None:
        self._last = time.perf_counter()
        if not self._tokens:
            self._first = self._last
        self._tokens += 1

    @property
    def first(self) -> float | None:
        """Seconds to the first token; None where there was none."""
        return self._first - self._began if self._tokens else None

    @property
    def rate(self) -> float | None:
        """Tokens a second from the first one on; None where there was no second."""
        seconds = self._last - self._first
        return (self._tokens - 1) / seconds if seconds > 0 else None
