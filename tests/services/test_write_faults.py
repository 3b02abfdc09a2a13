"""A write fails (full disk, no rights, broken disk), whichever it is, in whichever process: the
program ends with a sentence or goes on, and the next start has everything."""

from __future__ import annotations

import errno
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.documents import write_docx, write_gb18030, write_png
from tests.faults.holdings import compare
from tests.faults.program import ROOT
from tests.faults.runner import HELD_UP, Life
from tests.faults.writes import WriteFaults, build_library

NUMBERS = (errno.ENOSPC, errno.EACCES, errno.EIO)

QUESTIONS = ["north hall rent", "oil filter", "图书"]

PATIENCE = 60.0
"""Seconds a small import may take before it hangs."""

FEW, MANY = 8, 120
"""So many different writes fail in the everyday tests, and in the long one."""


class Bench:
    """A small import that can be repeated on fresh homes below ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._library = build_library(root)
        self.files = root / "files"
        self.files.mkdir()
        write_docx(self.files / "lease.docx")
        write_gb18030(self.files / "规定.txt")
        write_png(self.files / "picture.txt")
        (self.files / "oil.md").write_text("# Oil\n\nReplace the oil filter every 500 hours.\n")
        self.wanted = self._whole()
        self.writes = self._writes()

    def _whole(self) -> dict[str, Any]:
        """What an import leaves when no write fails."""
        folder, _ = self.fresh("whole")
        life = Life(folder / "home", folder, offer=self.files, ask=QUESTIONS)
        assert life.finish(PATIENCE) == 0, life.told()
        assert life.holds()["flaws"] == []
        content: dict[str, Any] = life.holds()["content"]
        return content

    def _writes(self) -> list[int]:
        """The numbers of the writes that an import makes. Of several to the same file in a row,
        which are mostly the pages of one commit, only the first and the last."""
        folder, faults = self.fresh("counted")
        environment = faults.environment(journal=True)
        assert (
            Life(folder / "home", folder, offer=self.files, environment=environment).finish() == 0
        )
        what = [line.split(" ", 1)[1] for line in faults.journal]
        return [
            number
            for number, (before, this, after) in enumerate(
                zip(["", *what], what, [*what[1:], ""], strict=False), start=1
            )
            if before != this or this != after
        ]

    def fail(self, at: int) -> str:
        """Import while write ``at`` fails; what is wrong with that, or nothing. The kind of
        failure, and whether the disk stays broken, take turns."""
        number, stays = NUMBERS[at % 3], at // 3 % 2 == 1
        folder, faults = self.fresh(str(at))
        faults.arm(at, number, from_then_on=stays)
        home = folder / "home"
        story = f"write {at} fails with {errno.errorcode[number]}{', and all after it' * stays}"
        broken = Life(home, folder, offer=self.files, environment=faults.environment())
        try:
            problems = self._broken(broken)
            # What was taken must not need to be offered again.
            again = None if broken.said("offered") else self.files
            mended = Life(home, folder, offer=again, ask=QUESTIONS)
            problems += self._mended(mended)
        except AssertionError as wrong:
            return f"{story} ({faults.failed}): {wrong}"
        if problems:
            return f"{story} ({faults.failed}): {problems}\n{broken.told()}\n{mended.told()}"
        shutil.rmtree(folder)
        return ""

    def _broken(self, life: Life) -> list[str]:
        code = life.finish(PATIENCE)
        problems = life.bugs()
        if code not in (0, HELD_UP):
            problems.append(f"it ended with {code}")
        return problems

    def _mended(self, life: Life) -> list[str]:
        code = life.finish(PATIENCE)
        if code != 0:
            return [f"the next start ended with {code}"]
        holds = life.holds()
        return [*life.bugs(), *holds["flaws"], *compare(self.wanted, holds["content"])]

    def fresh(self, name: str) -> tuple[Path, WriteFaults]:
        folder = self._root / name
        folder.mkdir()
        return folder, WriteFaults(self._library, folder / "home", folder / "control")


def failures(bench: Bench, which: Iterable[int]) -> list[str]:
    """What went wrong while each of ``which`` failed, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return [wrong for wrong in pool.map(bench.fail, which) if wrong]


def spread(numbers: list[int], count: int) -> list[int]:
    """At most ``count`` of ``numbers``, evenly spread."""
    step = max(1.0, len(numbers) / count)
    return [numbers[int(place * step)] for place in range(int(len(numbers) / step))]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.slow
def test_some_writes_fail_and_the_next_start_has_everything(bench: Bench) -> None:
    assert not (wrong := failures(bench, spread(bench.writes, FEW))), "\n\n".join(wrong)


@pytest.mark.slow
def test_many_writes_fail_and_the_next_start_has_everything(bench: Bench) -> None:
    wrong = failures(bench, spread(bench.writes, MANY))
    assert not wrong, f"{len(wrong)} wrong\n\n" + "\n\n".join(wrong[:20])


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
    folder, faults = bench.fresh("traced")
    trace = folder / "trace"
    command = ["strace", "-f", "-qq", "-y", "-o", str(trace), "-e", f"trace={CHANGING}"]
    command += [sys.executable, "-m", "tests.faults.program", str(folder / "home")]
    command += ["--offer", str(bench.files)]
    environment = faults.environment(journal=True)
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    counted = {tuple(line.split(" ", 3)[2:]) for line in faults.journal}
    names = {re.sub("64$", "", function) for function, _ in counted}
    files = {path for _, path in counted}
    home = re.escape(str(folder / "home"))
    seen = re.findall(rf"(\w+)\(.*({home}[^\">]*)[^(]*$", trace.read_text("utf-8", "replace"), re.M)
    assert len(seen) > 100
    escaped = {
        (function, path)
        for function, path in seen
        if path not in files or re.sub("64$", "", function) not in names | {"renameat2"}
    }
    assert not escaped
