"""What the kernel says of the processes it ended."""

from __future__ import annotations

import contextlib
from pathlib import Path

COUNTERS = Path("/proc/vmstat")


def memory_kills(counters: Path = COUNTERS) -> int | None:
    """How many processes the kernel has ended for want of memory since it started, or None where
    it does not say (other systems, old kernels)."""
    with contextlib.suppress(OSError):
        for line in counters.read_text("ascii", "replace").splitlines():
            name, _, number = line.partition(" ")
            if name == "oom_kill" and number.isdecimal():
                return int(number)
    return None
