"""How many threads a native library should use."""

from __future__ import annotations

import os
from pathlib import Path


def free_cores() -> int:
    """Physical cores, less one for the rest of the machine where there are more than two.

    llama.cpp's threads wait for each other actively, so one thread more than there are free cores
    costs far more than one less: on two cores with both in use, a prompt of 600 tokens took 8.5 s
    with one thread and 39 s with two; with both free, two threads take half the time of one.
    Embedding rests while an answer is written, so both are free.
    """
    cores = _physical_cores()
    return cores if cores <= 2 else cores - 1


def _physical_cores() -> int:
    siblings = {
        path.read_text()
        for path in Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    }
    # Elsewhere than on Linux: two threads a core is the likeliest.
    return len(siblings) or max(1, (os.cpu_count() or 2) // 2)
