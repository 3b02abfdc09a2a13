"""One table of an index on LanceDB: how it grows, forgets, and is looked after.

Rows are appended: each write leaves a small file that a search reads beside the merged ones.
Merging is work for an idle moment (:meth:`StoredTable.tidy`); a writer does it only when so much
is loose that searches would suffer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from lancedb.index import FTS
from lancedb.query import MatchQuery
from lancedb.table import Table

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.lance_errors import damaged, index_problems
from workspaces.worker.adapters.lance_known import KnownRows
from workspaces.worker.adapters.lance_nearest import Making, drop, is_due, is_needless
from workspaces.worker.adapters.lance_rows import check_rows, checked_document
from workspaces.worker.adapters.lance_session import connect
from workspaces.worker.adapters.lance_versions import step_back
from workspaces.worker.synced import Synced

LOOSE_ROWS = 12_000
"""So many rows are merged: those not in the word list cost a search 20 µs each. In a large table
an eighth of its rows, so that merging costs each row the same however many there are."""

LOOSE_WRITES = 512
"""So many writes are merged however few rows they brought: each leaves three files behind, which
make the next write slower by .01 ms. In a large table, where a merge costs more, one for 128
rows."""

NOTHING = "-"
"""Asked for where there is no word to ask for: a query must not be empty."""

LAST = b"LANC"
"""What every data file and every manifest ends with."""

AT_ONCE = timedelta(milliseconds=1)
"""Old versions are of use to nobody: this process is the only one that opens the index."""

DOCUMENTS = 500
"""Documents named in one condition."""

ROWS = 1024
"""Rows checked at once."""


LISTED = "terms"
"""The column with a word list."""

WORD_LIST = FTS(base_tokenizer="whitespace", stem=False, remove_stop_words=False)


class StoredTable:
    """The table ``stored`` in ``folder`` (which ``synced`` looks after). It need not exist: it is
    made by the first write.
    ``name`` is what a Problem calls it; ``fits`` raises ValueError for a schema that is not its
    own. A column :data:`LISTED` has a word list.

    Raises Problem ``index_damaged`` wherever the files cannot be read; ``disk_full``,
    ``home_unwritable`` or ``disk_failed`` where the disk refuses.
    """

    def __init__(
        self,
        folder: Path,
        stored: str,
        name: str,
        fits: Callable[[pa.Schema], object],
        synced: Synced,
    ) -> None:
        self.path = folder / f"{stored}.lance"
        self._folder = folder
        self._stored = stored
        self._name = name
        self._fits = fits
        self._synced = synced
        self._table: Table | None = None
        self._rows: KnownRows | None = None
        self._writes: int | None = None
        self._loose = 0
        self._making: Making | None = None

    def close(self) -> None:
        """Let go of what is known of the files; the next use reads it anew."""
        self.finish()
        self._table = self._rows = self._writes = self._making = None

    def opened(self) -> Table | None:
        """None where there is no table."""
        if self._making is not None and self._making.ended():
            self._making = self._table = None  # it is read anew, with its index
        if self._table is None and self.path.exists():
            with index_problems(self._folder, self._name):
                table = self._open()
                self._fits(table.schema)
                if _is_listed(table) and not list(table.list_indices()):
                    with self._synced.writing():
                        self._make_word_list(table)  # nobody came to it when the table was made
                self._table = table
        return self._table

    def add(self, rows: pa.Table) -> None:
        """Insert or replace rows by id."""
        with self._changing() as made:
            # Not "or": a table without rows is false.
            table = self._create(rows.schema) if (old := self.opened()) is None else old
            known = self._known(table)
            ids = rows["id"].to_pylist()
            if not known.has_any(ids):
                table.add(rows)  # 3 ms; a merge reads every id for 10 ms, of 100 000 for 25 ms
            else:
                merge = table.merge_insert("id").when_matched_update_all()
                merge.when_not_matched_insert_all().execute(rows)
            known.add(ids)
            self._settle(table, len(ids), known.count)
        self._check_ends(made)

    def forget(self, documents: Sequence[str]) -> None:
        """Take the rows of ``documents`` off the disk, also those of a forgetting that was cut off.

        LanceDB only marks a row as deleted, and the word list keeps its words, so where there are
        such marks everything is written anew.
        """
        self.finish()
        table = self.opened()
        if table is None:
            return
        with self._changing():
            before = table.count_rows()
            self._rows = None
            for condition in _conditions(documents):
                table.delete(condition)
            if table.count_rows() < before or any(self.path.glob("_deletions/*")):
                table.update(values_sql={"document": "document"})
                self._make_word_list(table)
                drop(table)  # it holds them too; the next tidying makes another
            self._merge(table)

    def tidy(self) -> None:
        """Merge what is loose. Does nothing where nothing is, or while a vector index is made."""
        table = self.opened()
        if table is None or self._making is not None:
            return
        with index_problems(self._folder, self._name):
            stats: Any = table.stats()  # a dictionary, though its declared type is none
            # Indexed and other rows are merged apart and stay so until the next time.
            merged = stats["fragment_stats"]["num_fragments"] <= 2 and not self._unindexed(table)
        if not merged:
            with self._changing():
                self._merge(table)

    def tend(self) -> None:
        """Have a vector index where the vectors are many, and none where they are few. It is made
        beside what is done meanwhile."""
        table = self.opened()
        if table is None or self._making is not None:
            return
        with index_problems(self._folder, self._name):
            due, needless = is_due(table), is_needless(table)
        if needless:
            with self._changing():
                drop(table)
        elif due:
            self._making = Making(self._folder, self._stored)

    def finish(self) -> None:
        """Wait for the vector index that is being made, if any."""
        if self._making is not None:
            self._making.wait()

    @property
    def is_making_index(self) -> bool:
        """Whether a vector index is being made, or measured."""
        return self._making is not None

    def documents(self) -> dict[str, int]:
        """Rows of each document."""
        table = self.opened()
        if table is None:
            return {}
        with index_problems(self._folder, self._name):
            counted: Counter[str] = Counter()
            for batch in table.search().select(["document"]).to_batches():
                for each in pc.value_counts(batch["document"]).to_pylist():
                    counted[checked_document(each["values"])] += each["counts"]
            return dict(counted)

    def check(self, thorough: bool) -> bool:
        """Open the table anew and mend what can be mended. True where an older version had to be
        opened. ``thorough`` reads every row and makes the word list again."""
        self.close()
        if not self.path.exists():
            return False
        with self._changing():
            went_back = step_back(self.path, self._open)
            table = self.opened()
            assert table is not None
            if thorough or went_back:
                for batch in table.search().to_batches(batch_size=ROWS):
                    check_rows(batch)
            self._mend_word_list(table, trusted=not (thorough or went_back))
        return went_back

    def _open(self) -> Table:
        with index_problems(self._folder, self._name):
            return connect(self._folder).open_table(self._stored)

    @contextmanager
    def _changing(self) -> Iterator[set[Path]]:
        """What is done inside is durable afterwards; the set holds the files it made then."""
        try:
            with index_problems(self._folder, self._name), self._synced.writing() as made:
                yield made
        except BaseException:
            self.close()  # nobody knows how far it came
            raise

    def _check_ends(self, made: set[Path]) -> None:
        """LanceDB may take a write that the disk refused for done: a file that was just made must
        end as every one of its files does."""
        for path in made:
            written = path.suffix in (".lance", ".manifest") and path.is_file()
            if written and not _ends_well(path):
                self.close()
                raise damaged(self._name, f"{path.name} was not written whole")

    def _create(self, schema: pa.Schema) -> Table:
        self._folder.mkdir(parents=True, exist_ok=True)
        table = connect(self._folder).create_table(self._stored, schema=schema)
        self._make_word_list(table)
        self._table = table
        return table

    def _known(self, table: Table) -> KnownRows:
        """The ids of all rows. This process alone writes, so they are read once and the files
        counted only after a merge."""
        if self._rows is None:
            rows = KnownRows()
            for batch in table.search().select(["id"]).to_batches():
                rows.add(batch["id"].to_pylist())
            self._rows = rows
        if self._writes is None:
            stats: Any = table.stats()
            self._writes = stats["fragment_stats"]["num_fragments"]
            self._loose = self._unindexed(table) if _is_listed(table) else 0
        return self._rows

    def _settle(self, table: Table, rows: int, total: int) -> None:
        """Merge, if it is time, after a write of so many of the ``total`` rows."""
        self._writes = (self._writes or 0) + 1
        self._loose += rows if _is_listed(table) else 0
        many_rows = self._loose > max(LOOSE_ROWS, total // 8)
        if self._making is not None:
            return  # merging deletes files that nobody has committed yet
        if many_rows or self._writes > max(LOOSE_WRITES, total // 128):
            self._merge(table)

    def _merge(self, table: Table) -> None:
        """One file, one word list, and no file that neither of them needs."""
        table.optimize(cleanup_older_than=AT_ONCE, delete_unverified=True)
        self._writes = None  # they are counted anew

    def _make_word_list(self, table: Table) -> None:
        if _is_listed(table):
            table.create_index(LISTED, config=WORD_LIST, replace=True)

    def _mend_word_list(self, table: Table, trusted: bool) -> None:
        if not _is_listed(table):
            return
        if not (trusted and self._answers(table)):
            self._make_word_list(table)
        elif self._unindexed(table) > LOOSE_ROWS:
            self._merge(table)

    def _answers(self, table: Table) -> bool:
        """Whether the word list can be read."""
        (row, *_) = [*table.search().select([LISTED]).limit(1).to_list(), {LISTED: ""}]
        query = any_of(row[LISTED][:200])
        try:
            with index_problems(self._folder, self._name):
                table.search(query).select(["id", "_score"]).limit(1).to_list()
        except Problem:
            return False
        return True

    def _unindexed(self, table: Table) -> int:
        """Rows that the word list, or the vector index, lacks yet."""
        listed = [table.index_stats(index.name) for index in table.list_indices()]
        return max((each.num_unindexed_rows for each in listed if each is not None), default=0)


def any_of(words: str) -> MatchQuery:
    """Asks for what has any of these terms. A query object, not a query string: no character of it
    has a meaning."""
    return MatchQuery(words or NOTHING, LISTED)  # type: ignore[call-arg] # has defaults


def _is_listed(table: Table) -> bool:
    return LISTED in table.schema.names


def _ends_well(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - len(LAST)))
        return stream.read() == LAST


def _conditions(documents: Sequence[str]) -> list[str]:
    names = [f"'{checked_document(name)}'" for name in documents]
    parts = [names[start : start + DOCUMENTS] for start in range(0, len(names), DOCUMENTS)]
    return [f"document IN ({', '.join(part)})" for part in parts]
