"""The messages, by role. A frame goes to a child as :class:`Request` or :class:`Cancel` and comes
back as one of the replies. Every request ends exactly once: ``Done``, ``Failed`` or ``Cancelled``.

Paths are strings; vectors are little-endian float16 bytes (base64 on the wire, by msgspec).
"""

from __future__ import annotations

import msgspec

from workspaces.core.mirrors import Mirror, RemoteFile
from workspaces.core.ports import Prefixes, PromptSize
from workspaces.core.reasons import Reason
from workspaces.core.types import Ending, Hit, Message, Passage, Sides, Usage, Weights

PROTOCOL_VERSION = 4

ROLES = ("reader", "indexer", "generator", "fetcher")


class Body(msgspec.Struct, frozen=True, tag=True):
    """Anything with a type tag on the wire."""


# --- reader: opens the person's files, trusts none of them ---------------------------------------


class Walk(Body, frozen=True):
    """List the files under ``paths`` (files or folders), following no links out of a folder.
    Without ``subfolders`` only the files right inside a folder. What matches one of ``ignore``
    (patterns as in a ``.gitignore``, relative to the folder named) is left out.
    Answer: :class:`Walked`."""

    paths: list[str]
    subfolders: bool = True
    ignore: list[str] = []


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A file that was found: ``size`` in bytes, ``modified`` in nanoseconds since 1970."""

    path: str
    size: int
    modified: int


class Walked(Body, frozen=True):
    """``files`` in a stable order. ``problems`` are paths that could not be listed, each with its
    reason code (``missing``, ``no_rights``, ``not_a_file``, ``odd_name``, ``read_failed``)."""

    files: list[Listed]
    problems: list[tuple[str, str]]


class Admit(Body, frozen=True):
    """Decide by content what ``source`` is, and copy it to ``target`` (written whole or not at
    all). Fails with the reasons of a refused file. Answer: :class:`Admitted`."""

    source: str
    target: str
    limit: int
    """Largest size taken, in bytes."""


class Admitted(Body, frozen=True):
    """``kind`` is a name of ``worker/formats.py``; ``sha256`` is in hex; ``size`` in bytes;
    ``modified`` is the source's time in nanoseconds since 1970."""

    kind: str
    sha256: str
    size: int
    modified: int


class Extract(Body, frozen=True):
    """Read the text of our copy ``original`` into ``target`` (text.jsonl, one place a line).
    ``passwords`` are tried where it is protected, and kept nowhere.
    Progress: :class:`Step` in pages or parts. Answer: :class:`Extracted`."""

    original: str
    kind: str
    name: str
    target: str
    passwords: list[str] = []

    def __repr__(self) -> str:
        """Without the passwords: this text may reach a log."""
        return f"Extract({self.name!r}, {self.kind!r})"


class Extracted(Body, frozen=True):
    """``characters`` counts code points; ``warnings`` say what the document could not give."""

    places: int
    characters: int
    pages: int | None
    warnings: list[Reason]


class Locate(Body, frozen=True):
    """Where on page ``page`` of a PDF the code points ``start`` to ``end`` of that page's place
    are. Answer: :class:`Located`."""

    original: str
    name: str
    page: int
    start: int
    end: int
    passwords: list[str] = []

    def __repr__(self) -> str:
        return f"Locate({self.name!r}, page {self.page}, {self.start} to {self.end})"


class Located(Body, frozen=True):
    """One rectangle (left, top, right, bottom) a line of text, in points from the upper left
    corner of the page as it is shown, which is ``width`` by ``height`` points large; a note or a
    filled-in field has the rectangle of its own. Empty where it is not known where the text stands
    (PDFium could not read the page), and of no size where PDFium cannot open the document."""

    width: float
    height: float
    rectangles: list[tuple[float, float, float, float]]


# --- indexer: the embedder and the only process that opens the index -----------------------------


