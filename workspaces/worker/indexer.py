"""The indexer role: splits, embeds, and is the only process that opens an index."""

from __future__ import annotations

import shutil
import struct
from collections import Counter, OrderedDict
from collections.abc import Callable
from pathlib import Path

import msgspec

from workspaces.core import chunking
from workspaces.core.fusion import reciprocal_rank
from workspaces.core.ports import Embedder, PassageIndex
from workspaces.core.types import PLACE_BREAK, Hit, Place
from workspaces.protocol.messages import (
    Discard,
    Embed,
    Embedded,
    Forget,
    Found,
    Inspect,
    Inspected,
    Nothing,
    Passages,
    Prepare,
    Prepared,
    RequestBody,
    ResultBody,
    Search,
    Split,
    Write,
)
from workspaces.worker.role import Talk

OpenEmbedder = Callable[[Path], Embedder]
OpenIndex = Callable[[Path, int], PassageIndex]
"""Opens the index in a folder, for vectors of so many numbers."""

OPEN_INDEXES = 4
"""Index tables kept open; the one used longest ago is closed first."""

OVERLAP = 8
"""A passage repeats at most one part in so many of the one before it."""

PART = 50_000
"""Characters of a document split in one go, so that a search need not wait for a long one."""

CANDIDATES = 50
"""Passages each side of a search brings at least; fusion needs more than it gives."""


class Indexer:
    """Asking it for anything before ``Prepare`` is a bug of the caller."""

    def __init__(self, open_embedder: OpenEmbedder, open_index: OpenIndex) -> None:
        self._open_embedder = open_embedder
        self._open_index = open_index
        self._prepared: Embedder | None = None
        self._indexes: OrderedDict[str, PassageIndex] = OrderedDict()

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        match body:
            case Prepare():
                return self._prepare(body, talk)
            case Split():
                return self._split(body)
            case Embed():
                return self._embed(body)
            case Write():
                self._index(body.index, talk).write(body.passages, body.vectors)
                return Nothing()
            case Forget():
                self._index(body.index, talk).forget(body.document)
                return Nothing()
            case Inspect():
                return self._inspect(body, talk)
            case Discard():
                return self._discard(body)
            case Search():
                return self._search(body, talk)
            case _:
                raise TypeError(f"not for the indexer: {type(body).__name__}")

    @property
    def _embedder(self) -> Embedder:
        if self._prepared is None:
            raise RuntimeError("no embedding model is loaded")
        return self._prepared

    def _prepare(self, body: Prepare, talk: Talk) -> Prepared:
        talk.loading("the embedding model")
        self._indexes.clear()  # they were opened for another dimension, perhaps
        self._prepared = self._open_embedder(Path(body.embedder))
        return Prepared(self._prepared.dimension, self._prepared.max_tokens)

    def _split(self, body: Split) -> Passages:
        places, end = _part(Path(body.text), body.position)
        limit = self._embedder.max_tokens
        count = self._embedder.count_tokens
        overlap = limit // OVERLAP
        passages = chunking.split(
            body.document, places, count, limit, overlap, body.ordinal, body.offset
        )
        return Passages(passages, _after(body, places, len(passages), end))

    def _embed(self, body: Embed) -> Embedded:
        known = [number for number, text in enumerate(body.texts) if self._embedder.knows(text)]
        vectors: list[bytes | None] = [None] * len(body.texts)
        embedded = self._embedder.embed([body.texts[number] for number in known])
        for number, vector in zip(known, embedded, strict=True):
            vectors[number] = struct.pack(f"<{len(vector)}e", *vector)
        return Embedded(vectors)

    def _inspect(self, body: Inspect, talk: Talk) -> Inspected:
        ids = self._index(body.index, talk).ids()
        documents = Counter(name.rpartition(":")[0] for name in ids)
        return Inspected(len(ids), dict(documents))

    def _discard(self, body: Discard) -> Nothing:
        self._indexes.pop(body.index, None)
        if Path(body.index).exists():
            shutil.rmtree(body.index)
        return Nothing()

    def _search(self, body: Search, talk: Talk) -> Found:
        index = self._index(body.index, talk)
        candidates = max(CANDIDATES, 5 * body.limit)
        keyword = index.keyword(body.question, candidates)
        vector: list[str] = []
        voted = self._embedder.knows(body.question)
        if voted:
            (question,) = self._embedder.embed([body.question])
            vector = index.vector(question, candidates)
        keyword_ranks, vector_ranks = _ranks(keyword), _ranks(vector)
        hits = [
            Hit(name, score, keyword_ranks.get(name), vector_ranks.get(name))
            for name, score in reciprocal_rank([keyword, vector])[: body.limit]
        ]
        return Found(hits, voted)

    def _index(self, folder: str, talk: Talk) -> PassageIndex:
        if folder not in self._indexes:
            talk.loading("the search index")
            self._indexes[folder] = self._open_index(Path(folder), self._embedder.dimension)
            if len(self._indexes) > OPEN_INDEXES:
                self._indexes.popitem(last=False)
        self._indexes.move_to_end(folder)
        return self._indexes[folder]


def _ranks(names: list[str]) -> dict[str, int]:
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
    return Split(body.text, body.document, end, body.ordinal + passages, body.offset + length)
