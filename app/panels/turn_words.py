"""What is said below an answer: what is going on, or how it ended."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from app.sentences import sentence
from workspaces.core.types import Ending, Turn

translate = QCoreApplication.translate


def waiting_words(turn: Turn, read: int = 0, total: int = 0) -> str:
    """What the person waits for; the model has ``read`` so many of ``total`` tokens, which is 0
    until that is known."""
    if turn.answer:
        return translate("Turn", "Answering…")
    if total:
        template = translate("Turn", "Reading the sources: {read} of {total} tokens")
        locale = QLocale()
        return template.format(read=locale.toString(read), total=locale.toString(total))
    if count := len(turn.sources):
        return translate("Turn", "Reading %n passage(s)…", "", count)
    return translate("Turn", "Searching your documents…")


def ending_words(turn: Turn) -> str:
    """How it ended and what is to be known about it, then the model and the time."""
    refused = turn.ending is Ending.REFUSED
    note = sentence(turn.note) if turn.note and not refused else ""
    ending = {
        Ending.COMPLETE: "",
        Ending.REFUSED: "",  # said in the answer's place
        Ending.STOPPED: translate("Turn", "Stopped by you; what had come so far is kept."),
        Ending.LENGTH: translate("Turn", "Cut off at the longest answer allowed."),
        Ending.UNFINISHED: translate(
            "Turn", "Quire ended while this was being written; what had come so far is kept."
        ),
        # a reason says more
        Ending.FAILED: "" if note else translate("Turn", "No answer came."),
    }[turn.ending]
    quoted = turn.note is not None and turn.note.code == "quotes_only"
    model = "" if quoted or refused else turn.model
    return " · ".join(filter(None, [ending, note, model, _when(turn.asked_at)]))


def refusal_words(turn: Turn) -> str:
    """What stands in the place of an answer that was not written; empty where one was."""
    refused = turn.ending is Ending.REFUSED
    return sentence(turn.note) if refused and turn.note else ""


def _when(asked_at: str) -> str:
    moment = QDateTime.fromString(asked_at, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
