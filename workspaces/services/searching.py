"""A question becomes passages with addresses, and the evidence that they answer it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workspaces.core.evidence import ENOUGH, Evidence, lacking, own_terms, terms, weigh
from workspaces.core.reasons import Reason
from workspaces.core.selection import Group, Selection, select
from workspaces.core.types import Considered, Hit, Passage, Sides, Turn, Weights
from workspaces.library.documents import Document
from workspaces.library.spaces import Space
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.indexing import Indexing
from workspaces.services.views import FoundPassage, WhyNot

MANY = 30
"""Hits looked at for a list of the best: some of them are copies, or neighbours of others."""

DEPTH = 1000
"""Ranks that are looked through for one document."""

SHORT = 3
"""A question of so few words (pairs of Chinese characters) may go on from the one before it, like
"and in winter?". A longer one says itself what it is about."""

HIDDEN_ROOM = 40
"""Hits asked for beyond those wanted while newer versions of documents are being imported: theirs
are not shown yet."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What there is for ``question``, the words that were searched for. ``considered`` are all
    hits in their order; ``shown`` tells of those that became part of a passage (of its id) which.
    ``by_words`` is true where no embedding model had a say; ``reranker`` is the name of the model
    that put them in order, or empty."""

    question: str
    passages: list[FoundPassage]
    considered: list[Considered]
    shown: dict[str, str]
    evidence: Evidence
    by_words: bool
    reranker: str


@dataclass(slots=True)
class _Hits:
    """What the index found, and the catalogue knows of it: the passages of documents that are
    shown, and their documents' names."""

    hits: list[Hit]
    by_words: bool
    passages: dict[str, Passage] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    reranker: str = ""


class Searching:
    """Searches one workspace's index and looks the hits up in its catalogue."""

    def __init__(self, indexing: Indexing) -> None:
        self._indexing = indexing

    async def search(
        self,
        folder: WorkspaceFolder,
        question: str,
        limit: int,
        at_once: bool = False,
        sides: Sides = Sides.BOTH,
    ) -> list[FoundPassage]:
        """At most ``limit`` passages, best first. A hit whose document is gone, or waits to take an
        older version's place, is left out; neighbours are joined and copies left out, see
        :mod:`workspaces.core.selection`, but not from one side's ranking. ``at_once`` reranks
        nothing, and see :meth:`Indexing.search`."""
        found = await self._hits(folder, question, limit, at_once, sides)
        if sides is Sides.BOTH:
            groups = select(found.hits, found.passages, limit).groups
        else:
            groups = [Group([hit], [found.passages[hit.passage]]) for hit in found.hits[:limit]]
        return await _with_texts(folder, groups, found.names)

    async def retrieve(
        self,
        folder: WorkspaceFolder,
        question: str,
        limit: int,
        weights: Weights | None = None,
        space: Space | None = None,
    ) -> Retrieved:
        """At most ``limit`` passages for an answer, and how they were chosen; ``weights`` and
        ``space`` stand for those of the workspace."""
        found = await self._hits(folder, question, limit, weights=weights, space=space)
        selection = select(found.hits, found.passages, limit)
        passages = await _with_texts(folder, selection.groups, found.names)
        return Retrieved(
            question=question,
            passages=passages,
            considered=_considered(found, selection),
            shown=_shown(selection, passages),
            evidence=await self._evidence(folder, found, question),
            by_words=found.by_words,
            reranker=found.reranker,
        )

    async def retrieve_after(
        self, folder: WorkspaceFolder, earlier: Sequence[Turn], question: str, limit: int
    ) -> Retrieved:
        """As :meth:`retrieve`; a question that says too little by itself may go on from the last
        one that was answered, if what it does say is in what is found for both."""
        alone = await self.retrieve(folder, question, limit)
        own = own_terms(question.casefold())
        before = next((turn.question for turn in reversed(earlier) if turn.answer), "")
        if not before or len(own) > SHORT or alone.evidence.confidence >= ENOUGH:
            return alone
        together = await self.retrieve(folder, f"{before} {question}", limit)
        if own and not any(own & terms(each.text.casefold()) for each in together.passages):
            return alone
        return max(alone, together, key=lambda each: each.evidence.confidence)

    async def why_not(
        self, folder: WorkspaceFolder, question: str, document: Document, wanted: int
    ) -> WhyNot:
        """Where ``document`` stands in the ranking for ``question``, of which an answer takes the
        first ``wanted``."""
        view = WhyNot(document.id, document.name, wanted, DEPTH)
        if not document.state.is_searchable:
            return replace(view, problem=document.reason or Reason("not_searchable_yet"))
        own = await self._indexing.search(folder, question, 1, document=document.id)
        passages = folder.passages.get([hit.passage for hit in own.hits])
        if not passages:
            return view
        (hit,) = own.hits
        passage = passages[hit.passage]
        ranked = (await self._indexing.search(folder, question, DEPTH)).hits
        ranks = {each.passage: (at, each) for at, each in enumerate(ranked, start=1)}
        rank, there = ranks.get(hit.passage, (None, None))
        asked, (text,) = await self._indexing.folded(folder, question, [passage])
        return replace(
            view,
            best=_found(Group([hit], [passage]), {document.id: document.name}, passage.text),
            keyword_rank=there.keyword_rank if there else None,
            vector_rank=there.vector_rank if there else None,
            fused_rank=rank,
            lacking=tuple(lacking(asked, text)),
        )

    async def _hits(
        self,
        folder: WorkspaceFolder,
        question: str,
        limit: int,
        at_once: bool = False,
        sides: Sides = Sides.BOTH,
        weights: Weights | None = None,
        space: Space | None = None,
    ) -> _Hits:
        wanted = max(MANY, limit) + (HIDDEN_ROOM if folder.documents.hidden() else 0)
        answer = await self._indexing.search(
            folder, question, wanted, at_once, sides, weights=weights, space=space
        )
        passages = folder.passages.get([hit.passage for hit in answer.hits])
        names = folder.documents.names({passage.document for passage in passages.values()})
        shown = {name: each for name, each in passages.items() if each.document in names}
        hits = [hit for hit in answer.hits if hit.passage in shown]
        found = _Hits(hits, not answer.vector_voted, shown, names)
        if folder.card.reranker and sides is Sides.BOTH and not at_once:
            await self._rerank(folder.card.reranker, question, found)
        return found

    async def _rerank(self, model: str, question: str, found: _Hits) -> None:
        """Put what was found in the order of a cross-encoder, if that can be used."""
        texts = [found.passages[hit.passage].text for hit in found.hits]
        if scores := await self._indexing.rerank(model, question, texts):
            scored = zip(found.hits, scores, strict=True)
            hits = [replace(hit, rerank_score=score) for hit, score in scored]
            found.hits = sorted(hits, key=lambda hit: -(hit.rerank_score or 0.0))
            found.reranker = Path(model).name

    async def _evidence(self, folder: WorkspaceFolder, found: _Hits, question: str) -> Evidence:
        passages = [found.passages[hit.passage] for hit in found.hits]
        asked, texts = await self._indexing.folded(folder, question, passages)
        return await asyncio.to_thread(weigh, asked, texts, found.hits)


