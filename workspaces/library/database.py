"""One SQLite file, opened durably and brought to the newest form by numbered migrations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from workspaces.core.reasons import Problem
from workspaces.library.disk import disk_problems

Row = sqlite3.Row


ANY_OF = "IN (SELECT value FROM json_each(?))"
"""A condition whose list is one value, :func:`listed`, however long it is."""


def listed(values: Iterable[str]) -> str:
    """The value for :data:`ANY_OF`."""
    return json.dumps(list(values))


def marks(values: Collection[object]) -> str:
    """A question mark for each of ``values``, for a list in a statement."""
    return ", ".join("?" * len(values))


class Database:
    """A connection for one thread. Raises Problem for a full disk, a damaged or a newer file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._problems():
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=10)
            try:
                _configure(self._connection)
                _migrate(self._connection, path)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All the writes inside, or none of them; durable when the block ends."""
        with self._problems():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def write(self, statement: str, *values: Any) -> int:
        """Run one statement; returns how many rows it changed."""
        with self._problems():
            return self._connection.execute(statement, values).rowcount

    def write_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """Run one statement for each row."""
        with self._problems():
            self._connection.executemany(statement, rows)

    def rows(self, query: str, *values: Any) -> list[Row]:
        with self._problems():
            return self._connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> Row | None:
        """The first row, if there is one."""
        found = self.rows(query, *values)
        return found[0] if found else None

    def compact(self) -> None:
        """Leave nothing that was deleted in the write-ahead log, nor in a copy that was made
        before a migration."""
        with self._problems():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with disk_problems(self.path):
            for copy in self.path.parent.glob(f"{self.path.name}.v*.backup"):
                copy.unlink()

    def damage(self) -> str:
        """What SQLite's own check finds wrong with the file; empty where it is whole."""
        rows = self.rows("PRAGMA quick_check(1)")
        return "" if rows[0][0] == "ok" else str(rows[0][0])

    @contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _problem_of(error, self.path) from error


def _configure(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What was deleted must not stay readable in free pages.
    connection.execute("PRAGMA secure_delete = ON")


def migrations() -> list[str]:
    """The scripts, oldest first; the n-th brings a file from version n-1 to n."""
    folder = resources.files("workspaces.library") / "migrations"
    scripts = sorted((entry for entry in folder.iterdir()), key=lambda entry: entry.name)
    return [script.read_text("utf-8") for script in scripts if script.name.endswith(".sql")]


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    scripts = migrations()
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(scripts):
        raise Problem("home_newer", name=path)
    if 0 < version < len(scripts):
        _back_up(connection, path.with_name(f"{path.name}.v{version}.backup"))
    for number in range(version, len(scripts)):
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{scripts[number]}\nPRAGMA user_version = {number + 1};\nCOMMIT;"
        )


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def _problem_of(error: sqlite3.Error, path: Path) -> Problem:
    match getattr(error, "sqlite_errorname", "").split("_")[1:2]:
        case ["FULL"]:
            return Problem("disk_full")
        case ["READONLY"] | ["CANTOPEN"] | ["PERM"]:
            return Problem("home_unwritable", name=path)
        case ["NOTADB"] | ["CORRUPT"]:
            return Problem("home_damaged", name=path, details=error)
        case ["IOERR"] | ["BUSY"] | ["LOCKED"]:
            return Problem("disk_failed", name=path, details=error)
    raise error
