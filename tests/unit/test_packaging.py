"""What the files around the program promise: the scripts, the README, the samples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

from app import __version__

ROOT = Path(__file__).parents[2]
SCRIPTS = ["packaging/setup", "packaging/run", "packaging/test", ".ci/run"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# The lines of the README's list of commands, without the examples: their names are in capitals.
COMMANDS = re.findall(r"^quire (\w+(?: create)?) [A-Z].*$", README, re.MULTILINE)[:13]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def command_line(command: str) -> str:
    """The README's line for a command."""
    return next(line for line in README.splitlines() if line.startswith(f"quire {command} "))


def test_the_version_is_written_in_one_place_and_the_changelog_is_about_it() -> None:
    assert project()["project"]["dynamic"] == ["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_run_and_bash_understands_it(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["bash", "-n", ROOT / script], check=True)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_names_no_package_registry(script: str) -> None:
    assert "://" not in (ROOT / script).read_text(encoding="utf-8")


def test_the_set_up_refuses_a_word_it_does_not_know() -> None:
    done = subprocess.run(
        [ROOT / "packaging/setup", "everything"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "the word test" in done.stderr
    assert done.stdout == ""


def test_the_set_up_asks_for_the_python_that_the_project_requires() -> None:
    required = project()["project"]["requires-python"].removeprefix(">=").replace(".", ", ")
    setup = (ROOT / "packaging/setup").read_text(encoding="utf-8")
    assert set(re.findall(r"sys\.version_info < \((.+?)\)", setup)) == {required}


def test_llama_and_torch_are_pinned() -> None:
    # The set-up reads llama.cpp's pin; an unpinned torch brings gigabytes of GPU libraries.
    pins = [one for one in project()["project"]["dependencies"] if "==" in one]
    assert [pin.split("==")[0] for pin in pins] == ["llama-cpp-python", "torch"]


def test_the_readme_gives_the_two_commands() -> None:
    assert "```sh\npackaging/run\n```" in README
    assert "```sh\npackaging/test\n```" in README


def test_every_file_that_a_page_points_to_is_there() -> None:
    for page in (ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"):
        targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
        assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_lists_the_commands() -> None:
    assert COMMANDS == [
        "workspace create",
        "add",
        "remove",
        "retry",
        "report",
        "repair",
        "watch",
        "embedder",
        "golden",
        "search",
        "ask",
        "text",
        "export",
    ]


@pytest.mark.skipif(not (ROOT / "app/__main__.py").exists(), reason="no program to ask yet")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_is_one_of_the_program(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", *command.split(), "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    options = {*re.findall(r"--\w+", command_line(command)), "--home", "--json"}
    assert options <= set(re.findall(r"--\w+", done.stdout))


def test_the_desktop_entry_starts_the_program() -> None:
    entry = ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging/quire.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["Exec"] in project()["project"]["scripts"]


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        (
            "Harbour Pump P-40 service manual.md",
            "How long is the\nwarranty on the seals?",
            "The warranty\non the seals is 12 months",
        ),
        ("云杉社区图书馆借阅指南.md", "普通图书可以借多少天？", "| 普通图书 | 8 册 | 30 天 |"),
    ],
)
def test_a_sample_answers_the_question_that_the_readme_suggests(
    name: str, question: str, answer: str
) -> None:
    assert question in README
    sample = (ROOT / "resources/samples" / name).read_text(encoding="utf-8")
    assert answer in sample
    for mark in (r"^# ", r"^## ", r"^\| --- \|", r"^- ", r"^1\. "):
        assert re.search(mark, sample, re.MULTILINE)
