"""How fast a large index answers, and how much memory it takes:
``python -m tests.benchmarks.scale [--passages 100000] [--home FOLDER] [--sets FOLDER]``.

Passages are sentences of the shared question sets, English and Chinese in turn, shuffled and put
together anew, each document with an identifier of its own, so that words are as frequent as in
real text and new ones keep coming. Questions are the sets' own. Vectors are not real ones: they
lie around topics and, inside those, around documents, and vary in few directions much and in many
little, as those of an embedding model do; a question's is that of a passage, disturbed. With
``--home`` an index that is already there is only searched.

Building and searching have a process of their own each, so that each has its own peak of memory.
Run it while nothing else runs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import lancedb
import numpy as np
from lancedb.query import LanceVectorQueryBuilder

from workspaces.core.types import Passage
from workspaces.worker.adapters.lance_index import LanceIndex

SETS = Path("/work/shared/eval")
ENGLISH = ("squad2_en", "xquad_en", "rgb_en_fact")
CHINESE = ("cmrc2018_zh", "drcd_zhtw", "xquad_zh", "rgb_zh_refine")

SPACE = "bench"
DIMENSION = 384
TOPICS = 2_000
EACH = 8
"""Passages of a document."""

LENGTHS = (700, 220)
"""Characters of an English and of a Chinese passage."""

WRITE = 500
"""Passages a write: as the services do where an index is written from the catalogue."""

LIMIT = 50
"""Passages each side is asked for, as by the indexer."""

QUESTIONS = 200
WARM = 10
SAMPLE = 100
"""Questions that the vector side's recall is measured with."""

MEGABYTE = 1_000_000
Vectors = np.ndarray[tuple[int, int], np.dtype[np.float32]]
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Texts:
    """Sentences and questions, of each language."""

    sentences: tuple[list[str], ...]
    questions: tuple[list[str], ...]


@dataclass(frozen=True, slots=True)
class Built:
    """Times in seconds, memory and disk in bytes. Only ``indexing`` is beside searches."""

    writing: float
    tidying: float
    indexing: float
    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class Searched:
    """Seconds a search by kind, sorted; recall of the vector side; bytes of memory."""

    times: dict[str, list[float]]
    recall: float
    memory: int


def load(sets: Path) -> Texts:
    languages = (ENGLISH, CHINESE)
    sentences = tuple(
        [
            part
            for row in _rows(sets, names, "corpus")
            for part in re.split(r"(?<=[.!?])\s+|(?<=[。！？])", row["text"])
            if part
        ]
        for names in languages
    )
    questions = tuple(
        [r["question"] for r in _rows(sets, names, "questions")] for names in languages
    )
    return Texts(sentences, questions)


