"""The words Quire thinks in: plain values, no behaviour that needs a disk, a clock or a screen.

Every offset in this file counts Unicode code points in a document's *stored text*, which is its
places' texts joined by :data:`PLACE_BREAK`; ``stored_text[passage.start:passage.end]`` is
``passage.text``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workspaces.core.reasons import Reason

PLACE_BREAK = "\n\n"


class DocumentState(StrEnum):
    """Where a document stands in its import, in the order it goes through; from ``ready`` on a
    state is final (:attr:`is_final`)."""

    QUEUED = "queued"
    READING = "reading"
    INDEXING = "indexing"
    """Its text is there and being split; in a moment it is keyword-searchable."""
    SEARCHABLE = "keyword_searchable"
    """Keyword search finds it; its vectors have not begun."""
    EMBEDDING = "embedding"
    READY = "ready"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    SET_ASIDE = "set_aside"
    CANCELLED = "cancelled"
    REPLACED = "replaced"
    """Only in the report: a newer version of the same file took its place."""
    MOVED = "moved"
    """Only in the report: the file is one that was here already and has got another path."""
    REMOVED = "removed"
    """Only in the report: it was deleted from the workspace."""

    @property
    def is_final(self) -> bool:
        return self not in OPEN_STATES

    @property
    def is_searchable(self) -> bool:
        """Whether keyword search finds it."""
        return self in (DocumentState.SEARCHABLE, DocumentState.EMBEDDING, DocumentState.READY)


OPEN_STATES = (
    DocumentState.QUEUED,
    DocumentState.READING,
    DocumentState.INDEXING,
    DocumentState.SEARCHABLE,
    DocumentState.EMBEDDING,
)
"""Still to be worked on."""


class Ending(StrEnum):
    """How an answer ended, or that it has not."""

    COMPLETE = "complete"
    LENGTH = "length"
    """The model reached the longest answer allowed."""
    STOPPED = "stopped"
    """The person pressed Stop; what had come so far is kept."""
    FAILED = "failed"
    REFUSED = "refused"
    """The documents do not seem to answer the question, so nothing was written."""
    UNFINISHED = "unfinished"
    """It is being written; of a turn that nobody writes any more: Quire ended before it did."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document's text that has one address.

    ``page`` counts from 1 (pages, slides), or is None where the format has none. ``heading`` is
    the path of headings above the text, outermost first; of a sheet, its name. ``line`` is the
    1-based line in the original where the text starts, ``row`` the 1-based row of a sheet or
    table file; each is None where it means nothing. Every further line of ``text`` is the next
    line, or the next row.
    """

    text: str
    page: int | None = None
    heading: tuple[str, ...] = ()
    line: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document small enough to embed, and its address in that document."""

    id: str
    document: str
    ordinal: int
    start: int
    end: int
    text: str
    page: int | None = None
    heading: tuple[str, ...] = ()
    line: int | None = None
    row: int | None = None


