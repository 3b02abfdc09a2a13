"""Downloads one file: from the first mirror that gives it, going on where an earlier try, or
another mirror, ended. Nothing gets its name that is not byte for byte what was wanted."""

from __future__ import annotations

import shutil
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workspaces.core.reasons import Problem
from workspaces.core.transfer import Proceed, Refuse, Trouble, Wait, judge
from workspaces.protocol.messages import Address, Fetch, Fetched, Received
from workspaces.worker.part_file import PartFile
from workspaces.worker.role import Talk
from workspaces.worker.web import Answer, TroubleError, Web

RESERVE = 256 * 2**20
"""Bytes that a download leaves free on the disk."""

PROGRESS = 4
"""At most so many reports a second."""


@dataclass(frozen=True, slots=True)
class Patience:
    """When a mirror is given up. ``tries`` in a row without ``progress`` (bytes), with a ``pause``
    (seconds) before the second that doubles each time; fewer than ``slowest`` bytes a second over
    ``window`` seconds."""

    tries: int = 5
    progress: int = 2**16
    pause: float = 1.0
    window: float = 30.0
    slowest: float = 2048.0


class Fetching:
    """One download. ``clock`` and ``sleep`` are in seconds."""

    def __init__(
        self,
        wanted: Fetch,
        web: Web,
        talk: Talk,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._wanted = wanted
        self._web = web
        self._talk = talk
        self._patience = patience or Patience()
        self._clock = clock
        self._sleep = sleep
        self._part = PartFile(Path(wanted.target), wanted.size, wanted.digest)
        self._mirror = ""
        self._reported = float("-inf")

    def run(self) -> Fetched:
        """Raises Problem ``download_…`` when no mirror gives the file, or those of the disk, and
        :class:`~workspaces.worker.role.Stopped`; what is there by then stays for the next try."""
        self._part.open(self._look)
        self._check_room()
        troubles: list[tuple[str, TroubleError]] = []
        for address in self._wanted.addresses:
            self._mirror = address.mirror.name
            trouble = self._from(address)
            if trouble is None:
                self._part.finish()
                return Fetched(self._mirror)
            troubles.append((self._mirror, trouble))
        raise problem_of(Path(self._wanted.target).name, troubles)

    def _from(self, address: Address) -> TroubleError | None:
        """Get the rest from one mirror; None when the file is there and right."""
        is_mixed = self._part.have > 0
        failures = 0
        while True:
            before = self._part.have
            trouble = self._try(address)
            if self._part.is_right:
                return None
            if self._part.is_full:
                # Which of its bytes are wrong nobody knows. Where all are this mirror's, it is.
                self._part.forget_after(0)
                if not is_mixed:
                    return TroubleError(Trouble.ANOTHER, "another digest")
                is_mixed = False
            elif trouble is not None and trouble.is_final:
                return trouble
            failures = 0 if self._part.have - before >= self._patience.progress else failures + 1
            if failures >= self._patience.tries:
                return trouble or TroubleError(Trouble.UNREACHABLE, "it ends too early")
            if failures:
                self._wait(max(self._patience.pause * 2 ** (failures - 1), trouble_wait(trouble)))

    def _try(self, address: Address) -> TroubleError | None:
        """Ask once, and take what comes."""
        self._look()
        if self._part.is_full:
            return None
        asked = {"range": f"bytes={self._part.have}-{self._wanted.size - 1}"}
        try:
            with self._web.ask(address, asked if self._part.have else {}) as answer:
                self._take(answer)
        except TroubleError as trouble:
            return trouble
        return None

    def _take(self, answer: Answer) -> None:
        before = self._part.have
        match judge(answer.status, answer.headers, before, self._wanted.size):
            case Refuse(trouble, detail):
                raise TroubleError(trouble, detail, is_final=True)
            case Wait(seconds):
                raise TroubleError(Trouble.BUSY, f"status {answer.status}", wait=seconds or 0.0)
            case Proceed(skip):
                self._read(answer, skip)
        is_whole = answer.status == 200 and "content-range" not in answer.headers
        if is_whole and not self._part.is_full:
            self._part.forget_after(before)
            raise TroubleError(Trouble.ANOTHER, "a shorter file", is_final=True)

    def _read(self, answer: Answer, skip: int) -> None:
        before = self._part.have
        speed = _Speed(self._patience, self._clock)
        try:
            with self._part.adding() as add:
                for piece in answer.body:
                    add(piece[skip:])
                    skip = max(0, skip - len(piece))
                    self._look()
                    if speed.is_too_low(len(piece)):
                        raise TroubleError(Trouble.SLOW, "a trickle", is_final=True)
        except ValueError as error:
            self._part.forget_after(before)
            raise TroubleError(Trouble.ANOTHER, error, is_final=True) from error

    def _look(self) -> None:
        """Stop where that is wanted; say how far it is, now and then."""
        self._talk.check()
        if self._clock() - self._reported >= 1 / PROGRESS or self._part.is_full:
            self._reported = self._clock()
            self._talk.progress(Received(self._part.have, self._mirror))

    def _wait(self, seconds: float) -> None:
        until = self._clock() + seconds
        while (left := until - self._clock()) > 0:
            self._talk.check()
            self._sleep(min(left, 0.1))

    def _check_room(self) -> None:
        folder = Path(self._wanted.target).parent
        free, missing = shutil.disk_usage(folder).free, self._wanted.size - self._part.have
        if free < missing + RESERVE:
            raise Problem(
                "download_no_room",
                name=Path(self._wanted.target).name,
                size=_gigabytes(missing),
                free=_gigabytes(free),
            )


class _Speed:
    """Bytes a second over a sliding window."""

    def __init__(self, patience: Patience, clock: Callable[[], float]) -> None:
        self._patience = patience
        self._clock = clock
        self._pieces: deque[tuple[float, int]] = deque()
        self._began = clock()

    def is_too_low(self, received: int) -> bool:
        """Whether, with ``received`` bytes more, the window is full and holds too few."""
        now = self._clock()
        self._pieces.append((now, received))
        while self._pieces[0][0] < now - self._patience.window:
            self._pieces.popleft()
        enough = self._patience.slowest * self._patience.window
        is_full = now - self._began >= self._patience.window
        return is_full and sum(size for _, size in self._pieces) < enough


def trouble_wait(trouble: TroubleError | None) -> float:
    """Seconds that the mirror wants us to wait."""
    return trouble.wait if trouble else 0.0


CODES = {
    Trouble.UNREACHABLE: "download_unreachable",
    Trouble.SLOW: "download_slow",
    Trouble.BUSY: "download_busy",
    Trouble.ABSENT: "download_absent",
    Trouble.FORBIDDEN: "download_forbidden",
    Trouble.ANOTHER: "download_another",
    Trouble.ELSEWHERE: "download_elsewhere",
}
"""What a person is told where every mirror had the same trouble."""


def problem_of(name: str, troubles: list[tuple[str, TroubleError]]) -> Problem:
    """What a person is told when no mirror gave ``name``."""
    details = "; ".join(f"{mirror}: {trouble}" for mirror, trouble in troubles)
    kinds = {trouble.trouble for _, trouble in troubles}
    code = CODES[kinds.pop()] if len(kinds) == 1 else "download_failed"
    return Problem(code, name=name, details=details)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"
