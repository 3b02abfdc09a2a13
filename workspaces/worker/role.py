"""What a role is to the runtime that serves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from workspaces.protocol.messages import ProgressBody, RequestBody, ResultBody


class Stopped(Exception):
    """Raised by a role that gives up a request because it was cancelled."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How a role speaks while it works on one request."""

    progress: Callable[[ProgressBody], None]
    loading: Callable[[str], None]
    """Say what is being imported or loaded before a heavy import."""
    stopped: Callable[[], bool]
    """True once the request was cancelled."""

    def check(self) -> None:
        """Raise :class:`Stopped` when the request was cancelled."""
        if self.stopped():
            raise Stopped


class Role(Protocol):
    """One role of the worker. Requests come one at a time, on the main thread; only those to load
    or to use an embedding model, and to download, come beside them, one at a time, on another."""

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        """Do what ``body`` asks. Raises Problem for what a person can understand, and
        :class:`Stopped` when cancelled; anything else is a bug."""
