"""What the window and the command line see: plain values, and the changes that announce them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from workspaces.core.reasons import Reason
from workspaces.core.report import ReportRow as ReportRow
from workspaces.core.types import DocumentState, Turn


@dataclass(frozen=True, slots=True)
class WorkspaceView:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workspace holds: shown before it is deleted. ``size`` in bytes on disk."""

    documents: int
    conversations: int
    size: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One row of the documents list.

    ``done`` of ``total`` counts passages while embedding, pages or parts while reading (0 of 0
    when unknown). ``passages`` is set once keyword search finds it. ``twin`` is the id of the
    document that has the same content, when the state is ``duplicate``. ``warnings`` say what the
    document could not give. ``replaces`` is the id of the older version that search answers from
    until this one is ready. ``gone`` is true for a document whose file has left its watched folder.
    """

    id: str
    name: str
    path: str
    state: DocumentState
    done: int = 0
    total: int = 0
    passages: int = 0
    pages: int | None = None
    reason: Reason | None = None
    twin: str | None = None
    warnings: tuple[Reason, ...] = ()
    replaces: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far the import of one workspace has come, counted from when it was last idle.

    ``documents_done`` of ``documents`` have ended; ``passages_done`` of ``passages`` have been
    embedded (``passages`` grows while documents are read). ``seconds_left`` is an estimate, None
    while there is nothing to go by. ``current`` is the name of the file worked on now, or empty.
    ``held_up`` says why the import waits (a full disk), where it does.
    """

    documents_done: int = 0
    documents: int = 0
    passages_done: int = 0
    passages: int = 0
    seconds_left: float | None = None
    current: str = ""
    paused: bool = False
    held_up: Reason | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is left to do."""
        return self.documents_done < self.documents


@dataclass(frozen=True, slots=True)
class Removal:
    """What a deletion left behind, counted afterwards: all of it is 0 unless something failed.
    ``documents`` is how many were deleted; ``quoted_in`` counts conversations that keep a quote
    of one of them."""

    documents: int
    rows_left: int = 0
    passages_left: int = 0
    vectors_left: int = 0
    index_left: int = 0
    files_left: int = 0
    quoted_in: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was left behind."""
        return not (
            self.rows_left
            or self.passages_left
            or self.vectors_left
            or self.index_left
            or self.files_left
        )


@dataclass(frozen=True, slots=True)
class WatchView:
    """A folder whose files a workspace follows. ``ignore`` are patterns as in a ``.gitignore``.
    ``follow`` tells what happens when a file is deleted there: the document is removed by itself,
    or (False) the person is asked; ``gone`` counts those that wait for an answer. ``problem`` says
    why the folder cannot be watched now (it is not there)."""

    id: str
    folder: str
    subfolders: bool = True
    ignore: tuple[str, ...] = ()
    follow: bool = False
    gone: int = 0
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check of a workspace found. ``reason`` is its sentence; ``repaired`` tells
    whether it has been put right."""

    reason: Reason
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class EmbedderView:
    """The embedding model of a workspace. ``next`` is the name of the one its passages are being
    embedded with in the background, or empty; ``done`` of ``total`` passages have been.
    ``previous`` is the name of the one that can be gone back to at once, or empty. Of ``embedded``
    passages it does not know the language of ``unknown``; ``languages`` name that, the most
    frequent first, and are none where those passages hold no words. ``waits`` is true where all
    have been embedded and, because there are test questions, the person decides."""

    name: str
    folder: str = ""
    next: str = ""
    done: int = 0
    total: int = 0
    previous: str = ""
    embedded: int = 0
    unknown: int = 0
    languages: tuple[str, ...] = ()
    waits: bool = False

    @property
    def unfamiliar(self) -> Reason | None:
        """The sentence about what is found by its words alone, where that is for its language."""
        if not self.languages:
            return None
        details = {
            "unknown": str(self.unknown),
            "embedded": str(self.embedded),
            "languages": ", ".join(self.languages),
        }
        return Reason("languages_unknown", details)

    @property
    def is_mostly_unfamiliar(self) -> bool:
        """Whether this is not the model for this workspace."""
        return bool(self.languages) and 2 * self.unknown > self.embedded


@dataclass(frozen=True, slots=True)
class RerankerView:
    """The model that puts what a search found in order, and the folder it lies in; both are empty
    where there is none."""

    name: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True)
class GoldenView:
    """A test question. ``turn`` is the id of the answer it was kept from, which may be gone;
    ``documents`` are the names of those that answer it; ``added_at`` is ISO 8601 with zone."""

    id: str
    question: str
    turn: str
    documents: tuple[str, ...]
    added_at: str


@dataclass(frozen=True, slots=True)
class GoldenFigures:
    """How well search finds what answers the test questions, among the first ``k`` passages.

    ``recall_at_k`` is the mean share of a question's right passages that are found, ``mrr`` the
    mean of one part in the rank of the first right one; both from 0 to 1, 1 is best. ``ranks`` has
    that rank for each of the ``questions`` that were asked, by id, None where no right passage is
    found. ``lost`` are ids of those that were not asked: no document has their answer any more.
    """

    questions: int
    recall_at_k: float
    k: int
    mrr: float
    ranks: Mapping[str, int | None]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageLength:
    """``tokens`` a passage has at most, 0 for as much as the embedding model reads, which is
    ``most``; ``least`` is the shortest that can be chosen."""

    tokens: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures as search is, and as it would be."""

    before: GoldenFigures
    after: GoldenFigures

    @property
    def better(self) -> int:
        """How many questions find their first right passage earlier, or at all."""
        return sum(old > new for old, new in self._ranks())

    @property
    def worse(self) -> int:
        """How many find it later, or not any more."""
        return sum(old < new for old, new in self._ranks())

    def _ranks(self) -> list[tuple[float, float]]:
        shared = self.before.ranks.keys() & self.after.ranks.keys()
        pairs = [(self.before.ranks[each], self.after.ranks[each]) for each in shared]
        return [(old or inf, new or inf) for old, new in pairs]


