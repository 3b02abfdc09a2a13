"""The program as a process of its own, to be killed and to have its writes fail:
``python -m tests.faults.program HOME [--offer FOLDER] [--find WORD] [--ask QUESTION ...]``.

It is the real composition with the workers of ``worker.py``: it opens the home, offers a folder
where nothing was offered before, waits until everything has ended and, asked a question, says what
the home holds. It says what happens as JSON, one object a line, and ends with 0 when all of that
was done, with ``HELD_UP`` when a Problem kept it from that.

With ``--real`` it has the real workers, with ``--warm FOLDER`` it imports that folder into another
workspace before anything else, and with ``--find`` it says when search finds the word first.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from app import bootstrap
from tests.faults.holdings import look_into
from workspaces.core.reasons import Problem
from workspaces.engine.child import Child
from workspaces.library.home import Home
from workspaces.services.quire import Quire
from workspaces.services.views import Change, DocumentChanged, Trouble

WORKSPACE = "Harbour"
WARM_UP = "Warm-up"
ROOT = Path(__file__).parents[2]
WORKER = Path(__file__).with_name("worker.py")
HELD_UP = 3

children: dict[str, Child] = {}


def worker(role: str, *_: str) -> Child:
    """In place of ``bootstrap.worker``."""
    environment = bootstrap.child_environment(os.environ) | {"PYTHONPATH": str(ROOT)}
    children[role] = Child(role, [sys.executable, str(WORKER), role], environment)
    return children[role]


def say(what: str, **details: Any) -> None:
    """``at`` is in seconds, of the system's monotonic clock."""
    line = {"what": what, "at": time.monotonic(), **details}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def tell(change: Change) -> None:
    """How far each document has come, and what the person is told."""
    if isinstance(change, Trouble):
        say("trouble", code=change.reason.code, sentence=change.reason.sentence())
    if isinstance(change, DocumentChanged):
        state = change.document.state
        what = "ended" if state.is_final else "moved"
        say(what, path=change.document.path, state=state)


async def offer(quire: Quire, name: str, folder: str) -> str:
    """Offer ``folder`` to a workspace, unless that was done in an earlier life; the workspace."""
    names = {view.name: view.id for view in await quire.list_workspaces()}
    workspace = names.get(name) or (await quire.create_workspace(name)).id
    if not await quire.list_documents(workspace):
        await quire.add_documents(workspace, [folder])
    return workspace


async def find(quire: Quire, workspace: str, word: str) -> None:
    """Say when ``word`` is found."""
    while not any(
        word in found.text for found in await quire.search(workspace, word, 1, at_once=True)
    ):
        await asyncio.sleep(0.1)
    say("found")


async def settle(quire: Quire) -> int:
    """Wait for all that is under way; how many passages there are."""
    passages = 0
    for view in await quire.list_workspaces():
        rows = await quire.list_documents(view.id)
        ended = await quire.wait_for_documents(view.id, [row.id for row in rows])
        passages += sum(row.passages for row in ended)
    return passages


async def work(quire: Quire, home: Home, arguments: argparse.Namespace) -> None:
    warm = 0
    if arguments.warm:
        await offer(quire, WARM_UP, arguments.warm)
        warm = await settle(quire)
    finding: asyncio.Task[None] | None = None
    if arguments.offer:
        say("begun")
        workspace = await offer(quire, WORKSPACE, arguments.offer)
        say("offered")
        if arguments.find:
            finding = asyncio.create_task(find(quire, workspace, arguments.find))
    say("settled", passages=await settle(quire) - warm)
    if finding is not None:
        await finding
    if arguments.ask:
        say("holds", **await look_into(quire, children["indexer"], home.root, arguments.ask))


async def run(home: Home, arguments: argparse.Namespace) -> None:
    quire = await bootstrap.open_quire(home)
    quire.subscribe(tell)
    try:
        await quire.start()
        await work(quire, home, arguments)
    finally:
        await quire.close()


def use_fakes() -> None:
    """Replace the models, and the workers by those that have fakes of them."""
    vars(bootstrap).update(worker=worker, starter_embedder=lambda: ROOT, starter_model=lambda: None)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--offer", metavar="FOLDER")
    parser.add_argument("--find", metavar="WORD")
    parser.add_argument("--ask", nargs="+", metavar="QUESTION")
    parser.add_argument("--warm", metavar="FOLDER")
    parser.add_argument("--real", action="store_true")
    arguments = parser.parse_args()
    if not arguments.real:
        use_fakes()
    try:
        asyncio.run(run(Home(arguments.home), arguments))
    except Problem as problem:
        say("problem", code=problem.reason.code, sentence=str(problem))
        return HELD_UP
    return 0


if __name__ == "__main__":
    sys.exit(main())
