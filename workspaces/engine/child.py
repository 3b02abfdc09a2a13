"""One child process by role: started at the first request, asked, watched, restarted, stopped.

A :class:`Child` outlives its processes; each process is one :class:`~workspaces.engine.life.Life`.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from workspaces.engine.faults import Fault
from workspaces.engine.life import Life, Limits
from workspaces.protocol.messages import ProgressBody, RequestBody, ResultBody

CRASHES = 3
CRASH_WINDOW = 60.0
"""Three crashes in this many seconds: stay down and say so."""

R = TypeVar("R")


class Child:
    """Asks processes of one role, one after the other if they die.

    ``command`` launches the process; ``environment`` is all it sees of ours. Every method runs on
    the engine's loop.
    """

    def __init__(
        self,
        role: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.role = role
        self._command = command
        self._environment = environment
        self._limits = limits or Limits()
        self._clock = clock
        self._life: Life | None = None
        self._stopped = False
        self._crashes: deque[float] = deque(maxlen=CRASHES)
        self._started: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process now alive, if any."""
        return self._life.pid if self._life and not self._life.over else None

    async def call(
        self,
        body: RequestBody,
        answer: type[R],
        *,
        needs: RequestBody | None = None,
        on_progress: Callable[[ProgressBody], None] | None = None,
        patience: float | None = None,
    ) -> R:
        """Ask and wait for the answer, which must be an ``answer``.

        ``needs`` is a request that must have been answered once by this very process before
        (loading a model); it is sent first where it was not. ``patience`` is how many seconds may
        pass without an answer or progress before the process is killed. Cancelling the awaiting
        task cancels the request. Raises Problem for what the child reports and
        :class:`Fault` when the process dies.
        """
        life = await self._alive()
        if needs is not None:
            await life.prepare(needs)
        return self._expect(body, await life.ask(body, on_progress, patience), answer)

    async def look(
        self, body: RequestBody, answer: type[R], *, needs: RequestBody | None = None
    ) -> R:
        """:meth:`call` for a question that changes nothing: when the process dies over it, a new
        one is asked once more."""
        try:
            return await self.call(body, answer, needs=needs)
        except Fault:
            return await self.call(body, answer, needs=needs)

    async def start(self) -> None:
        """Have a process running. Raises :class:`Fault` when there is none to be had."""
        await self._alive()

    async def prepare(self, needs: RequestBody, answer: type[R]) -> R:
        """What the process answered to ``needs``, which is asked only if it was not already."""
        life = await self._alive()
        return self._expect(needs, await life.prepare(needs), answer)

    def _expect(self, body: RequestBody, result: ResultBody, answer: type[R]) -> R:
        if not isinstance(result, answer):
            raise TypeError(f"{self.role} answered {type(result).__name__} to {body!r}")
        return result

    def pardon(self) -> None:
        """What it crashed over has been found and put away: those crashes count no more."""
        self._crashes.clear()

    async def kill(self) -> None:
        """End the process now, if there is one; its open requests fail."""
        if self._life is not None:
            await self._life.kill()

    async def stop(self) -> None:
        """End the process politely, for good: close its stdin, wait, terminate, kill. Whoever asks
        from now on gets a :class:`Fault`."""
        self._stopped = True
        if self._started is not None:
            await asyncio.wait([self._started])
        if self._life is not None:
            await self._life.stop()

    async def _alive(self) -> Life:
        if self._stopped:
            raise Fault("killed", role=self.role)
        if self._life is None or self._started is None or self._life.over:
            self._refuse_after_crashes()
            self._life = Life(self.role, self._limits, self._note_crash)
            start = self._life.start(self._command, self._environment)
            self._started = asyncio.create_task(start)
            # Seen, even where everybody who asked has given up waiting.
            self._started.add_done_callback(lambda task: task.cancelled() or task.exception())
        life = self._life
        # Who gives up waiting must not stop the start half-way: others wait for it too.
        await asyncio.shield(self._started)
        return life

    def _note_crash(self) -> None:
        self._crashes.append(self._clock())

    def _refuse_after_crashes(self) -> None:
        full = len(self._crashes) == CRASHES
        if full and self._clock() - self._crashes[0] < CRASH_WINDOW:
            raise Fault("stays_down", role=self.role)
