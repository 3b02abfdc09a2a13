"""The passages of a workspace in its catalogue, with their vectors: what the index is made from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from workspaces.core.types import Passage
from workspaces.library.database import Database, Row


class Passages:
    """Reads and writes passages. Vectors are float16 bytes, or None where the embedder does not
    know the language."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(self, document: str, passages: Sequence[Passage]) -> None:
        """Make ``passages`` the passages of ``document``; none of them is embedded yet."""
        with self._database.transaction():
            self._database.write("DELETE FROM passages WHERE document = ?", document)
            self._database.write_many(
                'INSERT INTO passages (id, document, ordinal, start, "end", text, page, heading)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_values(passage) for passage in passages],
            )

    def to_embed(self, document: str, limit: int) -> list[Passage]:
        """Passages the embedder has not seen, in order."""
        rows = self._database.rows(
            "SELECT * FROM passages WHERE document = ? AND embedded = 0 ORDER BY ordinal LIMIT ?",
            document,
            limit,
        )
        return [_passage(row) for row in rows]

    def embedded(self, passages: Sequence[Passage], vectors: Sequence[bytes | None]) -> None:
        """Keep the vectors of ``passages``."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE passages SET embedded = 1, vector = ? WHERE id = ?",
                [(vector, passage.id) for passage, vector in zip(passages, vectors, strict=True)],
            )

    def progress(self, document: str) -> tuple[int, int]:
        """How many passages of ``document`` the embedder has seen, of how many."""
        row = self._database.row(
            "SELECT coalesce(sum(embedded), 0) AS done, count(*) AS total"
            " FROM passages WHERE document = ?",
            document,
        )
        assert row is not None
        return row["done"], row["total"]

    def of(self, document: str, after: int, limit: int) -> tuple[list[Passage], list[bytes | None]]:
        """Up to ``limit`` passages with ordinals above ``after``, and their vectors."""
        rows = self._database.rows(
            "SELECT * FROM passages WHERE document = ? AND ordinal > ? ORDER BY ordinal LIMIT ?",
            document,
            after,
            limit,
        )
        return [_passage(row) for row in rows], [row["vector"] for row in rows]

    def get(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages with these ids that still exist."""
        marks = ", ".join("?" * len(ids))
        rows = self._database.rows(f"SELECT * FROM passages WHERE id IN ({marks})", *ids)  # noqa: S608
        return {row["id"]: _passage(row) for row in rows}

    def counts(self) -> dict[str, int]:
        """Passages of each ready document: what the index must hold."""
        rows = self._database.rows(
            "SELECT p.document, count(*) AS passages FROM passages p"
            " JOIN documents d ON d.id = p.document WHERE d.state = 'ready' GROUP BY p.document"
        )
        return {row["document"]: row["passages"] for row in rows}


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
    )
