"""The documents of a workspace in its catalogue: the journal of their import."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from workspaces.core.folder_changes import Known
from workspaces.core.reasons import Reason
from workspaces.core.types import OPEN_STATES, DocumentState
from workspaces.library.database import ANY_OF, Database, Row, listed, marks

CONTENT = (*OPEN_STATES[2:], DocumentState.READY)
"""States of a document whose text is there, or soon will be."""

SLICE = 5000
"""Documents that are read at a time where there may be very many."""


@dataclass(frozen=True, slots=True)
class Document:
    """A row; see ``migrations`` for the fields."""

    id: str
    name: str
    path: str
    state: DocumentState
    kind: str = ""
    sha256: str = ""
    size: int = 0
    modified: int = 0
    pages: int | None = None
    warnings: tuple[Reason, ...] = ()
    reason: Reason | None = None
    twin: str | None = None
    replaces: str | None = None
    watch: str | None = None
    gone: bool = False
    falls: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A file to be imported; or one that cannot be, with the state it ends in and the reason.
    ``size`` in bytes and ``modified`` in nanoseconds since 1970 tell later whether it changed."""

    id: str
    name: str
    path: str
    size: int = 0
    modified: int = 0
    state: DocumentState = DocumentState.QUEUED
    reason: Reason | None = None


_SELECT = """
    SELECT d.*, (SELECT count(*) FROM passages p WHERE p.document = d.id) AS passages
    FROM documents d
"""


