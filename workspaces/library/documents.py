"""The documents of a workspace in its catalogue: the journal of their import."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import msgspec

from workspaces.core.reasons import Reason
from workspaces.core.types import DocumentState
from workspaces.library.database import Database, Row

OPEN = (DocumentState.QUEUED, DocumentState.READING, DocumentState.INDEXING)


@dataclass(frozen=True, slots=True)
class Document:
    """A row; see ``migrations/0001_first.sql`` for the fields."""

    id: str
    name: str
    path: str
    state: DocumentState
    kind: str = ""
    sha256: str = ""
    size: int = 0
    pages: int | None = None
    silent_pages: list[int] = field(default_factory=list)
    reason: Reason | None = None
    twin: str | None = None
    falls: int = 0
    passages: int = 0


_SELECT = """
    SELECT d.*, (SELECT count(*) FROM passages p WHERE p.document = d.id) AS passages
    FROM documents d
"""


class Documents:
    """Reads and writes documents. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offer(self, offered: list[tuple[str, str, str]], now: str) -> None:
        """Enter (id, name, path) rows as ``queued``, all or none."""
        with self._database.transaction():
            self._database.write_many(
                "INSERT INTO documents (id, name, path, state, added_at) VALUES (?, ?, ?, ?, ?)",
                [(*document, DocumentState.QUEUED, now) for document in offered],
            )

    def all(self) -> list[Document]:
        """Every document, oldest first."""
        return [_document(row) for row in self._database.rows(_SELECT + "ORDER BY d.rowid")]

    def get(self, document: str) -> Document | None:
        row = self._database.row(_SELECT + "WHERE d.id = ?", document)
        return _document(row) if row else None

    def next(
        self, states: Sequence[DocumentState], besides: Collection[str] = ()
    ) -> Document | None:
        """The oldest document in one of ``states`` that is none of ``besides``."""
        marks = ", ".join("?" * len(states))
        query = f"{_SELECT} WHERE d.state IN ({marks}) ORDER BY d.rowid LIMIT ?"
        rows = self._database.rows(query, *states, len(besides) + 1)
        return next((_document(row) for row in rows if row["id"] not in besides), None)

    def twins(self, document: str) -> list[Document]:
        """The duplicates of ``document``, oldest first."""
        rows = self._database.rows(_SELECT + "WHERE d.twin = ? ORDER BY d.rowid", document)
        return [_document(row) for row in rows]

    def inherit(self, heir: str, document: Document) -> None:
        """Make the duplicate ``heir`` the one that holds the content of ``document``."""
        with self._database.transaction():
            self._database.write(
                "UPDATE documents SET state = ?, kind = ?, sha256 = ?, size = ?, reason = NULL,"
                " details = '{}', twin = NULL WHERE id = ?",
                DocumentState.QUEUED,
                document.kind,
                document.sha256,
                document.size,
                heir,
            )
            self._database.write("UPDATE documents SET twin = ? WHERE twin = ?", heir, document.id)

    def with_content(self, sha256: str, other_than: str) -> Document | None:
        """A document with this content that is ready or on its way there."""
        row = self._database.row(
            _SELECT + "WHERE d.sha256 = ? AND d.id <> ? AND d.state IN (?, ?) ORDER BY d.rowid",
            sha256,
            other_than,
            DocumentState.READY,
            DocumentState.INDEXING,
        )
        return _document(row) if row else None

    def set_state(self, document: str, state: DocumentState) -> None:
        self._database.write("UPDATE documents SET state = ? WHERE id = ?", state, document)

    def admit(self, document: str, kind: str, sha256: str, size: int) -> None:
        """Our copy is on disk."""
        self._database.write(
            "UPDATE documents SET kind = ?, sha256 = ?, size = ? WHERE id = ?",
            kind,
            sha256,
            size,
            document,
        )

    def extracted(self, document: str, pages: int | None, silent_pages: list[int]) -> None:
        """Its text is on disk."""
        self._database.write(
            "UPDATE documents SET pages = ?, silent_pages = ? WHERE id = ?",
            pages,
            msgspec.json.encode(silent_pages).decode(),
            document,
        )

    def end(
        self, document: str, state: DocumentState, reason: Reason, twin: str | None = None
    ) -> None:
        """The import ended without the document becoming ready."""
        self._database.write(
            "UPDATE documents SET state = ?, reason = ?, details = ?, twin = ? WHERE id = ?",
            state,
            reason.code,
            msgspec.json.encode(reason.details).decode(),
            twin,
            document,
        )

    def fell(self, document: str) -> int:
        """A child died over the document; returns how often that has happened."""
        self._database.write("UPDATE documents SET falls = falls + 1 WHERE id = ?", document)
        row = self._database.row("SELECT falls FROM documents WHERE id = ?", document)
        return row["falls"] if row else 0

    def remove(self, document: str) -> None:
        """The row and its passages."""
        self._database.write("DELETE FROM documents WHERE id = ?", document)


def _document(row: Row) -> Document:
    reason = row["reason"]
    return Document(
        id=row["id"],
        name=row["name"],
        path=row["path"],
        state=DocumentState(row["state"]),
        kind=row["kind"],
        sha256=row["sha256"],
        size=row["size"],
        pages=row["pages"],
        silent_pages=msgspec.json.decode(row["silent_pages"], type=list[int]),
        reason=Reason(reason, msgspec.json.decode(row["details"])) if reason else None,
        twin=row["twin"],
        falls=row["falls"],
        passages=row["passages"],
    )
