"""A workspace's own test set: questions with a good answer, kept to measure search with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from workspaces.core.citations import cited
from workspaces.core.golden import Outcome, Stretch, mrr, outcome, recall
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Source, Turn, Weights
from workspaces.library.golden import GoldenQuestion
from workspaces.library.spaces import Space
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id, now
from workspaces.services.models import Models
from workspaces.services.searching import Searching
from workspaces.services.views import (
    Comparison,
    FoundPassage,
    GoldenChanged,
    GoldenFigures,
    GoldenProgressed,
    GoldenView,
)

UNANSWERED = (Ending.REFUSED, Ending.FAILED, Ending.UNFINISHED)

Report = Callable[[int], None]
"""Hears how many questions have been asked."""


class Golden:
    """Keeps test questions and asks them, one after the other, so that everything else goes on."""

    def __init__(self, searching: Searching, models: Models, announcer: Announcer) -> None:
        self._searching = searching
        self._models = models
        self._announcer = announcer

    # --- the set ---

    def add(self, folder: WorkspaceFolder, conversation: str, turn: str) -> GoldenView:
        """Keep the question of ``turn`` with the passages that its answer cites, or, where it cites
        none, the first it was given; one that is kept already stays as it is. Raises Problem
        ``no_turn``, ``golden_no_answer`` or ``golden_no_document``."""
        turns = folder.conversations.turns(conversation)
        at = next((at for at, each in enumerate(turns) if each.id == turn), None)
        if at is None:
            raise Problem("no_turn")
        for kept in folder.golden.all():
            if kept.turn == turn:
                return _views(folder, [kept])[0]
        right = _right(folder, turns[: at + 1])
        made = GoldenQuestion(new_id(), turns[at].searched, turn, now(), right)
        folder.golden.add(made)
        self._announcer.announce(GoldenChanged(folder.id))
        return _views(folder, [made])[0]

    def remove(self, folder: WorkspaceFolder, question: str) -> None:
        """Forget a test question; nothing happens where it is not there."""
        folder.golden.remove(question)
        folder.compact()
        self._announcer.announce(GoldenChanged(folder.id))

    def views(self, folder: WorkspaceFolder) -> list[GoldenView]:
        """In the order they were added."""
        return _views(folder, folder.golden.all())

    # --- figures ---

    async def measure(self, folder: WorkspaceFolder) -> GoldenFigures:
        """Ask all of them as an answer would. Announces GoldenProgressed."""
        questions = folder.golden.all()
        report = self._reporter(folder, len(questions))
        return await self._measure(folder, questions, None, None, report)

    async def compare(
        self, folder: WorkspaceFolder, weights: Weights | None = None, space: Space | None = None
    ) -> Comparison:
        """Ask all of them as search is, and with other ``weights`` or in another ``space``.
        Announces GoldenProgressed."""
        questions = folder.golden.all()
        report = self._reporter(folder, 2 * len(questions))
        before = await self._measure(folder, questions, None, None, report)
        after = await self._measure(
            folder, questions, weights, space, lambda done: report(len(questions) + done)
        )
        return Comparison(before, after)

    async def compare_folders(self, folder: WorkspaceFolder, trial: WorkspaceFolder) -> Comparison:
        """Ask all of them in ``folder``, and in ``trial``, which has the same documents. Announces
        GoldenProgressed."""
        questions = folder.golden.all()
        report = self._reporter(folder, 2 * len(questions))
        before = await self._measure(folder, questions, None, None, report)
        after = await self._measure(
            trial, questions, None, None, lambda done: report(len(questions) + done)
        )
        return Comparison(before, after)

    async def _measure(
        self,
        folder: WorkspaceFolder,
        questions: Sequence[GoldenQuestion],
        weights: Weights | None,
        space: Space | None,
        report: Report,
    ) -> GoldenFigures:
        k = self._models.passages(self._models.view())
        where = await asyncio.to_thread(_stretches, folder, questions)
        outcomes: dict[str, Outcome] = {}
        for done, question in enumerate(questions, start=1):
            if right := where[question.id]:
                # A search shares its process with the import: a cancel leaves it alone.
                retrieved = await asyncio.shield(
                    self._searching.retrieve(folder, question.question, k, weights, space)
                )
                outcomes[question.id] = outcome([_stretch(p) for p in retrieved.passages], right)
            report(done)
        return GoldenFigures(
            questions=len(outcomes),
            recall_at_k=recall(list(outcomes.values())),
            k=k,
            mrr=mrr(list(outcomes.values())),
            ranks={name: each.rank for name, each in outcomes.items()},
            lost=tuple(each.id for each in questions if each.id not in outcomes),
        )

    def _reporter(self, folder: WorkspaceFolder, total: int) -> Report:
        return lambda done: self._announcer.announce(GoldenProgressed(folder.id, done, total))


def _right(folder: WorkspaceFolder, turns: Sequence[Turn]) -> tuple[Stretch, ...]:
    """What the answer of the last of ``turns`` rests on; it may cite what an earlier one was
    given."""
    turn = turns[-1]
    if turn.ending in UNANSWERED or not turn.sources:
        raise Problem("golden_no_answer")
    sources = [source for each in turns for source in each.sources]
    named = cited(turn.answer, sources) or turn.sources[:1]
    here = {document.id for document in folder.documents.some([each.document for each in named])}
    right = [_of(source) for source in named if source.document in here]
    if not right:
        raise Problem("golden_no_document")
    # Of passages that begin at the same place the longest has them all.
    longest = {(each.document, each.start): each for each in sorted(right, key=_end)}
    return tuple(longest.values())


def _stretches(
    folder: WorkspaceFolder, questions: Sequence[GoldenQuestion]
) -> dict[str, list[Stretch]]:
    """Where the right passages of each question stand now. It reads each text once, one at a
    time, which takes a while."""
    found: dict[str, list[Stretch]] = {question.id: [] for question in questions}
    wanted = [(each, question.id) for question in questions for each in question.right]
    document, text = "", ""
    for each, question_id in sorted(wanted, key=lambda pair: pair[0].document):
        if each.document != document:
            document, text = each.document, folder.stored_text(each.document)
        place = each.now_in(text)
        if place is not None:
            found[question_id].append(place)
    return found


def _of(source: Source) -> Stretch:
    return Stretch(source.document, source.start, source.end, source.text)


def _end(stretch: Stretch) -> int:
    return stretch.end


def _stretch(found: FoundPassage) -> Stretch:
    return Stretch(found.document, found.start, found.end, found.text)


def _views(folder: WorkspaceFolder, questions: Sequence[GoldenQuestion]) -> list[GoldenView]:
    documents = {each.document for question in questions for each in question.right}
    names = {document.id: document.name for document in folder.documents.some(list(documents))}
    views = []
    for each in questions:
        answering = dict.fromkeys(names[right.document] for right in each.right)
        views.append(GoldenView(each.id, each.question, each.turn, tuple(answering), each.added_at))
    return views