class Documents:
    """Reads and writes documents. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offer(self, offers: Sequence[Offer], now: str, watch: str | None = None) -> None:
        """Enter rows, all or none."""
        with self._database.transaction():
            self._database.write_many(
                "INSERT INTO documents (id, name, path, size, modified, state, reason, details,"
                " watch, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        offer.id,
                        offer.name,
                        offer.path,
                        offer.size,
                        offer.modified,
                        offer.state,
                        offer.reason.code if offer.reason else None,
                        _details_text(offer.reason),
                        watch,
                        now,
                    )
                    for offer in offers
                ],
            )

    def all(self) -> list[Document]:
        """Every document, oldest first."""
        return [_document(row) for row in self._database.rows(_SELECT + "ORDER BY d.rowid")]

    def ids(self) -> set[str]:
        return {row["id"] for row in self._database.rows("SELECT id FROM documents")}

    def get(self, document: str) -> Document | None:
        row = self._database.row(_SELECT + "WHERE d.id = ?", document)
        return _document(row) if row else None

    def some(self, documents: Sequence[str]) -> list[Document]:
        """Those of ``documents`` that exist, oldest first."""
        query = f"{_SELECT} WHERE d.id {ANY_OF} ORDER BY d.rowid"
        return [_document(row) for row in self._database.rows(query, listed(documents))]

    def next(
        self,
        states: Sequence[DocumentState],
        besides: Collection[str] = (),
        limit: int = 1,
    ) -> list[Document]:
        """The oldest documents in the first of ``states`` that has any, none of ``besides``; those
        over which a child has died come after all others."""
        for falls in ("d.falls = 0", "d.falls > 0"):
            query = f"{_SELECT} WHERE d.state = ? AND {falls} ORDER BY d.rowid LIMIT ?"
            for state in states:
                rows = self._database.rows(query, state, len(besides) + limit)
                if found := [_document(row) for row in rows if row["id"] not in besides]:
                    return found[:limit]
        return []

    def in_states(self, states: Sequence[DocumentState]) -> list[str]:
        """Ids of the documents in one of ``states``, oldest first."""
        query = f"SELECT id FROM documents WHERE state IN ({marks(states)}) ORDER BY rowid"
        return [row["id"] for row in self._database.rows(query, *states)]

    def names(self, documents: Collection[str]) -> dict[str, str]:
        """The names of those of ``documents`` that search may show."""
        query = (
            f"SELECT id, name FROM documents WHERE id {ANY_OF} AND replaces IS NULL"
            " AND state IN ('keyword_searchable', 'embedding', 'ready')"
        )
        return {row["id"]: row["name"] for row in self._database.rows(query, listed(documents))}

    def hidden(self) -> int:
        """How many documents wait to take another's place."""
        row = self._database.row("SELECT count(*) FROM documents WHERE replaces IS NOT NULL")
        assert row is not None
        return int(row[0])

    def twins(self, document: str) -> list[Document]:
        """The duplicates of ``document``, oldest first."""
        rows = self._database.rows(_SELECT + "WHERE d.twin = ? ORDER BY d.rowid", document)
        return [_document(row) for row in rows]

    def inherit(self, heir: str, document: Document) -> None:
        """Make the duplicate ``heir`` the one that holds the content of ``document``; what answers
        a test question there does so here."""
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
            # A copy, for a newer version of ``document`` may get the test questions themselves.
            self._database.write(
                "INSERT OR IGNORE INTO golden"
                ' SELECT id, question, turn, ?, start, "end", text, added_at FROM golden'
                " WHERE document = ?",
                heir,
                document.id,
            )

    def with_content(self, sha256: str, other_than: str) -> Document | None:
        """A document with this content that is ready or on its way there."""
        row = self._database.row(
            f"{_SELECT} WHERE d.sha256 = ? AND d.id <> ? AND d.state IN ({marks(CONTENT)})"
            " ORDER BY d.rowid",
            sha256,
            other_than,
            *CONTENT,
        )
        return _document(row) if row else None

    def at(self, path: str) -> list[Document]:
        """The documents that were offered from ``path``, oldest first."""
        rows = self._database.rows(_SELECT + "WHERE d.path = ? ORDER BY d.rowid", path)
        return [_document(row) for row in rows]

    def set_state(self, documents: Sequence[str], state: DocumentState) -> None:
        """A new state starts with a clean slate: falls are counted in one state."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE documents SET falls = 0, state = ?1 WHERE id = ?2 AND state <> ?1",
                [(state, document) for document in documents],
            )

    def admit(self, document: str, kind: str, sha256: str, size: int, modified: int) -> None:
        """Our copy is on disk."""
        self._database.write(
            "UPDATE documents SET kind = ?, sha256 = ?, size = ?, modified = ? WHERE id = ?",
            kind,
            sha256,
            size,
            modified,
            document,
        )

    def touched(self, document: str, modified: int) -> None:
        """The source was written again, with the same content."""
        self._database.write(
            "UPDATE documents SET modified = ?, gone = 0 WHERE id = ?", modified, document
        )

    def replace(self, document: str, older: str) -> None:
        """Keep ``document`` hidden behind ``older`` until it is ready."""
        self._database.write("UPDATE documents SET replaces = ? WHERE id = ?", older, document)

    def extracted(self, document: str, pages: int | None, warnings: Sequence[Reason]) -> None:
        """Its text is on disk: it can be split."""
        self._database.write(
            "UPDATE documents SET falls = 0, state = ?, pages = ?, warnings = ? WHERE id = ?",
            DocumentState.INDEXING,
            pages,
            _reasons_text(warnings),
            document,
        )

    def end(
        self, document: str, state: DocumentState, reason: Reason, twin: str | None = None
    ) -> None:
        """The import ended without the document becoming ready."""
        self._database.write(
            "UPDATE documents SET state = ?, reason = ?, details = ?, twin = ?, replaces = NULL"
            " WHERE id = ?",
            state,
            reason.code,
            _details_text(reason),
            twin,
            document,
        )

    def ready(self, documents: Sequence[str]) -> list[str]:
        """They can be found in full. In the same moment each takes the place of the older versions
        of its file, and the citations and test questions of those become its own. Returns the
        older versions' ids."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE documents SET falls = 0, state = ?, replaces = NULL WHERE id = ?",
                [(DocumentState.READY, document) for document in documents],
            )
            return [older for document in documents for older in self._take_place(document)]

    def take_place(self, document: str) -> list[str]:
        """Remove what is older of the same file and stands in nobody's way any more: every older
        row if ``document`` is ready or a duplicate, else those that failed. Returns their ids."""
        with self._database.transaction():
            return self._take_place(document)

    def _take_place(self, document: str) -> list[str]:
        row = self.get(document)
        if row is None:
            return []
        settled = row.state in (DocumentState.READY, DocumentState.DUPLICATE)
        older = []
        for each in self.at(row.path):
            if each.id == document:
                break
            failed = each.state.is_final and each.state not in (
                DocumentState.READY,
                DocumentState.DUPLICATE,
            )
            if settled or failed:
                older.append(each)
        for each in older:
            self._replace(each, row)
        return [each.id for each in older]

    def _replace(self, older: Document, newer: Document) -> None:
        """Drop a row; the report keeps how it ended."""
        if older.state in CONTENT:
            reason = Reason("replaced", {"name": older.name})
            self.end(older.id, DocumentState.REPLACED, reason, newer.id)
            self._database.write(
                "UPDATE sources SET document = ? WHERE document = ?", newer.id, older.id
            )
            self._database.write(
                "UPDATE OR REPLACE golden SET document = ? WHERE document = ?",
                newer.twin or newer.id,
                older.id,
            )
        self._database.write("DELETE FROM documents WHERE id = ?", older.id)

    def drop_as(self, document: str, state: DocumentState, reason: Reason, other: str) -> None:
        """Forget a row whose file is ``other``, which is here already; the report keeps it."""
        with self._database.transaction():
            self.end(document, state, reason, other)
            self._database.write("DELETE FROM documents WHERE id = ?", document)

    def move(self, document: str, name: str, path: str, modified: int) -> None:
        """Its file has another path now."""
        self._database.write(
            "UPDATE documents SET name = ?, path = ?, modified = ?, gone = 0 WHERE id = ?",
            name,
            path,
            modified,
            document,
        )

    def queue_again(self, documents: Iterable[str]) -> None:
        """Import them once more, from the start."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE documents SET state = ?, reason = NULL, details = '{}', twin = NULL,"
                " warnings = '[]', falls = 0 WHERE id = ?",
                [(DocumentState.QUEUED, document) for document in documents],
            )

    def fell(self, document: str) -> int:
        """A child died over the document; returns how often that has happened in this state."""
        self._database.write("UPDATE documents SET falls = falls + 1 WHERE id = ?", document)
        row = self._database.row("SELECT falls FROM documents WHERE id = ?", document)
        return row["falls"] if row else 0

    def remove(self, documents: Iterable[str]) -> None:
        """The rows and their passages."""
        with self._database.transaction():
            self._database.write_many(
                "DELETE FROM documents WHERE id = ?", [(document,) for document in documents]
            )

    # --- watched folders ---

    def known(self, watch: str, folder: str) -> Iterator[list[Known]]:
        """The documents that follow a watched folder, and those of files in it that were added by
        hand: a few thousand at a time."""
        inside = folder.rstrip(os.sep) + os.sep
        last = 0
        while rows := self._database.rows(
            # One that was not there when it was to be read is tried again as soon as it is.
            "SELECT rowid, id, path, iif(reason = 'missing', -1, size), modified,"
            " watch IS NOT NULL, gone, state = 'queued' FROM documents WHERE rowid > ?3"
            " AND (watch = ?1 OR (watch IS NULL AND substr(path, 1, length(?2)) = ?2))"
            " ORDER BY rowid LIMIT ?4",
            watch,
            inside,
            last,
            SLICE,
        ):
            last = rows[-1]["rowid"]
            yield [
                Known(document, path, (size, modified), bool(follows), bool(gone), bool(queued))
                for _, document, path, size, modified, follows, gone, queued in rows
            ]

    def gone(self, watch: str) -> list[tuple[str, str, DocumentState]]:
        """(id, path, state) of the documents whose files have left a watched folder, oldest
        first."""
        rows = self._database.rows(
            "SELECT id, path, state FROM documents WHERE watch = ? AND gone = 1 ORDER BY rowid",
            watch,
        )
        return [(document, path, DocumentState(state)) for document, path, state in rows]

    def claims(self, watch: str) -> list[str]:
        """Ids of the documents still to be read that may turn out to be a file that is gone from
        its old place: they are as large as one."""
        rows = self._database.rows(
            "SELECT id FROM documents WHERE watch = ?1 AND state IN ('queued', 'reading')"
            " AND size IN (SELECT size FROM documents WHERE watch = ?1 AND gone = 1)",
            watch,
        )
        return [row["id"] for row in rows]

    def copies_of_gone(self, watch: str) -> list[Document]:
        """The duplicates in a watched folder, each the newest of its file, of documents whose
        file has left it."""
        rows = self._database.rows(
            f"{_SELECT} JOIN documents g ON g.id = d.twin"
            " WHERE g.watch = ?1 AND g.gone = 1 AND d.watch = ?1 AND d.gone = 0"
            " AND NOT EXISTS"
            " (SELECT 1 FROM documents n WHERE n.path = d.path AND n.rowid > d.rowid)"
            " ORDER BY d.rowid",
            watch,
        )
        return [_document(row) for row in rows]

    def leave(self, documents: Sequence[str]) -> None:
        """Their files have left their watched folder and they are about to be removed for it: the
        report says so."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE documents SET state = ?, reason = 'left_folder', twin = NULL,"
                " details = json_object('name', name) WHERE id = ?",
                [(DocumentState.REMOVED, document) for document in documents],
            )

    def set_gone(self, documents: Iterable[str], gone: bool) -> None:
        """Their files have left the watched folder, or are back."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE documents SET gone = ? WHERE id = ?",
                [(int(gone), document) for document in documents],
            )

    def set_watch(self, documents: Iterable[str], watch: str | None) -> None:
        """Have them follow a watched folder, or none any more."""
        with self._database.transaction():
            self._database.write_many(
                "UPDATE documents SET watch = ?, gone = 0 WHERE id = ?",
                [(watch, document) for document in documents],
            )

    def release(self, watch: str) -> None:
        """The documents that follow a watched folder follow none any more."""
        self._database.write("UPDATE documents SET watch = NULL, gone = 0 WHERE watch = ?", watch)


def reasons_of(text: str) -> tuple[Reason, ...]:
    """Reasons as a column keeps them."""
    return msgspec.json.decode(text, type=tuple[Reason, ...])


def reason_of(row: Row) -> Reason | None:
    """The reason in the columns ``reason`` and ``details``."""
    code = row["reason"]
    return Reason(code, msgspec.json.decode(row["details"])) if code else None


def _details_text(reason: Reason | None) -> str:
    return msgspec.json.encode(reason.details if reason else {}).decode()


def _reasons_text(reasons: Sequence[Reason]) -> str:
    return msgspec.json.encode(reasons).decode()


def _document(row: Row) -> Document:
    return Document(
        id=row["id"],
        name=row["name"],
        path=row["path"],
        state=DocumentState(row["state"]),
        kind=row["kind"],
        sha256=row["sha256"],
        size=row["size"],
        modified=row["modified"],
        pages=row["pages"],
        warnings=reasons_of(row["warnings"]),
        reason=reason_of(row),
        twin=row["twin"],
        replaces=row["replaces"],
        watch=row["watch"],
        gone=bool(row["gone"]),
        falls=row["falls"],
        passages=row["passages"],
    )
