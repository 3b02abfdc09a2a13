"""Quire beside the programs of ``../shared/peers``, on the same documents, the same questions and
the same embedding model: ``python -m tests.benchmarks.peers [--set xquad_en] [--questions N]
[--rounds N] [--home DIR]``.

Prints one table and says where Quire is not ahead; ends with 1 where that is anywhere. ``--home`` is
where the peers are set up (else ``$PEERS_HOME``, else the scripts' own); one that is not there is
named with what sets it up. Run it while nothing else runs: each round runs all of them one after
the other, and the figures are medians of the rounds.

Import counts from giving the files until all are found by meaning, with all processes started and
the model loaded before; a search until the passages are there. Memory is looked at from outside, all
of a run long: of the process that embeds and holds the index (Quire's indexer), and of all
processes together. On disk are, of Quire, its copies of the documents and their texts, too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from tests.benchmarks.resident import Resident
from tests.faults.runner import role_of
from tests.shared import shared_folder

QUIRE = "Quire"

ROUNDS = 2
SEED = 7
"""Of the shuffle that the questions are taken from."""

LONGEST = 3_600.0
"""Seconds one run may take."""

FASTER = 1.3
"""So many times as many documents a second as the fastest of them, Quire is to import."""

LARGEST = 450.0
"""MB that Quire's indexer may have."""

MEGABYTE = 1_000_000

Figures = dict[str, float]
"""One run's, by the names that the peers' scripts give them, and ``memory`` and ``all_memory`` in
MB, and ``docs_per_cpu_s``: documents imported in a second of processor time, which other programs
disturb less."""

COLUMNS = (
    ("documents/s", "docs_per_s", 1),
    ("a CPU second", "docs_per_cpu_s", 1),
    ("p50 ms", "p50_ms", 1),
    ("p95 ms", "p95_ms", 1),
    ("memory MB", "memory", 0),
    ("of all MB", "all_memory", 0),
    ("disk MB", "store_mb", 1),
    ("hit@1", "hit1", 3),
    ("hit@5", "hit5", 3),
    ("nDCG@10", "ndcg10", 3),
)
"""Heading, name of the figure, digits behind the point."""

QUALITY = ("hit1", "hit5", "ndcg10")


@dataclass(frozen=True, slots=True)
class Peer:
    """``name`` is its folder in the peers' home; ``needs`` must be there; ``setup`` is what a person
    does about it; ``command`` is run with the folder and the number of questions in their
    places."""

    title: str
    needs: tuple[Path, ...]
    setup: str
    command: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        return all(path.exists() for path in self.needs) and bool(shutil.which(self.command[0]))


class FailedError(Exception):
    """Why a run gave no figures."""


def peers(scripts: Path, home: Path) -> list[Peer]:
    """All that there are scripts for."""
    node = home / "anythingllm"
    minilm = home / "minilm" / "onnx" / "model_quantized.onnx"
    return [
        _in_python("LangChain + Chroma", "langchain", "peer_langchain_chroma.py", scripts, home),
        _in_python("LlamaIndex", "llamaindex", "peer_llamaindex.py", scripts, home),
        _in_python("Open WebUI", "openwebui", "peer_openwebui.py", scripts, home),
        Peer(
            "AnythingLLM's libraries",
            (node / "node_modules", minilm),
            f"npm i in {node} as {scripts / 'README.md'} says,"
            f" and python -m tests.benchmarks.peer_minilm {home / 'minilm'}",
            ("node", str(scripts / "peer_anythingllm.mjs"), "{folder}", "0", "{questions}"),
        ),
    ]


def _in_python(title: str, name: str, script: str, scripts: Path, home: Path) -> Peer:
    python = home / name / "bin" / "python"
    command = (str(python), str(scripts / script), "{folder}", "--nq", "{questions}")
    return Peer(title, (python,), f"PEERS_HOME={home} {scripts / 'setup.sh'} {name}", command)


def quire() -> Peer:
    command = (sys.executable, "-m", "tests.benchmarks.peer_quire", "{folder}", "--home", "{room}")
    return Peer(QUIRE, (), "", command)


def lay_out(source: Path, scripts: Path, folder: Path, count: int | None = None) -> int:
    """Write the set in ``source`` to ``folder`` as the scripts read it, with ``count`` of its
    questions at most, else all; how many it has then."""
    command = [sys.executable, str(scripts / "to_folder.py"), str(source), str(folder)]
    subprocess.run(command, check=True)
    path = folder / "queries.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    random.Random(SEED).shuffle(lines)
    path.write_text("".join(lines[:count]), "utf-8")
    return len(lines[:count])


