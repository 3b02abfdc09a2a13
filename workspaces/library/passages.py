"""The passages of a workspace in its catalogue, with their vectors: what the index is made from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from workspaces.core.types import Passage
from workspaces.library.database import ANY_OF, Database, Row, listed

_SEARCHABLE = "('keyword_searchable', 'embedding', 'ready')"
"""States of documents whose words the index must hold."""


SAMPLED = 200
"""Characters of each passage in a sample: enough to tell its language."""

_STARTS = [f"{number:02x}" for number in range(0, 256, 4)]
"""Where a sample takes passages, in the order of their ids, which begin with the random ones of
their documents. To count them off evenly took 80 ms for 100 000, this takes 2."""

_FROM_EACH = 4


class Passages:
    """Reads and writes passages. Vectors are float16 bytes, or None where the embedder does not
    know the language."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(self, passages: dict[str, Sequence[Passage]]) -> None:
        """Make these the passages of the documents that are the keys; none is embedded yet."""
        with self._database.transaction():
            self._database.write_many(
                "DELETE FROM passages WHERE document = ?", [(document,) for document in passages]
            )
            self._database.write_many(
                'INSERT INTO passages (id, document, ordinal, start, "end", text, page, heading,'
                " line, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_values(passage) for each in passages.values() for passage in each],
            )

    def to_embed(self, document: str, space: str, limit: int) -> list[Passage]:
        """Passages of ``document`` that the embedder of ``space`` has not seen, in order."""
        rows = self._database.rows(
            "SELECT * FROM passages p WHERE document = ? AND NOT EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.passage = p.id AND v.space = ?)"
            " ORDER BY ordinal LIMIT ?",
            document,
            space,
            limit,
        )
        return [_passage(row) for row in rows]

    def missing(self, space: str, after: int, limit: int) -> tuple[list[Passage], int]:
        """Passages of ready documents that the embedder of ``space`` has not seen, beyond the
        position ``after`` (0 to begin), and the position to go on from."""
        rows = self._database.rows(
            "SELECT p.rowid AS position, p.* FROM passages p JOIN documents d ON d.id = p.document"
            " WHERE p.rowid > ? AND d.state = 'ready' AND NOT EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.passage = p.id AND v.space = ?)"
            " ORDER BY p.rowid LIMIT ?",
            after,
            space,
            limit,
        )
        return [_passage(row) for row in rows], rows[-1]["position"] if rows else after

    def embedded(
        self, space: str, passages: Sequence[Passage], vectors: Sequence[bytes | None]
    ) -> None:
        """Keep the vectors of ``passages``; of one that is gone by now, none."""
        with self._database.transaction():
            self._database.write_many(
                "INSERT OR REPLACE INTO vectors (passage, space, numbers)"
                " SELECT id, ?, ? FROM passages WHERE id = ?",
                [
                    (space, vector, passage.id)
                    for passage, vector in zip(passages, vectors, strict=True)
                ],
            )

    def progress(self, document: str, space: str) -> tuple[int, int]:
        """How many passages of ``document`` the embedder of ``space`` has seen, of how many."""
        row = self._database.row(
            "SELECT count(v.passage) AS done, count(*) AS total FROM passages p"
            " LEFT JOIN vectors v ON v.passage = p.id AND v.space = ? WHERE p.document = ?",
            space,
            document,
        )
        assert row is not None
        return row["done"], row["total"]

    def coverage(self, space: str) -> tuple[int, int]:
        """How many passages of ready documents the embedder of ``space`` has seen, of how many."""
        row = self._database.row(
            "SELECT count(v.passage) AS done, count(*) AS total FROM passages p"
            " JOIN documents d ON d.id = p.document AND d.state = 'ready'"
            " LEFT JOIN vectors v ON v.passage = p.id AND v.space = ?",
            space,
        )
        assert row is not None
        return row["done"], row["total"]

    def known(self, space: str) -> tuple[int, int]:
        """How many passages the embedder of ``space`` has seen, and of how many of them it does
        not know the language."""
        row = self._database.row(
            "SELECT (SELECT count(*) FROM vectors WHERE space = ?1) AS seen,"
            " (SELECT count(*) FROM vectors WHERE space = ?1 AND numbers IS NULL) AS unknown",
            space,
        )
        assert row is not None
        return row["seen"], row["unknown"]

    def sample_of_unknown(self, space: str) -> list[str]:
        """The beginnings of some passages, from many documents, of which the embedder of ``space``
        does not know the language."""
        texts: dict[str, str] = {}
        for start in _STARTS:
            rows = self._database.rows(
                "SELECT v.passage, substr(p.text, 1, ?) AS text FROM vectors v"
                " JOIN passages p ON p.id = v.passage"
                " WHERE v.space = ? AND v.numbers IS NULL AND v.passage >= ?"
                " ORDER BY v.passage LIMIT ?",
                SAMPLED,
                space,
                start,
                _FROM_EACH,
            )
            texts |= {row["passage"]: row["text"] for row in rows}
        return list(texts.values())

    def searchable(
        self, after: int, limit: int, documents: Sequence[str] | None = None
    ) -> tuple[list[Passage], int]:
        """Passages the index must hold, beyond the position ``after`` (0 to begin), and the
        position to go on from; of ``documents`` only, where they are given."""
        where, values = _of(documents)
        rows = self._database.rows(
            "SELECT p.rowid AS position, p.* FROM passages p JOIN documents d ON d.id = p.document"
            f" WHERE p.rowid > ? AND d.state IN {_SEARCHABLE}{where} ORDER BY p.rowid LIMIT ?",
            after,
            *values,
            limit,
        )
        return [_passage(row) for row in rows], rows[-1]["position"] if rows else after

    def vectors(
        self, space: str, after: int, limit: int, documents: Sequence[str] | None = None
    ) -> tuple[list[tuple[str, str, bytes]], int]:
        """The vectors (passage, document, numbers) that ``space`` must hold in the index, as
        :meth:`searchable` gives passages."""
        where, values = _of(documents)
        rows = self._database.rows(
            "SELECT p.rowid AS position, p.id, p.document, v.numbers FROM passages p"
            " JOIN documents d ON d.id = p.document"
            " JOIN vectors v ON v.passage = p.id AND v.space = ? AND v.numbers IS NOT NULL"
            f" WHERE p.rowid > ? AND d.state IN {_SEARCHABLE}{where} ORDER BY p.rowid LIMIT ?",
            space,
            after,
            *values,
            limit,
        )
        found = [(row["id"], row["document"], row["numbers"]) for row in rows]
        return found, rows[-1]["position"] if rows else after

    def get(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages with these ids that still exist."""
        rows = self._database.rows(f"SELECT * FROM passages WHERE id {ANY_OF}", listed(ids))
        return {row["id"]: _passage(row) for row in rows}

    def counts(self) -> dict[str, int]:
        """Passages of each document whose words the index must hold."""
        rows = self._database.rows(
            "SELECT p.document, count(*) AS passages FROM passages p"
            f" JOIN documents d ON d.id = p.document WHERE d.state IN {_SEARCHABLE}"
            " GROUP BY p.document"
        )
        return {row["document"]: row["passages"] for row in rows}

    def vector_counts(self, space: str) -> dict[str, int]:
        """Vectors of each document that ``space`` must hold in the index."""
        rows = self._database.rows(
            "SELECT p.document, count(*) AS vectors FROM vectors v"
            " JOIN passages p ON p.id = v.passage"
            f" JOIN documents d ON d.id = p.document AND d.state IN {_SEARCHABLE}"
            " WHERE v.space = ? AND v.numbers IS NOT NULL GROUP BY p.document",
            space,
        )
        return {row["document"]: row["vectors"] for row in rows}

    def left_of(self, documents: Sequence[str]) -> tuple[int, int]:
        """Passages and vectors that are there of ``documents``."""
        passages = vectors = 0
        for document in documents:
            row = self._database.row(
                "SELECT (SELECT count(*) FROM passages WHERE document = ?1) AS passages,"
                # a passage's id begins with its document's; ';' follows ':'
                " (SELECT count(*) FROM vectors WHERE passage > ?1 || ':' AND passage < ?1 || ';')"
                " AS vectors",
                document,
            )
            assert row is not None
            passages += row["passages"]
            vectors += row["vectors"]
        return passages, vectors


def _of(documents: Sequence[str] | None) -> tuple[str, Sequence[str]]:
    """A condition that keeps to ``documents``, and its values."""
    if documents is None:
        return "", ()
    return f" AND p.document {ANY_OF}", (listed(documents),)


def _values(passage: Passage) -> tuple[object, ...]:
    return (
        passage.id,
        passage.document,
        passage.ordinal,
        passage.start,
        passage.end,
        passage.text,
        passage.page,
        msgspec.json.encode(passage.heading).decode(),
        passage.line,
        passage.row,
    )


def _passage(row: Row) -> Passage:
    return Passage(
        id=row["id"],
        document=row["document"],
        ordinal=row["ordinal"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        page=row["page"],
        heading=msgspec.json.decode(row["heading"], type=tuple[str, ...]),
        line=row["line"],
        row=row["row"],
    )