async def _with_texts(
    folder: WorkspaceFolder, groups: Sequence[Group], names: dict[str, str]
) -> list[FoundPassage]:
    texts = [(group, await _text(folder, group)) for group in groups]
    return [_found(group, names, text) for group, text in texts if text]


async def _text(folder: WorkspaceFolder, group: Group) -> str:
    """The stretch that a group covers, empty where the document has just gone; reading a long one
    takes a while."""
    if len(group.passages) == 1:
        return group.passages[0].text
    start, end = group.span
    try:
        return (await asyncio.to_thread(folder.stored_text, group.document))[start:end]
    except OSError:
        return ""


def _found(group: Group, names: dict[str, str], text: str) -> FoundPassage:
    """A group as one passage, with the ranks of its best."""
    passage, best = group.passages[0], group.hits[0]
    start, end = group.span
    return FoundPassage(
        id=passage.id,
        document=passage.document,
        name=names[passage.document],
        text=text,
        start=start,
        end=end,
        page=passage.page,
        heading=passage.heading,
        score=best.score,
        keyword_rank=best.keyword_rank,
        vector_rank=best.vector_rank,
        line=passage.line,
        row=passage.row,
    )


def _shown(selection: Selection, passages: Sequence[FoundPassage]) -> dict[str, str]:
    there = {passage.id for passage in passages}
    heads = [(group, group.passages[0].id) for group in selection.groups]
    return {hit.passage: head for group, head in heads if head in there for hit in group.hits}


def _considered(found: _Hits, selection: Selection) -> list[Considered]:
    reasons = {hit.passage: why for hit, why in selection.left_out}
    by_score = sorted(found.hits, key=lambda hit: -hit.score)
    fused_ranks = {hit.passage: rank for rank, hit in enumerate(by_score, start=1)}
    considered = []
    for rank, hit in enumerate(found.hits, start=1):
        passage = found.passages[hit.passage]
        considered.append(
            Considered(
                passage=passage.id,
                document=passage.document,
                name=found.names[passage.document],
                page=passage.page,
                heading=passage.heading,
                line=passage.line,
                row=passage.row,
                start=passage.start,
                keyword_rank=hit.keyword_rank,
                vector_rank=hit.vector_rank,
                fused_rank=fused_ranks[hit.passage],
                final_rank=rank,
                keyword_score=hit.keyword_score,
                cosine=hit.cosine,
                rerank_score=hit.rerank_score,
                why=reasons.get(hit.passage),
            )
        )
    return considered
