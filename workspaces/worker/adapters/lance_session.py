"""How LanceDB is opened here: with bounds on the memory that it keeps."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import lru_cache
from pathlib import Path

import lancedb

INDEX_CACHE = 128 << 20
"""Bytes of a table's word list or vectors kept in memory; LanceDB's own bound is 6 GB. What is not
here is as a rule in the system's cache of files."""

METADATA_CACHE = 32 << 20
"""Bytes of what is known of a table's files."""

ARENAS = 2
"""Heaps of the C library. It makes one for nearly each of LanceDB's threads and gives little back
from any: merging 30 000 passages took 976 MB at most, with two heaps 558."""

MERGING = {"LANCE_FTS_PARTITION_SIZE": "512", "LANCE_FTS_NUM_SHARDS": "1"}
"""How a word list is merged: in partitions of so many MB, by one thread. LanceDB's own are of 2 GB,
by half of the processors, and merging takes as much memory as that. With 910 000 passages the whole
process takes 1.3 GB at most in partitions of 256 MB, 1.5 of 512, 1.9 of 1 024, and 4.2 of 2 048
with a million; the slowest search in twenty takes 333, 223, 217 and 204 ms."""

_M_ARENA_MAX = -8  # glibc's malloc.h


def connect(folder: Path) -> lancedb.DBConnection:
    """The tables in ``folder``. Nothing is remembered of an earlier connection: its caches may hold
    what has been damaged on the disk since."""
    _bound_memory()
    return lancedb.connect(folder, session=lancedb.Session(INDEX_CACHE, METADATA_CACHE))


@lru_cache(maxsize=1)
def _bound_memory() -> None:
    os.environ.update(MERGING)  # LanceDB reads them when it first makes a word list
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "mallopt"):
            library.mallopt(_M_ARENA_MAX, ARENAS)
