"""Downloads from servers that do not do what they should: nothing wrong ever gets its name."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from app.bootstrap import worker
from tests.fault_server import MANNERS, FaultServer, serving
from workspaces.core.reasons import Problem
from workspaces.engine.child import Child
from workspaces.engine.faults import Fault
from workspaces.protocol.messages import (
    Address,
    Contacted,
    Fetch,
    Fetched,
    ProgressBody,
    Received,
    TriedMirrors,
    TryMirrors,
)
from workspaces.worker.adapters.http_web import HttpWeb
from workspaces.worker.fetching import Fetching, Patience
from workspaces.worker.role import Talk

CONTENT = random.Random(1).randbytes(3 * 2**20 + 77)
DIGEST = f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"

SHORT = Patience(tries=3, progress=2**10, pause=0.01, window=0.3, slowest=2**14)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving(FaultServer(CONTENT)) as server:
        yield server


@pytest.fixture
def second() -> Iterator[FaultServer]:
    with serving(FaultServer(CONTENT)) as server:
        yield server


def wanted(target: Path, *addresses: Address, digest: str = DIGEST) -> Fetch:
    return Fetch(list(addresses), str(target), len(CONTENT), digest)


def fetch(body: Fetch, progress: list[ProgressBody] | None = None) -> Fetched:
    heard = progress if progress is not None else []
    talk = Talk(progress=heard.append, loading=lambda _: None, stopped=lambda: False)
    web = HttpWeb(lambda host: heard.append(Contacted(host)), silence=0.5)
    return Fetching(body, web, talk, SHORT).run()


def failure(body: Fetch) -> str:
    """The code of the problem that a download ends with; nothing may have got its name."""
    with pytest.raises(Problem) as caught:
        fetch(body)
    assert not Path(body.target).exists()
    return caught.value.reason.code


def parts(target: Path) -> list[Path]:
    return list(target.parent.glob("*.part"))


def test_a_good_server_is_asked_once(server: FaultServer, tmp_path: Path) -> None:
    heard: list[ProgressBody] = []
    assert fetch(wanted(tmp_path / "m.gguf", server.address()), heard) == Fetched("mirror")
    assert (tmp_path / "m.gguf").read_bytes() == CONTENT
    assert server.asked == [""]
    assert heard[-1] == Received(len(CONTENT), "mirror")
    assert Contacted("127.0.0.1") in heard
    assert parts(tmp_path / "m.gguf") == []


@pytest.mark.parametrize("manner", ["cut", "hang up", "busy", "broken", "silent"])
def test_what_passes_is_tried_again(manner: str, server: FaultServer, tmp_path: Path) -> None:
    server.manners = [manner, manner, "good"]
    fetch(wanted(tmp_path / "m.gguf", server.address()))
    assert (tmp_path / "m.gguf").read_bytes() == CONTENT
    assert len(server.asked) == 3


@pytest.mark.parametrize("manner", ["no ranges", "says 200", "good"])
def test_what_is_there_is_gone_on_with(manner: str, server: FaultServer, tmp_path: Path) -> None:
    part_of(tmp_path / "m.gguf", CONTENT[: 2**21])
    server.manners = [manner]
    fetch(wanted(tmp_path / "m.gguf", server.address()))
    assert (tmp_path / "m.gguf").read_bytes() == CONTENT
    assert server.asked == [f"bytes={2**21}-{len(CONTENT) - 1}"]


def part_of(target: Path, content: bytes) -> Path:
    """What an earlier try left of ``target``."""
    path = target.with_name(f"{target.name}.{DIGEST[-12:]}.part")
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        ("cut at once", "download_unreachable"),
        ("hang up", "download_unreachable"),
        ("silent", "download_unreachable"),
        ("longer", "download_another"),
        ("endless", "download_another"),
        ("shorter", "download_another"),
        ("wrong range", "download_another"),
        ("corrupt", "download_another"),
        ("login", "download_another"),
        ("long login", "download_another"),
        ("json error", "download_another"),
        ("packed", "download_another"),
        ("no such range", "download_another"),
        ("redirect", "download_elsewhere"),
        ("circle", "download_elsewhere"),
        ("trickle", "download_slow"),
        ("busy", "download_busy"),
        ("very busy", "download_busy"),
        ("broken", "download_busy"),
        ("absent", "download_absent"),
        ("account", "download_forbidden"),
    ],
)
def test_a_bad_server_gives_way_to_the_next_one_or_to_a_sentence(
    manner: str, code: str, server: FaultServer, second: FaultServer, tmp_path: Path
) -> None:
    server.manners = ["hang up" if manner == "cut at once" else manner]
    server.elsewhere = f"http://localhost:{second.port}/m.gguf"
    target = tmp_path / "m.gguf"
    assert failure(wanted(target, server.address())) == code
    last = wanted(target, server.address("bad"), second.address("good"))
    assert fetch(last) == Fetched("good")
    assert target.read_bytes() == CONTENT


def test_a_redirect_to_a_host_of_the_mirror_is_followed(
    server: FaultServer, second: FaultServer, tmp_path: Path
) -> None:
    server.manners = ["redirect"]
    server.elsewhere = f"http://localhost:{second.port}/m.gguf"
    heard: list[ProgressBody] = []
    fetch(wanted(tmp_path / "m.gguf", server.address(hosts=("localhost",))), heard)
    assert (tmp_path / "m.gguf").read_bytes() == CONTENT
    assert {each.host for each in heard if isinstance(each, Contacted)} == {
        "127.0.0.1",
        "localhost",
    }


@pytest.mark.parametrize("elsewhere", ["http://example.org/m.gguf", "file:///etc/passwd", "//"])
def test_no_redirect_leads_out_of_sight(
    elsewhere: str, server: FaultServer, tmp_path: Path
) -> None:
    server.manners = ["redirect"]
    server.elsewhere = elsewhere
    body = wanted(tmp_path / "m.gguf", server.address(hosts=("example.org",)))
    assert failure(body) in ("download_elsewhere", "download_unreachable")


def test_a_wrong_part_costs_a_second_download_and_no_more(
    server: FaultServer, tmp_path: Path
) -> None:
    """Of a part of mixed origin nobody knows whose byte is wrong: the mirror gets a second try."""
    part_of(tmp_path / "m.gguf", bytes(2**21))
    fetch(wanted(tmp_path / "m.gguf", server.address()))
    assert (tmp_path / "m.gguf").read_bytes() == CONTENT
    assert server.asked == [f"bytes={2**21}-{len(CONTENT) - 1}", ""]


def test_a_wrong_part_and_a_wrong_mirror_come_to_an_end(
    server: FaultServer, tmp_path: Path
) -> None:
    part_of(tmp_path / "m.gguf", bytes(2**21))
    server.manners = ["corrupt"]
    assert failure(wanted(tmp_path / "m.gguf", server.address())) == "download_another"
    assert len(server.asked) == 2


def test_a_small_part_and_one_that_is_too_long_are_begun_anew(
    server: FaultServer, tmp_path: Path
) -> None:
    for left in (CONTENT[:1000], CONTENT + b"x"):
        part_of(tmp_path / "m.gguf", left)
        fetch(wanted(tmp_path / "m.gguf", server.address()))
        assert (tmp_path / "m.gguf").read_bytes() == CONTENT
    assert server.asked == ["", ""]


def test_a_part_that_is_whole_needs_no_network(tmp_path: Path) -> None:
    part_of(tmp_path / "m.gguf", CONTENT)
    gone = FaultServer(CONTENT, port=9)
    assert fetch(wanted(tmp_path / "m.gguf", gone.address())) == Fetched("mirror")


def test_another_version_s_part_is_not_gone_on_with(server: FaultServer, tmp_path: Path) -> None:
    part_of(tmp_path / "m.gguf", CONTENT[: 2**21])
    other = "sha256:" + "0" * 64
    assert failure(wanted(tmp_path / "m.gguf", server.address(), digest=other)) == (
        "download_another"
    )
    assert server.asked == [""]


def test_small_files_of_the_hub_have_git_s_digest(server: FaultServer, tmp_path: Path) -> None:
    blob = hashlib.sha1(b"blob %d\0" % len(CONTENT) + CONTENT, usedforsecurity=False)
    fetch(wanted(tmp_path / "m", server.address(), digest=f"git:{blob.hexdigest()}"))
    assert (tmp_path / "m").read_bytes() == CONTENT


@pytest.mark.parametrize("digest", ["", "md5:00"])
def test_without_a_digest_nothing_is_asked_for(
    digest: str, server: FaultServer, tmp_path: Path
) -> None:
    assert failure(wanted(tmp_path / "m", server.address(), digest=digest)) == (
        "download_unverifiable"
    )
    assert server.asked == []


def test_what_does_not_fit_on_the_disk_is_not_begun(
    server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=2**28 + 2**20))
    assert failure(wanted(tmp_path / "m", server.address())) == "download_no_room"
    assert server.asked == []


@pytest.mark.parametrize("seed", range(12))
def test_whatever_servers_do_only_the_right_file_gets_its_name(seed: int, tmp_path: Path) -> None:
    """Some tries, each with mirrors of random manners; the last has a good one."""
    chance = random.Random(seed)
    bad = sorted(MANNERS.keys() - {"silent", "trickle", "very busy"})
    target = tmp_path / "m.gguf"
    for _ in range(3):
        manners = [chance.choices(bad, k=4) for _ in range(2)]
        servers = [FaultServer(CONTENT, {}, each, chance) for each in manners]
        with serving(servers[0]) as one, serving(servers[1]) as other:
            one.elsewhere = other.elsewhere = "http://localhost:9/"
            try:
                fetch(wanted(target, one.address("one"), other.address("other")))
            except Problem:
                assert not target.exists()
            else:
                assert target.read_bytes() == CONTENT
                return
    with serving(FaultServer(CONTENT)) as good:
        fetch(wanted(target, good.address()))
    assert target.read_bytes() == CONTENT


# --- the role, in a process of its own -----------------------------------------------------------


@pytest.fixture
async def child() -> AsyncIterator[Child]:
    child = worker("fetcher")
    yield child
    await child.stop()


async def test_a_killed_download_goes_on_where_it_was(
    child: Child, server: FaultServer, tmp_path: Path
) -> None:
    server.manners = ["cut", "silent", "good"]
    server.chance = random.Random(5)  # cuts after two megabytes
    target = tmp_path / "m.gguf"
    task = asyncio.create_task(child.call(wanted(target, server.address()), Fetched))
    while len(server.asked) < 2:
        await asyncio.sleep(0.02)
    assert child.pid  # 0 would be every process of this group
    os.kill(child.pid, 9)
    with pytest.raises(Fault):
        await task
    left = parts(target)[0].stat().st_size
    assert left > 2**20
    assert not target.exists()
    assert await child.call(wanted(target, server.address()), Fetched) == Fetched("mirror")
    assert server.asked[-1] == f"bytes={left}-{len(CONTENT) - 1}"
    assert target.read_bytes() == CONTENT


async def test_a_cancel_is_heard_while_a_server_is_silent(
    child: Child, server: FaultServer, tmp_path: Path
) -> None:
    server.manners = ["silent"]
    task = asyncio.create_task(child.call(wanted(tmp_path / "m", server.address()), Fetched))
    while not server.asked:
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)


async def test_mirrors_are_put_in_the_order_of_their_speed(
    child: Child, server: FaultServer, second: FaultServer
) -> None:
    server.manners = ["login"]
    addresses = [server.address("bad"), second.address("good")]
    assert await child.call(TryMirrors(addresses, len(CONTENT)), TriedMirrors) == TriedMirrors(
        ["good"]
    )
