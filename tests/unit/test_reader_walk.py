"""Listing what was dropped."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from tests.reading import Listener
from workspaces.protocol.messages import Listed, Walk, Walked
from workspaces.worker.reader import Reader
from workspaces.worker.role import Stopped


def walked(*paths: Path, subfolders: bool = True, ignore: Sequence[str] = ()) -> Walked:
    request = Walk([str(path) for path in paths], subfolders, list(ignore))
    answer = Reader().handle(request, Listener().talk())
    assert isinstance(answer, Walked)
    assert msgspec.json.decode(msgspec.json.encode(answer), type=Walked) == answer
    return answer


def found(*paths: Path, subfolders: bool = True, ignore: Sequence[str] = ()) -> list[str]:
    """The paths of the files in a walk that had no problems."""
    answer = walked(*paths, subfolders=subfolders, ignore=ignore)
    assert answer.problems == []
    return [file.path for file in answer.files]


def made(folder: Path, *names: str) -> list[str]:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return [str(folder / name) for name in names]


def test_folders_are_listed_in_full_and_in_order(tmp_path: Path) -> None:
    files = made(tmp_path, "a/b/1.txt", "a/z.txt", "b.txt", "line\nbreak.txt", "中文.txt")
    assert found(tmp_path) == files


def test_a_file_is_listed_with_its_size_and_its_time(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("four")
    os.utime(file, ns=(0, 1_700_000_000_123_456_789))
    assert walked(tmp_path).files == [Listed(str(file), 4, 1_700_000_000_123_456_789)]


def test_paths_keep_their_order_and_none_comes_twice(tmp_path: Path) -> None:
    first, second = made(tmp_path, "b.txt", "a.txt")
    assert found(tmp_path / "b.txt", tmp_path, tmp_path / "a.txt") == [first, second]


def test_hidden_files_are_left_out_unless_named(tmp_path: Path) -> None:
    hidden, _inside, shown = made(tmp_path, ".hidden", ".git/config", "shown")
    assert found(tmp_path) == [shown]
    assert found(tmp_path / ".hidden") == [hidden]


def test_what_programs_leave_lying_is_left_out_unless_named(tmp_path: Path) -> None:
    noise = ["~$thesis.docx", "film.part", "a.crdownload", "b.TMP", "Thumbs.db", "Desktop.ini"]
    kept = ["notes.part/in.txt", "partly.txt", "thumbs.dbx"]
    files = made(tmp_path, *noise, *kept)
    assert found(tmp_path) == files[len(noise) :]
    assert found(tmp_path / "film.part") == [str(tmp_path / "film.part")]


def test_without_subfolders_only_what_lies_right_inside_is_listed(tmp_path: Path) -> None:
    shown, _inside = made(tmp_path, "a.txt", "sub/b.txt")
    assert found(tmp_path, subfolders=False) == [shown]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["*.log"], ["build/x.txt", "docs/a.txt", "docs/build/y.txt", "keep.txt"]),
        (["build/"], ["a.log", "docs/a.txt", "docs/b.log", "keep.txt"]),
        (["/build/"], ["a.log", "docs/a.txt", "docs/b.log", "docs/build/y.txt", "keep.txt"]),
        (["docs/*.log", "keep.txt"], ["a.log", "build/x.txt", "docs/a.txt", "docs/build/y.txt"]),
        (["*", "!*.log"], ["a.log"]),
        (["# a remark", "", "!", "[z-a]", "*.txt"], ["a.log", "docs/b.log"]),
    ],
)
def test_patterns_are_those_of_a_gitignore(
    tmp_path: Path, patterns: list[str], left: list[str]
) -> None:
    made(
        tmp_path,
        *("a.log", "build/x.txt", "docs/a.txt", "docs/b.log", "docs/build/y.txt", "keep.txt"),
    )
    assert found(tmp_path, ignore=patterns) == [str(tmp_path / name) for name in left]


def test_a_pattern_does_not_touch_what_was_named(tmp_path: Path) -> None:
    (file,) = made(tmp_path, "a.log")
    assert found(tmp_path / "a.log", ignore=["*.log"]) == [file]


def test_an_ignored_folder_is_not_entered(tmp_path: Path) -> None:
    made(tmp_path, "node_modules/deep/a.txt", "own.txt")
    talk = Listener(patience=1).talk()
    answer = Reader().handle(Walk([str(tmp_path)], ignore=["node_modules/"]), talk)
    assert isinstance(answer, Walked)
    assert [file.path for file in answer.files] == [str(tmp_path / "own.txt")]


def test_links_inside_a_folder_lead_nowhere(tmp_path: Path) -> None:
    made(tmp_path, "outside/secret.txt", "drop/own.txt")
    drop = tmp_path / "drop"
    (drop / "folder").symlink_to(tmp_path / "outside")
    (drop / "file").symlink_to(tmp_path / "outside" / "secret.txt")
    (drop / "again").symlink_to(drop / "own.txt")
    (drop / "loop").symlink_to(drop)
    (drop / "dangling").symlink_to(tmp_path / "nowhere")
    answer = walked(drop)
    assert [file.path for file in answer.files] == [str(drop / "own.txt")]
    assert dict(answer.problems) == {
        str(drop / "folder"): "not_a_file",
        str(drop / "file"): "not_a_file",
        str(drop / "dangling"): "missing",
    }


def test_a_link_that_was_named_is_followed(tmp_path: Path) -> None:
    made(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert found(tmp_path / "link") == [str(tmp_path / "link" / "a.txt")]


def test_what_cannot_be_listed_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    (file,) = made(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe")
    answer = walked(tmp_path / "absent", Path("/dev/null"), tmp_path, tmp_path / "a.txt" / "below")
    assert [listed.path for listed in answer.files] == [file]
    assert dict(answer.problems) == {
        str(tmp_path / "absent"): "missing",
        "/dev/null": "not_a_file",
        str(tmp_path / "pipe"): "not_a_file",
        str(tmp_path / "a.txt" / "below"): "missing",
    }


def test_a_folder_without_rights_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "locked/a.txt")
    listing = os.listdir

    def guarded(folder: Path) -> list[str]:
        if folder.name == "locked":  # root, who often runs tests, may read everything
            raise PermissionError(errno.EACCES, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(os, "listdir", guarded)
    assert walked(tmp_path).problems == [(str(tmp_path / "locked"), "no_rights")]


def test_a_name_that_is_not_text_is_said_and_does_not_crash(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(odd, "wb"):  # noqa: PTH123 - a path in bytes
            pass
    except OSError:
        pytest.skip("this file system takes only names that are text")
    assert walked(tmp_path).problems == [(str(tmp_path / "caf\ufffd.txt"), "odd_name")]


def test_a_tree_deeper_than_the_stack_is_walked(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
    (file,) = made(deep, "a.txt")
    assert found(tmp_path) == [file]


def test_a_cancelled_walk_stops(tmp_path: Path) -> None:
    made(tmp_path, "a/1", "b/2", "c/3")
    with pytest.raises(Stopped):
        Reader().handle(Walk([str(tmp_path)]), Listener(patience=2).talk())


def test_a_link_that_leads_in_a_circle_keeps_nothing_else_from_being_listed(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    made(tmp_path, "a.txt")
    answer = walked(tmp_path)
    assert [Path(file.path).name for file in answer.files] == ["a.txt"]
    assert answer.problems == [(str(tmp_path / "round"), "not_a_file")]
    assert walked(tmp_path / "round").problems == answer.problems
