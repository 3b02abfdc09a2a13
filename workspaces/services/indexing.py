"""The indexer as the use-cases need it: embedders, and an index that agrees with the catalogue."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from workspaces.core.context import in_context, title_of
from workspaces.core.ports import Prefixes
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import DocumentState, Passage, Sides, Weights
from workspaces.engine.child import Child
from workspaces.engine.faults import Fault
from workspaces.library.spaces import Role, Space
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import (
    Discard,
    Embed,
    Embedded,
    EmbedQuestion,
    Fold,
    Folded,
    Forget,
    Found,
    Inspect,
    Inspected,
    Nothing,
    Passages,
    Prepare,
    Prepared,
    Reach,
    Reaches,
    RequestBody,
    Rerank,
    Reranked,
    Search,
    Split,
    Tidy,
    Vector,
    Write,
    WriteVectors,
)
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id
from workspaces.services.views import Trouble

R = TypeVar("R")

MOST_TABLES = 5
"""Tables of an index that may turn out to be damaged one after the other: its words, and the spaces
of three embedders; then once more all of it."""

PORTION = 500
"""Passages a message when the index is written from the catalogue."""

AT_ONCE = 0.15
"""Seconds that a search by words waits for the question's vector: a batch of passages may be under
way, a model that is being loaded takes longer."""

log = logging.getLogger("quire.services")


class Indexing:
    """Asks the indexer. ``embedder`` is the folder of the embedding model that comes along, or
    None where none is installed: what needs it raises Problem ``embedder_missing``."""

    def __init__(self, child: Child, embedder: Path | None, announcer: Announcer) -> None:
        self._child = child
        self._embedder = embedder
        self._announcer = announcer
        self._checked: set[str] = set()
        self._asking: set[asyncio.Future[bytes | None]] = set()
        self._unusable: set[str] = set()
        self._checking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    # --- embedders ---

    def model(self, folder: str) -> str:
        """Where the embedder lies that a space calls ``folder`` (empty: the one that comes
        along). Raises Problem ``embedder_missing`` or ``embedder_gone``."""
        if not folder:
            if self._embedder is None:
                raise Problem("embedder_missing")
            return str(self._embedder)
        if not Path(folder).is_dir():
            raise Problem("embedder_gone", name=folder)
        return folder

    async def prepare(self, folder: str = "") -> Prefixes:
        """Have an embedder loaded, at once where it already is; what it wants put before texts."""
        return (await self._child.call(Prepare(self.model(folder)), Prepared)).prefixes

    def name_of(self, folder: str) -> str:
        """An embedder's name, for a person: of the one that comes along, its package's."""
        path = Path(self.model(folder)).resolve()
        return path.name if folder else path.parent.name

    def current(self, folder: WorkspaceFolder) -> Space:
        """The space that search answers from; a new workspace gets its first, without prefixes:
        the embedder that comes along wants none."""
        space = folder.spaces.get(Role.CURRENT)
        if space is None:
            space = Space(new_id(), Role.CURRENT, self.name_of(""), "")
            folder.spaces.add(space)
        return space

    async def reach(self, folder: WorkspaceFolder) -> int:
        """How many tokens of a passage the present embedder reads."""
        model = self.model(self.current(folder).folder)
        return (await self._child.look(Reach(model), Reaches)).tokens

    async def split(self, folder: WorkspaceFolder, space: Space, document: str) -> list[Passage]:
        """All passages of a document whose text is there."""
        passages: list[Passage] = []
        row = folder.documents.get(document)
        title = title_of(row.name) if row is not None else ""
        model = self.model(space.folder)
        text, prefix = str(folder.text(document)), space.prefixes.passage
        tokens = folder.card.passage_tokens
        body: Split | None = Split(model, text, document, title, prefix, tokens=tokens)
        while body is not None:
            part = await self._child.call(body, Passages)
            passages += part.passages
            body = part.next
        return passages

    async def embed(
        self, folder: WorkspaceFolder, space: Space, passages: Sequence[Passage]
    ) -> list[bytes | None]:
        texts = [passage.text for passage in _in_context(folder, passages)]
        body = Embed(self.model(space.folder), texts, space.prefixes.passage)
        return (await self._child.call(body, Embedded)).vectors

    # --- the reranker ---

    async def check_reranker(self, folder: str) -> None:
        """Have the cross-encoder in ``folder`` loaded and try it. Raises Problem ``reranker_gone``
        or ``not_a_reranker``."""
        await self._rerank(folder, "?", ["?"])
        self._unusable.discard(folder)

    async def rerank(self, folder: str, question: str, texts: Sequence[str]) -> list[float]:
        """How well each of ``texts`` answers ``question``: the higher, the better. Empty where the
        cross-encoder in ``folder`` cannot be used; that is announced once, and it is not asked
        again in this session until :meth:`check_reranker` has found it in order."""
        if folder in self._unusable:
            return []
        try:
            return await self._rerank(folder, question, texts)
        except Problem as problem:
            self._unusable.add(folder)
            self._announcer.announce(Trouble(_of_reranker(folder, problem)))
            if isinstance(problem, Fault):
                self._child.pardon()  # what it died of has been put away
            return []

    async def _rerank(self, folder: str, question: str, texts: Sequence[str]) -> list[float]:
        if not Path(folder).is_dir():
            raise Problem("reranker_gone", name=folder)
        body = Rerank(folder, question, list(texts))
        return (await self._child.call(body, Reranked)).scores

    # --- the index ---

    async def write(self, folder: WorkspaceFolder, passages: Sequence[Passage]) -> None:
        """Have keyword search find ``passages``."""
        await self._change(folder, Write(str(folder.index), _in_context(folder, passages)))

    async def write_vectors(
        self, folder: WorkspaceFolder, space: Space, vectors: Iterable[tuple[str, str, bytes]]
    ) -> None:
        """Have vector search find these (passage, document, numbers)."""
        rows = [Vector(*vector) for vector in vectors]
        if rows:
            await self._change(folder, WriteVectors(str(folder.index), space.id, rows))

    async def forget(self, folder: WorkspaceFolder, documents: Collection[str]) -> None:
        """Remove every trace of ``documents`` from the index."""
        if documents and folder.index.exists():
            await self._change(folder, Forget(str(folder.index), list(documents)))

    def pardon(self) -> None:
        """See :meth:`Child.pardon`."""
        self._child.pardon()

    async def tidy(self, folder: WorkspaceFolder) -> None:
        """Use an idle moment to merge small pieces."""
        if folder.index.exists():
            await self._change(folder, Tidy(str(folder.index)))

    async def discard(self, folder: WorkspaceFolder, space: str | None = None) -> None:
        """Close and delete the index, one space of it, or its "words"."""
        if folder.index.exists():
            await self._child.look(Discard(str(folder.index), space), Nothing)
        if space is None:
            self._checked.discard(folder.id)

    async def search(
        self,
        folder: WorkspaceFolder,
        question: str,
        limit: int,
        at_once: bool = False,
        sides: Sides = Sides.BOTH,
        document: str = "",
        weights: Weights | None = None,
        space: Space | None = None,
    ) -> Found:
        """Search an index known to agree with the catalogue, or one ``document`` of it; by keyword
        alone where the embedder is not to be had or, ``at_once``, not in memory yet. ``weights``
        and ``space`` stand for those of the workspace."""
        await self.check(folder)
        space = space or folder.spaces.get(Role.CURRENT)
        if sides is Sides.KEYWORD:
            space = None
        vector = await self._vector(space, question, at_once) if space else None
        name = space.id if space else ""
        weights = weights or folder.card.weights
        body = Search(str(folder.index), question, limit, name, vector, sides, weights, document)
        return await self._surely(folder, lambda: self._child.look(body, Found))

    async def folded(
        self, folder: WorkspaceFolder, question: str, passages: Sequence[Passage]
    ) -> tuple[str, list[str]]:
        """``question``, and ``passages`` in their context, as the index compares them."""
        texts = [passage.text for passage in _in_context(folder, passages)]
        asked, *folded = (await self._child.look(Fold([question, *texts]), Folded)).texts
        return asked, folded

    async def _vector(self, space: Space, question: str, at_once: bool) -> bytes | None:
        """None also where the embedder does not know the question's language."""
        asking = asyncio.ensure_future(self._ask_vector(space, question))
        self._asking.add(asking)
        asking.add_done_callback(self._answered)
        # What comes too late is not cancelled: that would end the process that loads the model.
        done, _ = await asyncio.wait([asking], timeout=AT_ONCE if at_once else None)
        return asking.result() if done else None

    def _answered(self, asking: asyncio.Future[bytes | None]) -> None:
        self._asking.discard(asking)
        if not asking.cancelled():
            asking.exception()  # seen, also where nobody waited for it any more

    async def _ask_vector(self, space: Space, question: str) -> bytes | None:
        try:
            model, prefix = self.model(space.folder), space.prefixes.question
            body = EmbedQuestion(model, question, prefix)
            (vector,) = (await self._child.look(body, Embedded)).vectors
        except Problem as problem:
            if isinstance(problem, Fault):
                raise
            self._announcer.announce(Trouble(problem.reason))
            return None
        return vector

    async def inspect(self, folder: WorkspaceFolder, thorough: bool = False) -> Inspected:
        """What the index holds. Raises Problem ``index_damaged``."""
        return await self._child.look(Inspect(str(folder.index), thorough), Inspected)

    # --- agreement with the catalogue ---

    async def check(self, folder: WorkspaceFolder) -> None:
        """Compare the index with the catalogue, once a session and after every failed write, and
        mend what differs."""
        async with self._checking[folder.id]:
            if folder.id in self._checked:
                return
            try:
                inspected = await self.inspect(folder)
            except Problem as problem:
                _only_damage(problem)
                await self._rebuild(folder, problem.reason)
            else:
                if inspected.went_back:
                    self._announcer.announce(Trouble(Reason("index_went_back")))
                await self.mend(folder, inspected)
            self._checked.add(folder.id)

    async def renew(self, folder: WorkspaceFolder, change: Callable[[], Awaitable[R]]) -> R:
        """``change`` what the catalogue says of every passage, and write the index anew; a search
        waits until it is there again."""
        async with self._checking[folder.id]:
            self._checked.discard(folder.id)
            changed = await change()
            await self.discard(folder)
        await self.check(folder)
        return changed

    async def rebuild(self, folder: WorkspaceFolder, why: Reason) -> None:
        """Throw away what is damaged of the index and write it again from the catalogue; nothing
        is embedded twice."""
        async with self._checking[folder.id]:
            await self._rebuild(folder, why)
            self._checked.add(folder.id)

    async def _rebuild(self, folder: WorkspaceFolder, why: Reason) -> None:
        log.warning("rebuilding the index of %s: %s", folder.id, why.sentence())
        self._announcer.announce(Trouble(why))
        for _ in range(MOST_TABLES):
            await self.discard(folder, why.details.get("table") or None)
            try:
                await self.mend(folder, await self.inspect(folder))
            except Problem as problem:
                _only_damage(problem)
                why = problem.reason  # the next table
            else:
                return
        raise Problem.of(why)

    async def mend(self, folder: WorkspaceFolder, inspected: Inspected) -> None:
        """Bring the index into agreement with the catalogue."""
        wanted = folder.passages.counts()
        underway = set(folder.documents.in_states([DocumentState.INDEXING]))
        spaces = {space.id: space for space in folder.spaces.all()}
        for stale in inspected.vectors.keys() - spaces.keys():
            await self.discard(folder, stale)
        indexed = set(inspected.words).union(*inspected.vectors.values())
        surplus = {
            document
            for document in indexed
            if (document not in wanted and document not in underway)
            or inspected.words.get(document, 0) > wanted.get(document, 0) > 0
        }
        if surplus:
            await self._ask(Forget(str(folder.index), sorted(surplus)))
        short = [
            each for each in wanted if each in surplus or inspected.words.get(each) != wanted[each]
        ]
        if short:
            await self._write_words(folder, short)
        for space in spaces.values():
            held = inspected.vectors.get(space.id, {})
            due = folder.passages.vector_counts(space.id)
            lacking = [each for each in due if each in surplus or held.get(each) != due[each]]
            if lacking:
                await self._write_space(folder, space, lacking)

    async def _write_words(
        self, folder: WorkspaceFolder, documents: Sequence[str] | None = None
    ) -> None:
        passages, position = folder.passages.searchable(0, PORTION, documents)
        while passages:
            await self._ask(Write(str(folder.index), _in_context(folder, passages)))
            passages, position = folder.passages.searchable(position, PORTION, documents)

    async def _write_space(
        self, folder: WorkspaceFolder, space: Space, documents: Sequence[str] | None = None
    ) -> None:
        vectors, position = folder.passages.vectors(space.id, 0, PORTION, documents)
        while vectors:
            rows = [Vector(*vector) for vector in vectors]
            await self._ask(WriteVectors(str(folder.index), space.id, rows))
            vectors, position = folder.passages.vectors(space.id, position, PORTION, documents)

    async def _change(self, folder: WorkspaceFolder, body: RequestBody) -> None:
        """Change an index known to agree with the catalogue. A damaged one is built again first;
        after a failure nobody knows what was written, so the two are compared again."""
        await self.check(folder)
        try:
            await self._surely(folder, lambda: self._ask(body))
        except Problem:
            self._checked.discard(folder.id)
            raise

    async def _surely(self, folder: WorkspaceFolder, ask: Callable[[], Awaitable[R]]) -> R:
        """Ask; where the index turns out to be damaged, compare and mend it and ask again; where
        that does not help, build it anew."""
        for cure in (self._check_again, self._build_anew):
            try:
                return await ask()
            except Problem as problem:
                _only_damage(problem)
                await cure(folder, problem.reason)
        return await ask()

    async def _check_again(self, folder: WorkspaceFolder, _: Reason) -> None:
        self._checked.discard(folder.id)
        await self.check(folder)

    async def _build_anew(self, folder: WorkspaceFolder, why: Reason) -> None:
        details = {key: value for key, value in why.details.items() if key != "table"}
        await self.rebuild(folder, Reason(why.code, details))

    async def _ask(self, body: RequestBody) -> None:
        await self._child.call(body, Nothing)


def _in_context(folder: WorkspaceFolder, passages: Sequence[Passage]) -> list[Passage]:
    """Each with where it stands before its text: so they are indexed and embedded."""
    rows = folder.documents.some(list({passage.document for passage in passages}))
    titles = {row.id: title_of(row.name) for row in rows}
    return [
        replace(each, text=in_context(titles.get(each.document, ""), each.heading, each.text))
        for each in passages
    ]


def _of_reranker(folder: str, problem: Problem) -> Reason:
    """What is said of a reranker that cannot be used: why, and what becomes of the search."""
    if problem.reason.code == "reranker_gone":
        return problem.reason
    details = problem.reason.details.get("details") or problem.reason.sentence()
    return Reason("reranker_failed", {"name": Path(folder).name, "details": details})


def _only_damage(problem: Problem) -> None:
    """Raise what is not a damaged index."""
    if problem.reason.code != "index_damaged":
        raise problem
