"""The two-way bridge between the window's thread and the engine's.

`Quire` lives on an asyncio loop in a thread of its own. Work goes over with :meth:`Bridge.run`;
results, changes and errors come back as queued signals, so every callback runs on Qt's thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.pacer import Pacer
from workspaces.core.reasons import Problem, Reason
from workspaces.services.quire import Quire

log = logging.getLogger(__name__)

T = TypeVar("T")
MakeQuire = Callable[[], Awaitable[Quire]]

CLOSING_TIME = 6.0
RETRY = 1.0
"""Seconds until a home that did not open is tried again."""


class Bridge(QObject):
    """Runs the engine's thread for as long as the window lives."""

    opened = Signal()
    """Quire is ready; what was asked of it before now begins."""

    changed = Signal(object)
    """A :data:`~app.pacer.Paced`: a change, where pieces of an answer and changes of documents
    come joined."""

    went_wrong = Signal(object, str)
    """The default door for errors: a Reason, and details to copy (may be empty)."""

    _returned = Signal(object)

    def __init__(self, make_quire: MakeQuire, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_quire = make_quire
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="engine", daemon=True)
        self._quire: asyncio.Future[Quire] = self._loop.create_future()
        self._closing = asyncio.Event()
        self._closed = False
        self._returned.connect(_call)

    def open(self) -> None:
        """Start the thread and build Quire in it."""
        self._thread.start()

    def run(
        self,
        make: Callable[[Quire], Awaitable[T]],
        on_done: Callable[[T], object] | None = None,
        on_problem: Callable[[Reason], object] | None = None,
        at_end: Callable[[], object] | None = None,
    ) -> Callable[[], object]:
        """Await ``make(quire)`` on the engine's loop and call back on this thread. Returns what
        cancels it; a work that is cancelled calls nobody back.

        A `Problem` goes to ``on_problem``, or to the default door; any other exception is a bug
        and always goes there. ``at_end`` is called last, however it went. Give bound methods (or
        partials of them): a callback whose QObject is gone by then is dropped.
        """
        if self._closed:
            return _do_nothing
        work = self._perform(make, on_done, on_problem, at_end)
        return asyncio.run_coroutine_threadsafe(work, self._loop).cancel

    def close(self, seconds: float = CLOSING_TIME) -> bool:
        """Close Quire and end the thread. False if that took too long; the thread is a daemon,
        so the program can end all the same. Hide the window first: this waits."""
        if self._closed:
            return True
        self._closed = True
        if not self._thread.ident:
            self._loop.close()
            return True
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(seconds)
        if self._thread.is_alive():
            log.warning("the engine did not close within %.0f s", seconds)
        return not self._thread.is_alive()

    # --- from here on: the engine's thread --------------------------------------------------

    def _serve(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._live())
        except Exception:
            log.exception("the engine's thread ended with an error")

    async def _live(self) -> None:
        quire = await self._open_quire()
        if quire is None:
            return
        quire.subscribe(Pacer(self.changed.emit).put)
        try:
            await self._start(quire)
            await self._closing.wait()
        finally:
            await quire.close()

    async def _open_quire(self) -> Quire | None:
        """Open it; as soon as it is free, when another Quire holds it. None when that cannot be,
        or the window closes first."""
        told = False
        while not self._closing.is_set():
            try:
                return await self._make_quire()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
                if not told:
                    self._report(error)
                told = True
                passing = isinstance(error, Problem) and error.reason.code == "home_in_use"
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), RETRY if passing else None)
        return None

    async def _start(self, quire: Quire) -> None:
        try:
            await quire.start()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
            self._report(error)
        else:
            self._quire.set_result(quire)
            self.opened.emit()

    async def _perform(
        self,
        make: Callable[[Quire], Awaitable[T]],
        on_done: Callable[[T], object] | None,
        on_problem: Callable[[Reason], object] | None,
        at_end: Callable[[], object] | None,
    ) -> None:
        try:
            result = await make(await self._quire)
        except Problem as problem:
            self._returned.emit(partial(on_problem or self._show_problem, problem.reason))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
            self._report(error)
        else:
            if on_done:
                self._returned.emit(partial(on_done, result))
        if at_end:
            self._returned.emit(at_end)

    def _report(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self._show_problem(error.reason)
            return
        log.error("a bug in the engine's thread", exc_info=error)
        reason = Reason("bug", {"details": f"{type(error).__name__}: {error}"})
        self.went_wrong.emit(reason, "".join(traceback.format_exception(error)))

    def _show_problem(self, reason: Reason) -> None:
        self.went_wrong.emit(reason, "")


def _do_nothing() -> None:
    """There is nothing to cancel."""


def _call(job: Callable[[], object]) -> None:
    if not _is_gone(job):
        job()


def _is_gone(callback: Callable[..., object]) -> bool:
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)
