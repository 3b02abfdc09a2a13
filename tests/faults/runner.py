"""Starts the program of ``program.py``, kills it and hears what it says."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from tests.faults.program import HELD_UP, ROOT
from workspaces.protocol.messages import ROLES

LOOK = 0.3
"""Seconds between two looks at its children: each walks over all processes of the machine."""

END = 20.0
"""Seconds a child has to end once the program is gone."""


def arguments_of(home: Path, offer: Path | None, ask: Sequence[str]) -> list[str]:
    """The command line of the program."""
    arguments = [str(home)]
    arguments += ["--offer", str(offer)] if offer else []
    return arguments + (["--ask", *ask] if ask else [])


class Told:
    """What a run of the program on ``home`` says. ``output`` is a folder for it."""

    def __init__(self, home: Path, output: Path) -> None:
        self._home = home
        number = len(list(output.glob("*.out")))
        self.out, self.err = output / f"{number:03d}.out", output / f"{number:03d}.err"
        self.out.touch()
        self.err.touch()

    def finish(self, seconds: float = 120.0) -> int:
        """The exit code. Fails when it does not end, or leaves a process behind."""
        raise NotImplementedError

    def said(self, what: str) -> list[dict[str, Any]]:
        """What it has told of the kind ``what``, so far."""
        lines = self.out.read_text("utf-8").splitlines(keepends=True)
        told = [json.loads(line) for line in lines if line.endswith("\n")]
        return [each for each in told if each["what"] == what]

    def holds(self) -> dict[str, Any]:
        """What the home holds, as the program said it."""
        (holds,) = self.said("holds")
        return holds

    def told(self) -> str:
        """Everything it said, for a person who looks for the reason of a failure."""
        log = self._home / "logs" / "quire.log"
        parts = [path for path in (self.out, self.err, log) if path.exists()]
        return "\n".join(
            f"--- {path.name}\n{path.read_text('utf-8', 'replace')[-6_000:]}" for path in parts
        )

    def bugs(self) -> list[str]:
        """Signs of a bug in what it said or logged: tracebacks, errors, reasons that are bugs."""
        problems = [*self.said("problem"), *self.said("trouble")]
        bugs = [f"a bug was told: {each['sentence']}" for each in problems if each["code"] == "bug"]
        log = self._home / "logs" / "quire.log"
        lines = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
        return bugs + [line for line in lines if "Traceback" in line or " ERROR " in line]


class Life(Told):
    """One run of the program on ``home``. ``more`` are further options."""

    def __init__(
        self,
        home: Path,
        output: Path,
        *,
        offer: Path | None = None,
        ask: Sequence[str] = (),
        more: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(home, output)
        command = [sys.executable, "-m", "tests.faults.program"]
        command += [*arguments_of(home, offer, ask), *more]
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self._process = subprocess.Popen(
                command, stdout=out, stderr=err, env={**(environment or os.environ)}, cwd=ROOT
            )
        self._main = psutil.Process(self._process.pid)
        self._seen: set[psutil.Process] = set()
        self._looked = 0.0

    def wait(self, seconds: float) -> int | None:
        """The exit code, or None when it goes on after ``seconds``."""
        until = time.monotonic() + seconds
        while (code := self._process.poll()) is None and time.monotonic() < until:
            if time.monotonic() > self._looked + LOOK:
                self.children()
            time.sleep(min(0.02, max(0.0, until - time.monotonic())))
        return code

    def finish(self, seconds: float = 120.0) -> int:
        code = self.wait(seconds)
        if code is None:
            self.kill_all()
            raise AssertionError(f"it hangs\n{self.told()}")
        self.bury()
        return code

    def kill(self) -> None:
        """``kill -9`` of the program alone."""
        self.children()
        self._process.kill()
        self._process.wait()

    def kill_child(self, index: int) -> str:
        """``kill -9`` of one of its children, or of itself where it has none; its role."""
        children = sorted(self.children(), key=lambda child: child.pid)
        if not children:
            self.kill()
            return "program"
        child = children[index % len(children)]
        try:
            role = role_of(child)
            child.kill()
        except psutil.NoSuchProcess:
            return "nobody"
        return role

    def kill_all(self) -> None:
        """``kill -9`` of the program and its children."""
        children = self.children()
        self.kill()
        for child in children:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue

    def use(self) -> dict[str, tuple[int, float]]:
        """Bytes resident now and seconds of processor time so far, of the program and of each
        child by its role."""
        uses = {}
        for process in [self._main, *self.children()]:
            with contextlib.suppress(psutil.NoSuchProcess):
                role = "program" if process == self._main else role_of(process)
                times = process.cpu_times()
                uses[role] = (process.memory_info().rss, times.user + times.system)
        return uses

    def children(self) -> list[psutil.Process]:
        """Those that live now; each is remembered."""
        self._looked = time.monotonic()
        try:
            children = self._main.children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        self._seen.update(children)
        return children

    def bury(self) -> None:
        """Fails when a process that was ever seen has not ended by itself."""
        _, alive = psutil.wait_procs(self._seen, timeout=END)
        left = [process.pid for process in alive]
        for process in alive:
            process.kill()
        assert not left, f"processes were left behind: {left}\n{self.told()}"


def role_of(child: psutil.Process) -> str:
    """Which child it is; the indexer is told a folder too."""
    return next((word for word in reversed(child.cmdline()) if word in ROLES), "nobody")


__all__ = ["HELD_UP", "Life", "Told", "role_of"]
