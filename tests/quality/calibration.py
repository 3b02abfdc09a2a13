"""Fits the rule that decides whether a question is answered (:mod:`workspaces.core.evidence`), and
tells how often it is wrong: ``python -m tests.quality.calibration [FOLDER]``. Takes about eight
minutes; with a folder to keep the imports in, three the next time.

Answerable questions, and questions whose document is not there, are asked of the shared sets as
they are, and of small workspaces cut from them: most people's first workspace has five documents.
Every set and each of the two kinds counts the same. Each set is also judged by a rule that was
fitted to the others. Questions that are about a document that is there but does not say
(``near_miss_unanswerable``) are reported, not fitted: nothing in a ranking tells them.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.quality.slices import opened, read_lines
from tests.question_sets import write_lines
from tests.shared import shared_folder
from workspaces.core.evidence import BOTH_SIDES, ENOUGH, WORDS_ALONE, Rule
from workspaces.library.question_set import ABSENT
from workspaces.services.evaluating import ask_all
from workspaces.services.figures import COSINE_RULE, Asked
from workspaces.services.quire import Quire

WHOLE = ("xquad_en", "squad2_en", "xquad_de", "xquad_es", "xquad_zh", "cmrc2018_zh", "drcd_zhtw")
CUT = ("xquad_en", "squad2_en", "rgb_en_fact", "xquad_zh", "drcd_zhtw", "rgb_zh_refine")
SIZES = (5, 25)
"""Documents of the small workspaces."""

WORKSPACES = 8
"""Small workspaces of each size and set."""

QUESTIONS = 160
"""Of each kind, of a whole set; of a small one an eighth."""

STEPS, RATE, SHRINKAGE = 4000, 0.5, 1e-3

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """Questions of one set, or of its small workspaces of one size."""

    name: str
    asked: list[Asked]

    def rows(self, rule: Rule) -> tuple[Numbers, Numbers]:
        """The figures that ``rule`` weighs, a row a question, and which were answerable (1 or 0).
        A rule with a cosine is for questions that have one."""
        kept = [
            (each.evidence, each.question.answerable)
            for each in self.asked
            if each.evidence is not None
            and each.question.kind != "near_miss_unanswerable"
            and ("cosine" not in rule.weights or each.evidence.cosine is not None)
        ]
        figures = [[getattr(evidence, name) for name in rule.weights] for evidence, _ in kept]
        return np.array(figures, float), np.array([answerable for _, answerable in kept], float)


def fit(samples: Sequence[Sample], rule: Rule) -> Rule:
    """A rule with the weights' names of ``rule``, by gradient descent; a weight below 0 would mean
    that more of something speaks against an answer, so it is 0."""
    parts = [sample.rows(rule) for sample in samples]
    figures = np.concatenate([rows for rows, _ in parts])
    right = np.concatenate([answerable for _, answerable in parts])
    counts = np.concatenate([_balance(answerable) for _, answerable in parts])
    middle, spread = figures.mean(0), figures.std(0) + 1e-9
    scaled = (figures - middle) / spread
    weights, base = np.zeros(len(rule.weights)), 0.0
    for _ in range(STEPS):
        error = (_odds(scaled @ weights + base) - right) * counts / counts.sum()
        weights = np.maximum(0, weights - RATE * (scaled.T @ error + SHRINKAGE * weights))
        base -= RATE * error.sum()
    raw = weights / spread
    named = {name: round(float(value), 2) for name, value in zip(rule.weights, raw, strict=True)}
    return Rule(round(float(base - raw @ middle), 2), named)


def rates(rows: tuple[Numbers, Numbers], rule: Rule) -> str:
    """How often ``rule`` is wrong, for a line of the table."""
    figures, right = rows
    weights = np.array(list(rule.weights.values()))
    answered = _odds(figures @ weights + rule.base) >= ENOUGH
    return f"{answered[right == 0].mean():12.3f} {1 - answered[right == 1].mean():13.3f}"


def main() -> None:
    with tempfile.TemporaryDirectory() as room:
        samples = asyncio.run(_samples(Path(sys.argv[1] if sys.argv[1:] else room)))
    kinds = f"{'false_answer':>12} {'false_refusal':>13}"
    head = f"{'set':22} {'questions':>9} {kinds}   fitted anew:{kinds}   to the others:{kinds}"
    for title, rule in (("WORDS_ALONE", WORDS_ALONE), ("BOTH_SIDES", BOTH_SIDES)):
        fitting = [each for each in samples if len(each.rows(rule)[1]) > len(each.asked) / 2]
        print(f"\n{title}: {(fitted := fit(fitting, rule))}\n{head}")
        for sample in fitting:
            others = [other for other in fitting if other.name.split()[0] != sample.name.split()[0]]
            rows = sample.rows(rule)
            print(
                f"{sample.name:22} {len(rows[1]):9}"
                f" {rates(rows, rule)} {'':14} {rates(rows, fitted)} {'':16}"
                f" {rates(rows, fit(others, rule))}"
            )
    _tell_cosine_and_near_misses(samples)


def _tell_cosine_and_near_misses(samples: Sequence[Sample]) -> None:
    cosine = Rule(-COSINE_RULE, {"cosine": 1.0})
    print("\nanswered where the nearest cosine is at least .25, as AnythingLLM does")
    for sample in samples:
        if len((rows := sample.rows(cosine))[1]) > len(sample.asked) / 2:
            print(f"{sample.name:22} {len(rows[1]):9} {rates(rows, cosine)}")
    near = [
        each.evidence.confidence >= ENOUGH
        for sample in samples
        for each in sample.asked
        if each.evidence is not None and each.question.kind == "near_miss_unanswerable"
    ]
    print(f"\n{len(near)} near misses, by the present rules: false_answer {np.mean(near):.3f}")


async def _samples(room: Path) -> list[Sample]:
    samples = []
    async with opened(room / "home") as quire:
        for name in WHOLE:
            folder = shared_folder() / "eval" / name
            samples.append(Sample(name, await _ask(quire, folder, QUESTIONS)))
            print(name, flush=True)
        samples.append(Sample("facts", await _ask(quire, facts(room / "facts"), QUESTIONS)))
        for name in CUT:
            for size in SIZES:
                asked = []
                for number in range(WORKSPACES):
                    folder = cut_small(name, size, number, room / f"{name}-{size}-{number}")
                    asked += await _ask(quire, folder, QUESTIONS // WORKSPACES)
                samples.append(Sample(f"{name} of {size}", asked))
                print(samples[-1].name, flush=True)
    return samples


async def _ask(quire: Quire, folder: Path, questions: int) -> list[Asked]:
    asked, _ = await ask_all(quire, folder, questions, lambda *_: None)
    return asked


def cut_small(name: str, size: int, number: int, target: Path) -> Path:
    """Write ``size`` documents of a shared set to ``target``, with the questions that they answer
    and others that they do not."""
    source = shared_folder() / "eval" / name
    chance = random.Random(f"{name} {size} {number}")
    documents = chance.sample(read_lines(source / "corpus.jsonl"), size)
    kept = {document["doc_id"] for document in documents}
    questions = [each for each in read_lines(source / "questions.jsonl") if each["answerable"]]
    target.mkdir(parents=True, exist_ok=True)
    write_lines(target / "corpus.jsonl", documents)
    write_lines(target / "questions.jsonl", [_seen_from(kept, each) for each in questions])
    return target


def facts(target: Path) -> Path:
    """Write the invented facts of half the shared documents to ``target``, a text a document, with
    questions about them and about the other half: what they name is all that tells them apart."""
    every = read_lines(shared_folder() / "documents" / "facts.jsonl")
    known = [fact for fact in every if fact["question"]]
    files = sorted({fact["file"] for fact in known if "large" not in fact["file"]})
    texts = {
        file: "\n\n".join(fact["sentence"] for fact in known if fact["file"] == file)
        for file in files[::2]
    }
    here = {fact["question"] for fact in known if fact["file"] in texts}
    target.mkdir(parents=True, exist_ok=True)
    documents = [{"doc_id": file, "title": Path(file).stem, "text": texts[file]} for file in texts]
    questions = [
        {"question": fact["question"], "answerable": True, "gold_doc_ids": [fact["file"]]}
        for fact in known
        if fact["file"] in texts or fact["question"] not in here
    ]
    write_lines(target / "corpus.jsonl", documents)
    write_lines(target / "questions.jsonl", questions)
    return target


def _seen_from(kept: set[str], question: dict[str, Any]) -> dict[str, Any]:
    """``question`` where only the documents ``kept`` are there."""
    if not kept.isdisjoint(question["gold_doc_ids"]):
        return question
    return {**question, "answerable": False, "gold_doc_ids": [], "kind": ABSENT}


def _balance(right: Numbers) -> Numbers:
    """Weights by which both kinds of questions of a set count 1 in all."""
    there = max(1.0, float(right.sum()))
    return right / there + (1 - right) / max(1.0, len(right) - there)


def _odds(values: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-values))


if __name__ == "__main__":
    main()
