"""What the machine has is told whatever the child that looks for graphics cards does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil
import pytest

from workspaces.engine.child import Child
from workspaces.engine.life import Limits
from workspaces.services.machine import look_at_machine

ROOT = Path(__file__).parents[2]
RUDE = Path(__file__).parent / "rude.py"
QUICK = Limits(handshake=5.0, cancel=0.3, silence=30.0, grace=0.5)


def rude(manner: str, limits: Limits = QUICK) -> Child:
    return Child("generator", [sys.executable, str(RUDE), manner], dict(os.environ), limits)


def generator() -> Child:
    command = [sys.executable, "-m", "workspaces.worker", "generator"]
    return Child("generator", command, {**os.environ, "PYTHONPATH": str(ROOT)})


async def test_what_this_machine_has(tmp_path: Path) -> None:
    child = generator()
    machine = await look_at_machine(tmp_path, child)
    assert child.pid is None
    assert machine.memory == psutil.virtual_memory().total
    assert 0 < machine.available <= machine.memory
    assert 1 <= machine.cores <= machine.threads
    assert machine.disk is not None
    assert (machine.room.memory, machine.room.disk) == (machine.memory, machine.disk)
    assert isinstance(
        machine.cards, tuple
    )  # of our own child it is known, also where there is none


@pytest.mark.parametrize(
    "manner", ["silent", "early", "garbage", "half", "abort", "memory", "hang", "beats", "polite"]
)
async def test_a_child_that_is_rude_or_hangs_does_not_matter(tmp_path: Path, manner: str) -> None:
    child = rude(manner, Limits(handshake=0.5, cancel=0.3, grace=0.5))
    machine = await look_at_machine(tmp_path, child, patience=0.5)
    assert machine.cards is None
    assert machine.memory > 0
    assert child.pid is None


async def test_a_home_that_is_not_there_yet_is_on_the_disk_of_its_parent(tmp_path: Path) -> None:
    machine = await look_at_machine(tmp_path / "not" / "yet", rude("early"))
    assert machine.disk is not None


async def test_a_disk_that_does_not_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise OSError("no such call")

    monkeypatch.setattr("shutil.disk_usage", refuse)
    assert (await look_at_machine(tmp_path, rude("early"))).disk is None
