"""The vector index of a large space: made beside the searches, measured, and used only where it
finds what brute force finds.

Most of the time goes into reading float16 numbers, not into comparing too many: one byte a number
and the nearer half of the vectors, the best looked at again exactly, takes a tenth of the time of
brute force and finds .99 of the same.
"""

from __future__ import annotations

import sys
import threading
import traceback
from pathlib import Path

import numpy as np
import pyarrow as pa
from lancedb.index import IvfSq
from lancedb.query import LanceVectorQueryBuilder
from lancedb.table import Table

from workspaces.worker.adapters.lance_session import connect
from workspaces.worker.synced import Synced

INDEXED_FROM = 40_000
"""Vectors from which on a space gets an index: until then brute force answers in 50 ms."""

DROPPED_BELOW = 30_000
"""Vectors below which it is dropped again; less, so that one document does not change it."""

ROWS_EACH = 4096
"""Vectors of a partition: more and smaller ones took longer to make and found less in half."""

NEEDED = 0.97
"""What a search must find of what brute force finds, of :data:`NEAREST`."""

NEAREST = 50
SAMPLE = 40
"""Stored vectors that are asked for to measure it."""

LOOKED_AT_AGAIN = 2
"""Times the limit: so many of the nearest are compared exactly."""

SAMPLED_EACH = 64
ROUNDS = 20
"""Of the training: vectors read for each partition, and its most rounds."""

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]


def nearest(table: Table, vector: Vector) -> LanceVectorQueryBuilder:
    """A search of ``table``, by its index where it has one; rows that came after it are found
    too."""
    if index_of(table) is None:
        return whole(table, vector)
    return _by_index(table, vector, partitions(table.count_rows()))


def whole(table: Table, vector: Vector) -> LanceVectorQueryBuilder:
    """A search that looks at every vector."""
    return _search(table, vector).bypass_vector_index()


def _by_index(table: Table, vector: Vector, count: int) -> LanceVectorQueryBuilder:
    """A search of half of ``count`` partitions."""
    search = _search(table, vector).nprobes(max(1, count // 2))
    return search.refine_factor(LOOKED_AT_AGAIN)


def _search(table: Table, vector: Vector) -> LanceVectorQueryBuilder:
    search = table.search(vector, "vector", query_type="vector")
    assert isinstance(search, LanceVectorQueryBuilder)
    return search.distance_type("cosine")


def index_of(table: Table) -> str | None:
    """The vector index's name."""
    found = (each.name for each in table.list_indices() if "vector" in each.columns)
    return next(found, None)


def partitions(rows: int) -> int:
    return max(1, rows // ROWS_EACH)


def is_due(table: Table) -> bool:
    return index_of(table) is None and table.count_rows() >= INDEXED_FROM


def is_needless(table: Table) -> bool:
    return index_of(table) is not None and table.count_rows() < DROPPED_BELOW


class Making:
    """Makes the vector index of the table ``stored`` in ``folder`` in a thread. Nobody may delete
    files of the table before it has :meth:`ended`; rows may be added."""

    def __init__(self, folder: Path, stored: str) -> None:
        self._folder = folder
        self._stored = stored
        self._thread = threading.Thread(target=self._make, name="nearest", daemon=True)
        self._thread.start()

    def ended(self) -> bool:
        return not self._thread.is_alive()

    def wait(self) -> None:
        self._thread.join()

    def _make(self) -> None:
        try:
            # A handle of its own, and durable by itself: the others know nothing of its files.
            with Synced(self._folder / f"{self._stored}.lance").writing():
                _make_good(connect(self._folder).open_table(self._stored))
        except Exception:  # noqa: BLE001 - without an index every vector is still found
            traceback.print_exc(file=sys.stderr)


def _make_good(table: Table) -> None:
    """Make the index; where it finds too little, with one partition, which is always looked at
    whole; where that finds too little, none."""
    for count in sorted({partitions(table.count_rows()), 1}, reverse=True):
        config = IvfSq("cosine", count, ROUNDS, SAMPLED_EACH)
        table.create_index("vector", config=config, replace=True)
        if recall(table, count) >= NEEDED:
            return
    drop(table)


def drop(table: Table) -> None:
    if (name := index_of(table)) is not None:
        table.drop_index(name)


def recall(table: Table, count: int) -> float:
    """What part of the nearest of a sample of stored vectors the index finds."""
    sample = _sample(table)
    found = wanted = 0
    for vector in sample:
        exact = _names(whole(table, vector))
        found += len(exact & _names(_by_index(table, vector, count)))
        wanted += len(exact)
    return found / wanted if wanted else 1.0


def _names(search: LanceVectorQueryBuilder) -> set[str]:
    rows = search.select(["id", "_distance"]).limit(NEAREST).to_list()
    return {row["id"] for row in rows}


def _sample(table: Table) -> list[Vector]:
    """Vectors spread over the whole table."""
    rows = table.count_rows()
    step = max(1, rows // SAMPLE)
    found = table.take_offsets(list(range(0, rows, step))).to_arrow()["vector"]
    whole: pa.Array = found.combine_chunks()
    numbers = whole.flatten().to_numpy(zero_copy_only=False).astype(np.float32)
    return list(numbers.reshape(len(whole), -1))
