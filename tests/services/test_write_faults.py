"""A write fails (full disk, no rights, broken disk), whichever it is, in whichever process: the
program ends with a sentence or goes on, and the next start has everything."""

from __future__ import annotations

import errno
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.documents import write_docx, write_gb18030, write_png
from tests.faults.holdings import compare
from tests.faults.program import ROOT
from tests.faults.runner import HELD_UP, Life, Told
from tests.faults.warm import WarmLife, WarmServer
from tests.faults.writes import Failed, WriteFaults, build_library

NUMBERS = (errno.ENOSPC, errno.EACCES, errno.EIO)

QUESTIONS = ["north hall rent", "oil filter", "图书"]

PATIENCE = 60.0
"""Seconds a small import may take before it hangs."""

FEW = 8
"""So many different writes fail in a program that is really started."""

LANES = 2
"""So many imports run beside each other."""

TRIES = 5


class Lane:
    """A place for one home after the other, on which writes fail."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.home, self.output = folder / "home", folder / "output"
        self.output.mkdir(parents=True)
        self.faults = WriteFaults(library, self.home, folder / "control")

    def start(self, offer: Path | None = None, ask: Sequence[str] = ()) -> Told:
        """The program on the home as it is now."""
        environment = self.faults.environment()
        return Life(self.home, self.output, offer=offer, ask=ask, environment=environment)

    def clear(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        for said in self.output.iterdir():
            said.unlink()


class WarmLane(Lane):
    """One where the program starts without its imports; those would take nine tenths of the time."""

    def __init__(self, folder: Path, library: Path, opened: ExitStack) -> None:
        super().__init__(folder, library)
        self._server = opened.enter_context(WarmServer(self.faults))

    def start(self, offer: Path | None = None, ask: Sequence[str] = ()) -> Told:
        return WarmLife(self._server, self.home, self.output, offer=offer, ask=ask)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import during which a write was to fail."""

    failed: Failed | None
    """None when it made fewer writes than that."""
    wrong: str
    """What is wrong with it, or nothing."""


