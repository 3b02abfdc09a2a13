"""The use-cases with real children behind a real wall; only the models are fakes."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from workspaces.engine.child import Child
from workspaces.engine.life import Limits
from workspaces.library.home import Home, lock_home, prepare_home
from workspaces.services.quire import Quire, Samples
from workspaces.services.views import Change

WORKER = Path(__file__).parent / "fake_worker.py"
ROOT = Path(__file__).parents[2]

Open = Callable[..., Awaitable[Quire]]


class Stage:
    """A home, the Quire that is open on it, its children, and what it announced."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root / "home")
        self.model = root / "model.gguf"
        self.model.write_bytes(b"GGUF")
        self.children: dict[str, Child] = {}
        self.changes: list[Change] = []
        self.quire: Quire | None = None

    async def open(self, samples: Samples | None = None, model: bool = True) -> Quire:
        """Start Quire on the home, as a new program would."""
        prepare_home(self.home)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.children = {
            role: Child(role, [sys.executable, str(WORKER), role], environment, Limits(grace=2))
            for role in ("reader", "indexer", "generator")
        }
        self.quire = Quire(
            home=self.home,
            lock=lock_home(self.home),
            embedder=self.model.parent,
            starter=self.model if model else None,
            samples=samples,
            **self.children,
        )
        self.quire.subscribe(self.changes.append)
        await self.quire.start()
        return self.quire

    async def close(self) -> None:
        if self.quire is not None:
            await self.quire.close()
            self.quire = None


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(tmp_path)
    yield made
    await made.close()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with three documents and a picture."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "seals.md").write_text("# Seals\n\nThe warranty on the seals is 12 months.\n")
    (folder / "oil.txt").write_text("Replace the oil filter every 500 operating hours.\n")
    (folder / "规定.txt").write_text("借期为三十天。馆长是王伟。\n", "gb18030")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    return folder
