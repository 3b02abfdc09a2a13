"""How much memory a process that opens untrusted files may take."""

from __future__ import annotations

import os
import sys
import threading
from typing import NoReturn

MOST = 2 * 1024**3
"""Bytes; with every adapter loaded the reader has less than 0.1 GiB of address space."""

_PAUSE = 0.1
"""Seconds between two looks at what the process has taken."""


def limit_memory(most: int = MOST) -> None:
    """Let this process take no more than ``most`` bytes, and no more than half the machine's
    memory, so that a hostile file costs its own reading and nothing else.

    Linux keeps a limit of the address space: beyond it Python raises MemoryError and native code
    ends the process. macOS ignores such a limit and Windows has none that a process can give
    itself: there :func:`watch_memory` does what it can.
    """
    if sys.platform == "linux":
        _limit_address_space(most)
    else:
        watch_memory(most)


def watch_memory(most: int) -> None:
    """End this process, as a MemoryError does, soon after it has taken more than ``most`` bytes,
    or more than half the machine's memory.

    A thread looks ten times a second: in between the process may take more, and it looks later
    while native code keeps Python from running.
    """
    import psutil

    process = psutil.Process()
    allowed = min(most, psutil.virtual_memory().total // 2)

    def watch() -> None:
        pause = threading.Event()
        while not pause.wait(_PAUSE):
            taken = process.memory_info()
            # Windows shrinks what is resident when memory is short; what was asked for it does not.
            if max(taken.rss, getattr(taken, "private", 0)) > allowed:
                end_without_memory()

    threading.Thread(target=watch, name="memory", daemon=True).start()


def _limit_address_space(most: int) -> None:
    import resource

    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = min(most, half) if hard == resource.RLIM_INFINITY else min(most, half, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


def end_without_memory() -> NoReturn:
    """End this process at once: what was half done still holds the memory, and only a new process
    has it all again."""
    os.write(2, b"MemoryError\n")  # the parent knows this word (workspaces/engine/faults.py)
    os._exit(1)
