"""What a person can choose a model from: what is on offer, how it fits this machine, and what is on
the disk already."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from workspaces.engine.child import Child
from workspaces.library.found_models import Found, find_models, offer_of
from workspaces.library.home import Home
from workspaces.library.model_places import Place
from workspaces.library.offers import Judged, judged
from workspaces.services.machine import Machine, look_at_machine


@dataclass(frozen=True, slots=True)
class Stock:
    """``offers`` are in the order for the ``machine``; ``here`` are those of them whose files were
    ``found`` on the disk, by their ids."""

    machine: Machine
    offers: list[Judged]
    found: list[Found]
    here: dict[str, Found]


async def take_stock(home: Home, context: int, child: Child, places: Sequence[Place]) -> Stock:
    """Look at the machine and through ``places``; may take half a minute. ``context`` is in tokens;
    ``child`` is a generator that nobody else asks, and is ended."""
    machine, found = await asyncio.gather(
        look_at_machine(home.root, child), asyncio.to_thread(find_models, places)
    )
    here = {offer.id: one for one in reversed(found) if (offer := offer_of(one))}
    return Stock(machine, judged(machine.room, context, here), found, here)
