"""How far an import is, in words."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QCoreApplication, QLocale

from app.sentences import sentence
from workspaces.services.views import ImportProgress

translate = QCoreApplication.translate

MINUTE = 60
HOUR = 3600


def progress_words(progress: ImportProgress) -> str:
    """Documents, passages and the time left, as far as they are known."""
    done = QLocale().toString(progress.documents_done)
    count = progress.documents
    parts = [translate("Import", "{done} of %Ln document(s)", "", count).format(done=done)]
    if count := progress.passages_done:
        parts.append(translate("Import", "%Ln passage(s)", "", count))
    if progress.seconds_left is not None and not at_rest(progress):
        parts.append(time_words(progress.seconds_left))
    return " · ".join(parts)


def working_words(progress: ImportProgress) -> str:
    """What is worked on now, or why nothing is."""
    if progress.held_up:
        return sentence(progress.held_up)
    if progress.paused:
        return translate("Import", "Paused; it stays so until you resume it.")
    return progress.current


def time_words(seconds: float) -> str:
    """About how long it will take, no finer than anybody can know."""
    if seconds < MINUTE:
        return translate("Import", "less than a minute left")
    if seconds < HOUR:
        count = ceil(seconds / MINUTE)
        return translate("Import", "about %n min left", "", count)
    count = round(seconds / HOUR)
    return translate("Import", "about %n h left", "", count)


def at_rest(progress: ImportProgress) -> bool:
    """Whether nothing is worked on, though there may be something to do."""
    return progress.paused or progress.held_up is not None


def fraction(progress: ImportProgress) -> float:
    """From 0 to 1. Half of it counts documents and half passages, so that a single long document
    moves it too."""
    documents = _share(progress.documents_done, progress.documents)
    if not progress.passages:
        return documents
    return (documents + _share(progress.passages_done, progress.passages)) / 2


def _share(done: int, total: int) -> float:
    return min(1.0, done / total) if total else 0.0
