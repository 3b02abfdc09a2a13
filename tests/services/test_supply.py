"""Which models there are for this machine, and how one is had."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.fault_server import FaultServer, serving
from tests.services.stage import Stage
from tests.shared import shared_folder
from workspaces.core.mirrors import RemoteFile
from workspaces.core.reasons import Problem
from workspaces.library.model_places import Place
from workspaces.library.offers import all_offers
from workspaces.library.settings import Settings, read_settings, write_settings
from workspaces.services.supply import Supply
from workspaces.services.views import ModelRow, Standing

LLAMA = "llama-3-8b-q4"


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with serving(FaultServer(manners=["silent"])) as server:
        yield server


@pytest.fixture
async def stage(tmp_path: Path, server: FaultServer) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path)
    stage.home.root.mkdir()
    own = f"http://127.0.0.1:{server.port}"
    write_settings(stage.home.settings, Settings(mirrors=["127.0.0.1"], own_mirror=own))
    yield stage
    await stage.close()


@pytest.fixture
def stories() -> Path:
    return shared_folder() / "models/stories260K/stories260K-f32.gguf"


async def opened(stage: Stage) -> Supply:
    return (await stage.open()).supply


def of(rows: list[ModelRow], standing: Standing) -> list[ModelRow]:
    return [row for row in rows if row.standing is standing]


async def test_a_new_home_has_offers_of_each_kind_with_a_verdict(stage: Stage) -> None:
    rows = await (await opened(stage)).rows()
    assert {row.id for row in rows} == {offer.id for offer in all_offers().offers}
    assert {row.kind for row in rows} == {"generator", "embedder", "reranker"}
    assert all(row.fit and row.verdict and row.size for row in rows)
    assert not any(row.answers for row in rows)


async def test_a_licence_is_accepted_once(stage: Stage) -> None:
    supply = await opened(stage)
    assert stage.quire is not None
    with pytest.raises(Problem, match="licence"):
        await supply.download(LLAMA)
    assert stage.quire.downloads.views() == []
    await supply.download(LLAMA, accept=True)
    assert read_settings(stage.home.settings).licences == ["llama3"]
    [coming] = of(await supply.rows(), Standing.COMING)
    assert (coming.id, coming.size) == (LLAMA, 4_920_734_272)
    await stage.quire.downloads.give_up(LLAMA)
    await stage.close()
    supply = await opened(stage)
    await supply.download(LLAMA)
    assert [row.id for row in of(await supply.rows(), Standing.COMING)] == [LLAMA]


async def test_a_model_without_such_a_licence_is_begun_at_once(stage: Stage) -> None:
    supply = await opened(stage)
    await supply.download("bge-small-zh-v1.5")
    [coming] = of(await supply.rows(), Standing.COMING)
    assert coming.id == "bge-small-zh-v1.5"
    with pytest.raises(Problem, match="no model named"):
        await supply.download("gpt-9")


async def test_a_model_of_any_repository_is_had_used_and_removed(
    stage: Stage, server: FaultServer, stories: Path
) -> None:
    server.manners = ["good"]
    server.files = {"README.md": b"hello", "gguf/stories.gguf": stories.read_bytes()}
    supply = await opened(stage)
    quire = stage.quire
    assert quire is not None
    [file] = await supply.models_in("https://huggingface.co/karpathy/stories")
    assert file.path == "gguf/stories.gguf"
    await supply.download_file("karpathy/stories", file)
    await quire.downloads.finished()
    [here] = of(await supply.rows(), Standing.HERE)
    assert here.title == "stories"
    await quire.choose_model(here.path)
    assert [row.id for row in await supply.rows() if row.answers] == [here.id]
    await supply.remove(here.id)
    assert not Path(here.path).exists()
    assert (await quire.model()).kind == "starter"
    assert of(await supply.rows(), Standing.HERE) == []


async def test_a_llama_of_any_repository_has_its_licence_accepted_too(
    stage: Stage, server: FaultServer, stories: Path
) -> None:
    supply = await opened(stage)
    file = RemoteFile("Llama-3.2-1B.gguf", 12, "sha256:" + "0" * 64)
    with pytest.raises(Problem) as caught:
        await supply.download_file("o/m", file)
    assert caught.value.reason.details["licence"] == "llama3.2"
    await supply.download_file("o/m", file, accept=True)
    assert read_settings(stage.home.settings).licences == ["llama3.2"]


async def test_a_repository_without_models_is_said_to_have_none(
    stage: Stage, server: FaultServer
) -> None:
    server.files = {"README.md": b"hello"}
    supply = await opened(stage)
    with pytest.raises(Problem, match="no GGUF"):
        await supply.models_in("karpathy/stories")


async def test_models_of_other_programs_are_used_in_place(
    stage: Stage, tmp_path: Path, stories: Path
) -> None:
    folder = tmp_path / "LM Studio/karpathy/stories"
    folder.mkdir(parents=True)
    shutil.copy(stories, folder / "stories.gguf")
    (folder / "broken.gguf").write_bytes(b"GGUF")
    stage.places = [Place("LM Studio", tmp_path / "LM Studio")]
    [found] = of(await (await opened(stage)).rows(), Standing.FOUND)
    assert (found.path, found.where) == (str(folder / "stories.gguf"), "LM Studio")
    assert stage.quire is not None
    assert (await stage.quire.choose_model(found.path)).path == found.path


async def test_mirrors_are_chosen_and_an_odd_address_is_refused(stage: Stage) -> None:
    supply = await opened(stage)
    await supply.change_mirrors(["Hugging Face", "ModelScope"], "https://models.example.org/")
    assert supply.mirrors().chosen == ("Hugging Face", "ModelScope")
    assert supply.mirrors().own == "https://models.example.org"
    with pytest.raises(Problem, match="no address"):
        await supply.change_mirrors([], "models.example.org")
    assert read_settings(stage.home.settings).mirrors == ["Hugging Face", "ModelScope"]


async def test_what_offers_do_not_know_is_asked_of_a_listing(
    stage: Stage, server: FaultServer, stories: Path
) -> None:
    """The offer's file has no size and no digest; the mirror's listing tells both."""
    server.manners = ["good"]
    server.files = {"m.gguf": stories.read_bytes()}
    supply = await opened(stage)
    await supply.download_file("o/m", RemoteFile("m.gguf", 12))
    assert stage.quire is not None
    await stage.quire.downloads.finished()
    assert [row.size for row in of(await supply.rows(), Standing.HERE)] == [stories.stat().st_size]
