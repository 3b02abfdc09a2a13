"""How much memory this process has taken."""

from __future__ import annotations

import re
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")

_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB", re.MULTILINE)


def peak_memory() -> int:
    """The most bytes that were ever resident; 0 where the system does not tell."""
    if sys.platform == "linux":
        # getrusage would count what the parent had when this process was forked off it.
        found = _PEAK.search(STATUS.read_text())
        return 1024 * int(found.group(1)) if found else 0
    else:  # noqa: RET505 - mypy takes what follows for unreachable
        return _peak_elsewhere()


def _peak_elsewhere() -> int:
    import psutil

    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in bytes on macOS
