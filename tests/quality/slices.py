"""Parts of the shared sets that are small enough to be measured with every change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from app.bootstrap import worker
from tests.question_sets import write_lines
from tests.shared import shared_folder
from tests.starter import minilm_folder
from workspaces.library.home import Home, lock_home, prepare_home
from workspaces.services.evaluating import evaluate
from workspaces.services.quire import Quire

SLICES = {
    "xquad_en": 115,
    "xquad_es": 115,
    "xquad_zh": 115,
    "cmrc2018_zh": 250,
    "drcd_zhtw": 250,
    "squad2_en": 250,
}
"""The first so many documents of each set: all that XQuAD has."""

QUESTIONS = 75
"""Answerable questions a slice, and as many others."""

Measured = dict[str, dict[str, Any]]
"""For each slice, an :class:`~workspaces.services.evaluating.Evaluation` as a dictionary."""


def measure(room: Path) -> Measured:
    """Import the slices into a new home in the folder ``room``, and ask. Takes about a minute and
    a half; skips the test where the sets or the embedder are not there."""
    folders = [cut(shared_folder() / "eval" / name, SLICES[name], room / name) for name in SLICES]
    return asyncio.run(_measure(room / "home", folders))


def cut(source: Path, count: int, target: Path) -> Path:
    """Write the first ``count`` documents of the set in ``source`` to ``target``, with the
    questions that these answer and those that no document does."""
    target.mkdir()
    documents = read_lines(source / "corpus.jsonl")[:count]
    kept = {document["doc_id"] for document in documents}
    questions = read_lines(source / "questions.jsonl")
    write_lines(target / "corpus.jsonl", documents)
    write_lines(
        target / "questions.jsonl",
        [question for question in questions if kept.issuperset(question["gold_doc_ids"])],
    )
    return target


def figures(evaluation: Mapping[str, Any]) -> dict[str, float]:
    """What does not depend on how fast the machine is, by names like ``fused hit@1``."""
    return {
        f"{side} {name}": value
        for side in ("keyword", "vector", "fused", "refusal")
        for name, value in evaluation[side].items()
        if value is not None and not name.startswith("ms") and "cosine" not in name
    }


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Quire]:
    """A Quire on a new home in ``folder``, with the real embedder; skips the test where that is not
    there."""
    home = Home(folder)
    prepare_home(home)
    quire = Quire(
        home=home,
        lock=lock_home(home),
        reader=worker("reader"),
        indexer=worker("indexer"),
        generator=worker("generator"),
        fetcher=worker("fetcher"),
        embedder=minilm_folder(),
        starter=None,
        make_probe=partial(worker, "generator"),
        places=(),
    )
    try:
        await quire.start()
        yield quire
    finally:
        await quire.close()


async def _measure(home: Path, folders: list[Path]) -> Measured:
    async with opened(home) as quire:
        return {
            folder.name: asdict(await evaluate(quire, folder, QUESTIONS, lambda *_: None))
            for folder in folders
        }


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
