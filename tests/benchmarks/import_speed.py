"""How fast a folder of small documents is imported, and whether a document costs more among many:
``python -m tests.benchmarks.import_speed [--counts 100 1000 10000] [--fake-embedder]``.

Ends with 1 when a document costs more than 1.3 times as much among the most as among the fewest.
Run it while nothing else runs. The processes are started and the model is loaded before the clock
starts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.files import name_of, write_texts
from tests.faults.runner import Life

COUNTS = (100, 1_000, 10_000)

GROWTH = 1.3
"""So many times the cost of a document among few it may cost among many."""

LONGEST = 4 * 3600.0
"""Seconds one import may take."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """One import. Times in seconds; ``worked`` is what all processors together spent, starts
    included; ``memory`` is the most bytes that were resident, by process; ``files`` and ``size``
    (bytes) are what the home had afterwards."""

    documents: int
    passages: int
    seconds: float
    first_found: float
    files: int
    size: int
    worked: float
    memory: dict[str, int] = field(default_factory=dict)

    @property
    def cost(self) -> float:
        """Seconds a document."""
        return self.seconds / self.documents


def measure(folder: Path, count: int, fake: bool) -> Measured:
    """Import ``count`` small files into a new home below ``folder``."""
    home = folder / "home"
    files, warm = write_texts(folder / "files", count), write_texts(folder / "warm", 1, seed=2)
    options = ["--warm", str(warm), "--find", name_of(0), *([] if fake else ["--real"])]
    life = Life(home, folder, offer=files, more=options)
    memory: dict[str, int] = {}
    worked: dict[str, float] = {}
    until = time.monotonic() + LONGEST
    while life.wait(0.2) is None and time.monotonic() < until:
        for role, (size, seconds) in life.use().items():
            memory[role] = max(size, memory.get(role, 0))
            worked[role] = seconds
    if life.finish() != 0:
        raise RuntimeError(life.told())
    (begun,), (settled,), (found,) = (life.said(what) for what in ("begun", "settled", "found"))
    return Measured(
        documents=count,
        passages=settled["passages"],
        seconds=settled["at"] - begun["at"],
        first_found=found["at"] - begun["at"],
        files=sum(1 for path in home.rglob("*") if path.is_file()),
        size=sum(path.stat().st_size for path in home.rglob("*") if path.is_file()),
        worked=sum(worked.values()),
        memory=memory,
    )


def table(rows: Sequence[Measured]) -> str:
    """The figures, an import a line."""
    roles = sorted({role for row in rows for role in row.memory})
    head = ["documents", "seconds", "documents/s", "passages/s", "cost", "CPU ms each"]
    lines = [[*head, "found after", "files", "MB", *(f"{role} MB" for role in roles)]]
    lines += [
        [
            f"{row.documents}",
            f"{row.seconds:.1f}",
            f"{row.documents / row.seconds:.1f}",
            f"{row.passages / row.seconds:.1f}",
            f"{row.cost / rows[0].cost:.2f}",
            f"{1000 * row.worked / row.documents:.1f}",
            f"{row.first_found:.1f} s",
            f"{row.files}",
            f"{row.size / MEGABYTE:.1f}",
            *(f"{row.memory.get(role, 0) / MEGABYTE:.0f}" for role in roles),
        ]
        for row in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", nargs="+", type=int, default=COUNTS, metavar="N")
    parser.add_argument("--fake-embedder", action="store_true")
    arguments = parser.parse_args(argv)
    rows: list[Measured] = []
    for count in arguments.counts:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(Path(folder), count, arguments.fake_embedder))
        print(table(rows), flush=True)
    return 0 if rows[-1].cost <= GROWTH * rows[0].cost else 1


if __name__ == "__main__":
    sys.exit(main())
