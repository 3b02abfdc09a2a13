"""The PassageIndex port on LanceDB: keywords by BM25 over words and their parts,
vectors by brute force or, where they are many, by an index."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from workspaces.core.types import Passage
from workspaces.worker.adapters.lance_errors import WHOLE, damaged, index_problems
from workspaces.worker.adapters.lance_nearest import nearest, whole
from workspaces.worker.adapters.lance_rows import (
    check_words,
    checked_document,
    checked_space,
    dimension_of,
    vector_rows,
    word_rows,
)
from workspaces.worker.adapters.lance_table import StoredTable, any_of
from workspaces.worker.adapters.lance_terms import question_terms
from workspaces.worker.adapters.lance_versions import QUARANTINE
from workspaces.worker.synced import Synced

WORDS_NAME = "words"
SPACE_PREFIX = "space_"
BEFORE_SPACES = "passages.lance"
"""Here an older Quire kept words and vectors in one table."""


class LanceIndex:
    """The index in ``folder``, which need not exist: it is made by the first write.

    Raises Problem ``index_damaged`` wherever the files cannot be read or are of an older layout;
    its detail ``table`` is what to :meth:`discard`: "words", a space, or "" for all. ``disk_full``,
    ``home_unwritable`` or ``disk_failed`` where the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._synced = Synced(folder)
        words = StoredTable(folder, WORDS_NAME, WORDS_NAME, check_words, self._synced)
        self._tables = {WORDS_NAME: words}

    def write(self, passages: Sequence[Passage]) -> None:
        rows = word_rows(passages)
        if passages:
            self._table(WORDS_NAME).add(rows)

    def write_vectors(self, space: str, vectors: Sequence[tuple[str, str, bytes]]) -> None:
        table = self._table(checked_space(space))
        if vectors:
            old = table.opened()
            dimension = len(vectors[0][2]) // 2 if old is None else dimension_of(old.schema)
            table.add(vector_rows(vectors, dimension))

    def forget(self, documents: Sequence[str]) -> None:
        names = [checked_document(name) for name in documents]
        for table in self._all():
            table.forget(names)
        with index_problems(self._folder, WHOLE):
            _remove(self._folder / QUARANTINE)
        self._synced.forget()

    def tidy(self) -> None:
        for table in self._all():
            table.tidy()
        for space in self._spaces():
            self._table(space).tend()

    def finish(self) -> None:
        """Wait for what :meth:`tidy` began and goes on beside."""
        for table in self._all():
            table.finish()

    def keyword(self, question: str, limit: int, document: str = "") -> dict[str, float]:
        table = self._table(WORDS_NAME).opened()
        if table is None:
            return {}
        condition = _within(document)
        with index_problems(self._folder, WORDS_NAME):
            query = any_of(question_terms(question))
            search = table.search(query).select(["id", "_score"]).limit(limit)
            found = search.where(condition, prefilter=True).to_list()
            return {row["id"]: row["_score"] for row in found}

    def vector(
        self, space: str, vector: Sequence[float], limit: int, document: str = ""
    ) -> dict[str, float]:
        stored = self._table(checked_space(space))
        table = stored.opened()
        if table is None:
            return {}
        if len(vector) != (dimension := dimension_of(table.schema)):
            raise ValueError(f"not a vector of {dimension} numbers")
        condition = _within(document)
        with index_problems(self._folder, space):
            query = np.asarray(vector, dtype=np.float32)
            # One document's vectors are few, and may be where the index does not look. What is
            # being made has not been measured yet.
            exactly = document or stored.is_making_index
            search = whole(table, query) if exactly else nearest(table, query)
            search = search.select(["id", "_distance"]).limit(limit)
            found = search.where(condition, prefilter=True).to_list()
            return {row["id"]: 1 - row["_distance"] for row in found}

    def words(self) -> dict[str, int]:
        return self._table(WORDS_NAME).documents()

    def vectors(self) -> dict[str, dict[str, int]]:
        return {space: self._table(space).documents() for space in self._spaces()}

    def check(self, thorough: bool = False) -> bool:
        went_back = [table.check(thorough) for table in self._all()]
        return any(went_back)

    def discard(self, space: str | None = None) -> None:
        self._synced.forget()
        if space is None:
            for table in self._tables.values():
                table.close()
            with index_problems(self._folder, WHOLE):
                _remove(self._folder)
            return
        table = self._table(space if space == WORDS_NAME else checked_space(space))
        table.close()
        with index_problems(self._folder, space):
            _remove(table.path)

    def _all(self) -> list[StoredTable]:
        return [self._table(name) for name in (WORDS_NAME, *self._spaces())]

    def _spaces(self) -> list[str]:
        found = self._folder.glob(f"{SPACE_PREFIX}*.lance")
        return sorted(path.stem.removeprefix(SPACE_PREFIX) for path in found)

    def _table(self, name: str) -> StoredTable:
        """The words, or a space."""
        if self._folder.exists() and not self._folder.is_dir():
            raise damaged(WHOLE, "there is a file where its folder should be")
        if (self._folder / BEFORE_SPACES).exists():
            raise damaged(WHOLE, "an older Quire made it")
        if name not in self._tables:
            stored = SPACE_PREFIX + name
            self._tables[name] = StoredTable(self._folder, stored, name, dimension_of, self._synced)
        return self._tables[name]


def _within(document: str) -> str:
    """The condition that a row is of ``document``; of any where none is named."""
    return f"document = '{checked_document(document)}'" if document else "true"


def _remove(path: Path) -> None:
    """Delete a folder, or the file in its place."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
