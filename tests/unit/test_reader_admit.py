"""Taking a file in: the checks before, and a copy that is whole or absent."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from tests.reading import Listener, admit
from workspaces.core.reasons import Problem
from workspaces.protocol.messages import Admit
from workspaces.worker.reader import Reader
from workspaces.worker.role import Stopped

TEXT = "The warranty on the seals is 12 months.\n" * 60_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "seals.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir()
    return path


def refused(source: Path, home: Path, limit: int = 10**9) -> Problem:
    """The reason why ``source`` is not taken; nothing of it may stay."""
    with pytest.raises(Problem) as caught:
        admit(source, home, limit)
    assert list(home.iterdir()) == []
    assert "…" not in caught.value.reason.sentence()
    return caught.value


def test_the_copy_is_the_file(source: Path, home: Path) -> None:
    answer, copy = admit(source, home)
    assert copy.read_text() == TEXT
    assert answer.kind == "text"
    assert answer.size == len(TEXT)
    assert answer.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert list(home.iterdir()) == [copy]


def test_what_is_no_file_is_said(tmp_path: Path, home: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to(tmp_path / "and_round")
    (tmp_path / "and_round").symlink_to(tmp_path / "round")
    assert refused(tmp_path / "round", home).reason.code == "read_failed"
    assert refused(tmp_path / ("long" * 100), home).reason.code == "read_failed"
    assert refused(tmp_path / "no\0name", home).reason.code == "missing"
    assert refused(Path("/proc/self/mem"), home).reason.code == "empty"
    assert refused(tmp_path / "absent", home).reason.code == "missing"
    assert refused(tmp_path, home).reason.code == "not_a_file"
    assert refused(tmp_path / "pipe", home).reason.code == "not_a_file"
    assert refused(Path("/dev/zero"), home).reason.code == "not_a_file"


def test_an_empty_and_a_large_file_are_refused(tmp_path: Path, source: Path, home: Path) -> None:
    (tmp_path / "void.txt").touch()
    assert refused(tmp_path / "void.txt", home).reason.code == "empty"
    reason = refused(source, home, limit=2 * 1024 * 1024).reason
    assert reason.code == "too_large"
    assert reason.details == {"name": "seals.txt", "limit": "2"}


def test_a_large_file_is_not_even_looked_into(tmp_path: Path, home: Path) -> None:
    (tmp_path / "zeros").write_bytes(bytes(2000))  # which would be refused as binary
    assert refused(tmp_path / "zeros", home, limit=1000).reason.code == "too_large"


def test_four_gigabytes_of_nothing_are_refused_by_their_size(tmp_path: Path, home: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(4 * 1024**3)
    assert refused(tmp_path / "huge.txt", home).reason.code == "too_large"


@pytest.mark.parametrize(
    "name", ["two\nlines.txt", "..txt", 'quote\'d "and" $HOME.txt', "报告.txt"]
)
def test_a_name_is_only_a_name(tmp_path: Path, home: Path, name: str) -> None:
    (tmp_path / name).write_text(TEXT)
    _, copy = admit(tmp_path / name, home)
    assert [path.name for path in home.iterdir()] == [copy.name] == ["original"]


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.stat()
    source.unlink()
    os.mkfifo(source)
    monkeypatch.setattr(Path, "stat", lambda _path: before)
    assert refused(source, home).reason.code == "not_a_file"


def test_a_file_that_goes_away_is_missing(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.stat()
    source.unlink()
    monkeypatch.setattr(Path, "stat", lambda _path: before)
    assert refused(source, home).reason.code == "missing"


def test_a_file_that_shrinks_while_it_is_copied_is_taken_as_it_is(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shrink(*_arguments: object) -> str:
        os.truncate(source, 1_500_000)
        return "text"

    monkeypatch.setattr("workspaces.worker.reader.sniff", shrink)
    answer, copy = admit(source, home)
    assert answer.size == copy.stat().st_size == 1_500_000
    assert answer.sha256 == hashlib.sha256(copy.read_bytes()).hexdigest()


def test_a_file_that_grows_past_the_limit_is_refused(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.stat()
    with source.open("a") as stream:
        stream.write("more")
    monkeypatch.setattr(Path, "stat", lambda _path: before)
    assert refused(source, home, limit=before.st_size).reason.code == "too_large"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EACCES, "no_rights"), (errno.ENXIO, "read_failed"), (errno.ESTALE, "read_failed")],
)
def test_what_the_system_does_not_open_is_said(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(_path: Path, _flags: int) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    assert refused(source, home).reason.code == code


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EROFS, "home_unwritable"), (errno.EIO, "disk_failed")],
)  # fmt: skip
def test_what_the_disk_refuses_is_said(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert refused(source, home).reason.code == code


def test_a_file_that_cannot_be_read_is_said(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("workspaces.worker.reader.sniff", refuse)
    reason = refused(source, home).reason
    assert (reason.code, reason.details["details"]) == ("read_failed", "Input/output error")


def test_a_cancelled_copy_leaves_nothing(source: Path, home: Path) -> None:
    request = Admit(str(source), str(home / "original"), 10**9)
    with pytest.raises(Stopped):
        Reader().handle(request, Listener(patience=1).talk())
    assert list(home.iterdir()) == []


def test_a_failed_copy_keeps_the_file_that_was_there(source: Path, home: Path) -> None:
    (home / "original").write_text("old")
    request = Admit(str(source), str(home / "original"), 10**9)
    with pytest.raises(Stopped):
        Reader().handle(request, Listener(patience=0).talk())
    assert (home / "original").read_text() == "old"
