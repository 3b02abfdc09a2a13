"""The home: where it is, who holds it, what a disk may refuse."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from workspaces.core.reasons import SENTENCES, Problem, Reason
from workspaces.library.disk import problem_of, write_whole
from workspaces.library.home import Home, find_home, lock_home, prepare_home
from workspaces.library.settings import Settings, read_settings, write_settings


def test_argument_before_environment_before_platform(tmp_path: Path) -> None:
    environment = {"QUIRE_HOME": str(tmp_path / "env")}
    assert find_home(str(tmp_path / "arg"), environment).root == tmp_path / "arg"
    assert find_home(None, environment).root == tmp_path / "env"
    assert find_home(None, {}).root.name == "Quire"


def test_a_home_is_held_by_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    prepare_home(home)
    with lock_home(home), pytest.raises(Problem, match="already open"):
        lock_home(home)
    lock_home(home).release()


def test_a_home_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Problem):
        prepare_home(Home(tmp_path / "file"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_home_is_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Problem, match="cannot write"):
        prepare_home(Home(tmp_path / "sub"))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "home_unwritable"),
        (errno.EACCES, "home_unwritable"),
        (errno.EIO, "disk_failed"),
    ],
)
def test_what_the_system_refuses_is_named(number: int, code: str) -> None:
    assert problem_of(OSError(number, "refused"), Path("x")).reason.code == code


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    write_whole(path, b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Problem, match="disk is full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_settings_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert read_settings(path) == Settings()
    write_settings(path, Settings(model="quotes", context=8192))
    assert read_settings(path) == Settings(model="quotes", context=8192)


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"version": 99}', "newer"), ("{", "damaged"), ('{"version": 1, "context": "x"}', "damaged")],
)
def test_settings_we_cannot_read_are_never_replaced(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    with pytest.raises(Problem, match=said):
        read_settings(path)
    assert path.read_text() == text


def test_every_sentence_is_one_and_ends() -> None:
    for code, template in SENTENCES.items():
        assert template.endswith("."), code
        assert template[0].isupper() or template.startswith("{"), code


def test_a_missing_detail_does_not_break_a_sentence() -> None:
    assert "…" in Reason("image").sentence()