def measure(peer: Peer, folder: Path, questions: int, home: Path) -> Figures:
    """Run ``peer`` once, in a room of its own. Raises FailedError."""
    with tempfile.TemporaryDirectory() as room:
        places = {"folder": str(folder), "questions": str(questions), "room": f"{room}/home"}
        command = [part.format_map(places) for part in peer.command]
        environment = {**os.environ, "PEERS_HOME": str(home), "TMPDIR": room}
        with (
            subprocess.Popen(
                command, stdout=-1, stderr=subprocess.STDOUT, text=True, env=environment
            ) as process,
            Resident(process.pid, _name) as resident,
        ):
            try:
                said, _ = process.communicate(timeout=LONGEST)
            except subprocess.TimeoutExpired:
                _end(process.pid)
                raise FailedError(f"not done after {LONGEST:.0f} s") from None
        stored = sum(_size(path) for path in Path(room).glob("peer_store*"))
        result = _result(said)
    largest = max(resident.most.values())
    return {
        "store_mb": stored / MEGABYTE,
        **result,
        "docs_per_cpu_s": result["docs"] / result["ingest_cpu_s"],
        "memory": resident.most.get("indexer", largest) / MEGABYTE,
        "all_memory": resident.together / MEGABYTE,
    }


def _end(pid: int) -> None:
    """Kill a run with all that it started."""
    process = psutil.Process(pid)
    for each in (*process.children(recursive=True), process):
        each.kill()


def _name(process: psutil.Process) -> str:
    """The role of one of Quire's children; another's number."""
    role = role_of(process)
    return str(process.pid) if role == "nobody" else role


def _size(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*")
    return sum(each.stat().st_size for each in files if each.is_file())


def _result(said: str) -> Figures:
    lines = said.splitlines()
    for line in lines:
        if line.startswith("RESULT "):
            found = json.loads(line.removeprefix("RESULT "))
            return {name: each for name, each in found.items() if isinstance(each, int | float)}
    raise FailedError(" / ".join(lines[-3:]) or "it said nothing")


def medians(runs: Sequence[Figures]) -> Figures:
    return {name: median(run[name] for run in runs) for name in runs[0]}


def table(rows: Mapping[str, Figures], missing: Mapping[str, str]) -> str:
    """Markdown: a program a line, and those without figures with the reason."""
    lines = ["| | " + " | ".join(heading for heading, _, _ in COLUMNS) + " |"]
    lines.append("| --- |" + " --- |" * len(COLUMNS))
    for title, row in rows.items():
        cells = [f"{row[name]:.{digits}f}" for _, name, digits in COLUMNS]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    lines += [f"| {title} | {why} |" for title, why in missing.items()]
    return "\n".join(lines)


def shortfalls(rows: Mapping[str, Figures]) -> list[str]:
    """Where Quire is not ahead as it is meant to be."""
    own = rows[QUIRE]
    others = {title: row for title, row in rows.items() if title != QUIRE}
    found = [
        f"{name} {own[name]:.3f}, {title} {row[name]:.3f}"
        for name in QUALITY
        for title, row in others.items()
        if row[name] > own[name]
    ]
    found += [
        f"imports only {own['docs_per_s'] / row['docs_per_s']:.2f} times as fast as {title}"
        for title, row in others.items()
        if own["docs_per_s"] < FASTER * row["docs_per_s"]
    ]
    found += [
        f"p95 {own['p95_ms']:.1f} ms, {title} {row['p95_ms']:.1f} ms"
        for title, row in others.items()
        if own["p95_ms"] >= row["p95_ms"]
    ]
    if own["memory"] > LARGEST:
        found.append(f"the indexer has {own['memory']:.0f} MB, more than {LARGEST:.0f}")
    return found


def run(
    chosen: Sequence[Peer], folder: Path, questions: int, rounds: int, home: Path
) -> tuple[dict[str, Figures], dict[str, str]]:
    """The medians of each, and why there are none of some."""
    runs: dict[str, list[Figures]] = {}
    missing = {peer.title: f"absent; {peer.setup}" for peer in chosen if not peer.is_there}
    for number in range(1, rounds + 1):
        for peer in chosen:
            if peer.title in missing:
                continue
            try:
                found = measure(peer, folder, questions, home)
            except FailedError as error:
                missing[peer.title] = f"failed: {error}"
                continue
            runs.setdefault(peer.title, []).append(found)
            print(f"round {number}: {peer.title} {json.dumps(found)}", file=sys.stderr, flush=True)
    return {title: medians(each) for title, each in runs.items() if title not in missing}, missing


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="xquad_en", dest="name", metavar="SET")
    parser.add_argument("--questions", type=int, metavar="N", help="else all")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument("--home", type=Path, help="where the peers are set up")
    arguments = parser.parse_args(argv)
    chosen = arguments.home or os.environ.get("PEERS_HOME") or "~/.cache/quire-peers"
    home = Path(chosen).expanduser().absolute()
    shared = shared_folder()
    scripts = shared / "peers"
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / arguments.name
        questions = lay_out(shared / "eval" / arguments.name, scripts, folder, arguments.questions)
        stacks = [quire(), *peers(scripts, home)]
        rows, missing = run(stacks, folder, questions, arguments.rounds, home)
        count = sum(1 for _ in (folder / "docs").iterdir())
    print(f"{arguments.name}: {count} documents, {questions} questions\n")
    print(table(rows, missing))
    behind = shortfalls(rows) if QUIRE in rows else ["Quire gave no figures"]
    print("\n" + ("\n".join(behind) or "Quire is ahead in all that it is meant to be."))
    return 1 if behind else 0


if __name__ == "__main__":
    sys.exit(main())
