"""A question becomes an answer with citations, streamed, stopped, saved."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Sequence

from workspaces.core.citations import settle
from workspaces.core.evidence import ENOUGH
from workspaces.core.markdown import quote
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import Budget, Ending, Explanation, Source, Turn, Usage, Weights, Why
from workspaces.engine.child import Child
from workspaces.library.conversations import Conversations
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import Generate, Generated, Piece, ProgressBody, Step
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id, now
from workspaces.services.embedding import Embedding
from workspaces.services.fitted import fitted
from workspaces.services.models import QUOTES, Models
from workspaces.services.searching import Retrieved, Searching
from workspaces.services.views import (
    FoundPassage,
    ModelView,
    TurnEnded,
    TurnGrew,
    TurnRead,
    TurnSources,
    TurnStarted,
)

QUOTED = 3
"""Passages quoted where no model answers."""

SAVE_EVERY = 1.0
"""Seconds between savings of an answer being written, so that a crash keeps most of it."""

log = logging.getLogger("quire.services")


class Asking:
    """Answers one question at a time."""

    def __init__(
        self,
        searching: Searching,
        embedding: Embedding,
        models: Models,
        generator: Child,
        announcer: Announcer,
    ) -> None:
        self._searching = searching
        self._embedding = embedding
        self._models = models
        self._generator = generator
        self._announcer = announcer
        self._answering: asyncio.Task[None] | None = None
        self._live_turn = ""
        self._idle = asyncio.Event()
        self._idle.set()

    async def ask(
        self, folder: WorkspaceFolder, conversation: str, question: str, anyway: bool = False
    ) -> Turn:
        """Answer and save; ``anyway`` also where the documents do not seem to say anything about
        it. Raises Problem ``question_empty`` or ``busy``; whatever goes wrong later is the turn's
        ending and note, so that the question is never lost. A question that was refused just before
        is not entered twice."""
        question = question.strip()
        if not question:
            raise Problem("question_empty")
        if self._answering is not None:
            raise Problem("busy")
        draft = _Draft(folder.conversations, conversation, question, self._models.view(), anyway)
        self._answering = asyncio.create_task(self._answer(folder, draft))
        self._live_turn = draft.turn.id
        self._idle.clear()
        try:
            self._announcer.announce(TurnStarted(conversation, draft.turn))
            await self._finished(self._answering, draft)
            draft.save()
        finally:
            self._announcer.announce(TurnEnded(conversation, draft.turn))
            self._answering = None
            self._live_turn = ""
            self._idle.set()
        return draft.turn

    @property
    def live_turn(self) -> str:
        """The id of the turn that is being answered; empty if none is."""
        return self._live_turn

    async def stop(self) -> None:
        """Stop the answer being written, if there is one, and wait until it is saved."""
        if self._answering is not None:
            self._answering.cancel()
        await self._idle.wait()

    async def _finished(self, answering: asyncio.Task[None], draft: _Draft) -> None:
        """Wait for the answer; turn every way it can end into the turn's ending."""
        try:
            await asyncio.wait([answering])
        except asyncio.CancelledError:
            answering.cancel()
            await asyncio.wait([answering])
            draft.end(Ending.STOPPED)
            draft.save()
            raise
        if answering.cancelled():
            draft.end(Ending.STOPPED)
        elif (error := answering.exception()) is not None:
            draft.end(Ending.FAILED, _reason_of(error))

    async def _answer(self, folder: WorkspaceFolder, draft: _Draft) -> None:
        # A search is short and shares its process with the import: a stop leaves it alone.
        wanted = self._models.passages(draft.model)
        retrieved = await asyncio.shield(
            self._searching.retrieve_after(folder, draft.earlier, draft.turn.question, wanted)
        )
        sources = number(retrieved.passages, draft.earlier)
        explained = explanation(retrieved, sources, folder.card.weights)
        draft.explain(explained)
        if not sources:
            draft.end(Ending.COMPLETE, Reason("nothing_found"))
        elif retrieved.evidence.confidence < ENOUGH and not draft.anyway:
            self._show_sources(draft, sources)
            draft.end(Ending.REFUSED, Reason("not_in_documents"))
        elif draft.model.kind == QUOTES:
            draft.explain(limited(explained, sources[:QUOTED], Why.BEYOND))
            self._show_sources(draft, sources[:QUOTED])
            self._grow(draft, quotes(sources[:QUOTED]))
            draft.end(Ending.COMPLETE, Reason("quotes_only"))
        else:
            await self._write(draft, sources, explained)

    async def _write(self, draft: _Draft, found: Sequence[Source], explained: Explanation) -> None:
        """Have the model write the answer."""
        self._show_sources(draft, found)
        prompt, budget = await fitted(
            self._models, draft.model, draft.earlier, draft.turn.question, found
        )
        draft.fill(budget)
        draft.explain(limited(explained, prompt.sources, Why.NO_ROOM))
        self._show_sources(draft, prompt.sources)

        def hear(body: ProgressBody) -> None:
            if isinstance(body, Piece):
                self._grow(draft, body.text)
            elif isinstance(body, Step):
                read = TurnRead(draft.conversation, draft.turn.id, body.done, body.total)
                self._announcer.announce(read)

        body = Generate(prompt.messages, self._models.settings.answer, prompt.ends())
        needs = self._models.load_body(draft.model)
        with self._embedding.resting():
            result = await self._generator.call(body, Generated, needs=needs, on_progress=hear)
        draft.measure(result.usage)
        draft.end(result.ending, left_out_note(budget))

    def _show_sources(self, draft: _Draft, sources: Sequence[Source]) -> None:
        draft.turn = dataclasses.replace(draft.turn, sources=tuple(sources))
        draft.save()
        self._announcer.announce(TurnSources(draft.conversation, draft.turn))

    def _grow(self, draft: _Draft, text: str) -> None:
        draft.grow(text)
        self._announcer.announce(TurnGrew(draft.conversation, draft.turn.id, text))