class Prepare(Body, frozen=True):
    """Load the embedding model in ``embedder`` (a folder). Answer: :class:`Prepared`."""

    embedder: str


class Prepared(Body, frozen=True):
    """What the model wants put before a question and a passage."""

    prefixes: Prefixes


class Reach(Body, frozen=True):
    """How much ``embedder`` reads at once. Answer: :class:`Reaches`."""

    embedder: str


class Reaches(Body, frozen=True):
    """``tokens`` of a text count at most."""

    tokens: int


class Split(Body, frozen=True):
    """Split the extracted text of ``document`` at ``text`` (text.jsonl), a part at a time, so that
    a search can overtake it; passages are sized in tokens of ``embedder``, what says where they
    stand in the document of this ``title`` and the ``prefix`` before it included.
    Answer: :class:`Passages`.

    The first part has only zeros; each next one is asked with what the one before answered.
    """

    embedder: str
    text: str
    document: str
    title: str = ""
    prefix: str = ""
    position: int = 0
    """Where the part begins in the file, in bytes."""
    ordinal: int = 0
    """How many passages came before."""
    offset: int = 0
    """Where the part begins in the stored text, in code points."""
    tokens: int = 0
    """The length of a passage at most; 0 for as much as the embedder reads, which it never
    exceeds."""


class Passages(Body, frozen=True):
    """The passages of one part. ``next`` asks for the part after it; None after the last."""

    passages: list[Passage]
    next: Split | None


class Embed(Body, frozen=True):
    """Embed ``texts`` with ``embedder``, each with ``prefix`` before it. Answer:
    :class:`Embedded`."""

    embedder: str
    texts: list[str]
    prefix: str = ""


class EmbedQuestion(Body, frozen=True):
    """Embed a question with ``embedder`` and ``prefix`` before it, ahead of any texts that wait.
    Answer: :class:`Embedded`."""

    embedder: str
    question: str
    prefix: str = ""


class Embedded(Body, frozen=True):
    """One vector a text, or None where the embedder does not know its language."""

    vectors: list[bytes | None]


class Rerank(Body, frozen=True):
    """Say with the cross-encoder in ``model`` (a folder) how well each of ``texts`` answers
    ``question``, before any texts that wait to be embedded. It is loaded where there are no texts
    too. Fails with ``not_a_reranker``. Answer: :class:`Reranked`."""

    model: str
    question: str
    texts: list[str]


class Reranked(Body, frozen=True):
    """A number for each text: the higher, the better."""

    scores: list[float]


class Vector(msgspec.Struct, frozen=True, array_like=True):
    """The vector of a passage: float16 little-endian."""

    passage: str
    document: str
    numbers: bytes


class Write(Body, frozen=True):
    """Insert or replace the words of ``passages`` in the index in folder ``index``: from then on
    keyword search finds them. Answer: :class:`Nothing`."""

    index: str
    passages: list[Passage]


class WriteVectors(Body, frozen=True):
    """Insert or replace ``vectors``, all of one length, in ``space`` of the index: one table for
    each embedder (a name of letters and digits). Answer: :class:`Nothing`."""

    index: str
    space: str
    vectors: list[Vector]


class Forget(Body, frozen=True):
    """Remove the words and, in every space, the vectors of ``documents`` from the index; no old
    version of it keeps anything of them. Answer: :class:`Nothing`."""

    index: str
    documents: list[str]


class Tidy(Body, frozen=True):
    """In an idle moment: merge small pieces and bring the word list up to date. A moment's work
    where there is nothing to do. Answer: :class:`Nothing`."""

    index: str


class Inspect(Body, frozen=True):
    """What the index holds. Where its newest version cannot be opened, the damaged file is moved
    into the folder's ``quarantine`` and the version before it opened. Fails with
    ``index_damaged`` where that does not help either. Answer: :class:`Inspected`."""

    index: str
    thorough: bool = False
    """Read every row back too, so that a damaged data file is noticed."""


