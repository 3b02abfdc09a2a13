"""Searches one after the other: what is typed while one is under way waits, and only the newest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from workspaces.core.reasons import Reason
from workspaces.services.views import FoundPassage

MOST_RESULTS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and where it is asked."""

    workspace: str = ""
    question: str = ""


NOTHING = Asked()


class SearchLane(QObject):
    """At most one search is under way and one waits, however fast a person types."""

    answered = Signal(object, list)
    """The `Asked` and its `FoundPassage`, best first."""

    failed = Signal(object, object)
    """The `Asked` and the Reason."""

    def __init__(self, bridge: Bridge, at_once: bool, parent: QObject | None = None) -> None:
        """``at_once``: as :meth:`Quire.search` takes it."""
        super().__init__(parent)
        self._bridge = bridge
        self._at_once = at_once
        self._waiting: Asked | None = None
        self._busy = False

    def ask(self, asked: Asked) -> None:
        """Search for this next, and for nothing that waited before."""
        self._waiting = asked
        self._go_on()

    def forget(self) -> None:
        """Nothing that waits is wanted any more."""
        self._waiting = None

    def _go_on(self) -> None:
        if self._busy or self._waiting is None:
            return
        asked, self._waiting = self._waiting, None
        self._busy = True
        at_once = self._at_once
        self._bridge.run(
            lambda quire: quire.search(asked.workspace, asked.question, MOST_RESULTS, at_once),
            partial(self._tell_answer, asked),
            partial(self._tell_failure, asked),
            self._end,
        )

    def _tell_answer(self, asked: Asked, hits: list[FoundPassage]) -> None:
        self.answered.emit(asked, hits)

    def _tell_failure(self, asked: Asked, reason: Reason) -> None:
        self.failed.emit(asked, reason)

    def _end(self) -> None:
        self._busy = False
        self._go_on()
