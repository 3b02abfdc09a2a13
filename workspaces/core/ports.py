"""What Quire asks of the libraries it stands on. Each port has a real adapter
under ``workspaces/worker/adapters`` and a fake in ``tests/fakes.py``; both pass the same contract
tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from workspaces.core.reasons import Reason
from workspaces.core.types import Ending, Message, Passage, Place

ReportStep = Callable[[int, int], None]
"""Called with (done, total); either may grow. Adapters call it between pages or batches."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a document. ``silent_pages`` are the 1-based pages without text,
    ``warnings`` what else the document could not give (garbled pages, what was left out)."""

    places: list[Place]
    pages: int | None = None
    silent_pages: list[int] = field(default_factory=list)
    warnings: list[Reason] = field(default_factory=list)


class DocumentReader(Protocol):
    """Extracts text from one kind of document."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        """Read the file at ``path``; ``name`` is what the person calls it, for sentences only.
        ``passwords`` are tried where it is protected; they are kept nowhere.

        Raises :class:`~workspaces.core.reasons.Problem` with ``encrypted``, ``corrupt``,
        ``empty``, ``no_text`` or ``unsupported``.
        """


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What an embedding model was trained to read before a question and before a passage."""

    question: str = ""
    passage: str = ""


NO_PREFIXES = Prefixes()


class Embedder(Protocol):
    """Turns texts into unit vectors of one length. Two threads may use it."""

    @property
    def prefixes(self) -> Prefixes:
        """What to put before the texts of :meth:`embed`; it adds nothing itself."""

    @property
    def is_loaded(self) -> bool:
        """Whether :meth:`embed` answers at once. The rest needs only what was opened."""

    def load(self) -> None:
        """Have the model in memory. Raises Problem ``not_an_embedder``."""

    @property
    def max_tokens(self) -> int:
        """How many of its own tokens it reads of one text, special tokens not counted."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, not truncated."""

    def knows(self, text: str) -> bool:
        """Whether the model understands the language of ``text``, which is without a prefix, well
        enough to vote on it."""

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of L2 norm 1 (within 1e-3) for each text, in the same order."""


class Reranker(Protocol):
    """Reads a question and a text together, and says how well one answers the other."""

    @property
    def is_loaded(self) -> bool:
        """Whether :meth:`score` answers at once."""

    def load(self) -> None:
        """Have the model in memory. Raises Problem ``not_a_reranker``."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """A finite number for each of ``texts``, in the same order: the higher, the better. It does
        not depend on the other texts (within 1e-4)."""


class PassageIndex(Protocol):
    """The searchable, derived index of one workspace: words, and for each embedder a *space* of
    vectors. What a method returns from is durable."""

    def write(self, passages: Sequence[Passage]) -> None:
        """Insert or replace the words of passages, by id."""

    def write_vectors(self, space: str, vectors: Sequence[tuple[str, str, bytes]]) -> None:
        """Insert or replace (passage id, document, float16 little-endian bytes) in ``space``.
        Raises ValueError where they are not all of the length the space has."""

    def forget(self, documents: Sequence[str]) -> None:
        """Remove every trace of the documents, old versions included."""

    def tidy(self) -> None:
        """Merge small pieces; changes nothing that can be found."""

    def finish(self) -> None:
        """Wait for what :meth:`tidy` began and goes on beside."""

    def keyword(self, question: str, limit: int, document: str = "") -> dict[str, float]:
        """Passage ids and their BM25 scores, best first; of one ``document`` where it is named."""

    def vector(
        self, space: str, vector: Sequence[float], limit: int, document: str = ""
    ) -> dict[str, float]:
        """Passage ids and their cosines (-1 to 1), best first; of one ``document`` where it is
        named."""

    def words(self) -> dict[str, int]:
        """Passages with words of each document."""

    def vectors(self) -> dict[str, dict[str, int]]:
        """For each space, passages with a vector of each document."""

    def check(self, thorough: bool = False) -> bool:
        """Look at the files anew and mend what can be mended; ``thorough`` reads every row. True
        where an older version had to be opened. Raises Problem ``index_damaged``, whose detail
        ``table`` says what to discard: "words", a space, or "" for all."""

    def discard(self, space: str | None = None) -> None:
        """Delete one space, the words (``space`` "words"), or everything (None)."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a loaded model says of itself. ``context`` is in tokens."""

    name: str
    context: int
    architecture: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """How an answer ended, and what it took: see :class:`~workspaces.core.types.Usage`."""

    ending: Ending
    prompt_tokens: int
    cached_tokens: int
    first_token_s: float | None
    tokens_per_s: float | None


@dataclass(frozen=True, slots=True)
class PromptSize:
    """The tokens of a prompt: those of the text of each message, and all others (``layout``)."""

    contents: list[int]
    layout: int

    @property
    def total(self) -> int:
        return sum(self.contents) + self.layout


def unheard(done: int, total: int) -> None:
    """A :data:`ReportStep` for who does not want to know."""


class Generator(Protocol):
    """A language model that continues a conversation."""

    def facts(self) -> ModelFacts:
        """What was loaded."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text alone, without the chat template."""

    def measure(self, messages: Sequence[Message]) -> PromptSize:
        """The tokens that :meth:`generate` would read of these messages."""

    def generate(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        emit: Callable[[str], None],
        stopped: Callable[[], bool],
        report: ReportStep = unheard,
    ) -> Written:
        """Continue the conversation, giving each new piece of text to ``emit``. What the prompt
        shares with what was read or written last is not evaluated again; ``report`` is told how
        many tokens of the prompt have been read, these included.

        ``stopped`` is polled also while the prompt is evaluated, perhaps on another thread; once
        it is true the call ends with ``Ending.STOPPED`` within about 0.2 s. It ends with
        ``Ending.LENGTH`` when ``max_tokens`` were written, ``Ending.COMPLETE`` when the model ended
        by itself. Raises Problem ``prompt_too_long`` when the prompt and ``max_tokens`` do not fit
        the context.
        """
