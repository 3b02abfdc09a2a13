"""Which adapter embeds best: ``python -m tests.benchmarks.embedding [--set FOLDER] [--quick]``.

For sentence-transformers, ONNX Runtime and ONNX Runtime with weights of 8 bits, each in a process
of its own: seconds from its start to the first embedding, passages a second by how many are given
at once, the most memory it had, and how well its vectors alone find what answers the questions of a
set (nDCG@10 and hit@5). Processor seconds are beside, which other programs disturb less; still run
it while nothing else runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import numpy as np

from tests.shared import shared_folder
from workspaces.core import chunking, metrics
from workspaces.core.ports import Embedder
from workspaces.core.types import Place
from workspaces.library.question_set import Question, QuestionSet
from workspaces.library.starter import starter_embedder
from workspaces.worker import export, exports

ADAPTERS = ("sentence-transformers", "ONNX", "ONNX, 8 bits")

BATCHES = (1, 8, 32, 256)
"""Passages given at once."""


def open_embedder(adapter: str, model: Path, room: Path) -> Embedder:
    """Heavy libraries are imported only where the adapter needs them: that is measured."""
    if adapter == ADAPTERS[0]:
        from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

        return SentenceEmbedder(model)
    from workspaces.worker.adapters.onnx_embedder import OnnxEmbedder

    return OnnxEmbedder(model, room / (exports.EIGHT_BITS if "8" in adapter else exports.GRAPH))


def measure(adapter: str, model: Path, room: Path, questions: QuestionSet, quick: bool) -> None:
    """Print what this process measures, as JSON."""
    began = time.monotonic()
    embedder = open_embedder(adapter, model, room)
    embedder.embed(["a"])
    first = time.monotonic() - began
    passages = _passages(questions, embedder)
    found: dict[str, float] = {"first embedding s": first}
    for batch in BATCHES:
        # As an import gives them: sorted by length, the longest first.
        texts = sorted((text for _, text in passages), key=len, reverse=True)
        found |= _speed(embedder, texts[:64] if quick else texts, batch)
    found["memory MB"] = _most_memory()
    answerable = [each for each in questions.questions() if each.answerable]
    found |= _quality(embedder, passages, answerable[:50] if quick else answerable)
    print(json.dumps(found))


def _passages(questions: QuestionSet, embedder: Embedder) -> list[tuple[str, str]]:
    """(document, text) of each passage."""
    limit, count = embedder.max_tokens, embedder.count_tokens
    with tempfile.TemporaryDirectory() as room:
        return [
            (name, passage.text)
            for path, name in questions.lay_out(Path(room)).items()
            for passage in chunking.split(
                name, [Place(path.read_text("utf-8"))], count, limit, limit // 8
            )
        ]


def _speed(embedder: Embedder, texts: Sequence[str], batch: int) -> dict[str, float]:
    began, worked = time.monotonic(), time.process_time()
    for start in range(0, len(texts), batch):
        embedder.embed(texts[start : start + batch])
    seconds, processor = time.monotonic() - began, time.process_time() - worked
    return {
        f"passages/s, {batch} at once": len(texts) / seconds,
        f"passages/CPU s, {batch} at once": len(texts) / processor,
    }


def _most_memory() -> float:
    """MB that this process had at most. Not getrusage: that remembers the parent's, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6


def _quality(
    embedder: Embedder, passages: Sequence[tuple[str, str]], questions: Sequence[Question]
) -> dict[str, float]:
    # float16, as the index keeps them.
    vectors = np.array(embedder.embed([text for _, text in passages]), np.float16).astype(float)
    asked = np.array(embedder.embed([each.question for each in questions]), float)
    rankings = [
        [passages[number][0] for number in np.argsort(-scores, kind="stable")]
        for scores in asked @ vectors.T
    ]
    pairs = [
        (ranking, question.gold_doc_ids)
        for ranking, question in zip(rankings, questions, strict=True)
    ]
    return {
        "nDCG@10": fmean(metrics.ndcg(ranking, wanted, 10) for ranking, wanted in pairs),
        "hit@5": fmean(metrics.hit(ranking, wanted, 5) for ranking, wanted in pairs),
    }


def table(rows: dict[str, dict[str, float]]) -> str:
    """Markdown, a figure a line."""
    lines = ["| | " + " | ".join(rows) + " |", "| --- |" + " --- |" * len(rows)]
    for name in next(iter(rows.values())):
        digits = 4 if "@" in name else 2 if "first" in name else 0 if "MB" in name else 1
        figures = " | ".join(f"{row[name]:.{digits}f}" for row in rows.values())
        lines.append(f"| {name} | {figures} |")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, dest="questions", help="else the shared xquad_en")
    parser.add_argument("--quick", action="store_true", help="a part of everything")
    parser.add_argument("--room", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--adapter", choices=ADAPTERS, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    folder = options.questions or shared_folder() / "eval" / "xquad_en"
    model = starter_embedder()
    if model is None:
        parser.error("the starter models are not installed")
    if options.adapter:
        measure(options.adapter, model, options.room, QuestionSet(folder), options.quick)
        return 0
    with tempfile.TemporaryDirectory() as room:
        export.make(model, Path(room))
        command = [sys.executable, "-m", "tests.benchmarks.embedding", "--set", str(folder)]
        command += ["--room", room, *(["--quick"] if options.quick else [])]
        rows = {
            adapter: json.loads(
                subprocess.run([*command, "--adapter", adapter], stdout=-1, check=True).stdout
            )
            for adapter in ADAPTERS
        }
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
