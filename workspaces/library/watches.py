"""The watched folders of a workspace in its catalogue."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from workspaces.library.database import Database, Row


@dataclass(frozen=True, slots=True)
class Watch:
    """A folder whose files a workspace follows. ``ignore`` are patterns as in a ``.gitignore``;
    ``follow``: a file deleted there is removed here without asking."""

    id: str
    folder: str
    subfolders: bool = True
    ignore: tuple[str, ...] = ()
    follow: bool = False


class Watches:
    """Reads and writes watched folders. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Watch]:
        """Oldest first."""
        return [_watch(row) for row in self._database.rows("SELECT * FROM watches ORDER BY rowid")]

    def get(self, watch: str) -> Watch | None:
        row = self._database.row("SELECT * FROM watches WHERE id = ?", watch)
        return _watch(row) if row else None

    def save(self, watch: Watch, now: str) -> None:
        """Enter ``watch``, or change it."""
        self._database.write(
            "INSERT INTO watches (id, folder, subfolders, ignore, follow, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " subfolders = excluded.subfolders, ignore = excluded.ignore,"
            " follow = excluded.follow",
            watch.id,
            watch.folder,
            watch.subfolders,
            msgspec.json.encode(watch.ignore).decode(),
            watch.follow,
            now,
        )

    def remove(self, watch: str) -> None:
        """Stop following; the documents stay."""
        self._database.write("DELETE FROM watches WHERE id = ?", watch)


def _watch(row: Row) -> Watch:
    return Watch(
        id=row["id"],
        folder=row["folder"],
        subfolders=bool(row["subfolders"]),
        ignore=msgspec.json.decode(row["ignore"], type=tuple[str, ...]),
        follow=bool(row["follow"]),
    )
