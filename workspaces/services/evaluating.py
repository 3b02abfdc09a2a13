"""Search measured with questions whose right documents are known: each side, and both joined."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workspaces.core.ports import ReportStep
from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState, Sides
from workspaces.library.question_set import Question, QuestionSet
from workspaces.services.figures import (
    Asked,
    Figures,
    ranking_figures,
    refusal_figures,
)
from workspaces.services.quire import Quire

FOUND = 10
"""Passages asked for, as a person's search does: what is measured is what they get."""

NAMED = 5
"""Names of documents that a sentence lists."""

SEED = 20261121
"""Of the shuffle that ``limit`` takes the first questions of, so that figures can be compared."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``questions`` were asked. ``keyword``, ``vector`` and ``fused`` say of the answerable ones
    how well the first :data:`FOUND` passages rank (``hit@1``, ``hit@5``, ``mrr@10``, ``ndcg@10``,
    see :mod:`workspaces.core.metrics`; ``page_hit@5`` where the set names pages: one of the first
    five passages lies on a right one), and what a caller waits for, in milliseconds (``ms_p50``,
    ``ms_p95``). ``refusal`` has the share of unanswerable questions that were answered
    (``false_answer``) and of answerable ones that were not (``false_refusal``), see
    :func:`~workspaces.services.figures.refusal_figures`."""

    questions: int
    keyword: Figures
    vector: Figures
    fused: Figures
    refusal: Figures


async def evaluate(quire: Quire, folder: Path, limit: int | None, report: ReportStep) -> Evaluation:
    """Import the set in ``folder`` into a workspace of its name, or take the one that is there,
    and ask its questions: with a ``limit``, at most so many answerable and so many others.
    ``report`` counts questions. Raises Problem ``question_set_differs`` where the workspace holds
    something else, ``question_set_not_imported``, and what :class:`QuestionSet` does."""
    asked, documents_of = await ask_all(quire, folder, limit, report)
    return Evaluation(
        questions=len(asked),
        keyword=ranking_figures(asked, Sides.KEYWORD, documents_of),
        vector=ranking_figures(asked, Sides.VECTOR, documents_of),
        fused=ranking_figures(asked, Sides.BOTH, documents_of),
        refusal=refusal_figures(asked),
    )


async def ask_all(
    quire: Quire, folder: Path, limit: int | None, report: ReportStep
) -> tuple[list[Asked], dict[str, str]]:
    """The questions of :func:`evaluate` with what was found, and which document of the set each
    imported one is."""
    questions = QuestionSet(folder)
    chosen = choose(questions.questions(), limit)
    with tempfile.TemporaryDirectory() as room:
        documents = questions.lay_out(Path(room))
        workspace = await _imported(quire, questions.name, list(documents))
    ids = {_last(path): document for path, document in documents.items()}
    rows = await quire.list_documents(workspace)
    documents_of = {row.id: ids[_last(Path(row.path))] for row in rows}
    await _warm(quire, workspace)
    asked = []
    for number, question in enumerate(chosen, start=1):
        asked.append(await _ask(quire, workspace, question))
        report(number, len(chosen))
    return asked, documents_of


def choose(questions: Iterable[Question], limit: int | None) -> list[Question]:
    """All questions; or, shuffled, the first ``limit`` answerable and the first ``limit`` others.
    The same each time."""
    every = list(questions)
    if limit is None:
        return every
    random.Random(SEED).shuffle(every)  # noqa: S311 # nothing to guard
    answerable = [question for question in every if question.answerable]
    others = [question for question in every if not question.answerable]
    return answerable[:limit] + others[:limit]


async def _imported(quire: Quire, name: str, files: Sequence[Path]) -> str:
    """The id of the workspace that holds ``files``."""
    for view in await quire.list_workspaces():
        if view.name == name:
            rows = await quire.list_documents(view.id)
            ready = [Path(row.path) for row in rows if row.state is DocumentState.READY]
            if len(ready) < len(rows) or sorted(map(_last, ready)) != sorted(map(_last, files)):
                raise Problem("question_set_differs", name=name)
            return view.id
    workspace = (await quire.create_workspace(name)).id
    documents = await quire.add_documents(workspace, [str(path) for path in files])
    rows = await quire.wait_for_documents(workspace, documents)
    lost = [row.name for row in rows if row.state is not DocumentState.READY]
    if lost:
        names = ", ".join(lost[:NAMED])
        raise Problem("question_set_not_imported", count=len(lost), name=name, names=names)
    return workspace


def _last(path: Path) -> tuple[str, ...]:
    """What stays of a file's path when the set is laid out elsewhere."""
    return path.parts[-2:]


async def _warm(quire: Quire, workspace: str) -> None:
    """Have the model loaded and the index open and tidy: what is measured is neither the first
    question nor the moment after an import."""
    await quire.tidy(workspace)
    for sides in Sides:
        await quire.search(workspace, "warm", FOUND, sides=sides)


async def _ask(quire: Quire, workspace: str, question: Question) -> Asked:
    asked = Asked(question)
    for sides in (Sides.KEYWORD, Sides.VECTOR) if question.answerable else ():
        begun = time.perf_counter()
        asked.found[sides] = await quire.search(workspace, question.question, FOUND, sides=sides)
        asked.milliseconds[sides] = 1000 * (time.perf_counter() - begun)
    begun = time.perf_counter()
    retrieved = await quire.retrieve(workspace, question.question, FOUND)
    asked.milliseconds[Sides.BOTH] = 1000 * (time.perf_counter() - begun)
    asked.found[Sides.BOTH] = retrieved.passages
    return replace(asked, evidence=retrieved.evidence)
