"""The export of a conversation says which of its answers are not whole. No child is started."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from workspaces.core.evidence import weigh
from workspaces.core.types import Ending
from workspaces.engine.child import Child
from workspaces.library.home import Home, lock_home, prepare_home
from workspaces.protocol.messages import ROLES
from workspaces.services.quire import Quire
from workspaces.services.searching import Retrieved, Searching


def open_quire(root: Path) -> Quire:
    home = Home(root / "home")
    prepare_home(home)
    children = {role: Child(role, [], {}) for role in ROLES}
    return Quire(
        home,
        lock_home(home),
        **children,
        embedder=None,
        starter=None,
        make_probe=lambda: children["generator"],
        places=(),
        samples=None,
    )


@pytest.fixture
async def found(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncio.Event]:
    """A search lasts until this is set, and finds nothing."""
    event = asyncio.Event()

    async def retrieve(*_asked: object) -> Retrieved:
        await event.wait()
        return Retrieved("", [], [], {}, weigh("", [], []), by_words=True, reranker="")

    monkeypatch.setattr(Searching, "retrieve", retrieve)
    yield event
    event.set()


async def asked(quire: Quire) -> tuple[str, str, asyncio.Task[object]]:
    """A new workspace and conversation, and a question in it that is on disk by now."""
    workspace = (await quire.create_workspace("Law")).id
    conversation = (await quire.create_conversation(workspace)).id
    asking: asyncio.Task[object] = asyncio.create_task(quire.ask(workspace, conversation, "why?"))
    while not await quire.list_turns(workspace, conversation):
        await asyncio.sleep(0)
    return workspace, conversation, asking


async def exported(quire: Quire, workspace: str, conversation: str, target: Path) -> str:
    return (await quire.export_conversation(workspace, conversation, target)).read_text("utf-8")


async def test_an_answer_is_being_written_until_it_has_ended(
    tmp_path: Path, found: asyncio.Event
) -> None:
    quire = open_quire(tmp_path)
    workspace, conversation, asking = await asked(quire)
    target = tmp_path / "out.md"
    assert "still being written" in await exported(quire, workspace, conversation, target)
    found.set()
    await asking
    assert "unfinished" not in await exported(quire, workspace, conversation, target)
    await quire.close()


async def test_a_stopped_answer_is_said_to_be_stopped(tmp_path: Path, found: asyncio.Event) -> None:
    quire = open_quire(tmp_path)
    workspace, conversation, asking = await asked(quire)
    await quire.stop()
    await asking
    text = await exported(quire, workspace, conversation, tmp_path / "out.md")
    assert "stopped while it was being written" in text
    await quire.close()


async def test_an_answer_cut_off_by_a_crash_is_said_to_be(
    tmp_path: Path, found: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire = open_quire(tmp_path)
    workspace, conversation, asking = await asked(quire)
    (turn,) = await quire.list_turns(workspace, conversation)
    assert turn.ending is Ending.UNFINISHED
    monkeypatch.setattr("workspaces.library.conversations.Conversations.save", lambda *_: None)
    await quire.close()  # as in a crash, nothing more is saved
    await asking
    again = open_quire(tmp_path)
    text = await exported(again, workspace, conversation, tmp_path / "out.md")
    assert "Quire ended while it was being written" in text
    await again.close()
