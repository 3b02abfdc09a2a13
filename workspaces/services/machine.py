"""What this machine has for a model to run on."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import psutil

from workspaces.core.fitting import Room
from workspaces.core.reasons import Problem
from workspaces.engine.child import Child
from workspaces.protocol.messages import Card, Probe, Probed

log = logging.getLogger("quire.machine")

PATIENCE = 15.0
"""Seconds that looking for graphics cards may take: importing llama.cpp takes one or two, waking a
driver some more."""


@dataclass(frozen=True, slots=True)
class Machine:
    """``memory`` is all of it and ``available`` what programs could have now, in bytes; ``cores``
    are physical ones, ``threads`` what they run at once; ``disk`` is what is free where the home
    is, in bytes, None where that cannot be told. ``cards`` are the graphics cards that llama.cpp
    can use, None where looking for them failed."""

    memory: int
    available: int
    cores: int
    threads: int
    disk: int | None
    cards: tuple[Card, ...] | None

    @property
    def room(self) -> Room:
        """What a model may take. Graphics memory is none of it: answers are made on the
        processor."""
        return Room(self.memory, self.disk)


async def look_at_machine(home: Path, child: Child, patience: float = PATIENCE) -> Machine:
    """The machine with the folder ``home`` on it. ``child`` is a generator that nobody else asks:
    it looks for graphics cards, gets ``patience`` seconds, and is ended whatever it does."""
    cards = await _find_cards(child, patience)
    return await asyncio.to_thread(_measured, home, cards)


async def _find_cards(child: Child, patience: float) -> tuple[Card, ...] | None:
    try:
        found = await child.call(Probe(), Probed, patience=patience)
    except (Problem, TypeError) as error:  # it died, hung, failed, or answered something else
        log.warning("graphics cards are not known: %s", error)
        return None
    finally:
        await child.kill()
    return tuple(found.cards)


def _measured(home: Path, cards: tuple[Card, ...] | None) -> Machine:
    memory = psutil.virtual_memory()
    threads = os.cpu_count() or 1
    # Where nobody tells, two threads a core is the likeliest.
    cores = psutil.cpu_count(logical=False) or max(1, threads // 2)
    return Machine(memory.total, memory.available, cores, threads, _free(home), cards)


def _free(folder: Path) -> int | None:
    """Where ``folder`` is, or will be once it is made."""
    try:
        there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
        return shutil.disk_usage(there).free
    except OSError:
        return None
