"""What the LanceDB index leaves on the disk, and what it says of a disk that fails it."""

from __future__ import annotations

import os
import random
import shutil
import struct
from pathlib import Path

import pytest

from workspaces.core.reasons import Problem
from workspaces.core.types import Passage
from workspaces.worker.adapters.lance_errors import index_problems
from workspaces.worker.adapters.lance_index import FRAGMENTS, LanceIndex

DIMENSION = 64


def noise(seed: str) -> bytes:
    """A vector that nothing compresses, so that it can be found again in the files."""
    generator = random.Random(seed)
    return struct.pack(f"<{DIMENSION}e", *(generator.uniform(-1, 1) for _ in range(DIMENSION)))


def write(index: LanceIndex, document: str, count: int, text: str = "about") -> None:
    passages = [
        Passage(f"{document}:{n}", document, n, 0, 9, f"{text} {document} secret{document}{n}")
        for n in range(count)
    ]
    index.write(passages, [noise(passage.id) for passage in passages])


def holders(folder: Path, content: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and content in path.read_bytes()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index.lance"


def test_looking_at_an_index_that_is_not_there_does_not_make_one(folder: Path) -> None:
    index = LanceIndex(folder, DIMENSION)
    assert index.ids() == set()
    assert index.keyword("x", 5) == []
    index.forget("a")
    assert not folder.exists()


def test_what_was_written_is_there_when_it_is_opened_again(folder: Path) -> None:
    write(LanceIndex(folder, DIMENSION), "a", 3)
    again = LanceIndex(folder, DIMENSION)
    assert again.ids() == {"a:0", "a:1", "a:2"}
    assert again.keyword("secreta1", 5) == ["a:1"]


def test_many_small_writes_are_merged(folder: Path) -> None:
    index = LanceIndex(folder, DIMENSION)
    for number in range(2 * FRAGMENTS):
        write(index, f"d{number}", 1)
        assert index.keyword(f"d{number}", 1) == [f"d{number}:0"]
    assert len(list((folder / "passages.lance" / "data").iterdir())) <= FRAGMENTS + 1
    assert len(index.ids()) == 2 * FRAGMENTS


@pytest.mark.parametrize("merged", [False, True])
def test_a_forgotten_document_is_gone_from_the_disk(folder: Path, merged: bool) -> None:
    index = LanceIndex(folder, DIMENSION)
    write(index, "a", 400)
    write(index, "b", 2)
    write(index, "c", 400)
    if merged:
        assert index._table is not None
        index._table.optimize()
    assert holders(folder, noise("b:1"))
    index.forget("b")
    assert holders(folder, noise("a:1"))
    assert holders(folder, noise("b:1")) == []
    assert holders(folder, b"secretb1") == []
    assert len(list((folder / "passages.lance" / "_indices").iterdir())) == 1
    assert index.keyword("secreta7", 5) == ["a:7"]


def test_a_forgetting_that_was_cut_off_is_finished_by_the_next(folder: Path) -> None:
    index = LanceIndex(folder, DIMENSION)
    write(index, "a", 400)
    write(index, "b", 2)
    assert index._table is not None
    index._table.optimize()  # both in one file
    index._table.delete("document = 'b'")  # and then the process was killed
    assert holders(folder, noise("b:1"))
    LanceIndex(folder, DIMENSION).forget("b")
    assert holders(folder, noise("b:1")) == []


def test_all_that_a_write_made_is_flushed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: set[tuple[int, int]] = set()

    def fsync(handle: int) -> None:
        status = os.fstat(handle)
        flushed.add((status.st_dev, status.st_ino))

    monkeypatch.setattr(os, "fsync", fsync)
    index = LanceIndex(folder, DIMENSION)
    for document in ("a", "b"):
        flushed.clear()
        before = set(folder.rglob("*"))
        write(index, document, 3)
        new = {path for path in folder.rglob("*") if path not in before}
        assert any(path.suffix == ".manifest" for path in new)
        wanted = new | {path.parent for path in new}
        assert {(path.stat().st_dev, path.stat().st_ino) for path in wanted} <= flushed


def newest(folder: Path, pattern: str) -> Path:
    return min(folder.glob(f"passages.lance/{pattern}"))  # versions are numbered downwards


@pytest.mark.parametrize("content", [b"", b"garbage" * 100])
@pytest.mark.parametrize("pattern", ["_versions/*.manifest", "data/*.lance"])
def test_a_damaged_index_is_told_as_such(folder: Path, pattern: str, content: bytes) -> None:
    write(LanceIndex(folder, DIMENSION), "a", 3)
    newest(folder, pattern).write_bytes(content)
    with pytest.raises(Problem) as damage:
        LanceIndex(folder, DIMENSION).ids()
    assert damage.value.reason.code == "index_damaged"
    assert ".cargo" not in damage.value.reason.details["details"]


def test_a_lost_word_list_is_told_when_it_is_searched(folder: Path) -> None:
    index = LanceIndex(folder, DIMENSION)
    write(index, "a", 3)
    shutil.rmtree(folder / "passages.lance" / "_indices")
    with pytest.raises(Problem) as damage:
        LanceIndex(folder, DIMENSION).keyword("secreta1", 5)
    assert damage.value.reason.code == "index_damaged"


def test_vectors_of_another_model_are_damage(folder: Path) -> None:
    write(LanceIndex(folder, DIMENSION), "a", 3)
    with pytest.raises(Problem) as damage:
        LanceIndex(folder, DIMENSION * 2)
    assert damage.value.reason.code == "index_damaged"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (
            RuntimeError("Unable to copy: No space left on device (os error 28), /root/x.rs:1"),
            "disk_full",
        ),
        (RuntimeError("There is not enough space on the disk. (os error 112)"), "disk_full"),
        (RuntimeError("Permission denied (os error 13)"), "home_unwritable"),
        (OSError(30, "Read-only file system"), "home_unwritable"),
        (OSError(28, "No space left on device"), "disk_full"),
        (RuntimeError("Not found"), "index_damaged"),
        (ValueError("invalid magic"), "index_damaged"),
    ],
)
def test_what_an_error_means(error: Exception, code: str) -> None:
    with pytest.raises(Problem) as problem, index_problems(Path("index")):
        raise error
    assert problem.value.reason.code == code
