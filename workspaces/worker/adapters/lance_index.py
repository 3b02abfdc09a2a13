"""The PassageIndex port on LanceDB: keywords by BM25 over ICU words, vectors by brute force."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import FTS
from lancedb.query import LanceVectorQueryBuilder, MatchQuery
from lancedb.table import Table

from workspaces.core.types import Passage
from workspaces.worker.adapters.lance_errors import index_problems
from workspaces.worker.synced import synced

TABLE = "passages"

FRAGMENTS = 20
"""So many small writes make a search slow; then they are merged into one."""

AT_ONCE = timedelta(milliseconds=1)
"""Old versions are of use to nobody: this process is the only one that opens the index."""

WORDS = FTS(
    # Of the ICU tokenizers, this one also cuts "dog's", "host.com" and "Q4_K_M": squad2_en hit@5
    # .933 against .913, Chinese the same.
    base_tokenizer="icu/split",
    stem=False,
    remove_stop_words=False,
    ascii_folding=True,
)

_DOCUMENT = re.compile(r"[0-9A-Za-z_-]{1,64}")
_PASSAGE = re.compile(r"[0-9A-Za-z_-]{1,64}:[0-9]{1,9}")


class LanceIndex:
    """The index in ``folder``, which need not exist: it is made by the first write.

    Raises Problem ``index_damaged`` wherever the files cannot be read, or hold vectors of another
    ``dimension``; ``disk_full`` or ``home_unwritable`` where they cannot be written.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        self._schema = _schema(dimension)
        self._table = self._open()

    def write(self, passages: Sequence[Passage], vectors: Sequence[bytes | None]) -> None:
        rows = self._rows(passages, vectors)
        if not passages:
            return
        with index_problems(self._folder), synced(self._folder):
            # Not "or": a table without rows is false.
            table = self._create() if self._table is None else self._table
            merge = table.merge_insert("id").when_matched_update_all().when_not_matched_insert_all()
            merge.execute(rows, on_bad_vectors="null")  # null stays null; sizes are checked above
            stats: Any = table.stats()  # a dictionary, though its declared type is none
            if stats["fragment_stats"]["num_fragments"] > FRAGMENTS:
                table.optimize(cleanup_older_than=AT_ONCE)

    def forget(self, document: str) -> None:
        where = f"document = '{_checked(_DOCUMENT, document)}'"
        if self._table is None:
            return
        with index_problems(self._folder), synced(self._folder):
            self._table.delete(where)
            self._purge(self._table)

    def keyword(self, question: str, limit: int) -> list[str]:
        if self._table is None:
            return []
        with index_problems(self._folder):
            # A query object, not a query string: no character of it has a meaning.
            query = MatchQuery(question, "text")  # type: ignore[call-arg] # pydantic has defaults
            found = self._table.search(query).select(["id", "_score"]).limit(limit)
            return [row["id"] for row in found.to_list()]

    def vector(self, vector: Sequence[float], limit: int) -> list[str]:
        if self._table is None:
            return []
        with index_problems(self._folder):
            query = np.asarray(vector, dtype=np.float32)
            search = self._table.search(query, "vector", query_type="vector")
            assert isinstance(search, LanceVectorQueryBuilder)
            found = search.distance_type("cosine").select(["id", "_distance"]).limit(limit)
            return [row["id"] for row in found.to_list()]

    def ids(self) -> set[str]:
        if self._table is None:
            return set()
        with index_problems(self._folder):
            return set(self._table.search().select(["id"]).to_arrow()["id"].to_pylist())

    def _open(self) -> Table | None:
        if not (self._folder / f"{TABLE}.lance").exists():
            return None
        with index_problems(self._folder):
            table = lancedb.connect(self._folder).open_table(TABLE)
            if table.schema != self._schema:
                raise ValueError("it was made for another embedding model")
            return table

    def _create(self) -> Table:
        self._folder.mkdir(parents=True, exist_ok=True)
        database = lancedb.connect(self._folder)
        table = database.create_table(TABLE, schema=self._schema)
        try:
            table.create_index("text", config=WORDS)
        except BaseException:
            database.drop_table(TABLE)  # a table without its words would never be searched
            raise
        self._table = table
        return table

    def _purge(self, table: Table) -> None:
        """Take deleted rows off the disk, also those of a purge that was cut off.

        LanceDB only marks a row as deleted until a tenth of its file is, so where there are such
        marks everything is written anew. The first call of ``optimize`` drops the old files and
        makes a new word list, the second drops the old word list.
        """
        if any((self._folder / f"{TABLE}.lance" / "_deletions").glob("*")):
            table.update(values_sql={"document": "document"})
        table.optimize(cleanup_older_than=AT_ONCE)
        table.optimize(cleanup_older_than=AT_ONCE)

    def _rows(self, passages: Sequence[Passage], vectors: Sequence[bytes | None]) -> pa.Table:
        columns = {
            "id": [_checked(_PASSAGE, passage.id) for passage in passages],
            "document": [_checked(_DOCUMENT, passage.document) for passage in passages],
            "ordinal": [passage.ordinal for passage in passages],
            "start": [passage.start for passage in passages],
            "end": [passage.end for passage in passages],
            "page": [passage.page for passage in passages],
            "heading": [list(passage.heading) for passage in passages],
            "text": [passage.text for passage in passages],
            "vector": [self._numbers(vector) for vector in vectors],
        }
        return pa.table(columns, schema=self._schema)

    def _numbers(self, vector: bytes | None) -> np.ndarray[tuple[int], np.dtype[np.float16]] | None:
        if vector is None:
            return None
        numbers = np.frombuffer(vector, dtype="<f2")
        if len(numbers) != self._dimension or not np.isfinite(numbers).all():
            raise ValueError(f"not a vector of {self._dimension} numbers")
        return numbers


def _schema(dimension: int) -> pa.Schema:
    return pa.schema(
        [
            pa.field("id", pa.string(), nullable=False),
            pa.field("document", pa.string(), nullable=False),
            pa.field("ordinal", pa.int32(), nullable=False),
            pa.field("start", pa.int64(), nullable=False),
            pa.field("end", pa.int64(), nullable=False),
            pa.field("page", pa.int32()),
            pa.field("heading", pa.list_(pa.string())),
            pa.field("text", pa.string(), nullable=False),
            pa.field("vector", pa.list_(pa.float16(), dimension)),
        ]
    )


def _checked(shape: re.Pattern[str], name: str) -> str:
    """``name``, if it is safe inside an SQL string."""
    if not shape.fullmatch(name):
        raise ValueError(f"not an id: {name!r}")
    return name
