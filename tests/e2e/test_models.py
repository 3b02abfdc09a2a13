"""``quire models download`` against a mirror on this machine that does what bad ones do."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.program import Program
from tests.fault_server import FaultServer, serving
from tests.shared import shared_folder

NOISE = random.Random(1).randbytes(4 * 2**20)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    stories = shared_folder() / "models/stories260K/stories260K-f32.gguf"
    with serving(FaultServer(files={"stories.gguf": stories.read_bytes()})) as server:
        yield server


def download(server: FaultServer) -> list[str]:
    source = f"http://127.0.0.1:{server.port}"
    return ["models", "download", "o/m", "--file", "stories.gguf", "--source", source]


def test_a_model_is_downloaded_over_cuts_and_can_answer(
    server: FaultServer, tmp_path: Path
) -> None:
    server.manners = ["cut", "busy", "no ranges"]
    program = Program(tmp_path / "home")
    downloaded = program.run(*download(server))["downloaded"]
    assert Path(downloaded["path"]).read_bytes() == server.files["stories.gguf"]
    assert program.run("models", "check", downloaded["path"])["checked"]["architecture"] == "llama"
    log = (program.home / "logs/network.log").read_text("utf-8")
    assert "asked 127.0.0.1 for stories.gguf" in log


@pytest.mark.slow
def test_what_is_not_the_file_is_never_reported_as_downloaded(
    server: FaultServer, tmp_path: Path
) -> None:
    program = Program(tmp_path / "home")
    for manner in ("corrupt", "login", "long login", "shorter", "endless", "packed", "redirect"):
        server.manners = [manner]
        server.elsewhere = "http://localhost:9/stories.gguf"
        error = program.run(*download(server), code=1)["error"]
        assert error["code"].startswith("download_"), manner
        assert list((program.home / "models").glob("*/*.gguf")) == []


@pytest.mark.slow
def test_kill_9_in_the_middle_loses_nothing(server: FaultServer, tmp_path: Path) -> None:
    server.files["stories.gguf"] += NOISE  # a GGUF file may end with more than its tensors
    server.manners = ["cut", "silent", "good"]
    server.chance = random.Random(5)
    program = Program(tmp_path / "home")
    with program.start(*download(server)) as process:
        deadline = time.monotonic() + 60
        while len(server.asked) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()
    assert len(server.asked) == 2
    server.manners = ["good"]
    downloaded = program.run(*download(server))["downloaded"]
    assert Path(downloaded["path"]).read_bytes() == server.files["stories.gguf"]
    assert server.asked[-1].startswith("bytes=")