@dataclass(frozen=True, slots=True)
class ConversationView:
    """``asked_at`` is ISO 8601 with zone of the last question, or of its creation. ``title`` is
    empty until a question was asked or a name was given."""

    id: str
    title: str
    asked_at: str


@dataclass(frozen=True, slots=True)
class ModelView:
    """The model that answers. ``kind`` is ``quotes`` (no model: answers are quoted passages),
    ``starter`` (the small one that comes along) or ``file``."""

    kind: str
    name: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A search result with its address; see :class:`~workspaces.core.types.Passage`."""

    id: str
    document: str
    name: str
    text: str
    start: int
    end: int
    page: int | None
    heading: tuple[str, ...]
    score: float
    keyword_rank: int | None = None
    vector_rank: int | None = None
    line: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an answer was not written from a document. ``best`` is the passage of it that fits the
    question best; None where none does at all, or where ``problem`` says why it cannot be searched.

    The ranks count from 1 among all passages of the workspace; None means beyond the first
    ``depth``, or that this side does not find it. An answer is written from the first ``wanted``
    at most. ``lacking`` are words of the question that ``best`` does not have.
    """

    document: str
    name: str
    wanted: int
    depth: int
    best: FoundPassage | None = None
    keyword_rank: int | None = None
    vector_rank: int | None = None
    fused_rank: int | None = None
    lacking: tuple[str, ...] = ()
    problem: Reason | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A passage in its surrounding text. When the document is gone, ``before`` and ``after`` are
    empty and ``deleted`` is true."""

    name: str
    before: str
    text: str
    after: str
    page: int | None
    heading: tuple[str, ...]
    deleted: bool = False
    line: int | None = None
    row: int | None = None


# --- changes: announced after a write; each view refreshes itself --------------------------------


@dataclass(frozen=True, slots=True)
class WorkspacesChanged:
    """A workspace was created, renamed or deleted."""


@dataclass(frozen=True, slots=True)
class DocumentChanged:
    """A document was added or moved on; ``document`` is its new row."""

    workspace: str
    document: DocumentView


@dataclass(frozen=True, slots=True)
class DocumentRemoved:
    workspace: str
    document: str


@dataclass(frozen=True, slots=True)
class DocumentsChanged:
    """So many documents changed at once that the list is better read anew."""

    workspace: str


@dataclass(frozen=True, slots=True)
class ImportProgressed:
    """At most a few times a second."""

    workspace: str
    progress: ImportProgress


@dataclass(frozen=True, slots=True)
class WatchesChanged:
    """A watched folder was added, removed, or waits for an answer."""

    workspace: str


@dataclass(frozen=True, slots=True)
class CheckProgressed:
    """A check or repair of the workspace has done ``done`` of ``total`` steps."""

    workspace: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class EmbedderChanged:
    """Another embedding model, or its passages being embedded went on."""

    workspace: str
    embedder: EmbedderView


@dataclass(frozen=True, slots=True)
class RerankerChanged:
    """Another model puts the findings in order, or none does any more."""

    workspace: str
    reranker: RerankerView


@dataclass(frozen=True, slots=True)
class GoldenChanged:
    """A test question of the workspace was added or removed."""

    workspace: str


@dataclass(frozen=True, slots=True)
class GoldenProgressed:
    """Of ``total`` test questions ``done`` have been asked, to measure search."""

    workspace: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TrialProgressed:
    """Of ``total`` passages of another length ``done`` are embedded; 0 of 0 while documents are
    being split."""

    workspace: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ConversationsChanged:
    """A conversation of the workspace was created, renamed, deleted or asked."""

    workspace: str


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """A question was taken. ``turn.answer`` is empty and its sources are not known yet."""

    conversation: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class TurnSources:
    """The passages were found; the model starts to work."""

    conversation: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class TurnRead:
    """The model has read ``done`` of the ``total`` tokens that it is asked with."""

    conversation: str
    turn: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TurnGrew:
    """``text`` is the new piece of the answer, not the whole."""

    conversation: str
    turn: str
    text: str


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn as it was saved: complete, stopped half-way, or failed with a note."""

    conversation: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class ModelChanged:
    model: ModelView


