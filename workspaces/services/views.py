"""What the window and the command line see: plain values, and the changes that announce them."""

from __future__ import annotations

from dataclasses import dataclass

from workspaces.core.reasons import Reason
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

    ``done`` of ``total`` counts passages while indexing, pages or parts while reading (0 of 0
    when unknown). ``passages`` is set once the state is ``ready``. ``twin`` is the id of the
    document that has the same content, when the state is ``duplicate``.
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


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the person should know that belongs to no request, for example a repaired index."""

    reason: Reason


Change = (
    WorkspacesChanged
    | DocumentChanged
    | DocumentRemoved
    | ConversationsChanged
    | TurnStarted
    | TurnSources
    | TurnGrew
    | TurnEnded
    | ModelChanged
    | Trouble
)
