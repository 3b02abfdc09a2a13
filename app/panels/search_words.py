"""What the search says beside its results."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.panels.search_lane import MOST_RESULTS
from app.panels.search_presenter import SearchState
from app.sentences import sentence

translate = QCoreApplication.translate


def hint_words(state: SearchState) -> str:
    """What stands where there is no result, and what to do next."""
    if not state.asked.workspace:
        return translate("Search", "Make a workspace and add documents; then search them here.")
    if state.problem:
        return sentence(state.problem)
    if state.stocked is False:
        return translate(
            "Search",
            "There is nothing to search yet. Drag files or folders onto this window; they can be "
            "searched a moment after they were read.",
        )
    if not state.asked.question:
        return translate(
            "Search",
            "Type what you look for: words, a name, a number, or a question.\n"
            "Down goes to the passages, Enter opens one where it stands, Esc clears.",
        )
    return _nothing_found(state)


def _nothing_found(state: SearchState) -> str:
    if state.unfinished:
        return translate("Search", "No passage has these words. Looking for what means the same…")
    template = translate(
        "Search", "Nothing was found for “{question}”.\nTry other words, or fewer."
    )
    return template.format(question=state.asked.question)


def status_words(state: SearchState) -> str:
    """How much was found, and what may still come."""
    parts = []
    count = len(state.results)
    if state.slow:
        parts.append(translate("Search", "Searching…"))
    elif count == MOST_RESULTS:
        parts.append(translate("Search", "The best %n passage(s)", "", count))
    elif count:
        parts.append(translate("Search", "%n passage(s)", "", count))
    if count := state.importing:
        parts.append(translate("Search", "%Ln document(s) are still being read", "", count))
    return " · ".join(parts)