class Inspected(Body, frozen=True):
    """Passages by document: those with words, and in each space those with vectors.
    ``went_back`` is true where an older version had to be opened."""

    words: dict[str, int]
    vectors: dict[str, dict[str, int]]
    went_back: bool = False


class Discard(Body, frozen=True):
    """Close and delete one ``space`` of the index, its words (``space`` "words"), or all of it
    (None); it will be rebuilt. Answer: :class:`Nothing`."""

    index: str
    space: str | None = None


class Search(Body, frozen=True):
    """Keyword search and, in ``space`` with the question's ``vector``, vector search, fused; by
    keyword alone where there is no vector, by one of the two where ``sides`` says so; in one
    ``document`` where it is named. Answer: :class:`Found`."""

    index: str
    question: str
    limit: int
    space: str = ""
    vector: bytes | None = None
    sides: Sides = Sides.BOTH
    weights: Weights = Weights()
    document: str = ""


class Fold(Body, frozen=True):
    """Make ``texts`` comparable as the index does: case, width, traditional characters. Answer:
    :class:`Folded`."""

    texts: list[str]


class Folded(Body, frozen=True):
    texts: list[str]


class Found(Body, frozen=True):
    hits: list[Hit]
    vector_voted: bool


# --- generator: llama.cpp ------------------------------------------------------------------------


class Load(Body, frozen=True):
    """Load a GGUF file, replacing the model loaded before. ``context`` in tokens (at most what
    the model was trained for is used), ``threads`` 0 for the machine's. Answer: :class:`Loaded`."""

    model: str
    context: int
    threads: int


class Loaded(Body, frozen=True):
    name: str
    context: int
    architecture: str


class Count(Body, frozen=True):
    """Count the model's tokens of each text. Answer: :class:`Counted`."""

    texts: list[str]


class Counted(Body, frozen=True):
    tokens: list[int]


class Measure(Body, frozen=True):
    """Count the tokens that the model would read of ``messages``. Answer: :class:`Measured`."""

    messages: list[Message]


class Measured(Body, frozen=True):
    size: PromptSize


class Generate(Body, frozen=True):
    """Continue a conversation, up to before one of ``ends``. Progress: :class:`Step` in tokens of
    the prompt, a few times a second, then :class:`Piece`. Answer: :class:`Generated`."""

    messages: list[Message]
    max_tokens: int
    ends: list[str] = []


class Piece(Body, frozen=True):
    text: str


class Generated(Body, frozen=True):
    ending: Ending
    usage: Usage


# --- fetcher: the one process that may talk to the network ---------------------------------------


class Address(msgspec.Struct, frozen=True, array_like=True):
    """Where ``mirror`` has what is wanted."""

    mirror: Mirror
    url: str


class ListFiles(Body, frozen=True):
    """List ``repository``, from the first of ``addresses`` that does. Progress:
    :class:`Contacted`. Answer: :class:`ListedFiles`."""

    repository: str
    addresses: list[Address]


class ListedFiles(Body, frozen=True):
    mirror: str
    files: list[RemoteFile]


class TryMirrors(Body, frozen=True):
    """Try which of ``addresses``, which are of one file of ``size`` bytes, give its beginning, and
    how fast. Progress: :class:`Contacted`. Answer: :class:`TriedMirrors`."""

    addresses: list[Address]
    size: int


class TriedMirrors(Body, frozen=True):
    """The names of the mirrors that gave them, the fastest first."""

    mirrors: list[str]


class Fetch(Body, frozen=True):
    """Download a file to ``target``, which gets its name when it has the ``size`` (bytes) and the
    ``digest`` (see :class:`~workspaces.core.mirrors.RemoteFile`) that are wanted. What an earlier
    try left is gone on with, whichever of ``addresses`` it came from. Progress: :class:`Received`,
    :class:`Contacted`. Answer: :class:`Fetched`. Fails with ``download_…`` and the reasons of the
    disk."""

    addresses: list[Address]
    target: str
    size: int
    digest: str


