"""A document costs as much among many as among few: counted in what is written for it, because a
time says little on a busy machine (``tests/benchmarks/import_speed.py`` measures that)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults.files import write_texts
from tests.faults.runner import Life
from tests.faults.writes import WriteFaults, build_library

FEW, MANY = 60, 240

GROWTH = 1.3
"""So many times what a document costs among few it may cost among many."""


def changes(folder: Path, count: int, library: Path) -> Counter[str]:
    """What an import of ``count`` small files changes on disk: all calls, flushes, and calls in
    the index."""
    folder.mkdir()
    files = write_texts(folder / "files", count)
    faults = WriteFaults(library, folder / "home", folder / "control")
    life = Life(folder / "home", folder, offer=files, environment=faults.environment(journal=True))
    assert life.finish() == 0, life.told()
    assert len(life.said("ended")) >= count
    kinds: Counter[str] = Counter()
    for line in faults.journal:
        _, _, function, path = line.split(" ", 3)
        kinds["changes"] += 1
        kinds["flushes"] += function in ("fsync", "fdatasync")
        kinds["changes of the index"] += "index.lance" in path
    return kinds


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return build_library(tmp_path)


@pytest.mark.slow
def test_a_document_among_many_costs_what_one_among_few_costs(
    library: Path, tmp_path: Path
) -> None:
    few = changes(tmp_path / "few", FEW, library)
    many = changes(tmp_path / "many", MANY, library)
    growth = {kind: many[kind] / MANY / (few[kind] / FEW) for kind in few}
    assert max(growth.values()) < GROWTH, f"{growth}: {few} for {FEW}, {many} for {MANY}"
