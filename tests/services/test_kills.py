"""``kill -9`` of any process at any moment of an import: what is there afterwards is what an
uninterrupted import leaves."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.faults.files import name_of, write_mixed
from tests.faults.holdings import compare
from tests.faults.runner import HELD_UP, Life

QUESTIONS = [
    # The fake embedder finds many passages equally near to a single word, or to words that come
    # equally often; which of those is found first means nothing.
    *(f"{name_of(number)} harbour rope tariff" for number in (0, 1, 2, 3, 4, 30)),
    "pump seal valve",
    "customs licence for the ferry",
    "港口仓库租金",  # found by words alone, as the embedder does not know Chinese
    # Found by vectors alone, and chosen so that no two of those found are equally near.
    "violet violet violet violet violet feather feather feather feather quiver quiver quiver"
    " thunder thunder walnut marble",
]

LONGEST = 3.0
"""Seconds until the next kill, however little has been done."""

PATIENCE = 240.0
"""Seconds an uninterrupted import may take."""


class Killer:
    """Starts the program again and again on ``home`` and ends it at random moments, spread over
    the whole import."""

    def __init__(self, home: Path, files: Path, output: Path, seed: int) -> None:
        self._home = home
        self._files = files
        self._output = output
        self._rng = random.Random(seed)
        self._offered = sum(1 for path in files.rglob("*") if path.is_file())
        self._read: set[str] = set()
        self._ended: set[str] = set()
        self._lives: list[Life] = []
        self.kills: list[str] = []
        """Who was killed, in order."""

    def run(self, kills: int) -> None:
        """Kill so often, or until all has ended; then leave it in peace until that is so."""
        while len(self.kills) < kills and not self._settled():
            self._live(self._start(), kills)
        for _ in range(3):  # a role that was killed too often stays down for the rest of a life
            last = self._start()
            if last.finish(PATIENCE) != HELD_UP:
                break
        for life in self._lives:
            life.bury()

    def _settled(self) -> bool:
        return bool(self._lives and self._lives[-1].said("settled"))

    def _start(self) -> Life:
        self._lives.append(Life(self._home, self._output, offer=self._files))
        return self._lives[-1]

    def _live(self, life: Life, kills: int) -> None:
        """Kill children until the program is killed, or ends by itself."""
        while self._wait(life, (len(self.kills) + 1) / (kills + 1)):
            victim = self._rng.choice(["program", "child", "child", "all"])
            if victim == "child" and len(self.kills) < kills - 1:
                self.kills.append(life.kill_child(self._rng.randrange(2)))
                continue
            if victim == "all":
                life.kill_all()
            else:
                life.kill()
            self.kills.append(victim)
            return

    def _wait(self, life: Life, share: float) -> bool:
        """Until this share of the import is done, and a moment longer; whether it still lives."""
        until = time.monotonic() + LONGEST
        while life.wait(0.05) is None and time.monotonic() < until:
            if self._progress(life) >= share:
                break
        return life.wait(self._rng.uniform(0.0, 0.3)) is None

    def _progress(self, life: Life) -> float:
        """The share that is done: half of it is reading."""
        self._ended |= {each["path"] for each in life.said("ended")}
        moved = [each for each in life.said("moved") if each["state"] != "reading"]
        self._read |= self._ended | {each["path"] for each in moved if each["state"] != "queued"}
        return (len(self._read) + len(self._ended)) / (2 * self._offered)


def uninterrupted(home: Path, files: Path, output: Path) -> dict[str, Any]:
    """What an import without kills leaves."""
    life = Life(home, output, offer=files, ask=QUESTIONS)
    assert life.finish(PATIENCE) == 0, life.told()
    return life.holds()


def check(tmp_path: Path, count: int, kills: int, least: int, seed: int) -> None:
    """Import ``count`` files with up to so many kills, ``least`` of them while it lasts, and
    compare."""
    files, output = write_mixed(tmp_path / "files", count), tmp_path / "output"
    output.mkdir()
    wanted = uninterrupted(tmp_path / "reference", files, output)
    assert wanted["flaws"] == []
    assert sum(wanted["content"]["Harbour"]["report"].values()) == count
    assert all(wanted["content"]["Harbour"]["hits"].values())
    killer = Killer(tmp_path / "home", files, output, seed)
    killer.run(kills)
    life = Life(tmp_path / "home", output, ask=QUESTIONS)
    assert life.finish() == 0, life.told()
    story = f"seed {seed}, killed {killer.kills}\n{life.told()}"
    assert life.holds()["flaws"] == [], story
    different = compare(wanted["content"], life.holds()["content"])
    assert not different, "\n".join([*different[:20], story])
    print(f"{len(killer.kills)} kills: {Counter(killer.kills)}")
    assert len(killer.kills) >= least, f"the import was too short: {story}"


@pytest.mark.slow
def test_four_kills_leave_what_no_kill_leaves(tmp_path: Path) -> None:
    check(tmp_path, count=110, kills=4, least=1, seed=6)


@pytest.mark.slow
def test_fifty_kills_leave_what_no_kill_leaves(tmp_path: Path) -> None:
    # More than are needed, of more files: how much is done between two depends on the machine, and
    # the import may end before the last ones.
    check(tmp_path, count=900, kills=80, least=50, seed=50)
