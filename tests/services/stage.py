"""A Quire on a throwaway home, with real children behind a real wall; only the models are fakes."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from workspaces.engine.child import Child
from workspaces.engine.life import Limits
from workspaces.library.home import Home, lock_home, prepare_home
from workspaces.library.model_places import Place
from workspaces.protocol.messages import ROLES
from workspaces.services.quire import Quire, Samples
from workspaces.services.views import (
    Change,
    TurnGrew,
)

WORKER = Path(__file__).parent / "fake_worker.py"
ROOT = Path(__file__).parents[2]


class Stage:
    """A home, the Quire that is open on it, its children, and what it announced."""

    def __init__(self, root: Path, worker: Path = WORKER) -> None:
        """``worker`` is the program that the children run."""
        self.worker = worker
        self.home = Home(root / "home")
        self.model = root / "model.gguf"
        self.model.write_bytes(b"GGUF")
        self.children: dict[str, Child] = {}
        self.changes: list[Change] = []
        self.places: list[Place] = []
        """Where other programs keep models."""
        self.quire: Quire | None = None

    async def open(self, samples: Samples | None = None, model: bool = True) -> Quire:
        """Start Quire on the home, as a new program would."""
        prepare_home(self.home)
        self.children = {role: self._child(role) for role in ROLES}
        self.quire = Quire(
            home=self.home,
            lock=lock_home(self.home),
            embedder=self.model.parent,
            starter=self.model if model else None,
            make_probe=lambda: self._child("generator"),
            places=self.places,
            samples=samples,
            **self.children,
        )
        self.quire.subscribe(self.changes.append)
        await self.quire.start()
        return self.quire

    def _child(self, role: str) -> Child:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return Child(role, [sys.executable, str(self.worker), role], environment, Limits(grace=2))

    async def close(self) -> None:
        if self.quire is not None:
            await self.quire.close()
            self.quire = None


async def filled(stage: Stage, papers: Path) -> tuple[Quire, str]:
    """A Quire with a workspace that holds ``papers``."""
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    documents = await quire.add_documents(workspace, [str(papers)])
    await quire.wait_for_documents(workspace, documents)
    return quire, workspace


async def names_found(quire: Quire, workspace: str, question: str) -> list[str]:
    return [passage.name for passage in await quire.search(workspace, question)]


async def grown(stage: Stage) -> None:
    async with asyncio.timeout(30):
        while not any(isinstance(change, TurnGrew) for change in stage.changes):
            await asyncio.sleep(0.01)
