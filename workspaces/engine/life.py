"""One process of a child, from its handshake to its end."""

from __future__ import annotations

import asyncio
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from workspaces.core.reasons import Problem, Reason
from workspaces.engine.faults import Fault, Outcome
from workspaces.engine.kernel import memory_kills
from workspaces.protocol.messages import (
    PROTOCOL_VERSION,
    Cancel,
    Cancelled,
    Done,
    Failed,
    Inbound,
    Loading,
    Outbound,
    Progress,
    ProgressBody,
    Ready,
    Request,
    RequestBody,
    ResultBody,
    Wire,
)

LAST_WORDS = 4096
"""Bytes of stderr kept to explain an end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a process may take, in seconds."""

    handshake: float = 30.0
    cancel: float = 1.5
    """From a cancel to the end of its request; then the process is killed."""
    silence: float = 60.0
    """Without any frame while a request is open; a busy child beats every second."""
    grace: float = 5.0
    """From the end of stdin to terminate, and from terminate to kill."""


@dataclass(slots=True)
class _Open:
    """A request that has not ended."""

    answer: asyncio.Future[ResultBody]
    on_progress: Callable[[ProgressBody], None] | None
    patience: float | None
    heard: float


class Life:
    """Owns the process and its pipes. Once :attr:`over`, whatever still comes is dropped."""

    def __init__(self, role: str, limits: Limits, on_crash: Callable[[], None]) -> None:
        self.role = role
        self.over = False
        self._limits = limits
        self._on_crash = on_crash
        self._log = logging.getLogger(f"quire.{role}")
        self._wire = Wire()
        self._open: dict[int, _Open] = {}
        self._next_id = 1
        self._prepared: tuple[RequestBody, ResultBody] | None = None
        self._preparing = asyncio.Lock()
        self._killed = False
        self._stopping = False
        self._nonsense = False
        self._memory_kills = memory_kills()
        self._heard = 0.0
        self._last_words = bytearray()
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._process: Process | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Launch and wait for the handshake. Raises Fault when there is none."""
        try:
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=dict(environment)
            )
        except OSError as error:
            self.over = True
            raise Fault("not_started", role=self.role, details=error.strerror or error) from error
        self._watching = asyncio.create_task(self._watch(self._process))
        try:
            async with asyncio.timeout(self._limits.handshake):
                await asyncio.shield(self._ready)
        except TimeoutError:
            await self.kill()
            raise Fault("not_started", role=self.role, details="it stayed silent") from None
        except Fault:
            await self.kill()
            raise

    async def prepare(self, needs: RequestBody) -> ResultBody:
        """Ask ``needs`` unless it is what this process was last prepared with; its answer."""
        async with self._preparing:
            if self._prepared is None or self._prepared[0] != needs:
                self._prepared = None
                self._prepared = (needs, await self.ask(needs, None, None))
            return self._prepared[1]

    async def ask(
        self,
        body: RequestBody,
        on_progress: Callable[[ProgressBody], None] | None,
        patience: float | None,
    ) -> ResultBody:
        """Send a request and wait for its end; see :meth:`workspaces.engine.child.Child.call`."""
        number, self._next_id = self._next_id, self._next_id + 1
        loop = asyncio.get_running_loop()
        self._heard = loop.time()
        entry = _Open(loop.create_future(), on_progress, patience, loop.time())
        self._open[number] = entry
        self._send(Request(number, body))
        try:
            return await asyncio.shield(entry.answer)
        except asyncio.CancelledError:
            await self._cancel(number, entry)
            raise
        finally:
            self._open.pop(number, None)

    async def kill(self) -> None:
        """End the process now and wait until it is gone."""
        if self._process is not None and self._process.returncode is None and not self.over:
            self._killed = True
            self._process.kill()
        await self._gone()

    async def stop(self) -> None:
        """Close stdin, then terminate, then kill, each after a grace."""
        self._stopping = True
        if self._process is None or self.over:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        for harder in (self._process.terminate, self._process.kill):
            try:
                async with asyncio.timeout(self._limits.grace):
                    await asyncio.shield(self._gone())
                return
            except TimeoutError:
                harder()
        await self._gone()

    async def _gone(self) -> None:
        if self._watching is not None:
            await asyncio.wait([self._watching])

    async def _cancel(self, number: int, entry: _Open) -> None:
        """Ask the child to give up; a child that does not listen is killed."""
        if entry.answer.done() or self.over:
            return
        entry.on_progress = None
        self._send(Cancel(number))
        await asyncio.wait([entry.answer], timeout=self._limits.cancel)
        if entry.answer.done():
            entry.answer.exception() if not entry.answer.cancelled() else None
        else:
            self._log.warning("no answer to a cancel: killing the %s", self.role)
            await self.kill()

    def _send(self, frame: Inbound) -> None:
        if self.over or self._process is None or self._process.stdin is None:
            raise Fault("crashed", role=self.role, details="it was gone before it was asked")
        # Our requests are small and few: what the pipe does not take yet waits in memory.
        self._process.stdin.write(self._wire.encode(frame))

    async def _watch(self, process: Process) -> None:
        """Drain both pipes to their ends, then tell every open request how it ended."""
        impatience = asyncio.create_task(self._watch_patience())
        try:
            await asyncio.gather(self._drain_frames(process), self._drain_log(process))
            await process.wait()
        finally:
            impatience.cancel()
            if process.returncode is None:
                process.kill()
                await process.wait()
            self._end(process)

    async def _drain_frames(self, process: Process) -> None:
        assert process.stdout is not None
        rest = b""
        while chunk := await process.stdout.read(1 << 16):
            *lines, rest = (rest + chunk).split(b"\n") if b"\n" in chunk else (rest + chunk,)
            for line in lines:
                self._hear(line)

    async def _drain_log(self, process: Process) -> None:
        assert process.stderr is not None
        while chunk := await process.stderr.read(1 << 16):
            self._last_words += chunk
            del self._last_words[:-LAST_WORDS]
            for line in chunk.decode("utf-8", "replace").splitlines():
                self._log.info("%s", line)

    def _hear(self, line: bytes) -> None:
        if self._nonsense or self._killed:
            return
        try:
            frame = self._wire.decode_outbound(line)
        except msgspec.MsgspecError:
            self._log.error("not a frame from the %s: %r", self.role, line[:200])
            self._nonsense = True
            assert self._process is not None
            self._process.kill()
            return
        self._heard = asyncio.get_running_loop().time()
        self._take(frame)

    def _take(self, frame: Outbound) -> None:
        match frame:
            case Ready(version=version):
                self._shake_hands(version)
            case Loading(what=what):
                self._log.info("loading %s", what)
            case Progress(id=number, body=body):
                self._progress(number, body)
            case Done(id=number, body=body):
                self._resolve(number, lambda answer: answer.set_result(body))
            case Failed(id=number, code=code, details=details):
                problem = Problem(code, **details)
                self._resolve(number, lambda answer: answer.set_exception(problem))
            case Cancelled(id=number):
                self._resolve(number, lambda answer: answer.cancel())

    def _shake_hands(self, version: int) -> None:
        if self._ready.done():
            return
        if version == PROTOCOL_VERSION:
            self._ready.set_result(None)
        else:
            self._ready.set_exception(
                Fault("not_started", role=self.role, details=f"protocol {version}")
            )

    def _progress(self, number: int, body: ProgressBody) -> None:
        if entry := self._open.get(number):
            entry.heard = self._heard
            try:
                if entry.on_progress is not None:
                    entry.on_progress(body)
            except Exception as error:  # noqa: BLE001 - who asked hears of it; the pipe goes on
                self._open.pop(number)
                self._send(Cancel(number))
                if not entry.answer.done():
                    entry.answer.set_exception(error)

    def _resolve(self, number: int, end: Callable[[asyncio.Future[ResultBody]], object]) -> None:
        entry = self._open.pop(number, None)
        if entry is not None and not entry.answer.done():
            end(entry.answer)

    async def _watch_patience(self) -> None:
        while True:
            await asyncio.sleep(0.25)
            now = asyncio.get_running_loop().time()
            if self._open and (self._impatient(now) or now - self._heard > self._limits.silence):
                self._log.warning("the %s does not answer: killing it", self.role)
                assert self._process is not None
                self._killed = True
                self._process.kill()
                return

    def _impatient(self, now: float) -> bool:
        return any(
            entry.patience is not None and now - entry.heard > entry.patience
            for entry in self._open.values()
        )

    def _end(self, process: Process) -> None:
        self.over = True
        outcome = Outcome(
            role=self.role,
            code=process.returncode,
            last_words=self._last_words.decode("utf-8", "replace"),
            killed_by_us=self._killed,
            nonsense=self._nonsense,
            had_memory=self._memory_kills is not None and memory_kills() == self._memory_kills,
        )
        reason = outcome.reason()
        if not self._stopping and not self._killed:
            self._log.warning("%s", reason.sentence())
            self._on_crash()
        if not self._ready.done():
            self._ready.set_exception(Fault.of(self._why_not_ready(outcome)))
            self._ready.exception()  # seen: start() may have given up waiting
        for entry in list(self._open.values()):
            if not entry.answer.done():
                entry.answer.set_exception(Fault.of(reason))
                entry.answer.exception()  # seen: the asker may have gone
        self._open.clear()

    def _why_not_ready(self, outcome: Outcome) -> Reason:
        """A process that exits by itself cannot be started; one that a signal ended could be."""
        reason = outcome.reason()
        if reason.code != "crashed" or (outcome.code is not None and outcome.code < 0):
            return reason
        return Reason("not_started", {"role": self.role, "details": reason.details["details"]})
