"""The vector index of a large space; what is large is lowered."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
import pytest
from lancedb.table import LanceTable

from workspaces.worker.adapters import lance_nearest
from workspaces.worker.adapters.lance_index import LanceIndex
from workspaces.worker.adapters.lance_nearest import index_of

DIMENSION = 16
MANY = 600


@pytest.fixture(autouse=True)
def lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lance_nearest, "INDEXED_FROM", 500)
    monkeypatch.setattr(lance_nearest, "DROPPED_BELOW", 300)
    monkeypatch.setattr(lance_nearest, "ROWS_EACH", 100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index.lance"


def numbers(seed: str) -> list[float]:
    generator = random.Random(seed)
    return [generator.gauss(0, 1) for _ in range(DIMENSION)]


def write(index: LanceIndex, document: str, count: int) -> None:
    rows = [
        (name, document, struct.pack(f"<{DIMENSION}e", *numbers(name)))
        for name in (f"{document}:{n}" for n in range(count))
    ]
    index.write_vectors("s1", rows)


def is_indexed(folder: Path) -> bool:
    return index_of(lancedb.connect(folder).open_table("space_s1")) is not None


def unindexed(folder: Path) -> int:
    table = lancedb.connect(folder).open_table("space_s1")
    name = index_of(table)
    assert name is not None
    stats = table.index_stats(name)
    assert stats is not None
    return int(stats.num_unindexed_rows)


def tidied(index: LanceIndex) -> None:
    index.tidy()
    index.finish()


@pytest.fixture
def large(folder: Path) -> LanceIndex:
    index = LanceIndex(folder)
    write(index, "a", MANY)
    tidied(index)
    return index


def assert_found(index: LanceIndex, *names: str) -> None:
    for name in names:
        assert next(iter(index.vector("s1", numbers(name), 5))) == name


def test_a_small_space_has_no_index(folder: Path) -> None:
    index = LanceIndex(folder)
    write(index, "a", 499)
    tidied(index)
    assert not is_indexed(folder)


def test_a_large_space_gets_one_that_finds_the_same(folder: Path, large: LanceIndex) -> None:
    assert is_indexed(folder)
    whole = LanceIndex(folder.with_name("whole"))
    write(whole, "a", MANY)
    same = 0
    for number in range(30):
        asked = numbers(f"question {number}")
        one, other = large.vector("s1", asked, 50), whole.vector("s1", asked, 50)
        same += len(one.keys() & other.keys())
        assert all(
            one[name] == pytest.approx(other[name], abs=1e-3) for name in one if name in other
        )
    assert same / (30 * 50) > 0.8  # of noise, which no index helps with


def test_vectors_that_came_later_are_found_and_then_indexed(
    folder: Path, large: LanceIndex
) -> None:
    write(large, "b", 20)
    write(large, "a", 3)  # written again
    assert_found(large, "a:1", "a:500", "b:7")
    assert unindexed(folder) == 23
    tidied(large)
    assert unindexed(folder) == 0
    assert_found(LanceIndex(folder), "a:1", "a:500", "b:7")


def test_tidying_twice_makes_no_other(folder: Path, large: LanceIndex) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    tidied(large)
    tidied(LanceIndex(folder))
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_what_came_in_one_write_is_indexed_too(folder: Path, large: LanceIndex) -> None:
    write(large, "b", 300)
    tidied(large)
    assert unindexed(folder) == 0


def test_one_document_is_looked_at_whole(folder: Path, large: LanceIndex) -> None:
    write(large, "b", 300)
    tidied(large)
    table = lancedb.connect(folder).open_table("space_s1")
    for number in range(20):
        asked = numbers(f"question {number}")
        exact = lance_nearest.whole(table, np.asarray(asked, np.float32)).where("document = 'a'")
        names = [row["id"] for row in exact.limit(20).to_list()]
        assert list(large.vector("s1", asked, 20, "a")) == names


def test_a_space_that_has_shrunk_loses_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = LanceIndex(folder)
    for document, count in (("a", 350), ("b", 100), ("c", 100)):
        write(index, document, count)
    tidied(index)
    index.forget(["b"])  # its vectors are in the index, too
    assert not is_indexed(folder)
    write(index, "b", 100)
    tidied(index)
    assert is_indexed(folder)
    monkeypatch.setattr(lance_nearest, "DROPPED_BELOW", 700)
    tidied(index)
    assert not is_indexed(folder)
    assert_found(index, "a:7", "c:7")


def test_one_that_finds_too_little_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lance_nearest, "NEEDED", 1.1)
    index = LanceIndex(folder)
    write(index, "a", MANY)
    tidied(index)
    assert not is_indexed(folder)
    assert_found(index, "a:7")


def test_where_half_finds_too_little_all_is_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    measure = lance_nearest.recall

    def recall(table: LanceTable, count: int) -> float:
        made.append(count)
        return measure(table, count) if count == 1 else 0.5

    monkeypatch.setattr(lance_nearest, "recall", recall)
    index = LanceIndex(folder)
    write(index, "a", MANY)
    tidied(index)
    assert made == [6, 1]
    assert is_indexed(folder)


def test_searches_and_writes_go_on_while_it_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    create: Callable[..., None] = LanceTable.create_index

    def slow(table: LanceTable, *given: object, **named: object) -> None:
        begun.set()
        assert go_on.wait(20)
        create(table, *given, **named)

    index = LanceIndex(folder)
    write(index, "a", MANY)
    monkeypatch.setattr(LanceTable, "create_index", slow)
    monkeypatch.setattr("workspaces.worker.adapters.lance_table.LOOSE_WRITES", 2)
    index.tidy()
    assert begun.wait(20)
    for document in "bcdef":
        write(index, document, 5)
    index.tidy()
    assert_found(index, "a:7", "b:2")
    go_on.set()
    index.finish()
    assert_found(index, "a:7", "b:2", "f:2")
    assert is_indexed(folder)


def test_it_is_not_used_before_it_is_measured(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measuring, go_on = threading.Event(), threading.Event()

    def slow(table: LanceTable, count: int) -> float:
        measuring.set()
        assert go_on.wait(20)
        return 0.5

    used = threading.Event()
    by_index = lance_nearest.nearest

    def noted(*given: Any) -> object:
        used.set()
        return by_index(*given)

    monkeypatch.setattr(lance_nearest, "recall", slow)
    monkeypatch.setattr("workspaces.worker.adapters.lance_index.nearest", noted)
    index = LanceIndex(folder)
    write(index, "a", MANY)
    index.tidy()
    assert measuring.wait(20)
    write(index, "b", 5)  # the handle sees the newest version now
    assert is_indexed(folder)
    assert_found(index, "a:7", "b:2")
    assert not used.is_set()
    go_on.set()
    index.finish()
    assert_found(index, "a:7", "b:2")
    assert used.is_set()
    assert not is_indexed(folder)


def test_one_that_cannot_be_made_is_no_harm(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise RuntimeError("No space left on device (os error 28)")

    index = LanceIndex(folder)
    write(index, "a", MANY)
    monkeypatch.setattr(LanceTable, "create_index", fail)
    tidied(index)
    assert "No space left" in capsys.readouterr().err
    assert_found(index, "a:7")


def test_all_its_files_are_flushed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = LanceIndex(folder)
    write(index, "a", MANY)
    index.tidy()
    index.finish()
    before = {path for path in folder.rglob("*") if path.is_file()}
    index.forget(["none"])
    index.discard("s1")
    flushed: set[int] = set()
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.add(os.fstat(handle).st_ino))
    write(index, "a", MANY)
    tidied(index)
    new = {path for path in folder.rglob("*") if path.is_file() and path not in before}
    wanted = {path.stat().st_ino for path in new if path.suffix != ".json"}
    assert any("_indices" in path.parts for path in new)
    assert wanted <= flushed


CHILD = """
import sys
from pathlib import Path
from workspaces.worker.adapters import lance_nearest
from workspaces.worker.adapters.lance_index import LanceIndex
lance_nearest.INDEXED_FROM, lance_nearest.ROWS_EACH = 500, 20
index = LanceIndex(Path(sys.argv[1]))
index.tidy()
print("begun", flush=True)
index.finish()
"""


@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8])
def test_a_kill_while_it_is_made_leaves_what_works(folder: Path, wait: float) -> None:
    index = LanceIndex(folder)
    write(index, "a", 4000)
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        time.sleep(wait)
        child.kill()
    again = LanceIndex(folder)
    assert not again.check(thorough=True)
    assert again.vectors() == {"s1": {"a": 4000}}
    assert_found(again, "a:7", "a:3999")
    tidied(again)
    assert is_indexed(folder)
    assert_found(again, "a:7", "a:3999")
