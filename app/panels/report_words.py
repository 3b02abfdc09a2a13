"""The import report in words: states, groups of ends, and what is written to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from app.sentences import sentence
from workspaces.core.report import ReportLabels
from workspaces.core.types import DocumentState
from workspaces.services.views import ReportRow

translate = QCoreApplication.translate

State = DocumentState


class Group(StrEnum):
    """Ends that belong together: every state is in exactly one."""

    UNDER_WAY = "under_way"
    READY = "ready"
    DUPLICATES = "duplicates"
    PROBLEMS = "problems"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"
    REMOVED = "removed"


_GROUPS = {
    State.READY: Group.READY,
    State.DUPLICATE: Group.DUPLICATES,
    State.CANCELLED: Group.CANCELLED,
    State.REPLACED: Group.SUPERSEDED,
    State.MOVED: Group.SUPERSEDED,
    State.REMOVED: Group.REMOVED,
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A row of the report with its words, made once: searching and sorting ten thousand rows must
    not put them into words again."""

    row: ReportRow
    group: Group
    state: str
    reason: str
    sought: str
    """All that a search looks at, case folded."""


def line_of(states: Mapping[DocumentState, str], row: ReportRow) -> ReportLine:
    """The line of ``row``; ``states`` is :func:`state_words`, looked up once for all rows."""
    reasons = [row.reason, *row.warnings] if row.reason else row.warnings
    reason = " ".join(sentence(each) for each in reasons)
    state = states[row.state]
    sought = f"{row.name}\n{row.path}\n{state}\n{reason}".casefold()
    return ReportLine(row, group_of(row.state), state, reason, sought)


def group_of(state: DocumentState) -> Group:
    """The group a state belongs to."""
    return _GROUPS.get(state, Group.PROBLEMS if state.is_final else Group.UNDER_WAY)


def group_words() -> dict[Group, str]:
    """What each group is called."""
    return {
        Group.READY: translate("Report", "Ready"),
        Group.DUPLICATES: translate("Report", "Duplicates"),
        Group.PROBLEMS: translate("Report", "Problems"),
        Group.CANCELLED: translate("Report", "Cancelled"),
        Group.SUPERSEDED: translate("Report", "Replaced or moved"),
        Group.REMOVED: translate("Report", "Removed"),
        Group.UNDER_WAY: translate("Report", "Under way"),
    }


def totals_words(counts: Mapping[Group, int]) -> str:
    """All that were offered, and how many ended how: the parts add up to the whole."""
    total = sum(counts.values())
    offered = translate("Report", "%Ln file(s) offered", "", total)
    parts = [
        f"{words} {QLocale().toString(counts[group])}"
        for group, words in group_words().items()
        if counts.get(group)
    ]
    return f"{offered}: {' + '.join(parts)}" if parts else offered


def state_words() -> dict[DocumentState, str]:
    """What each state is called, in a word or two."""
    return {
        State.QUEUED: translate("Report", "waiting"),
        State.READING: translate("Report", "being read"),
        State.INDEXING: translate("Report", "being split"),
        State.SEARCHABLE: translate("Report", "found by its words"),
        State.EMBEDDING: translate("Report", "being embedded"),
        State.READY: translate("Report", "ready"),
        State.DUPLICATE: translate("Report", "duplicate"),
        State.REFUSED: translate("Report", "refused"),
        State.EMPTY: translate("Report", "empty"),
        State.NO_TEXT: translate("Report", "without text"),
        State.ENCRYPTED: translate("Report", "protected"),
        State.UNREADABLE: translate("Report", "unreadable"),
        State.TOO_LARGE: translate("Report", "too large"),
        State.UNSUPPORTED: translate("Report", "not supported"),
        State.SET_ASIDE: translate("Report", "set aside"),
        State.CANCELLED: translate("Report", "cancelled"),
        State.REPLACED: translate("Report", "replaced"),
        State.MOVED: translate("Report", "moved"),
        State.REMOVED: translate("Report", "removed"),
    }


def column_words() -> dict[str, str]:
    """What the columns are called, by their names in `ReportLabels`."""
    return {
        "name": translate("Report", "Name"),
        "state": translate("Report", "State"),
        "reason": translate("Report", "Reason"),
        "path": translate("Report", "Path"),
        "offered": translate("Report", "Offered"),
        "ended": translate("Report", "Ended"),
    }


def labels() -> ReportLabels:
    """The words of a written report, in the language of the window."""
    return ReportLabels(
        title=translate("Report", "Import report"),
        total=translate("Report", "Files offered"),
        **column_words(),
        states=state_words(),
        sentence=sentence,
    )


def when(moment: str) -> str:
    """An ISO 8601 time in the person's zone and manner; empty stays empty."""
    if not moment:
        return ""
    local = QDateTime.fromString(moment, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)
