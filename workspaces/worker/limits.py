"""How much memory a process that opens untrusted files may take."""

from __future__ import annotations

import os
import sys

MOST = 2 * 1024**3
"""Bytes of address space; with every adapter loaded the reader has less than 0.1 GiB of it."""


def limit_memory(most: int = MOST) -> bool:
    """Let this process take no more than ``most`` bytes of address space, and no more than half
    the machine's memory; whether there is such a limit now.

    Beyond it Python raises MemoryError and native code ends the process, so that a hostile file
    costs its own reading and nothing else. Linux keeps the limit. macOS ignores it and Windows has
    none that a process can give itself: there a hungry process ends only when the system's memory
    does, or when it is killed for making no progress.
    """
    if sys.platform != "linux":
        return False
    import resource

    half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = min(most, half) if hard == resource.RLIM_INFINITY else min(most, half, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    return True
