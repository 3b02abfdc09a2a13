"""``quire evaluate`` as a person runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import Program
from tests.question_sets import write_set


@pytest.mark.slow
def test_a_set_is_measured_and_can_be_measured_again(tmp_path: Path) -> None:
    program = Program(tmp_path / "home")
    folder = write_set(tmp_path / "pumps")
    figures = program.run("evaluate", folder)
    assert (figures["questions"], figures["fused"]["hit@1"]) == (4, 1.0)
    assert figures["vector"]["hit@1"] == pytest.approx(2 / 3)  # the embedder knows no Chinese
    assert program.run("evaluate", folder, "--limit", "1")["questions"] == 2
    assert [row["name"] for row in program.run("workspace", "list")["workspaces"]] == ["pumps"]


@pytest.mark.slow
def test_without_a_home_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path / "mine"))
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setenv("TMPDIR", str(room))
    command = [sys.executable, "-m", "app", "evaluate", str(write_set(tmp_path / "pumps"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    assert "4 of 4 questions" in done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[1:4]] == [
        "keyword",
        "vector",
        "fused",
    ]
    assert list(room.iterdir()) == []  # also nothing that a library keeps to send later
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_is_no_set_is_said(tmp_path: Path) -> None:
    error = Program(tmp_path / "home").run("evaluate", tmp_path, code=1)["error"]
    assert error["code"] == "no_question_set"