class DownloadState(StrEnum):
    """Where a download is. One that is done is a model that is here, and no download any more."""

    WAITING = "waiting"
    LOOKING = "looking"
    """A mirror is being chosen."""
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DownloadView:
    """A model on its way: ``done`` of ``total`` bytes are there; ``speed`` is in bytes a second, 0
    where it is not known; ``mirror`` is who gives it. ``reason`` says why it failed."""

    id: str
    title: str
    state: DownloadState
    done: int
    total: int
    speed: float = 0.0
    mirror: str = ""
    reason: Reason | None = None

    @property
    def seconds_left(self) -> float | None:
        """At the speed it has now; None where that is not known."""
        return (self.total - self.done) / self.speed if self.speed > 0 else None


class Standing(StrEnum):
    """How a model can be had."""

    COMING = "coming"
    """It is being downloaded, or was begun."""
    HERE = "here"
    """Quire downloaded it."""
    FOUND = "found"
    """Another program keeps it on this disk."""
    OFFERED = "offered"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model of those there are. ``id`` is an offer's, a download's or a path; ``kind`` is
    ``generator``, ``embedder`` or ``reranker``. ``size`` is that of its files in bytes, ``context``
    in tokens (0: not known); ``languages`` are codes. ``path`` is what is loaded where it is here;
    ``where`` the program that keeps it. ``fit`` is ``fits``, ``tight`` or ``too_large``, empty
    where that is not known; ``verdict`` says why. ``licence`` is to be accepted first where
    ``asks``. ``answers`` is true of the generator that is in use."""

    id: str
    kind: str
    title: str
    standing: Standing
    size: int = 0
    context: int = 0
    languages: tuple[str, ...] = ()
    path: str = ""
    where: str = ""
    fit: str = ""
    verdict: Reason | None = None
    licence: str = ""
    asks: bool = False
    answers: bool = False
    download: DownloadView | None = None


@dataclass(frozen=True, slots=True)
class MirrorsView:
    """Where models are downloaded from: the ``names`` of all mirrors there are; those ``chosen``,
    in their order (none: the fastest); the address of a person's ``own``, which may be empty."""

    names: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class DownloadsChanged:
    """All there are, in the order in which they come."""

    downloads: tuple[DownloadView, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the person should know that belongs to no request, for example a repaired index."""

    reason: Reason


Change = (
    WorkspacesChanged
    | DocumentChanged
    | DocumentRemoved
    | DocumentsChanged
    | ImportProgressed
    | WatchesChanged
    | CheckProgressed
    | EmbedderChanged
    | RerankerChanged
    | GoldenChanged
    | GoldenProgressed
    | TrialProgressed
    | ConversationsChanged
    | TurnStarted
    | TurnSources
    | TurnRead
    | TurnGrew
    | TurnEnded
    | ModelChanged
    | DownloadsChanged
    | Trouble
)
