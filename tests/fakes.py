"""The ports without their heavy libraries: small, deterministic, and true to the contracts that
the real adapters pass too (``tests/contract``)."""

from __future__ import annotations

import math
import re
import struct
from collections import Counter, deque
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from unicodedata import combining, normalize
from zlib import crc32

from workspaces.core.ports import (
    NO_PREFIXES,
    ModelFacts,
    Prefixes,
    PromptSize,
    ReportStep,
    Written,
    unheard,
)
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Message, Passage


def words(text: str) -> list[str]:
    """Words in lower case, without accents; of Chinese text, each character and each pair."""
    plain = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    found = re.findall(r"[^\W\u3400-\u9fff]+|[\u3400-\u9fff]+", plain.lower())
    return [word for run in found for word in _parts(run)]


def _parts(run: str) -> list[str]:
    if not "\u3400" <= run[0] <= "\u9fff":
        return [run]
    return [*run, *map("".join, pairwise(run))]


class HashedWordsEmbedder:
    """Counts words into ``dimension`` buckets. ``knows_text`` decides what it has a say about;
    ``prefixes`` are what it wants put before texts."""

    def __init__(
        self,
        dimension: int = 64,
        max_tokens: int = 64,
        knows_text: Callable[[str], bool] = lambda text: True,
        prefixes: Prefixes = NO_PREFIXES,
    ) -> None:
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.knows = knows_text
        self.prefixes = prefixes
        self.is_loaded = False

    def load(self) -> None:
        self.is_loaded = True

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [
            len(re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]", text)) for text in texts
        ]

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._embed(text) for text in texts]

    def _embed(self, text: str) -> list[float]:
        counts = Counter(crc32(word.encode()) % self.dimension for word in words(text))
        length = math.sqrt(sum(count * count for count in counts.values()))
        if not length:
            return [1.0] + [0.0] * (self.dimension - 1)
        return [counts[bucket] / length for bucket in range(self.dimension)]


class SharedWordsReranker:
    """Scores a text by the share of the question's words that it has."""

    def __init__(self) -> None:
        self.is_loaded = False

    def load(self) -> None:
        self.is_loaded = True

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        self.load()
        asked = set(words(question))
        return [len(asked & set(words(text))) / max(1, len(asked)) for text in texts]


class MemoryIndex:
    """Keeps passages and vectors in dictionaries and scores words by how rare they are."""

    def __init__(self) -> None:
        self._passages: dict[str, Passage] = {}
        self._spaces: dict[str, dict[str, tuple[str, tuple[float, ...]]]] = {}

    def write(self, passages: Sequence[Passage]) -> None:
        self._passages |= {_checked(passage.id): passage for passage in passages}

    def write_vectors(self, space: str, vectors: Sequence[tuple[str, str, bytes]]) -> None:
        _check_space(space)
        if not vectors:
            return
        old = self._spaces.get(space, {})
        dimension = _dimension(old) or len(vectors[0][2]) // 2
        rows = {
            _checked(passage): (document, _numbers(packed, dimension))
            for passage, document, packed in vectors
        }
        self._spaces[space] = old | rows

    def forget(self, documents: Sequence[str]) -> None:
        for document in documents:
            _checked(f"{document}:0")
        gone = set(documents)
        self._passages = {
            name: passage
            for name, passage in self._passages.items()
            if passage.document not in gone
        }
        self._spaces = {
            space: {name: row for name, row in rows.items() if row[0] not in gone}
            for space, rows in self._spaces.items()
        }

    def tidy(self) -> None:
        """Nothing is ever loose."""

    def finish(self) -> None:
        """Nothing goes on beside."""

    def keyword(self, question: str, limit: int, document: str = "") -> dict[str, float]:
        if document:
            _checked(f"{document}:0")
        texts = {
            name: set(words(passage.text))
            for name, passage in self._passages.items()
            if document in ("", passage.document)
        }
        asked = set(words(question))
        frequency = Counter(word for text in texts.values() for word in text & asked)
        scores = {
            name: sum(1 / frequency[word] for word in text & asked) for name, text in texts.items()
        }
        return _best({name: score for name, score in scores.items() if score}, limit)

    def vector(
        self, space: str, vector: Sequence[float], limit: int, document: str = ""
    ) -> dict[str, float]:
        _check_space(space)
        rows = self._spaces.get(space, {})
        if rows and len(vector) != _dimension(rows):
            raise ValueError(f"not a vector of {_dimension(rows)} numbers")
        scores = {
            name: sum(a * b for a, b in zip(vector, numbers, strict=True))
            for name, (holder, numbers) in rows.items()
            if document in ("", holder)
        }
        return _best(scores, limit)

    def words(self) -> dict[str, int]:
        return dict(Counter(passage.document for passage in self._passages.values()))

    def vectors(self) -> dict[str, dict[str, int]]:
        return {
            space: dict(Counter(document for document, _ in rows.values()))
            for space, rows in self._spaces.items()
        }

    def check(self, thorough: bool = False) -> bool:
        return False

    def discard(self, space: str | None = None) -> None:
        if space is None or space == "words":
            self._passages.clear()
        if space is None:
            self._spaces.clear()
        else:
            self._spaces.pop(space, None)


