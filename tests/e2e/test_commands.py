"""The real program without its window, on a throwaway home, with the real starter models."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from markdown_it import MarkdownIt

from app.commands import free_name
from tests.documents import encrypted_pdf, write_drop, write_pdf
from tests.e2e.conftest import errors_in_log
from tests.e2e.program import Json, Program

QUESTION = "How long is the warranty on the seals?"
USAGE = ["prompt_tokens", "cached_tokens", "first_token_s", "tokens_per_s", "peak_memory"]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def added(program: Program, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """The rows of the drop, by name."""
    program.run("workspace", "create", "Pumps")
    folder = tmp_path_factory.mktemp("drop")
    write_drop(folder)
    rows = program.run("add", "Pumps", folder, code=1)["documents"]
    return {row["name"]: row for row in rows}


def test_every_file_of_a_drop_ends_in_a_state(added: dict[str, Json]) -> None:
    states = {name: row["state"] for name, row in added.items()}
    assert states == {
        "manual.pdf": "ready",
        "lease.docx": "ready",
        "规定.txt": "ready",
        "notes.txt": "refused",
    }
    assert "notes.txt is an image" in added["notes.txt"]["reason"]
    assert added["manual.pdf"]["passages"] >= 3


@pytest.mark.slow
def test_passages_are_found_at_their_places(program: Program, added: dict[str, Json]) -> None:
    best = program.run("search", "Pumps", QUESTION, "--limit", "3")["passages"][0]
    assert (best["name"], best["page"]) == ("manual.pdf", 2)
    assert best["end"] - best["start"] == len(best["text"])


@pytest.mark.slow
def test_passages_know_their_headings(program: Program, added: dict[str, Json]) -> None:
    rent = program.run("search", "Pumps", "monthly rent")["passages"][0]
    assert rent["heading"] == ["Lease of the north hall", "Rent"]


@pytest.mark.slow
@pytest.mark.parametrize("question", ["借期是多少天？", "王伟", "滞纳金"])
def test_chinese_is_found(program: Program, added: dict[str, Json], question: str) -> None:
    best = program.run("search", "Pumps", question)["passages"][0]
    assert best["name"] == "规定.txt"


@pytest.mark.slow  # test_window.py asks the same model every day
def test_the_answer_says_12_and_cites_the_manual(program: Program, added: dict[str, Json]) -> None:
    turn = program.run("ask", "Pumps", QUESTION)
    assert "12" in turn["answer"]
    cited = {(c["name"], c["page"]) for c in turn["citations"]}
    assert ("manual.pdf", 2) in cited
    assert all(f"[{c['mark']}]" in turn["answer"] for c in turn["citations"])
    usage = turn["usage"]
    assert list(usage) == USAGE
    assert usage["cached_tokens"] < 3 < usage["prompt_tokens"]
    assert all(usage[name] > 0 for name in ("first_token_s", "tokens_per_s"))
    assert usage["peak_memory"] > 100_000_000


@pytest.mark.slow
def test_quotes_mode_answers_without_a_model(program: Program, added: dict[str, Json]) -> None:
    turn = program.run("ask", "Pumps", QUESTION, "--model", "quotes")
    assert (turn["model"], turn["usage"]) == ("quotes", None)
    assert "12 months" in turn["answer"]
    assert turn["citations"][0]["page"] == 2
    assert "get a model" in turn["note"]


@pytest.mark.slow
def test_text_and_export(program: Program, added: dict[str, Json], tmp_path: Path) -> None:
    places = program.run("text", "Pumps", "manual.pdf")["places"]
    assert [place["page"] for place in places] == [1, 2, 3]
    turn = program.run("ask", "Pumps", "借期是多少天？", "--model", "quotes", "--anyway")
    target = tmp_path / "export.md"
    assert program.run("export", "Pumps", turn["conversation"], "--output", target) == {
        "path": str(target)
    }
    html = MarkdownIt().render(target.read_text("utf-8"))
    assert "借期为三十天" in html
    assert "[^1]" in target.read_text("utf-8")


@pytest.mark.slow
def test_a_follow_up_goes_on_with_its_conversation(
    program: Program, added: dict[str, Json]
) -> None:
    first = program.run("ask", "Pumps", QUESTION)
    again = program.run(
        "ask", "Pumps", "And the oil filter?", "--conversation", first["conversation"]
    )
    assert again["conversation"] == first["conversation"]
    marks = {p["passage"]: p["mark"] for p in first["passages"]}
    assert all(marks.get(p["passage"], p["mark"]) == p["mark"] for p in again["passages"])


@pytest.mark.slow
def test_what_a_person_needs_to_trust_an_import(program: Program, tmp_path: Path) -> None:
    """Passwords, warnings, versions, the report, a deletion that is counted, a repair."""
    workspace = program.run("workspace", "create", "Trust")["id"]
    drop = tmp_path / "drop"
    drop.mkdir()
    encrypted_pdf(drop / "secret.pdf", "The safe word is albatross.", "开门 2")
    write_pdf(drop / "half.pdf", ["The first page speaks of walruses.", ""])
    (drop / "notes.md").write_text("# Notes\n\nThe marker is xyzzyplugh.\n")
    passwords = tmp_path / "passwords.txt"
    passwords.write_text("wrong\n开门 2\n", "utf-8")
    added = program.run("add", "Trust", drop, "--password-file", passwords)["documents"]
    rows = {row["name"]: row for row in added}
    assert {row["state"] for row in added} == {"ready"}
    assert any("page 2" in warning for warning in rows["half.pdf"]["warnings"])

    (drop / "notes.md").write_text("# Notes\n\nThe marker has changed to plover.\n")
    program.run("add", "Trust", drop / "notes.md")
    report = program.run("report", "Trust", "--output", tmp_path / "report.csv")
    assert report["offered"] == sum(report["totals"].values()) == len(report["files"]) == 4
    assert report["totals"] == {"ready": 3, "replaced": 1}
    assert len((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()) == 5

    removed = program.run("remove", "Trust", "half.pdf")["removed"]
    assert removed.pop("documents") == 1
    assert set(removed.values()) == {0}
    files = [path for path in program.home.rglob("*") if path.is_file()]
    for marker in (b"xyzzyplugh", b"walruses", "开门 2".encode()):
        assert not [path for path in files if marker in path.read_bytes()]

    shutil.rmtree(program.home / "workspaces" / workspace / "index.lance")
    program.run("repair", "Trust")
    assert program.run("repair", "Trust", "--check")["findings"] == []
    best = program.run("search", "Trust", "albatross")["passages"][0]
    assert (best["name"], best["page"]) == ("secret.pdf", 1)


def test_the_same_content_is_a_duplicate(
    program: Program, added: dict[str, Json], tmp_path: Path
) -> None:
    copy = tmp_path / "copy of the manual.pdf"
    copy.write_bytes(Path(added["manual.pdf"]["path"]).read_bytes())
    row = program.run("add", "Pumps", copy)["documents"][0]
    assert row["state"] == "duplicate"
    assert row["duplicate_of"] == added["manual.pdf"]["document"]


def test_bad_input_is_one_sentence_and_loses_nothing(
    program: Program, added: dict[str, Json], tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\ngarbage" * 40)
    rows = program.run("add", "Pumps", tmp_path, tmp_path / "missing.txt", code=1)["documents"]
    states = {row["name"]: row["state"] for row in rows}
    assert states == {"empty.txt": "empty", "broken.pdf": "unreadable", "missing.txt": "unreadable"}
    assert all(row["reason"].endswith(".") for row in rows)
    assert len(program.run("text", "Pumps", "manual.pdf")["places"]) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "Nowhere", "x"), "no workspace named Nowhere"),
        (("workspace", "create", "Pumps"), "already a workspace"),
        (("workspace", "create", "  "), "cannot be empty"),
        (("ask", "Pumps", "  "), "no question"),
        (("ask", "Pumps", "q", "--model", __file__), "not a GGUF"),
        (("ask", "Pumps", "q", "--model", "/nowhere.gguf"), "no longer there"),
        (("ask", "Pumps", "q", "--conversation", "x"), "no conversation"),
        (("text", "Pumps", "nothing.pdf"), "no document named"),
    ],
)
def test_what_cannot_be_done_is_said(
    program: Program, added: dict[str, Json], arguments: tuple[str, ...], said: str
) -> None:
    assert said in program.run(*arguments, code=1)["error"]["sentence"]


@pytest.mark.slow
def test_an_import_survives_kill_9_of_everything(program: Program, tmp_path: Path) -> None:
    """The parent dies at once, its children after it; the next start finishes the work."""
    program.run("workspace", "create", "Killed")
    for number in range(12):
        text = f"Report {number}. The code word of part {number} is K{number * 7919}."
        (tmp_path / f"report {number}.md").write_text(f"# Part {number}\n\n" + f"{text}\n\n" * 20)
    process = program.start("add", "Killed", tmp_path)
    while "ready" not in program.states("Killed"):
        time.sleep(0.1)
    children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    resumed = program.run("add", "Killed", tmp_path)["documents"]
    assert {row["state"] for row in resumed} == {"duplicate"}
    found = program.run("search", "Killed", f"K{11 * 7919}")["passages"]
    assert found[0]["name"] == "report 11.md"


@pytest.mark.slow
def test_ctrl_c_keeps_the_half_answer(program: Program, added: dict[str, Json]) -> None:
    process = program.start("ask", "Pumps", "Describe everything about the pump in great detail.")
    assert process.stderr is not None
    process.stderr.read(1)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    out, _ = process.communicate(timeout=60)
    assert json.loads(out)["ending"] in ("stopped", "complete")
    assert time.monotonic() - begun < 15


def test_two_on_one_home_is_said(program: Program, added: dict[str, Json]) -> None:
    from workspaces.library.home import Home, lock_home

    with lock_home(Home(program.home)):
        sentence = program.run("workspace", "list", code=1)["error"]["sentence"]
    assert "already open" in sentence


@pytest.mark.skipif(not Path("/sys").is_dir(), reason="needs a folder nobody may write to")
def test_a_home_that_cannot_be_written_is_said() -> None:
    error = Program(Path("/sys/quire")).run("workspace", "list", code=1)["error"]
    assert error["code"] == "home_unwritable"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes, where we may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_said_and_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    program = Program(small_disk / "home")
    program.run("workspace", "create", "Small")
    (tmp_path / "small.txt").write_text("The password of the archive is a secret word.")
    program.run("add", "Small", tmp_path / "small.txt")
    (tmp_path / "large.txt").write_text("All work and no play makes Jack a dull boy.\n" * 200_000)
    error = program.run("add", "Small", tmp_path / "large.txt", code=1)["error"]
    assert error["code"] == "disk_full"
    assert sorted(program.states("Small")) == ["reading", "ready"]
    assert program.run("search", "Small", "secret word")["passages"][0]["name"] == "small.txt"


def test_nothing_unexpected_is_in_the_log(program: Program, added: dict[str, Json]) -> None:
    assert errors_in_log(program.home) == []


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that closes")
def test_standard_output_holds_one_document_only(program: Program, added: dict[str, Json]) -> None:
    with program.start("workspace", "list") as process:
        out, _ = process.communicate(timeout=60)
    assert "Pumps" in [view["name"] for view in json.loads(out)["workspaces"]]


def test_an_export_replaces_nothing_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert free_name("seals.md") == Path("seals.md")
    Path("seals.md").touch()
    assert free_name("seals.md") == Path("seals (2).md")
