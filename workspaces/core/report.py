"""The import report as a file: every file ever offered, how that ended and why."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from workspaces.core.markdown import escape
from workspaces.core.reasons import Reason
from workspaces.core.types import DocumentState


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A file that was ever offered, and how that ended. Times are ISO 8601 with zone; ``ended_at``
    is empty while it is under way. ``other`` is the id of the document that ``reason`` speaks of
    (the one it duplicates, the one that replaced it). ``here`` tells whether the workspace still
    has a row for the document. ``size`` in bytes, 0 when it was never opened."""

    document: str
    name: str
    path: str
    state: DocumentState
    offered_at: str
    ended_at: str = ""
    reason: Reason | None = None
    warnings: tuple[Reason, ...] = ()
    other: str | None = None
    size: int = 0
    here: bool = True


@dataclass(frozen=True, slots=True)
class ReportLabels:
    """The words of a report in the person's language. ``states`` names each state; one that is
    missing shows its own name. ``sentence`` words a reason."""

    title: str = "Import report"
    total: str = "Files offered"
    name: str = "Name"
    path: str = "Path"
    state: str = "State"
    reason: str = "Reason"
    offered: str = "Offered"
    ended: str = "Ended"
    states: Mapping[DocumentState, str] = field(default_factory=dict)
    sentence: Callable[[Reason], str] = Reason.sentence

    def name_of(self, state: DocumentState) -> str:
        return self.states.get(state, state.replace("_", " "))

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.name, self.state, self.reason, self.path, self.offered, self.ended)


def totals(rows: Sequence[ReportRow]) -> dict[DocumentState, int]:
    """How many files ended in each state; together they are all of ``rows``."""
    counts = Counter(row.state for row in rows)
    return {state: counts[state] for state in DocumentState if counts[state]}


def to_markdown(workspace: str, rows: Sequence[ReportRow], labels: ReportLabels) -> str:
    """The report as a Markdown document with a table."""
    lines = [f"# {labels.title}: {escape(_one_line(workspace))}", ""]
    lines += [f"{labels.total}: {len(rows)}", ""]
    lines += [f"- {labels.name_of(state)}: {count}" for state, count in totals(rows).items()]
    lines += ["", _table_line(labels.columns), _table_line(["---"] * len(labels.columns))]
    lines += [_table_line([_cell(text) for text in _values(row, labels)]) for row in rows]
    return "\n".join(lines) + "\n"


def to_csv(rows: Sequence[ReportRow], labels: ReportLabels) -> str:
    """The report as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(labels.columns)
    for row in rows:
        writer.writerow([_harmless(text) for text in _values(row, labels)])
    return target.getvalue()


def _values(row: ReportRow, labels: ReportLabels) -> list[str]:
    reasons = [*([row.reason] if row.reason else []), *row.warnings]
    why = " ".join(labels.sentence(reason) for reason in reasons)
    return [row.name, labels.name_of(row.state), why, row.path, row.offered_at, row.ended_at]


def _table_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return escape(_one_line(text)).replace("|", "\\|")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