class Bench:
    """A small import that can be repeated in any lane, and what it leaves when no write fails."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.library = build_library(root)
        self.files = root / "files"
        self.files.mkdir()
        write_docx(self.files / "lease.docx")
        write_gb18030(self.files / "规定.txt")
        write_png(self.files / "picture.txt")
        (self.files / "oil.md").write_text("# Oil\n\nReplace the oil filter every 500 hours.\n")
        self._wanted: dict[str, Any] = {}

    def count(self, lane: Lane) -> int:
        """How many writes an import makes of which none fails."""
        lane.faults.arm(0, 0)
        life = lane.start(self.files)
        assert life.finish(PATIENCE) == 0, life.told()
        writes = lane.faults.count
        life = lane.start(ask=QUESTIONS)
        assert life.finish(PATIENCE) == 0, life.told()
        assert life.holds()["flaws"] == []
        self._wanted = life.holds()["content"]
        lane.clear()
        return writes

    def fail(self, at: int, lane: Lane) -> Outcome:
        """Import while write ``at`` fails. How many writes an import makes depends on how its loops
        meet: one that came to its end before that write is tried again."""
        for _ in range(TRIES):
            outcome = self._fail(at, lane)
            if outcome.failed or outcome.wrong:
                break
        return outcome

    def _fail(self, at: int, lane: Lane) -> Outcome:
        """The kind of failure, and whether the disk stays broken, take turns."""
        number, stays = NUMBERS[at % 3], at // 3 % 2 == 1
        lane.faults.arm(at, number, from_then_on=stays)
        story = f"write {at} fails with {errno.errorcode[number]}{', and all after it' * stays}"
        broken = lane.start(self.files)
        problems = self._broken(broken)
        failed = lane.faults.failed
        lane.faults.arm(0, 0)
        # What was taken must not need to be offered again.
        mended = lane.start(None if broken.said("offered") else self.files, QUESTIONS)
        problems += self._mended(mended)
        told = f"{story} ({failed}): {problems}\n{broken.told()}\n{mended.told()}"
        lane.clear()
        return Outcome(failed, told if problems else "")

    def _broken(self, life: Told) -> list[str]:
        end = end_of(life)
        return life.bugs() + ([] if end in (0, HELD_UP) else [f"its end: {end}"])

    def _mended(self, life: Told) -> list[str]:
        end = end_of(life)
        if end != 0:
            return [f"the end of the next start: {end}"]
        holds = life.holds()
        return [*life.bugs(), *holds["flaws"], *compare(self._wanted, holds["content"])]


def end_of(life: Told) -> int | str:
    """The exit code, or why there is none."""
    try:
        return life.finish(PATIENCE)
    except AssertionError as wrong:
        return str(wrong)


def outcomes(bench: Bench, lanes: Sequence[Lane], writes: Sequence[int]) -> list[Outcome]:
    """What came of it when each of ``writes`` failed."""

    def work(place: int) -> list[Outcome]:
        return [bench.fail(at, lanes[place]) for at in writes[place :: len(lanes)]]

    with ThreadPoolExecutor(len(lanes)) as pool:
        return [outcome for part in pool.map(work, range(len(lanes))) for outcome in part]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.slow
def test_some_writes_fail_and_the_next_start_has_everything(bench: Bench, tmp_path: Path) -> None:
    """In a program that is started as ever: nothing of the long test hangs on how it starts one."""
    lanes = [Lane(tmp_path / f"lane {number}", bench.library) for number in range(LANES)]
    count = bench.count(lanes[0])
    found = outcomes(bench, lanes, range(1, count, count // FEW))
    assert not (wrong := [each.wrong for each in found if each.wrong]), "\n\n".join(wrong)


@pytest.mark.slow
def test_every_write_fails_and_the_next_start_has_everything(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as opened:
        lanes = [
            WarmLane(tmp_path / f"lane {number}", bench.library, opened) for number in range(LANES)
        ]
        count = bench.count(lanes[0])
        found = outcomes(bench, lanes, range(1, count + 1))
    wrong = [each.wrong for each in found if each.wrong]
    failed = sum(each.failed is not None for each in found)
    with capsys.disabled():
        print(f" {failed} of {count} writes failed, {len(wrong)} wrong ", end="")
    assert not wrong, f"{len(wrong)} wrong\n\n" + "\n\n".join(wrong[:20])
    assert failed > 0.95 * count, "imports that wrote less than the first, so that none failed"


def test_the_write_that_was_asked_for_fails(tmp_path: Path) -> None:
    """Otherwise none of the above would prove anything."""
    home = tmp_path / "home"
    home.mkdir()
    faults = WriteFaults(build_library(tmp_path), home, tmp_path / "control")
    script = (
        "import os, pathlib, sys\n"
        "home = pathlib.Path(sys.argv[1])\n"
        "for number in range(3):\n"
        "    try:\n"
        "        (home / 'a').write_text('a')\n"
        "    except OSError as error:\n"
        "        print(number, error.errno)\n"
        "(home.parent / 'outside').write_text('a')\n"
    )
    command = [sys.executable, "-c", script, str(home)]

    def told(at: int, number: int, from_then_on: bool = False) -> str:
        faults.arm(at, number, from_then_on)
        environment = faults.environment()
        return subprocess.run(command, env=environment, capture_output=True, text=True).stdout

    assert told(0, errno.EIO) == ""
    assert (faults.count, faults.failed) == (6, None)  # an open and a write, three times
    assert told(4, errno.ENOSPC) == f"1 {errno.ENOSPC}\n"
    assert faults.failed is not None
    assert (faults.failed.function, faults.failed.path) == ("write", str(home / "a"))
    assert told(3, errno.EACCES, True) == f"1 {errno.EACCES}\n2 {errno.EACCES}\n"
    assert (tmp_path / "outside").exists()


CHANGING = (
    "write,pwrite64,writev,pwritev,pwritev2,copy_file_range,sendfile,ftruncate,truncate,fallocate,"
    "fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,"
    "mkdir,mkdirat,creat,io_uring_enter"
)
"""System calls that change a file. Opening is left out: that is half of all calls."""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace")
def test_no_change_escapes_the_count(bench: Bench, tmp_path: Path) -> None:
    """What the kernel sees of an import, the library has counted: also what LanceDB does by bare
    system calls. A newer one may find other ways."""
    home, trace = tmp_path / "home", tmp_path / "trace"
    faults = WriteFaults(bench.library, home, tmp_path / "control")
    command = ["strace", "-f", "-qq", "-y", "-o", str(trace), "-e", f"trace={CHANGING}"]
    command += [sys.executable, "-m", "tests.faults.program", str(home)]
    command += ["--offer", str(bench.files)]
    environment = faults.environment(journal=True)
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    counted = {tuple(line.split(" ", 3)[2:]) for line in faults.journal}
    names = {re.sub("64$", "", function) for function, _ in counted}
    files = {path for _, path in counted}
    below = re.escape(str(home))
    seen = re.findall(
        rf"(\w+)\(.*({below}[^\">]*)[^(]*$", trace.read_text("utf-8", "replace"), re.M
    )
    assert len(seen) > 100
    escaped = {
        (function, path)
        for function, path in seen
        if path not in files or re.sub("64$", "", function) not in names | {"renameat2"}
    }
    assert not escaped
