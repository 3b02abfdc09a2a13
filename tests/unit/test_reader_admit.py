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


def test_a_file_that_grows_past_the_limit_is_refused(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = source.stat()
    with source.open("a") as stream:
        stream.write("more")
    monkeypatch.setattr(Path, "stat", lambda _path: before)
    assert refused(source, home, limit=before.st_size).reason.code == "too_large"


def test_a_file_without_rights_is_said(
    source: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _mode: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refused(source, home).reason.code == "no_rights"


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
