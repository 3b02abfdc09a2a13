"""The memory of a program and of all its processes, looked at from outside."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType

import psutil

LOOK = 0.05
"""Seconds between two looks."""

FAMILY = 0.5
"""Seconds between two searches for new processes: each walks over all of the machine's."""


class Resident:
    """While it is entered, looks at process ``pid`` and its descendants. Pages that several of them
    share count for each. ``name`` tells processes apart in :attr:`most`."""

    def __init__(self, pid: int, name: Callable[[psutil.Process], str]) -> None:
        self._main = psutil.Process(pid)
        self._name = name
        self._names: dict[psutil.Process, str] = {}
        self._searched = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="resident", daemon=True)
        self.most: dict[str, int] = {}
        """Bytes that were resident at most, by process."""
        self.together = 0
        """Bytes that were resident at most in all of them at the same moment."""

    def __enter__(self) -> Resident:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK):
            if time.monotonic() > self._searched + FAMILY:
                self._search()
            sizes = {process: _resident(process) for process in self._names}
            self.together = max(self.together, sum(sizes.values()))
            for process, size in sizes.items():
                name = self._names[process]
                self.most[name] = max(size, self.most.get(name, 0))

    def _search(self) -> None:
        self._searched = time.monotonic()
        try:
            for process in (self._main, *self._main.children(recursive=True)):
                if process not in self._names:
                    self._names[process] = self._name(process)
        except psutil.NoSuchProcess:
            return


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
