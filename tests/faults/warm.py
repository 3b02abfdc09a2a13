"""Lives of the program that begin without its imports, see ``warm_server.py``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from multiprocessing import Pipe
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from tests.faults.program import ROOT
from tests.faults.runner import Told, arguments_of
from tests.faults.writes import WriteFaults


class WarmServer:
    """Runs one program at a time; their writes are those that ``faults`` counts."""

    def __init__(self, faults: WriteFaults) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            command = [sys.executable, "-m", "tests.faults.warm_server", str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, env=faults.environment(), cwd=ROOT, pass_fds=[theirs.fileno()]
            )

    def run(self, order: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """How the program ended that was ordered, or None when it was killed after ``seconds``."""
        self._pipe.send(order)
        in_time = self._pipe.poll(seconds)
        if not in_time:
            for process in psutil.Process(self._process.pid).children(recursive=True):
                process.kill()
        end: dict[str, Any] = self._pipe.recv()
        return end if in_time else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._pipe.close()
        self._process.wait()


class WarmLife(Told):
    """One run of the program on ``home``, as :class:`~tests.faults.runner.Life`, by ``server``."""

    def __init__(
        self,
        server: WarmServer,
        home: Path,
        output: Path,
        *,
        offer: Path | None = None,
        ask: Sequence[str] = (),
    ) -> None:
        super().__init__(home, output)
        self._server = server
        self._arguments = arguments_of(home, offer, ask)

    def finish(self, seconds: float = 120.0) -> int:
        order = {"arguments": self._arguments, "out": str(self.out), "err": str(self.err)}
        end = self._server.run(order, seconds)
        assert end is not None, f"it hangs\n{self.told()}"
        assert not end["left"], f"processes were left behind: {end['left']}\n{self.told()}"
        code: int = end["code"]
        return code
