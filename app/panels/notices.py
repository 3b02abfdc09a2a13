"""The one way to tell the person anything: every error and notice goes through here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.sentences import sentence
from workspaces.core.reasons import Reason


@dataclass(frozen=True)
class Notice:
    """One thing to say. ``details`` is what *Copy details* adds to the sentence."""

    text: str
    is_problem: bool
    details: str = ""


class Notices(QObject):
    """What was said and not put away yet, the newest last."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []

    @property
    def newest(self) -> Notice | None:
        return self._notices[-1] if self._notices else None

    def problem(self, reason: Reason, details: str = "") -> None:
        """The default door for errors."""
        self._post(Notice(sentence(reason), True, details))

    def say(self, text: str) -> None:
        """Tell that something went well."""
        self._post(Notice(text, False))

    def put_away(self) -> None:
        """The newest was read."""
        self._notices.pop()
        self.changed.emit()

    def _post(self, notice: Notice) -> None:
        # the same thing twice is said once
        self._notices = [*(old for old in self._notices if old != notice), notice]
        self.changed.emit()