def _rows(sets: Path, names: Sequence[str], kind: str) -> Iterator[dict[str, str]]:
    for name in names:
        with (sets / name / f"{kind}.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def passages(texts: Texts, count: int) -> Iterator[Passage]:
    """``count`` passages, the same ones each time."""
    rng = random.Random(1)
    for number in range(count):
        document, ordinal = divmod(number, EACH)
        language = document % 2
        parts = [f"ZX-{document:06d}"]
        while sum(map(len, parts)) < LENGTHS[language]:
            parts.append(rng.choice(texts.sentences[language]))
        text = " ".join(parts)
        yield Passage(f"d{document}:{ordinal}", f"d{document}", ordinal, 0, len(text), text)


class Cloud:
    """Where vectors lie."""

    def __init__(self) -> None:
        rng = np.random.default_rng(1)
        self._spread = (1 + np.arange(DIMENSION)) ** -0.5
        self._mean = self._around(rng, 1) * 0.6
        self._topics = self._around(rng, TOPICS)

    def of(self, start: int, count: int) -> Vectors:
        """Unit vectors of ``count`` passages from number ``start`` on."""
        documents = range(start // EACH, (start + count - 1) // EACH + 1)
        holders = np.concatenate([self._document(number) for number in documents])
        return _unit(holders[start - documents[0] * EACH :][:count])

    def questions(self, passages: int, count: int) -> Vectors:
        """Unit vectors near those of passages spread over all of them."""
        rng = np.random.default_rng(2)
        near = [self.of(int(number), 1) for number in rng.integers(0, passages, count)]
        return _unit(np.concatenate(near) + 0.8 * _unit(self._around(rng, count)))

    def _document(self, number: int) -> Vectors:
        rng = np.random.default_rng(number)
        topic = self._topics[rng.integers(TOPICS)]
        holder = topic + 0.8 * self._around(rng, 1)
        return np.asarray(self._mean + holder + 0.7 * self._around(rng, EACH), dtype=np.float32)

    def _around(self, rng: np.random.Generator, count: int) -> Vectors:
        return _unit(rng.normal(size=(count, DIMENSION)) * self._spread)


def _unit(vectors: np.ndarray[Any, Any]) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / length, dtype=np.float32)


def build(folder: Path, sets: Path, count: int) -> Built:
    """Write ``count`` passages and their vectors, then tidy as in an idle moment."""
    index, cloud = LanceIndex(folder), Cloud()
    began = time.perf_counter()
    waiting: list[Passage] = []
    for number, passage in enumerate(passages(load(sets), count), start=1):
        waiting.append(passage)
        if len(waiting) == WRITE or number == count:
            index.write(waiting)
            numbers = cloud.of(number - len(waiting), len(waiting)).astype("<f2")
            names = ((each.id, each.document) for each in waiting)
            rows = [(*name, row.tobytes()) for name, row in zip(names, numbers, strict=True)]
            index.write_vectors(SPACE, rows)
            waiting.clear()
    written = time.perf_counter()
    index.tidy()
    tidied = time.perf_counter()
    index.finish()
    times = (written - began, tidied - written, time.perf_counter() - tidied)
    return Built(*times, _memory(), _size(folder))


def search(folder: Path, sets: Path, count: int) -> Searched:
    """Ask as the indexer does."""
    index = LanceIndex(folder)
    languages = load(sets).questions
    picked = [random.Random(3).sample(each, QUESTIONS // 2) for each in languages]
    asked = [question for pair in zip(*picked, strict=True) for question in pair]
    vectors = Cloud().questions(count, len(asked))
    kinds: dict[str, Callable[[int], object]] = {
        "keyword, English": lambda n: index.keyword(asked[n - n % 2], LIMIT),
        "keyword, Chinese": lambda n: index.keyword(asked[n - n % 2 + 1], LIMIT),
        "keyword": lambda n: index.keyword(asked[n], LIMIT),
        "vector": lambda n: index.vector(SPACE, vectors[n].tolist(), LIMIT),
        "both": lambda n: (
            index.keyword(asked[n], LIMIT),
            index.vector(SPACE, vectors[n].tolist(), LIMIT),
        ),
    }
    times = {kind: _times(ask, len(asked)) for kind, ask in kinds.items()}
    memory = _memory()
    return Searched(times, _recall(index, folder, vectors[:SAMPLE]), memory)


def _times(ask: Callable[[int], object], count: int) -> list[float]:
    for number in range(WARM):
        ask(number)
    found = []
    for number in range(count):
        began = time.perf_counter()
        ask(number)
        found.append(time.perf_counter() - began)
    return sorted(found)


def _recall(index: LanceIndex, folder: Path, vectors: Vectors) -> float:
    """The part of the nearest passages that the index finds."""
    table = lancedb.connect(folder).open_table(f"space_{SPACE}")
    found = 0
    for vector in vectors:
        exact = table.search(vector, "vector")
        assert isinstance(exact, LanceVectorQueryBuilder)
        exact = exact.distance_type("cosine").bypass_vector_index()
        names = {row["id"] for row in exact.select(["id", "_distance"]).limit(LIMIT).to_list()}
        found += len(names & index.vector(SPACE, vector.tolist(), LIMIT).keys())
    return found / (LIMIT * len(vectors))


def _memory() -> int:
    """The most bytes this process had resident."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def alone(work: Callable[[Path, Path, int], R], folder: Path, sets: Path, count: int) -> R:
    """Do ``work`` in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, folder, sets, count).result()


def tell_built(built: Built, count: int) -> str:
    each = 1000 * built.writing / count
    return (
        f"written in {built.writing:.0f} s ({each:.2f} ms a passage), tidied in"
        f" {built.tidying:.1f} s, vector index after another {built.indexing:.1f} s,"
        f" {built.memory / MEGABYTE:.0f} MB of memory,"
        f" {built.disk / MEGABYTE:.0f} MB on disk"
    )


def tell_searched(searched: Searched) -> str:
    lines = [
        f"{kind:>18}: p50 {1000 * statistics.median(times):4.0f} ms,"
        f" p95 {1000 * times[int(0.95 * len(times))]:4.0f} ms"
        for kind, times in searched.times.items()
    ]
    memory = f"{searched.memory / MEGABYTE:.0f} MB of memory"
    return "\n".join([*lines, f"recall@{LIMIT} {searched.recall:.3f}, {memory}"])


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--sets", type=Path, default=SETS)
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.home or Path(temporary)) / "index.lance"
        where = folder, arguments.sets, arguments.passages
        print(f"{arguments.passages} passages", flush=True)
        if not folder.exists():
            print(tell_built(alone(build, *where), arguments.passages), flush=True)
        print(tell_searched(alone(search, *where)))


if __name__ == "__main__":
    main()