class _Draft:
    """The turn being written. It is on disk from its first moment, as unfinished."""

    def __init__(
        self,
        conversations: Conversations,
        conversation: str,
        question: str,
        model: ModelView,
        anyway: bool,
    ) -> None:
        self._conversations = conversations
        self.conversation = conversation
        self.model = model
        self.anyway = anyway
        self.earlier = conversations.turns(conversation)
        refused = self._take_back(question) if anyway else None
        turn = refused or Turn(new_id(), question, "", Ending.UNFINISHED, model.name, now())
        self.turn = dataclasses.replace(turn, ending=Ending.UNFINISHED, model=model.name, note=None)
        self._saved_at = 0.0
        self.save()

    def _take_back(self, question: str) -> Turn | None:
        """The refusal that is answered after all, which counts as an earlier turn no more; None
        where the last turn is something else."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or last.ending is not Ending.REFUSED or last.question != question:
            return None
        return self.earlier.pop()

    def explain(self, explanation: Explanation) -> None:
        self.turn = dataclasses.replace(self.turn, explanation=explanation)

    def fill(self, budget: Budget) -> None:
        self.turn = dataclasses.replace(self.turn, budget=budget)

    def measure(self, usage: Usage) -> None:
        self.turn = dataclasses.replace(self.turn, usage=usage)

    def grow(self, text: str) -> None:
        self.turn = dataclasses.replace(self.turn, answer=self.turn.answer + text)
        if asyncio.get_running_loop().time() - self._saved_at > SAVE_EVERY:
            self.save()

    def end(self, ending: Ending, note: Reason | None = None) -> None:
        raw = self.turn.answer
        answer = raw.strip()
        if self.model.kind != QUOTES:
            answer = settle(answer, self.turn.sources)
        written = raw if raw != answer else ""
        self.turn = dataclasses.replace(
            self.turn, answer=answer, written=written, ending=ending, note=note
        )

    def save(self) -> None:
        self._conversations.save(self.conversation, self.turn)
        self._saved_at = asyncio.get_running_loop().time()


def number(found: Sequence[FoundPassage], earlier: Sequence[Turn]) -> list[Source]:
    """Give each passage its mark: the one it has in this conversation, else the next free one. What
    is a part of an earlier source is that source, which the model may still see."""
    known = [source for turn in reversed(earlier) for source in turn.sources]
    # Where it starts, too: once documents are split anew, an id is that of another passage.
    marks = {(source.passage, source.start): source.mark for source in reversed(known)}
    sources: dict[int, Source] = {}
    for passage in found:
        whole = next((source for source in known if covers(source, passage)), None)
        place = (passage.id, passage.start)
        mark = whole.mark if whole else marks.setdefault(place, max(marks.values(), default=0) + 1)
        sources.setdefault(mark, whole or _source(mark, passage))
    return list(sources.values())


def covers(source: Source, passage: FoundPassage) -> bool:
    """Whether ``passage`` is, or is a part of, ``source``."""
    within = source.start <= passage.start and passage.end <= source.end
    return source.document == passage.document and within and passage.text in source.text


def _source(mark: int, passage: FoundPassage) -> Source:
    return Source(
        mark=mark,
        passage=passage.id,
        document=passage.document,
        name=passage.name,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        page=passage.page,
        heading=passage.heading,
        line=passage.line,
        row=passage.row,
    )


def explanation(retrieved: Retrieved, sources: Sequence[Source], weights: Weights) -> Explanation:
    """How ``sources`` were chosen of all that was found."""
    marks = {
        passage.id: source.mark
        for passage in retrieved.passages
        for source in sources
        if covers(source, passage)
    }
    considered = [
        dataclasses.replace(each, mark=marks.get(retrieved.shown.get(each.passage, "")))
        for each in retrieved.considered
    ]
    return Explanation(
        considered=tuple(considered),
        confidence=retrieved.evidence.confidence,
        weights=weights,
        by_words=retrieved.by_words,
        reranker=retrieved.reranker,
        question=retrieved.question,
    )


def limited(explained: Explanation, given: Sequence[Source], why: Why) -> Explanation:
    """``explained``, when only the sources ``given`` were used; of the others, ``why`` not."""
    marks = {source.mark for source in given}
    considered = [
        each
        if each.mark is None or each.mark in marks
        else dataclasses.replace(each, mark=None, why=why)
        for each in explained.considered
    ]
    return dataclasses.replace(explained, considered=tuple(considered))


def left_out_note(budget: Budget) -> Reason | None:
    """Says what there was no room for, if there was something."""
    details = {"count": str(budget.left_out), "turns": str(budget.forgotten)}
    if budget.left_out and budget.forgotten:
        return Reason("both_left_out", details)
    if budget.forgotten:
        return Reason("turns_left_out", {"count": details["turns"]})
    return Reason("left_out", {"count": details["count"]}) if budget.left_out else None


def quotes(sources: Sequence[Source]) -> str:
    """The passages themselves as an answer, each quoted and cited."""
    return "\n\n".join(f"{quote(source.text)} [{source.mark}]" for source in sources)


def _reason_of(error: BaseException) -> Reason:
    if isinstance(error, Problem):
        return error.reason
    log.error("answering failed", exc_info=error)
    return Reason("bug", {"details": f"{type(error).__name__}: {error}"})
