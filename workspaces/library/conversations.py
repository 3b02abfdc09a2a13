"""The conversations of a workspace in its catalogue: turns and what they cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from workspaces.core.reasons import Reason
from workspaces.core.types import Budget, Ending, Explanation, Source, Turn, Usage
from workspaces.library.database import ANY_OF, Database, Row, listed


@dataclass(frozen=True, slots=True)
class Conversation:
    """``asked_at`` is ISO 8601 with zone, of the last question or of the creation."""

    id: str
    title: str
    asked_at: str


class Conversations:
    """Reads and writes conversations. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, conversation: Conversation) -> None:
        self._database.write(
            "INSERT INTO conversations (id, title, asked_at) VALUES (?, ?, ?)",
            conversation.id,
            conversation.title,
            conversation.asked_at,
        )

    def all(self) -> list[Conversation]:
        """Newest first."""
        rows = self._database.rows("SELECT * FROM conversations ORDER BY asked_at DESC, rowid DESC")
        return [Conversation(row["id"], row["title"], row["asked_at"]) for row in rows]

    def get(self, conversation: str) -> Conversation | None:
        row = self._database.row("SELECT * FROM conversations WHERE id = ?", conversation)
        return Conversation(row["id"], row["title"], row["asked_at"]) if row else None

    def rename(self, conversation: str, title: str) -> None:
        self._database.write("UPDATE conversations SET title = ? WHERE id = ?", title, conversation)

    def remove(self, conversation: str) -> None:
        """The conversation, its turns and their sources."""
        self._database.write("DELETE FROM conversations WHERE id = ?", conversation)

    def turns(self, conversation: str) -> list[Turn]:
        """In the order they were asked."""
        sources: dict[str, list[Source]] = {}
        for row in self._database.rows(
            "SELECT s.* FROM sources s JOIN turns t ON t.id = s.turn"
            " WHERE t.conversation = ? ORDER BY s.rowid",  # as the model was given them
            conversation,
        ):
            sources.setdefault(row["turn"], []).append(_source(row))
        rows = self._database.rows(
            "SELECT * FROM turns WHERE conversation = ? ORDER BY ordinal", conversation
        )
        return [_turn(row, tuple(sources.get(row["id"], ()))) for row in rows]

    def save(self, conversation: str, turn: Turn) -> None:
        """Enter ``turn`` at the end of its conversation, or replace it where it stands."""
        with self._database.transaction():
            self._database.write(
                "UPDATE conversations SET asked_at = max(asked_at, ?) WHERE id = ?",
                turn.asked_at,
                conversation,
            )
            self._database.write(
                "INSERT INTO turns (id, conversation, ordinal, question, answer, ending, model,"
                " asked_at, note, details, explanation, usage, budget, written) VALUES (?, ?,"
                " (SELECT coalesce(max(ordinal), 0) + 1 FROM turns WHERE conversation = ?),"
                " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET answer = excluded.answer,"
                " ending = excluded.ending, model = excluded.model, note = excluded.note,"
                " details = excluded.details, explanation = excluded.explanation,"
                " usage = excluded.usage, budget = excluded.budget, written = excluded.written",
                turn.id,
                conversation,
                conversation,
                turn.question,
                turn.answer,
                turn.ending,
                turn.model,
                turn.asked_at,
                turn.note.code if turn.note else None,
                msgspec.json.encode(turn.note.details if turn.note else {}).decode(),
                _json(turn.explanation),
                _json(turn.usage),
                _json(turn.budget),
                turn.written,
            )
            self._database.write("DELETE FROM sources WHERE turn = ?", turn.id)
            self._database.write_many(
                'INSERT INTO sources (turn, mark, passage, document, name, text, start, "end",'
                " page, heading, line, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_source_values(turn.id, source) for source in turn.sources],
            )

    def leave_out(self, documents: Sequence[str]) -> None:
        """Take ``documents`` out of what was considered for answers; sources stay."""
        gone = set(documents)
        rows = self._database.rows(
            "SELECT id, explanation FROM turns t WHERE EXISTS (SELECT 1 FROM"
            " json_each(t.explanation, '$.considered') c"
            f" WHERE c.value ->> '$.document' {ANY_OF} AND c.value ->> '$.mark' IS NULL)",
            listed(documents),
        )
        for row in rows:
            told = msgspec.json.decode(row["explanation"], type=Explanation)
            kept = [
                each
                for each in told.considered
                if each.mark is not None or each.document not in gone
            ]
            less = replace(told, considered=tuple(kept))
            self._database.write(
                "UPDATE turns SET explanation = ? WHERE id = ?",
                msgspec.json.encode(less).decode(),
                row["id"],
            )

    def quoting(self, documents: Sequence[str]) -> int:
        """How many conversations keep a quote of one of ``documents``."""
        row = self._database.row(
            "SELECT count(DISTINCT t.conversation) FROM sources s JOIN turns t ON t.id = s.turn"
            f" WHERE s.document {ANY_OF}",
            listed(documents),
        )
        assert row is not None
        return int(row[0])


def _turn(row: Row, sources: tuple[Source, ...]) -> Turn:
    note, why, usage, budget = row["note"], row["explanation"], row["usage"], row["budget"]
    return Turn(
        id=row["id"],
        question=row["question"],
        answer=row["answer"],
        ending=Ending(row["ending"]),
        model=row["model"],
        asked_at=row["asked_at"],
        sources=sources,
        note=Reason(note, msgspec.json.decode(row["details"])) if note else None,
        explanation=msgspec.json.decode(why, type=Explanation) if why else None,
        usage=msgspec.json.decode(usage, type=Usage) if usage else None,
        budget=msgspec.json.decode(budget, type=Budget) if budget else None,
        written=row["written"],
    )


def _json(value: object | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _source_values(turn: str, source: Source) -> tuple[object, ...]:
    return (
        turn,
        source.mark,
        source.passage,
        source.document,
        source.name,
        source.text,
        source.start,
        source.end,
        source.page,
        msgspec.json.encode(source.heading).decode(),
        source.line,
        source.row,
    )


def _source(row: Row) -> Source:
    return Source(
        mark=row["mark"],
        passage=row["passage"],
        document=row["document"],
        name=row["name"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        page=row["page"],
        heading=msgspec.json.decode(row["heading"], type=tuple[str, ...]),
        line=row["line"],
        row=row["row"],
    )
