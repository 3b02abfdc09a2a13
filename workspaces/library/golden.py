"""The test questions of a workspace in its catalogue, with the passages that answer them."""

from __future__ import annotations

from dataclasses import dataclass

from workspaces.core.golden import Stretch
from workspaces.library.database import Database


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """``question`` is what is searched for; ``turn`` the answer it was kept from, which may be
    gone; ``right`` are the passages that answer it; ``added_at`` is ISO 8601 with zone."""

    id: str
    question: str
    turn: str
    added_at: str
    right: tuple[Stretch, ...]


class GoldenQuestions:
    """Reads and writes test questions. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, question: GoldenQuestion) -> None:
        """Its documents must exist."""
        with self._database.transaction():
            self._database.write_many(
                'INSERT INTO golden (id, question, turn, document, start, "end", text, added_at)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        question.id,
                        question.question,
                        question.turn,
                        each.document,
                        each.start,
                        each.end,
                        each.text,
                        question.added_at,
                    )
                    for each in question.right
                ],
            )

    def remove(self, question: str) -> None:
        """Forget it; nothing happens where it is not there."""
        self._database.write("DELETE FROM golden WHERE id = ?", question)

    def all(self) -> list[GoldenQuestion]:
        """In the order they were added."""
        rows = self._database.rows("SELECT * FROM golden ORDER BY added_at, id, rowid")
        right: dict[str, list[Stretch]] = {}
        for row in rows:
            stretch = Stretch(row["document"], row["start"], row["end"], row["text"])
            right.setdefault(row["id"], []).append(stretch)
        first = {row["id"]: row for row in reversed(rows)}
        return [
            GoldenQuestion(
                id=name,
                question=first[name]["question"],
                turn=first[name]["turn"],
                added_at=first[name]["added_at"],
                right=tuple(stretches),
            )
            for name, stretches in right.items()
        ]

    def any(self) -> bool:
        """Whether there is one."""
        return self._database.row("SELECT 1 FROM golden LIMIT 1") is not None
