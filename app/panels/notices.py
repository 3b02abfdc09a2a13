"""The one way to tell the person anything: every error and notice goes through here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.sentences import sentence
from workspaces.core.reasons import Reason


@dataclass(frozen=True)
class Choice:
    """A button of a notice: its words, and what it does."""

    words: str
    take: Callable[[], object]


@dataclass(frozen=True)
class Notice:
    """One thing to say. ``details`` is what *Copy details* adds to the sentence. Of one ``topic``
    there is one notice at most; the empty topic is none."""

    text: str
    is_problem: bool
    details: str = ""
    choices: tuple[Choice, ...] = ()
    topic: str = ""


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

    def say(self, text: str, is_problem: bool = False) -> None:
        """Tell how something went."""
        self._post(Notice(text, is_problem))

    def ask(self, topic: str, text: str, *choices: Choice) -> None:
        """Ask without being in the way. It replaces what was asked about ``topic`` before."""
        self._post(Notice(text, False, choices=choices, topic=topic))

    def withdraw(self, topic: str) -> None:
        """There is nothing to ask about ``topic`` any more."""
        kept = [each for each in self._notices if each.topic != topic]
        if len(kept) < len(self._notices):
            self._notices = kept
            self.changed.emit()

    def put_away(self) -> None:
        """The newest was read."""
        self._notices.pop()
        self.changed.emit()

    def _post(self, notice: Notice) -> None:
        # the same thing twice is said once
        kept = [old for old in self._notices if old != notice]
        self._notices = [old for old in kept if not notice.topic or old.topic != notice.topic]
        self._notices.append(notice)
        self.changed.emit()
