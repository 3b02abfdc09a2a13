"""Children with bad manners: every request still ends exactly once, with a sentence."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest

from workspaces.engine.child import Child
from workspaces.engine.faults import Fault
from workspaces.engine.life import Limits
from workspaces.protocol.messages import Discard, Nothing

RUDE = Path(__file__).parent / "rude.py"
QUICK = Limits(handshake=5.0, cancel=0.3, silence=1.0, grace=0.5)
ASK = Discard(index="nowhere")

Make = Callable[..., Child]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    children: list[Child] = []

    def build(manner: str, limits: Limits = QUICK, **more: object) -> Child:
        command = [sys.executable, str(RUDE), manner]
        child = Child("rude", command, dict(os.environ), limits, **more)  # type: ignore[arg-type]
        children.append(child)
        return child

    yield build
    for child in children:
        await child.stop()


async def fault_of(child: Child) -> Fault:
    with pytest.raises(Fault) as caught:
        await child.call(ASK, Nothing)
    return caught.value


async def test_a_polite_child_answers(make: Make) -> None:
    assert await make("polite").call(ASK, Nothing) == Nothing()


async def test_a_silent_child_is_not_started(make: Make) -> None:
    child = make("silent", Limits(handshake=0.3, grace=0.5))
    assert (await fault_of(child)).reason.code == "not_started"
    assert child.pid is None


async def test_an_early_exit_tells_its_last_words(make: Make) -> None:
    fault = await fault_of(make("early"))
    assert fault.reason.code == "not_started"
    assert "no such library" in str(fault)


async def test_another_protocol_is_refused(make: Make) -> None:
    assert (await fault_of(make("stranger"))).reason.code == "not_started"


async def test_a_missing_program_is_a_sentence(make: Make) -> None:
    child = Child("rude", ["/nonexistent/program"], {}, QUICK)
    assert (await fault_of(child)).reason.code == "not_started"


async def test_garbage_ends_the_child_and_the_request(make: Make) -> None:
    child = make("garbage")
    fault = await fault_of(child)
    assert fault.reason.code == "crashed"
    assert "not a message" in str(fault)
    assert child.pid is None


async def test_half_a_line_is_a_crash(make: Make) -> None:
    assert (await fault_of(make("half"))).reason.code == "crashed"


async def test_abort_is_a_crash_with_its_signal(make: Make) -> None:
    fault = await fault_of(make("abort"))
    assert fault.reason.code == "crashed"
    assert "SIGABRT" in str(fault)


async def test_no_memory_is_said_as_such(make: Make) -> None:
    assert (await fault_of(make("memory"))).reason.code == "out_of_memory"


@pytest.mark.parametrize(
    ("kernel", "code"),
    [
        ([3, 3], "ended_from_outside"),  # nothing was ended for want of memory meanwhile
        ([3, 4], "out_of_memory"),
        ([None, None], "out_of_memory"),  # the kernel does not say: the likeliest cause
    ],
)
async def test_sigkill_reads_as_what_the_kernel_says(
    make: Make, monkeypatch: pytest.MonkeyPatch, kernel: list[int | None], code: str
) -> None:
    monkeypatch.setattr("workspaces.engine.life.memory_kills", lambda: kernel.pop(0))
    child = make("hang", Limits(silence=30))
    asking = asyncio.create_task(child.call(ASK, Nothing))
    while child.pid is None:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    assert child.pid is not None  # psutil would take that for this process
    psutil.Process(child.pid).kill()
    with pytest.raises(Fault) as caught:
        await asking
    assert caught.value.reason.code == code


async def test_a_hanging_child_is_killed(make: Make) -> None:
    child = make("hang")
    assert (await fault_of(child)).reason.code == "killed"
    assert child.pid is None


async def test_beats_keep_alive_but_patience_ends(make: Make) -> None:
    child = make("beats")
    with pytest.raises(Fault) as caught:
        await child.call(ASK, Nothing, patience=2.0)
    assert caught.value.reason.code == "killed"


async def test_flooded_stderr_does_not_block(make: Make) -> None:
    assert await make("flood").call(ASK, Nothing) == Nothing()


async def test_a_cancel_that_is_not_heard_kills(make: Make) -> None:
    child = make("hang", Limits(cancel=0.3, silence=30))
    asking = asyncio.create_task(child.call(ASK, Nothing))
    while child.pid is None:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    pid = child.pid
    assert pid is not None
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert not psutil.pid_exists(pid)


async def test_late_and_double_ends_are_dropped(make: Make) -> None:
    child = make("late")
    for _ in range(3):
        assert await child.call(ASK, Nothing) == Nothing()


async def test_late_frames_of_a_dead_child_do_not_reach_its_successor(make: Make) -> None:
    child = make("late", Limits(cancel=0.05))
    first = asyncio.create_task(child.call(ASK, Nothing))
    while child.pid is None:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    await child.kill()
    with pytest.raises(Fault):
        await first
    assert await child.call(ASK, Nothing) == Nothing()


async def test_three_crashes_in_a_minute_stay_down(make: Make) -> None:
    now = [0.0]
    child = make("abort", clock=lambda: now[0])
    for _ in range(3):
        assert (await fault_of(child)).reason.code == "crashed"
        now[0] += 1
    assert (await fault_of(child)).reason.code == "stays_down"
    now[0] += 61
    assert (await fault_of(child)).reason.code == "crashed"


async def test_a_stubborn_child_is_terminated(make: Make) -> None:
    child = make("stubborn")
    await child.call(ASK, Nothing)
    pid = child.pid
    await child.stop()
    assert pid is not None and not psutil.pid_exists(pid)


async def test_the_next_request_starts_a_new_process(make: Make) -> None:
    child = make("polite")
    await child.call(ASK, Nothing)
    before = child.pid
    await child.kill()
    await child.call(ASK, Nothing)
    assert child.pid not in (before, None)
