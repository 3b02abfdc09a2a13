"""Models from a mirror on this machine into the home: paused, cut, killed, wrong, and used."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from tests.fault_server import FaultServer, serving
from tests.services.stage import Stage
from tests.shared import shared_folder
from workspaces.core.mirrors import RemoteFile
from workspaces.core.reasons import Problem
from workspaces.library.downloaded import Wanted
from workspaces.library.settings import Settings, write_settings
from workspaces.services.downloads import Downloads
from workspaces.services.views import DownloadsChanged, DownloadState

NOISE = random.Random(1).randbytes(3 * 2**20)
FILES = {"config.json": b"{}", "1_Pooling/config.json": b"{ }", "model.safetensors": NOISE}

E5 = Wanted(
    "e5", "E5", "embedder", "intfloat/e5", [RemoteFile(path, len(FILES[path])) for path in FILES]
)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving(FaultServer(files=dict(FILES))) as server:
        yield server


@pytest.fixture
async def stage(tmp_path: Path, server: FaultServer) -> AsyncIterator[Stage]:
    """A home whose only mirror is ``server``."""
    stage = Stage(tmp_path)
    stage.home.root.mkdir()
    own = f"http://127.0.0.1:{server.port}"
    write_settings(stage.home.settings, Settings(mirrors=["127.0.0.1"], own_mirror=own))
    yield stage
    await stage.close()


async def opened(stage: Stage) -> Downloads:
    return (await stage.open()).downloads


def states(downloads: Downloads) -> list[DownloadState]:
    return [view.state for view in downloads.views()]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


async def test_a_model_gets_its_folder_when_all_of_it_is_there(
    stage: Stage, server: FaultServer
) -> None:
    downloads = await opened(stage)
    await downloads.begin(E5)
    await downloads.finished()
    folder = stage.home.models / "e5"
    assert {path: (folder / path).read_bytes() for path in FILES} == FILES
    assert [each.path for each in downloads.here()] == [str(folder)]
    assert downloads.views() == []
    assert list((stage.home.models / "coming").iterdir()) == []
    seen = [each.downloads for each in stage.changes if isinstance(each, DownloadsChanged)]
    assert max(view.done for views in seen for view in views) == E5.size
    assert seen[-1] == ()


async def test_nothing_is_asked_before_a_person_asks(stage: Stage, server: FaultServer) -> None:
    downloads = await opened(stage)
    await downloads.begin(msgspec.structs.replace(E5))
    await downloads.finished()
    asked = len(server.asked)
    await stage.close()
    downloads = await opened(stage)
    await downloads.begin(E5)  # it is here
    await downloads.finished()
    assert stage.children["fetcher"].pid is None
    assert len(server.asked) == asked


async def test_a_paused_download_goes_on_where_it_was_in_the_next_session(
    stage: Stage, server: FaultServer
) -> None:
    server.manners = ["good", "good", "cut", "silent"]
    server.chance = random.Random(5)
    downloads = await opened(stage)
    await downloads.begin(E5)
    await until(lambda: len(server.asked) == 4)
    await downloads.pause("e5")
    assert states(downloads) == [DownloadState.PAUSED]
    done = downloads.views()[0].done
    assert done > 2**20
    await stage.close()

    server.manners = ["good"]
    downloads = await opened(stage)
    assert states(downloads) == [DownloadState.PAUSED]
    assert downloads.views()[0].done == done
    assert len(server.asked) == 4  # nothing goes on by itself
    await downloads.resume("e5")
    await downloads.finished()
    assert (stage.home.models / "e5/model.safetensors").read_bytes() == NOISE
    small = sum(len(data) for data in FILES.values()) - len(NOISE)
    assert server.asked[4:] == [f"bytes={done - small}-{len(NOISE) - 1}"]


async def test_a_killed_fetcher_is_a_failure_that_can_be_resumed(
    stage: Stage, server: FaultServer
) -> None:
    server.manners = ["good", "good", "silent"]
    downloads = await opened(stage)
    await downloads.begin(E5)
    await until(lambda: len(server.asked) == 3)
    pid = stage.children["fetcher"].pid
    assert pid  # 0 would be every process of this group
    os.kill(pid, 9)
    await until(lambda: states(downloads) == [DownloadState.FAILED])
    reason = downloads.views()[0].reason
    assert reason is not None
    assert reason.code == "ended_from_outside"
    server.manners = ["good"]
    await downloads.resume("e5")
    await downloads.finished()
    assert [each.wanted.id for each in downloads.here()] == ["e5"]


async def test_what_is_given_up_leaves_nothing(stage: Stage, server: FaultServer) -> None:
    server.manners = ["good", "good", "silent"]
    downloads = await opened(stage)
    await downloads.begin(E5)
    await until(lambda: len(server.asked) == 3)
    await downloads.give_up("e5")
    assert downloads.views() == []
    assert list((stage.home.models / "coming").iterdir()) == []


async def test_one_comes_after_the_other(stage: Stage, server: FaultServer) -> None:
    server.manners = ["silent", "good"]
    downloads = await opened(stage)
    await downloads.begin(E5)
    await downloads.begin(msgspec.structs.replace(E5, id="second", title="Second"))
    await until(lambda: len(server.asked) == 1)
    assert states(downloads) == [DownloadState.RUNNING, DownloadState.WAITING]
    await downloads.pause("e5")
    await downloads.finished()
    assert [each.wanted.id for each in downloads.here()] == ["second"]
    assert states(downloads) == [DownloadState.PAUSED]


async def test_a_file_that_is_no_model_is_not_kept(stage: Stage, server: FaultServer) -> None:
    server.files["m.gguf"] = NOISE
    downloads = await opened(stage)
    await downloads.begin(Wanted("m", "M", "generator", "o/m", [RemoteFile("m.gguf", len(NOISE))]))
    await until(lambda: states(downloads) == [DownloadState.FAILED])
    reason = downloads.views()[0].reason
    assert reason is not None
    assert reason.code == "not_a_gguf"
    assert not (stage.home.models / "m").exists()
    assert not (stage.home.models / "coming/m").exists()


async def test_a_downloaded_model_can_be_chosen(stage: Stage, server: FaultServer) -> None:
    model = shared_folder() / "models/stories260K/stories260K-f32.gguf"
    server.files["stories.gguf"] = model.read_bytes()
    downloads = await opened(stage)
    [file] = [each for each in await downloads.files_of("o/m") if each.path == "stories.gguf"]
    await downloads.begin(Wanted("m", "Stories", "generator", "o/m", [file]))
    await downloads.finished()
    [here] = downloads.here()
    assert stage.quire is not None
    assert (await stage.quire.choose_model(here.path)).name == "stories"


async def test_a_file_that_nobody_vouches_for_is_not_downloaded(
    stage: Stage, server: FaultServer
) -> None:
    downloads = await opened(stage)
    await downloads.begin(Wanted("m", "M", "embedder", "o/m", [RemoteFile("gone.bin", 5)]))
    await until(lambda: states(downloads) == [DownloadState.FAILED])
    reason = downloads.views()[0].reason
    assert reason is not None
    assert reason.code == "download_unverifiable"
    assert server.asked == []


async def test_a_listing_of_nobody_is_a_sentence(stage: Stage, server: FaultServer) -> None:
    downloads = await opened(stage)
    own = "http://127.0.0.1:9"
    assert stage.quire is not None
    stage.quire._models.settings = Settings(mirrors=["127.0.0.1"], own_mirror=own)
    with pytest.raises(Problem) as caught:
        await downloads.files_of("o/m")
    assert caught.value.reason.code == "listing_failed"
    with pytest.raises(Problem) as caught:
        await downloads.files_of("llama")
    assert caught.value.reason.code == "no_repository"


async def test_a_list_that_cannot_be_read_keeps_nobody_from_starting(stage: Stage) -> None:
    stage.home.models.mkdir(parents=True)
    (stage.home.models / "downloads.json").write_bytes(b"{")
    downloads = await opened(stage)
    assert downloads.views() == []
    await downloads.begin(E5)
    await downloads.finished()
    assert [each.wanted.id for each in downloads.here()] == ["e5"]
