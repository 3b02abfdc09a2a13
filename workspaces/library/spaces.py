"""The vector spaces of a workspace: one for each embedder its passages were embedded with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workspaces.core.ports import NO_PREFIXES, Prefixes
from workspaces.library.database import Database, Row


class Role(StrEnum):
    """What a space is there for; at most one has each role."""

    CURRENT = "current"
    """Search answers from it."""
    NEXT = "next"
    """Being filled in the background, to become the current one."""
    PREVIOUS = "previous"
    """Was current before; can be gone back to."""


@dataclass(frozen=True, slots=True)
class Space:
    """``folder`` is where the embedder lies, empty for the one that comes along. ``prefixes`` were
    put before the texts of the first of its vectors, and are before those of all others: vectors
    with and without them cannot be compared."""

    id: str
    role: Role
    name: str
    folder: str
    prefixes: Prefixes = NO_PREFIXES


class Spaces:
    """Reads and writes spaces. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, role: Role) -> Space | None:
        """The space with ``role``, if there is one."""
        return next((space for space in self.all() if space.role is role), None)

    def all(self) -> list[Space]:
        return [_space(row) for row in self._database.rows("SELECT * FROM spaces")]

    def add(self, space: Space) -> None:
        """Enter a space; one that had its role goes."""
        with self._database.transaction():
            self._database.write("DELETE FROM spaces WHERE role = ?", space.role)
            self._database.write(
                "INSERT INTO spaces (id, role, name, folder, question_prefix, passage_prefix)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                space.id,
                space.role,
                space.name,
                space.folder,
                space.prefixes.question,
                space.prefixes.passage,
            )

    def remove(self, space: str) -> None:
        """The space and its vectors."""
        self._database.write("DELETE FROM spaces WHERE id = ?", space)

    def promote(self, role: Role) -> None:
        """Make the space with ``role`` the current one in one moment; the current one becomes the
        previous, and what was previous before goes, unless it is the one promoted."""
        with self._database.transaction():
            if role is not Role.PREVIOUS:
                self._database.write("DELETE FROM spaces WHERE role = ?", Role.PREVIOUS)
            for old, new in (
                (role, "promoted"),
                (Role.CURRENT, Role.PREVIOUS),
                ("promoted", Role.CURRENT),
            ):
                self._database.write("UPDATE spaces SET role = ? WHERE role = ?", new, old)


def _space(row: Row) -> Space:
    return Space(
        id=row["id"],
        role=Role(row["role"]),
        name=row["name"],
        folder=row["folder"],
        prefixes=Prefixes(row["question_prefix"], row["passage_prefix"]),
    )
