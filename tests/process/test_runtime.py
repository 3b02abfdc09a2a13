"""Our side and the other side of the wall together, with the real runtime in a real process."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from workspaces.core.reasons import Problem
from workspaces.engine.child import Child
from workspaces.engine.faults import Fault
from workspaces.engine.life import Limits
from workspaces.protocol.messages import (
    Count,
    Counted,
    Discard,
    EmbedQuestion,
    Found,
    Inspect,
    Inspected,
    Nothing,
    Prepare,
    ProgressBody,
    RequestBody,
    Rerank,
    Search,
    Wire,
)

ROLE = Path(__file__).parent / "plain_role.py"
ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, str(ROLE)]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SEARCH = Search("", "q", 1)


@pytest.fixture
async def child() -> AsyncIterator[Child]:
    made = Child("plain", COMMAND, ENVIRONMENT, Limits(cancel=1.0, grace=2.0))
    yield made
    await made.stop()


async def test_prints_do_not_reach_the_wire(child: Child) -> None:
    assert await child.call(Discard("print"), Nothing) == Nothing()
    assert await child.call(SEARCH, Found) == Found([], False)


async def test_a_problem_keeps_its_sentence(child: Child) -> None:
    with pytest.raises(Problem, match=r"图\.txt is empty"):
        await child.call(Discard("problem"), Nothing)


async def test_a_bug_is_told_and_the_child_lives(child: Child) -> None:
    with pytest.raises(Problem, match="ValueError: ours"):
        await child.call(Discard("bug"), Nothing)
    assert await child.call(SEARCH, Found) == Found([], False)


async def test_progress_arrives_in_order(child: Child) -> None:
    heard: list[ProgressBody] = []
    await child.call(Discard("0.2"), Nothing, on_progress=heard.append)
    assert [step.done for step in heard if hasattr(step, "done")] == list(range(10))


async def test_a_cancel_is_heard_and_the_child_lives(child: Child) -> None:
    asking = asyncio.create_task(child.call(Discard("20"), Nothing))
    await _busy(child)
    pid, begun = child.pid, time.monotonic()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert time.monotonic() - begun < 1.0
    assert await child.call(SEARCH, Found) == Found([], False)
    assert child.pid == pid


async def test_a_request_cancelled_while_waiting_is_never_begun(child: Child) -> None:
    first = asyncio.create_task(child.call(Discard("0.5"), Nothing))
    await _busy(child)
    heard: list[ProgressBody] = []
    second = asyncio.create_task(child.call(Discard("5"), Nothing, on_progress=heard.append))
    await asyncio.sleep(0.05)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    assert await first == Nothing()
    assert heard == []


async def test_a_search_overtakes_what_waits(child: Child) -> None:
    order: list[str] = []

    async def ask(name: str, body: Discard | Search) -> None:
        await child.call(body, Found if isinstance(body, Search) else Nothing)
        order.append(name)

    first = asyncio.create_task(ask("first", Discard("0.5")))
    await _busy(child)
    others = [asyncio.create_task(ask("later", Discard("0.1"))) for _ in range(3)]
    await asyncio.sleep(0.05)
    search = asyncio.create_task(ask("search", SEARCH))
    await asyncio.gather(first, *others, search)
    assert order == ["first", "search", "later", "later", "later"]


async def test_what_is_long_holds_nothing_up_but_its_like(child: Child) -> None:
    order: list[str] = []

    async def ask(name: str, body: Discard | Prepare) -> None:
        await child.call(body, Nothing)
        order.append(name)

    first = asyncio.create_task(ask("first", Prepare("1")))
    await _busy(child)
    second = asyncio.create_task(ask("second", Prepare("0.1")))
    await asyncio.sleep(0.05)
    question = asyncio.create_task(child.call(EmbedQuestion("", ""), Nothing))
    question.add_done_callback(lambda _: order.append("question"))
    await asyncio.gather(first, second, *(ask("quick", Discard("0.1")) for _ in range(3)))
    assert order == ["quick", "quick", "quick", "first", "question", "second"]


async def test_reranking_is_long_and_overtakes_what_waits_to_be_embedded(child: Child) -> None:
    order: list[str] = []

    async def ask(name: str, body: RequestBody) -> None:
        await child.call(body, Nothing)
        order.append(name)

    first = asyncio.create_task(ask("first", Prepare("0.5")))
    await _busy(child)
    second = asyncio.create_task(ask("second", Prepare("0.1")))
    await asyncio.sleep(0.05)
    ranking = asyncio.create_task(ask("ranking", Rerank("", "", [])))
    await asyncio.gather(first, second, ranking, ask("quick", Discard("0.1")))
    assert order == ["quick", "first", "ranking", "second"]


async def test_a_long_request_is_cancelled_and_the_rest_goes_on(child: Child) -> None:
    asking = asyncio.create_task(child.call(Prepare("20"), Nothing))
    await _busy(child)
    quick = asyncio.create_task(child.call(Discard("0.5"), Nothing))
    pid, begun = child.pid, time.monotonic()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert time.monotonic() - begun < 1.0
    assert await quick == Nothing()
    assert child.pid == pid


async def test_exit_in_the_middle_of_what_is_long_is_a_fault(child: Child) -> None:
    with pytest.raises(Fault, match="stopped unexpectedly"):
        await child.call(EmbedQuestion("", "exit"), Nothing)


async def test_preparation_is_asked_once_a_process(child: Child) -> None:
    needs = Count(["abc"])
    assert (await child.prepare(needs, Counted)).tokens == [3]
    for _ in range(2):
        await child.call(SEARCH, Found, needs=needs)
    await child.kill()
    assert (await child.prepare(needs, Counted)).tokens == [3]


async def test_exit_in_the_middle_is_a_fault(child: Child) -> None:
    with pytest.raises(Fault, match="stopped unexpectedly"):
        await child.call(Inspect(""), Inspected)


async def test_a_look_survives_the_end_of_one_process(child: Child) -> None:
    looking = asyncio.create_task(child.look(Discard("0.5"), Nothing))
    await _busy(child)
    assert child.pid is not None
    psutil.Process(child.pid).kill()
    assert await looking == Nothing()
    with pytest.raises(Fault):
        await child.look(Inspect(""), Inspected)


async def test_a_look_does_not_bring_back_what_was_stopped(child: Child) -> None:
    looking = asyncio.create_task(child.look(Discard("deaf"), Nothing))
    await _busy(child)
    await child.stop()
    with pytest.raises(Fault):
        await looking
    assert child.pid is None


async def test_garbage_from_the_parent_is_survived() -> None:
    with subprocess.Popen(COMMAND, env=ENVIRONMENT, stdin=-1, stdout=-1, stderr=-1) as process:
        out, _ = process.communicate(b'garbage\n{"type":"cancel","id":7}\n{"half', timeout=20)
    assert len(out.splitlines()) == 1
    Wire().decode_outbound(out)
    assert process.returncode == 0


@pytest.mark.parametrize("work", ["20", "deaf"])
def test_the_child_ends_when_the_parent_dies(work: str, tmp_path: Path) -> None:
    """``kill -9`` of the parent while the child works, even where it does not listen."""
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio, sys\n"
        "from workspaces.engine.child import Child\n"
        "from workspaces.protocol.messages import Discard, Nothing\n"
        "async def main():\n"
        f"    child = Child('plain', {COMMAND!r}, {ENVIRONMENT!r})\n"
        f"    asking = asyncio.create_task(child.call(Discard({work!r}), Nothing))\n"
        "    while child.pid is None: await asyncio.sleep(0.01)\n"
        "    await asyncio.sleep(0.3)\n"
        "    print(child.pid, flush=True)\n"
        "    await asking\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, str(script)], env=ENVIRONMENT, stdout=-1) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        orphan = psutil.Process(pid)
        parent.kill()
    try:
        orphan.wait(timeout=10)
    except psutil.TimeoutExpired:
        orphan.kill()
        pytest.fail("the child outlived its parent")
    except psutil.NoSuchProcess:
        pass


async def _busy(child: Child) -> None:
    while child.pid is None:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
