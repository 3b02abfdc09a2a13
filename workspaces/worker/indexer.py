"""The indexer role: splits, embeds, and is the only process that opens an index."""

from __future__ import annotations

import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import msgspec

from workspaces.core import chunking
from workspaces.core.fusion import clarity, fuse
from workspaces.core.ports import Embedder, PassageIndex, Reranker
from workspaces.core.types import PLACE_BREAK, Hit, Place, Sides
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
    ResultBody,
    Search,
    Split,
    Tidy,
    Write,
    WriteVectors,
)
from workspaces.worker.role import Talk

OpenEmbedder = Callable[[Path], Embedder]
OpenIndex = Callable[[Path], PassageIndex]
OpenReranker = Callable[[Path], Reranker]
FoldText = Callable[[str], str]

OPEN_INDEXES = 4
"""Indexes kept open; the one used longest ago is closed first."""

LOADED = 2
"""Embedding models kept loaded: while one takes another's place both are in use."""

OVERLAP = 8
"""A passage repeats at most one part in so many of the one before it."""

PART = 50_000
"""Characters of a document split in one go, so that a search need not wait for a long one."""

CANDIDATES = 50
"""Passages each side of a search brings at least; fusion needs more than it gives."""


class Indexer:
    """Loads an embedding model and opens an index when a request first names it. What is long,
    loading a model, embedding and reranking, runs beside the rest (see the runtime): only the
    embedders are shared by both threads. One reranking model stays loaded."""

    def __init__(
        self,
        open_embedder: OpenEmbedder,
        open_index: OpenIndex,
        open_reranker: OpenReranker,
        fold: FoldText,
    ) -> None:
        self._open_embedder = open_embedder
        self._fold = fold
        self._open_index = open_index
        self._open_reranker = open_reranker
        self._opening = threading.Lock()
        self._beside = ThreadPoolExecutor(1, "vectors")  # both sides are asked at the same time
        self._embedders: OrderedDict[str, Embedder] = OrderedDict()
        self._indexes: OrderedDict[str, PassageIndex] = OrderedDict()
        self._rerankers: dict[str, Reranker] = {}

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        match body:
            case Prepare():
                return Prepared(self._load(body.embedder, talk).prefixes)
            case Reach():
                return Reaches(self._embedder(body.embedder).max_tokens)
            case Split():
                return self._split(body)
            case Embed():
                return self._embed(body.embedder, body.texts, body.prefix, talk)
            case EmbedQuestion():
                return self._embed(body.embedder, [body.question], body.prefix, talk)
            case Rerank():
                return self._rerank(body, talk)
            case Search():
                return self._search(body, talk)
            case Fold():
                return Folded([self._fold(text) for text in body.texts])
            case Inspect():
                return self._inspect(body, talk)
            case _:
                self._change(body, talk)
                return Nothing()

    def _change(self, body: RequestBody, talk: Talk) -> None:
        match body:
            case Write():
                self._index(body.index, talk).write(body.passages)
            case WriteVectors():
                rows = [(each.passage, each.document, each.numbers) for each in body.vectors]
                self._index(body.index, talk).write_vectors(body.space, rows)
            case Forget():
                self._index(body.index, talk).forget(body.documents)
            case Tidy():
                self._index(body.index, talk).tidy()
            case Discard():
                self._index(body.index, talk).discard(body.space)
            case _:
                raise TypeError(f"not for the indexer: {type(body).__name__}")

    def _split(self, body: Split) -> Passages:
        embedder = self._embedder(body.embedder)
        places, end = _part(Path(body.text), body.position)
        count = embedder.count_tokens
        most = min(body.tokens or embedder.max_tokens, embedder.max_tokens)
        limit = most - count([body.prefix])[0]
        overlap = limit // OVERLAP
        passages = chunking.split(
            body.document,
            places,
            count,
            limit,
            overlap,
            body.ordinal,
            body.offset,
            body.title,
        )
        return Passages(passages, _after(body, places, len(passages), end))

    def _embed(self, folder: str, texts: Sequence[str], prefix: str, talk: Talk) -> Embedded:
        embedder = self._embedder(folder)
        known = [number for number, text in enumerate(texts) if embedder.knows(text)]
        vectors: list[bytes | None] = [None] * len(texts)
        if known:
            self._load(folder, talk)
        embedded = embedder.embed([prefix + texts[number] for number in known])
        for number, vector in zip(known, embedded, strict=True):
            vectors[number] = struct.pack(f"<{len(vector)}e", *vector)
        return Embedded(vectors)

    def _rerank(self, body: Rerank, talk: Talk) -> Reranked:
        if body.model not in self._rerankers:
            self._rerankers.clear()  # first, so that two are never in memory
            self._rerankers[body.model] = self._open_reranker(Path(body.model))
        reranker = self._rerankers[body.model]
        if not reranker.is_loaded:
            talk.loading("the reranking model")
            reranker.load()
        return Reranked(reranker.score(body.question, body.texts))

    def _inspect(self, body: Inspect, talk: Talk) -> Inspected:
        index = self._index(body.index, talk)
        went_back = index.check(body.thorough)
        return Inspected(index.words(), index.vectors(), went_back)

    def _search(self, body: Search, talk: Talk) -> Found:
        index = self._index(body.index, talk)
        candidates = max(CANDIDATES, 5 * body.limit)
        by_words = body.sides is not Sides.VECTOR
        nearest = self._beside.submit(_nearest, index, body, candidates)
        try:
            keyword = index.keyword(body.question, candidates, body.document) if by_words else {}
        finally:
            wait([nearest])
        vector = nearest.result()
        ranks = _ranks(keyword), _ranks(vector)
        clear = clarity(list(keyword.values()))
        weights = (clear * body.weights.keyword, body.weights.vector)
        fused = fuse([list(keyword), list(vector)], weights)
        hits = [
            Hit(
                passage=name,
                score=score,
                keyword_rank=ranks[0].get(name),
                vector_rank=ranks[1].get(name),
                keyword_score=keyword.get(name),
                cosine=vector.get(name),
            )
            for name, score in fused[: body.limit]
        ]
        return Found(hits, vector_voted=bool(vector))

    def _load(self, folder: str, talk: Talk) -> Embedder:
        """The embedder in ``folder``, its model in memory."""
        embedder = self._embedder(folder)
        if not embedder.is_loaded:
            talk.loading("the embedding model")
            embedder.load()
        return embedder

    def _embedder(self, folder: str) -> Embedder:
        with self._opening:
            if folder not in self._embedders:
                if len(self._embedders) >= LOADED:
                    self._embedders.popitem(last=False)  # first, so that three are never in memory
                self._embedders[folder] = self._open_embedder(Path(folder))
            self._embedders.move_to_end(folder)
            return self._embedders[folder]

    def _index(self, folder: str, talk: Talk) -> PassageIndex:
        if folder not in self._indexes:
            talk.loading("the search index")
            self._indexes[folder] = self._open_index(Path(folder))
            if len(self._indexes) > OPEN_INDEXES:
                self._indexes.popitem(last=False)[1].finish()
        self._indexes.move_to_end(folder)
        return self._indexes[folder]


def _nearest(index: PassageIndex, body: Search, candidates: int) -> dict[str, float]:
    if body.vector is None:
        return {}
    question = struct.unpack(f"<{len(body.vector) // 2}e", body.vector)
    return index.vector(body.space, question, candidates, body.document)


def _ranks(names: Iterable[str]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(names, start=1)}


def _part(path: Path, begin: int) -> tuple[list[Place], int | None]:
    """Whole places from byte ``begin`` on, of about ``PART`` characters in all, and the byte after
    them, or None at the end of the file."""
    places: list[Place] = []
    characters = 0
    with path.open("rb") as lines:
        lines.seek(begin)
        while characters < PART and (line := lines.readline()):
            places.append(msgspec.json.decode(line, type=Place))
            characters += len(places[-1].text)
        end = lines.tell()
    return places, end if end < path.stat().st_size else None


def _after(body: Split, places: list[Place], passages: int, end: int | None) -> Split | None:
    """The part that follows the one of ``body``."""
    if end is None:
        return None
    length = sum(len(place.text) + len(PLACE_BREAK) for place in places)
    return msgspec.structs.replace(
        body, position=end, ordinal=body.ordinal + passages, offset=body.offset + length
    )
