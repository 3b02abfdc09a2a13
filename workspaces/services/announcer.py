"""After a write, announce what changed; each view refreshes itself."""

from __future__ import annotations

import logging
from collections.abc import Callable

from workspaces.services.views import Change

Listener = Callable[[Change], None]


class Announcer:
    """Tells every listener of every change, in order, on the loop's thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Returns what unsubscribes."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def announce(self, change: Change) -> None:
        """A listener that fails is logged and does not keep the others from hearing."""
        for listener in list(self._listeners):
            try:
                listener(change)
            except Exception:
                logging.getLogger("quire.services").exception("a listener failed")
