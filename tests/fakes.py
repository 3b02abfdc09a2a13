"""The ports without their heavy libraries: small, deterministic, and true to the contracts that
the real adapters pass too (``tests/contract``)."""

from __future__ import annotations

import math
import re
import struct
from collections import Counter, deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from unicodedata import combining, normalize
from zlib import crc32

from workspaces.core.ports import ModelFacts
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
    """Counts words into ``dimension`` buckets. ``knows_text`` decides what it has a say about."""

    def __init__(
        self,
        dimension: int = 64,
        max_tokens: int = 64,
        knows_text: Callable[[str], bool] = lambda text: True,
    ) -> None:
        self.dimension = dimension
        self.max_tokens = max_tokens
        self.knows = knows_text

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


class MemoryIndex:
    """Keeps passages in a dictionary and scores words by how rare they are."""

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension
        self._rows: dict[str, tuple[Passage, tuple[float, ...] | None]] = {}

    def write(self, passages: Sequence[Passage], vectors: Sequence[bytes | None]) -> None:
        rows = {
            _checked(passage.id): (passage, self._numbers(vector))
            for passage, vector in zip(passages, vectors, strict=True)
        }
        self._rows |= rows

    def forget(self, document: str) -> None:
        _checked(f"{document}:0")
        self._rows = {name: row for name, row in self._rows.items() if row[0].document != document}

    def keyword(self, question: str, limit: int) -> list[str]:
        texts = {name: set(words(passage.text)) for name, (passage, _) in self._rows.items()}
        asked = set(words(question))
        frequency = Counter(word for text in texts.values() for word in text & asked)
        scores = {
            name: sum(1 / frequency[word] for word in text & asked) for name, text in texts.items()
        }
        return _best({name: score for name, score in scores.items() if score}, limit)

    def vector(self, vector: Sequence[float], limit: int) -> list[str]:
        scores = {
            name: sum(a * b for a, b in zip(vector, numbers, strict=True))
            for name, (_, numbers) in self._rows.items()
            if numbers is not None
        }
        return _best(scores, limit)

    def ids(self) -> set[str]:
        return set(self._rows)

    def _numbers(self, vector: bytes | None) -> tuple[float, ...] | None:
        if vector is None:
            return None
        if len(vector) != 2 * self._dimension:
            raise ValueError(f"not a vector of {self._dimension} numbers")
        return struct.unpack(f"<{self._dimension}e", vector)


class ScriptedGenerator:
    """Says what was enqueued, a word at a time; a token is a word. ``history`` holds the
    conversations it was asked to continue."""

    def __init__(self, context: int = 4096) -> None:
        self.history: list[list[Message]] = []
        self._context = context
        self._script: deque[str | Exception] = deque()

    def enqueue(self, answer: str | Exception) -> None:
        """The next answer, or what the next call raises instead."""
        self._script.append(answer)

    def facts(self) -> ModelFacts:
        return ModelFacts("scripted", self._context, "llama")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        emit: Callable[[str], None],
        stopped: Callable[[], bool],
    ) -> Ending:
        if (
            sum(self.count_tokens([message.content for message in messages])) + max_tokens
            > self._context
        ):
            raise Problem("prompt_too_long")
        self.history.append(list(messages))
        answer = self._script.popleft()
        if isinstance(answer, Exception):
            raise answer
        for number, piece in enumerate(re.findall(r"\S+\s*|\s+", answer)):
            if stopped():
                return Ending.STOPPED
            if number == max_tokens:
                return Ending.LENGTH
            emit(piece)
        return Ending.COMPLETE


def _best(scores: dict[str, float], limit: int) -> list[str]:
    return sorted(scores, key=lambda name: (-scores[name], name))[:limit]


def _checked(passage: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,64}:[0-9]{1,9}", passage):
        raise ValueError(f"not an id: {passage!r}")
    return passage
