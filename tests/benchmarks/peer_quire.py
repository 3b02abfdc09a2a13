"""Quire on the work that the scripts in ``../shared/peers`` do with others, measured as they do it:
``python -m tests.benchmarks.peer_quire FOLDER --home HOME``.

``FOLDER`` has ``docs`` and ``queries.jsonl`` as their ``to_folder.py`` writes them, ``HOME`` is a
folder that need not exist. It is the real composition with the starter's embedder; it prints a line
``RESULT {...}`` as they do. As there, what starts processes and loads the model comes before the
clock starts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

import psutil

from app.bootstrap import open_quire
from workspaces.core import metrics
from workspaces.core.types import DocumentState
from workspaces.library.home import Home
from workspaces.services.quire import Quire

FOUND = 10
"""Passages asked for, and places of a ranking that count."""

WARM_UP = 5
"""Questions asked before those that are measured, as the other scripts do."""

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """For each question the file that answers it, the files that were found, best first, and the
    milliseconds that took."""

    wanted: list[str] = field(default_factory=list)
    found: list[list[str]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


async def measure(quire: Quire, folder: Path, room: Path) -> dict[str, Any]:
    """All figures but the size on disk. ``room`` is for a file to warm up with."""
    await _warm(quire, room)
    workspace = (await quire.create_workspace("Peers")).id
    files = sorted(str(path) for path in (folder / "docs").iterdir())
    begun, worked = time.perf_counter(), _processor_seconds()
    documents = await quire.add_documents(workspace, files)
    rows = await quire.wait_for_documents(workspace, documents)
    seconds, worked = time.perf_counter() - begun, _processor_seconds() - worked
    if len(rows) != len(files) or any(row.state is not DocumentState.READY for row in rows):
        raise RuntimeError("not every document became ready")
    asked = await _asked(quire, workspace, {row.id: row.name for row in rows}, _questions(folder))
    chunks = sum(row.passages for row in rows)
    return {
        "peer": "quire",
        "docs": len(files),
        "chunks": chunks,
        "ingest_s": seconds,
        "ingest_cpu_s": worked,
        "docs_per_s": len(files) / seconds,
        "chunks_per_s": chunks / seconds,
        **_figures(asked),
    }


async def _warm(quire: Quire, room: Path) -> None:
    """Start the children, load the model, have the libraries of the index imported."""
    room.mkdir()
    (room / "warm.txt").write_text("Something to begin with.", "utf-8")
    workspace = (await quire.create_workspace("Warm-up")).id
    documents = await quire.add_documents(workspace, [str(room / "warm.txt")])
    await quire.wait_for_documents(workspace, documents)
    await quire.search(workspace, "warm up", FOUND)


def _questions(folder: Path) -> list[dict[str, str]]:
    lines = (folder / "queries.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


async def _asked(
    quire: Quire, workspace: str, names: dict[str, str], questions: Sequence[dict[str, str]]
) -> Asked:
    for each in questions[:WARM_UP]:
        await quire.search(workspace, each["q"], FOUND)
    asked = Asked()
    for each in questions:
        begun = time.perf_counter()
        found = await quire.search(workspace, each["q"], FOUND)
        asked.milliseconds.append(1000 * (time.perf_counter() - begun))
        asked.wanted.append(each["doc"])
        asked.found.append([names[passage.document] for passage in found])
    return asked


def _figures(asked: Asked) -> dict[str, float]:
    pairs = [(found, [wanted]) for found, wanted in zip(asked.found, asked.wanted, strict=True)]
    return {
        "n_q": len(pairs),
        "p50_ms": metrics.percentile(asked.milliseconds, 0.5),
        "p95_ms": metrics.percentile(asked.milliseconds, 0.95),
        "hit1": fmean(metrics.hit(*pair, 1) for pair in pairs),
        "hit5": fmean(metrics.hit(*pair, 5) for pair in pairs),
        "ndcg10": fmean(metrics.ndcg(*pair, FOUND) for pair in pairs),
    }


def _processor_seconds() -> float:
    """Of this process and its children, since they began."""
    own = psutil.Process()
    times = [process.cpu_times() for process in (own, *own.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


async def run(folder: Path, home: Home) -> dict[str, Any]:
    quire = await open_quire(home)
    try:
        await quire.start()
        figures = await measure(quire, folder, home.root / "warm-up")
        # While it is open, as with the others: what is tidied away at the end is counted, too.
        size = max(map(_size, home.workspaces.iterdir()))
    finally:
        await quire.close()
    return {**figures, "store_mb": size / MEGABYTE}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    arguments = parser.parse_args(argv)
    figures = asyncio.run(run(arguments.folder, Home(arguments.home)))
    print(f"RESULT {json.dumps(figures)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
