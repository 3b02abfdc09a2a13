"""How LanceDB is opened here: with bounds on the memory that it keeps."""

from __future__ import annotations

import ctypes
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

_M_ARENA_MAX = -8  # glibc's malloc.h


def connect(folder: Path) -> lancedb.DBConnection:
    """The tables in ``folder``. Nothing is remembered of an earlier connection: its caches may hold
    what has been damaged on the disk since."""
    _have_few_arenas()
    return lancedb.connect(folder, session=lancedb.Session(INDEX_CACHE, METADATA_CACHE))


@lru_cache(maxsize=1)
def _have_few_arenas() -> None:
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        if hasattr(library, "mallopt"):
            library.mallopt(_M_ARENA_MAX, ARENAS)
