"""Serves one role on the wire: requests in on stdin, frames out on a private copy of stdout.

The main thread works, one request at a time; a thread beside it does the long work of embedding and
of downloading, so that what is quick need not wait for it. A reader thread takes frames in, so that
a cancel or the end of the parent is seen while native code runs.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections import deque
from typing import BinaryIO

import msgspec

from workspaces.core.reasons import Problem
from workspaces.protocol.messages import (
    PROTOCOL_VERSION,
    Beat,
    Cancel,
    Cancelled,
    Done,
    Embed,
    EmbedQuestion,
    Failed,
    Fetch,
    Loading,
    Outbound,
    Prepare,
    Progress,
    Ready,
    Request,
    Rerank,
    Search,
    Wire,
)
from workspaces.worker.limits import end_without_memory
from workspaces.worker.role import Role, Stopped, Talk

GRACE = 5.0
"""Seconds a busy role gets to end by itself after its parent is gone."""

BEAT = 1.0
"""Seconds between signs of life while busy."""


def private_stdout() -> BinaryIO:
    """Keep stdout for the wire alone: a ``printf`` in native code goes to stderr from now on."""
    wire = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return wire


class Runtime:
    """Runs ``role`` until stdin ends."""

    def __init__(self, name: str, role: Role, source: BinaryIO, sink: BinaryIO) -> None:
        self._name = name
        self._role = role
        self._source = source
        self._sink = sink
        self._wire = Wire()
        self._sending = threading.Lock()
        self._changed = threading.Condition()
        self._waiting: deque[Request] = deque()
        self._cancelled: set[int] = set()
        self._ended = False
        self._working_on: dict[bool, int] = {}

    def run(self) -> None:
        """Serve until the parent closes stdin or dies."""
        self._send(Ready(self._name, PROTOCOL_VERSION, os.getpid()))
        threading.Thread(target=self._listen, name="listen", daemon=True).start()
        threading.Thread(target=self._beat, name="beat", daemon=True).start()
        threading.Thread(target=self._work_beside, name="long", daemon=True).start()
        self._work(False)

    def _work_beside(self) -> None:
        try:
            self._work(True)
        except BaseException:  # noqa: BLE001 - a thread that ends alone leaves requests without end
            traceback.print_exc(file=sys.stderr)
            os._exit(1)

    def _work(self, long: bool) -> None:
        while (request := self._next(long)) is not None:
            self._serve(request)

    def _next(self, long: bool) -> Request | None:
        with self._changed:
            self._working_on.pop(long, None)
            self._changed.wait_for(lambda: self._first(long) or self._ended)
            request = self._first(long)
            if self._ended or request is None:
                return None
            self._waiting.remove(request)
            self._working_on[long] = request.id
            return request

    def _first(self, long: bool) -> Request | None:
        return next((each for each in self._waiting if _is_long(each) == long), None)

    def _serve(self, request: Request) -> None:
        try:
            self._talk_of(request.id).check()
            self._send(Done(request.id, self._role.handle(request.body, self._talk_of(request.id))))
        except Stopped:
            self._send(Cancelled(request.id))
        except Problem as problem:
            self._send(Failed(request.id, problem.reason.code, problem.reason.details))
        except MemoryError:
            end_without_memory()
        except Exception as bug:  # noqa: BLE001 - the parent must hear of every end
            traceback.print_exc(file=sys.stderr)
            self._send(Failed(request.id, "bug", {"details": f"{type(bug).__name__}: {bug}"}))
        finally:
            self._cancelled.discard(request.id)

    def _talk_of(self, request: int) -> Talk:
        return Talk(
            progress=lambda body: self._send(Progress(request, body)),
            loading=lambda what: self._send(Loading(what)),
            stopped=lambda: request in self._cancelled or self._ended,
        )

    def _send(self, frame: Outbound) -> None:
        try:
            line = memoryview(self._wire.encode(frame))
            with self._sending:
                while line:
                    line = line[self._sink.write(line) :]
        except OSError:
            # Nobody listens any more: the parent is gone, and so is the reason to go on.
            os._exit(0)

    def _listen(self) -> None:
        for line in self._source:
            try:
                frame = self._wire.decode_inbound(line)
            except msgspec.MsgspecError as error:
                print(f"not a frame: {error}", file=sys.stderr)  # noqa: T201 - stderr is the log
                continue
            self._take(frame)
        self._end()

    def _take(self, frame: Request | Cancel) -> None:
        with self._changed:
            if isinstance(frame, Cancel):
                self._cancel(frame.id)
            else:
                self._line_up(frame)
            self._changed.notify_all()

    def _line_up(self, request: Request) -> None:
        """A search overtakes what waits."""
        place = sum(_is_search(waiting) for waiting in self._waiting)
        self._waiting.insert(place if _is_search(request) else len(self._waiting), request)

    def _cancel(self, request: int) -> None:
        """Remember only cancels of open requests; one that comes too late means nothing."""
        waiting = (each.id for each in self._waiting)
        if request in self._working_on.values() or request in waiting:
            self._cancelled.add(request)

    def _end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        if threading.main_thread().is_alive():
            threading.main_thread().join(GRACE)
        os._exit(0)

    def _beat(self) -> None:
        pause = threading.Event()
        while not pause.wait(BEAT):
            if self._working_on:
                self._send(Beat())


def _is_long(request: Request) -> bool:
    return isinstance(request.body, Prepare | Embed | EmbedQuestion | Rerank | Fetch)


def _is_search(request: Request) -> bool:
    return isinstance(request.body, Search | EmbedQuestion | Rerank)


def serve(name: str, role: Role, sink: BinaryIO) -> None:
    """Serve ``role`` on this process's stdin and ``sink``."""
    # Ctrl+C in a terminal reaches every process of the group: what it means is the parent's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Runtime(name, role, sys.stdin.buffer, sink).run()
    # Native libraries have threads that a normal exit may wait for; everything is flushed.
    sys.stderr.flush()
    os._exit(0)