class Sides(StrEnum):
    """Which rankings a search is made of."""

    KEYWORD = "keyword"
    VECTOR = "vector"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. Ranks count from 1; None means that side did not find it.

    ``score`` is the fused score of :func:`workspaces.core.fusion.fuse`, ``keyword_score`` that of
    BM25, ``cosine`` between -1 and 1, ``rerank_score`` that of a reranking model, the higher the
    better.
    """

    passage: str
    score: float
    keyword_rank: int | None = None
    vector_rank: int | None = None
    keyword_score: float | None = None
    cosine: float | None = None
    rerank_score: float | None = None


class Why(StrEnum):
    """Why a passage that was found was not given to the model."""

    COPY = "copy"
    """The same text is there from elsewhere."""
    CROWDED = "crowded"
    """Its document has had its share."""
    BEYOND = "beyond"
    """Others came before."""
    NO_ROOM = "no_room"
    """It did not fit into what the model can read at once."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that was found for a question, and what became of it. ``mark`` is that of the
    source it is (a part of), None where it was left out for the reason ``why``. ``fused_rank``
    counts from 1 among all that were found, ``final_rank`` after a reranking model has had its
    say."""

    passage: str
    document: str
    name: str
    page: int | None
    heading: tuple[str, ...]
    line: int | None
    row: int | None
    keyword_rank: int | None
    vector_rank: int | None
    fused_rank: int
    final_rank: int
    keyword_score: float | None = None
    cosine: float | None = None
    rerank_score: float | None = None
    mark: int | None = None
    why: Why | None = None
    start: int = -1
    """Where it begins in its document's text: after another splitting its id is another's."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer came by its passages: all that were considered, in their final order.
    ``question`` is what was searched for, empty where an older Quire did not keep that.
    ``confidence`` (0 to 1) is how likely they answer the question, see
    :mod:`workspaces.core.evidence`; ``reranker`` is the name of the model that ordered them, or
    empty; ``by_words`` is true where no embedding model had a say."""

    considered: tuple[Considered, ...]
    confidence: float
    weights: Weights
    by_words: bool = False
    reranker: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the rank on each side counts in a search; 0 leaves a side out. Only their ratio
    matters.

    A small embedder knows the topic and words know the passage; the values were chosen by
    measuring, see :mod:`workspaces.core.fusion`.
    """

    keyword: float = 1.0
    vector: float = 0.6


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as an answer cites it. It keeps its own copy of the text, so that a conversation
    still shows what it cited after the document is deleted.

    ``mark`` is the number in square brackets: unique in a conversation, the same passage keeps
    its mark in every turn.
    """

    mark: int
    passage: str
    document: str
    name: str
    text: str
    start: int
    end: int
    page: int | None = None
    heading: tuple[str, ...] = ()
    line: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What writing an answer took, as the generator measured it.

    Of the ``prompt_tokens`` the first ``cached_tokens`` were not evaluated again, because the model
    had read them for an earlier question. ``first_token_s`` are the seconds from when the generator
    took the request to its first token, ``tokens_per_s`` is how fast it wrote from there on; None
    where there was no first, or no second token. ``peak_memory`` is the most that its process has
    ever had resident, in bytes; 0 where the system does not tell.
    """

    prompt_tokens: int
    cached_tokens: int
    first_token_s: float | None
    tokens_per_s: float | None
    peak_memory: int


@dataclass(frozen=True, slots=True)
class Budget:
    """What the model's context was filled with, in tokens. ``instructions`` are the rules and what
    the chat template puts around messages, ``sources`` the new passages, ``history`` earlier turns
    with theirs, ``answer`` the room kept for the answer; together at most ``context``. ``left_out``
    counts passages, and ``forgotten`` earlier turns, that did not fit."""

    context: int
    instructions: int
    history: int
    sources: int
    question: int
    answer: int
    left_out: int = 0
    forgotten: int = 0

    @property
    def free(self) -> int:
        """Tokens that nothing was put into."""
        used = self.instructions + self.history + self.sources + self.question + self.answer
        return self.context - used


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer. ``sources`` are the passages the answer was given to work
    with; the cited ones are those whose marks stand in ``answer``."""

    id: str
    question: str
    answer: str
    ending: Ending
    model: str
    asked_at: str
    sources: tuple[Source, ...] = ()
    note: Reason | None = None
    """Something to know about the answer, for example why it failed."""
    explanation: Explanation | None = None
    """How the sources were chosen; None for a turn that an older Quire answered."""
    usage: Usage | None = None
    """What the answer took; None where no model wrote one to its end."""
    budget: Budget | None = None
    """What the model was asked with; None where no model was."""
    written: str = ""
    """What the model wrote, where ``answer`` has it with its marks corrected; else empty."""

    @property
    def told(self) -> str:
        """The answer as the model is told of it later: its own words, which it need not read
        again."""
        return self.written or self.answer

    @property
    def searched(self) -> str:
        """What was searched for: a follow-up may go on from an earlier question."""
        return (self.explanation and self.explanation.question) or self.question


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt. ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


def join_places(places: Iterable[Place]) -> str:
    """The stored text of a document: its places' texts, in order."""
    return PLACE_BREAK.join(place.text for place in places)