class ScriptedGenerator:
    """Says what was enqueued, a word at a time; a token is a word. ``history`` holds the
    conversations it was asked to continue. It remembers the words it read and wrote last.
    ``layout`` is what its chat template adds to the messages, in tokens."""

    def __init__(self, context: int = 4096, layout: int = 0) -> None:
        self.history: list[list[Message]] = []
        self._context = context
        self._script: deque[str | Exception] = deque()
        self._held: list[str] = []
        self._layout = ["+"] * layout

    def enqueue(self, answer: str | Exception) -> None:
        """The next answer, or what the next call raises instead."""
        self._script.append(answer)

    def facts(self) -> ModelFacts:
        return ModelFacts("scripted", self._context, "llama")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def measure(self, messages: Sequence[Message]) -> PromptSize:
        contents = self.count_tokens([message.content for message in messages])
        return PromptSize(contents, len(self._layout))

    def generate(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        emit: Callable[[str], None],
        stopped: Callable[[], bool],
        report: ReportStep = unheard,
    ) -> Written:
        words = [word for message in messages for word in message.content.split()]
        prompt = self._layout + words
        if len(prompt) + max_tokens > self._context:
            raise Problem("prompt_too_long")
        self.history.append(list(messages))
        answer = self._script.popleft()
        if isinstance(answer, Exception):
            raise answer
        pairs = zip(self._held, prompt[:-1], strict=False)
        cached = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        self._held = prompt
        for done in (cached, len(prompt)):
            report(done, len(prompt))
        ending = self._say(answer, max_tokens, emit, stopped)
        paces = (0.25, 8.0) if len(self._held) > len(prompt) else (None, None)
        return Written(ending, len(prompt), cached, *paces)

    def _say(
        self,
        answer: str,
        max_tokens: int,
        emit: Callable[[str], None],
        stopped: Callable[[], bool],
    ) -> Ending:
        for number, piece in enumerate(re.findall(r"\S+\s*|\s+", answer)):
            if stopped():
                return Ending.STOPPED
            if number == max_tokens:
                return Ending.LENGTH
            self._held = [*self._held, *piece.split()]
            emit(piece)
        return Ending.COMPLETE


def _best(scores: dict[str, float], limit: int) -> dict[str, float]:
    return dict(sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))[:limit])


def _dimension(rows: dict[str, tuple[str, tuple[float, ...]]]) -> int:
    return next((len(numbers) for _, numbers in rows.values()), 0)


def _numbers(packed: bytes, dimension: int) -> tuple[float, ...]:
    if len(packed) != 2 * dimension or not packed:
        raise ValueError(f"not a vector of {dimension} numbers")
    return struct.unpack(f"<{dimension}e", packed)


def _check_space(space: str) -> None:
    if space == "words" or not re.fullmatch(r"[0-9A-Za-z]{1,64}", space):
        raise ValueError(f"not a space: {space!r}")


def _checked(passage: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,64}:[0-9]{1,9}", passage):
        raise ValueError(f"not an id: {passage!r}")
    return passage