class Fetched(Body, frozen=True):
    """``mirror`` gave the last of it."""

    mirror: str


class Received(Body, frozen=True):
    """Progress: so many bytes of the file are there. ``mirror`` is asked now, empty while what is
    there is read again."""

    done: int
    mirror: str


class Contacted(Body, frozen=True):
    """Progress: a host is asked now."""

    host: str


class Probe(Body, frozen=True):
    """Which graphics cards there are. Asking may end the process or never return, so it is asked of
    one that nobody else needs. Answer: :class:`Probed`."""


class Card(msgspec.Struct, frozen=True, array_like=True):
    """A graphics card that llama.cpp can use, with so many bytes of memory in all."""

    name: str
    memory: int


class Probed(Body, frozen=True):
    cards: list[Card]


# --- any role ------------------------------------------------------------------------------------


class Step(Body, frozen=True):
    """Progress: ``done`` of ``total``."""

    done: int
    total: int


class Nothing(Body, frozen=True):
    """The answer of a request that only does something."""


RequestBody = (
    Walk
    | Admit
    | Extract
    | Locate
    | Prepare
    | Reach
    | Split
    | Embed
    | EmbedQuestion
    | Rerank
    | Write
    | WriteVectors
    | Forget
    | Tidy
    | Inspect
    | Discard
    | Search
    | Fold
    | Load
    | Count
    | Measure
    | Generate
    | ListFiles
    | TryMirrors
    | Fetch
    | Probe
)
ResultBody = (
    Walked
    | Admitted
    | Extracted
    | Located
    | Prepared
    | Reaches
    | Passages
    | Embedded
    | Reranked
    | Inspected
    | Found
    | Folded
    | Loaded
    | Counted
    | Measured
    | Generated
    | ListedFiles
    | TriedMirrors
    | Fetched
    | Probed
    | Nothing
)
ProgressBody = Step | Piece | Received | Contacted


# --- frames --------------------------------------------------------------------------------------


class Request(msgspec.Struct, frozen=True, tag="request"):
    id: int
    body: RequestBody


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    """Stop working on request ``id``; it still ends once, as ``Cancelled`` or as it would have."""

    id: int


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The handshake: the first frame of a child, sent before any heavy import."""

    role: str
    version: int
    pid: int


class Loading(msgspec.Struct, frozen=True, tag="loading"):
    """The child is importing or loading ``what``; sent after ``Ready``."""

    what: str


class Beat(msgspec.Struct, frozen=True, tag="beat"):
    """Sent about every second while the child is busy."""


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    id: int
    body: ProgressBody


class Done(msgspec.Struct, frozen=True, tag="done"):
    id: int
    body: ResultBody


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """``code`` and ``details`` make a :class:`~workspaces.core.reasons.Reason`."""

    id: int
    code: str
    details: dict[str, str]


class Cancelled(msgspec.Struct, frozen=True, tag="cancelled"):
    id: int


Inbound = Request | Cancel
Outbound = Ready | Loading | Beat | Progress | Done | Failed | Cancelled


class Wire:
    """Encodes and decodes frames. A line that is no frame raises ``msgspec.MsgspecError``."""

    def __init__(self) -> None:
        self._encoder = msgspec.json.Encoder()
        self._inbound: msgspec.json.Decoder[Inbound] = msgspec.json.Decoder(Inbound)
        self._outbound: msgspec.json.Decoder[Outbound] = msgspec.json.Decoder(Outbound)

    def encode(self, frame: Inbound | Outbound) -> bytes:
        """One line, newline included (JSON escapes the newlines inside strings)."""
        return self._encoder.encode(frame) + b"\n"

    def decode_inbound(self, line: bytes) -> Inbound:
        return self._inbound.decode(line)

    def decode_outbound(self, line: bytes) -> Outbound:
        return self._outbound.decode(line)
