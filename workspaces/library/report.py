"""The import report in the catalogue. Triggers keep it (``migrations/0002_trust.sql``): whatever
happens to a document's row is in the report too, and stays when the row goes."""

from __future__ import annotations

from datetime import datetime

from workspaces.core.folder_changes import Facts
from workspaces.core.report import ReportRow
from workspaces.core.types import DocumentState
from workspaces.library.database import Database, Row
from workspaces.library.documents import reason_of, reasons_of

_SELECT = """
    SELECT r.*, d.id IS NOT NULL AS here FROM report r LEFT JOIN documents d ON d.id = r.document
"""


class Report:
    """Reads the report."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[ReportRow]:
        """Every file ever offered, in that order."""
        return [_row(row) for row in self._database.rows(_SELECT + "ORDER BY r.rowid")]

    def get(self, document: str) -> ReportRow | None:
        row = self._database.row(_SELECT + "WHERE r.document = ?", document)
        return _row(row) if row else None

    def dropped(self) -> dict[str, Facts]:
        """The files whose document a person removed last: by path, how large it was and when that
        happened, in nanoseconds since 1970. What left because its file did is not among them."""
        rows = self._database.rows(
            "SELECT path, size, reason, max(ended_at) AS ended_at FROM report"
            " WHERE state = 'removed' GROUP BY path"
        )
        return {
            row["path"]: (row["size"], _nanoseconds(row["ended_at"]))
            for row in rows
            if row["reason"] == "removed"
        }


def _nanoseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000) * 1_000_000


def _row(row: Row) -> ReportRow:
    return ReportRow(
        document=row["document"],
        name=row["name"],
        path=row["path"],
        state=DocumentState(row["state"]),
        offered_at=row["offered_at"],
        ended_at=row["ended_at"],
        reason=reason_of(row),
        warnings=reasons_of(row["warnings"]),
        other=row["other"],
        size=row["size"],
        here=bool(row["here"]),
    )
