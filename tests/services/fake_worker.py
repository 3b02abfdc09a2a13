"""A worker with the real runtime, the real reader and fakes of the models:
``python fake_worker.py ROLE``. What a question says decides how it is answered."""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.fakes import HashedWordsEmbedder, MemoryIndex, ScriptedGenerator, SharedWordsReranker
from workspaces.core.languages import LATIN_LETTERS, covered
from workspaces.core.ports import (
    NO_PREFIXES,
    Embedder,
    Generator,
    Prefixes,
    ReportStep,
    Reranker,
    Written,
    unheard,
)
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Message
from workspaces.protocol.messages import Extract, RequestBody, ResultBody
from workspaces.worker.adapters.http_web import HttpWeb
from workspaces.worker.fetcher import Fetcher
from workspaces.worker.generator import GeneratorRole
from workspaces.worker.indexer import Indexer
from workspaces.worker.reader import Reader
from workspaces.worker.role import Role, Talk
from workspaces.worker.runtime import private_stdout, serve

ANSWER = "The answer is 42 [1]. "

SMALLEST_MODEL = 100_000
"""Bytes; what is smaller stands for a model in a test."""


class Moody(ScriptedGenerator):
    """Answers ``slowly``, ``deaf`` or ``dying`` where the question asks for it."""

    def generate(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        emit: Callable[[str], None],
        stopped: Callable[[], bool],
        report: ReportStep = unheard,
    ) -> Written:
        question = messages[-1].content
        if re.search("dying|deaf|slowly", question):
            emit(ANSWER)
        if "dying" in question:
            sys.exit(9)
        if "deaf" in question:
            time.sleep(60)
        while "slowly" in question:
            if stopped():
                return Written(Ending.STOPPED, 0, 0, None, None)
            emit("and ")
            time.sleep(0.05)
        self.enqueue(f"{ANSWER}You asked {len(messages)} messages [9].")
        return super().generate(messages, max_tokens, emit, stopped, report)


def open_model(path: Path, context: int, threads: int) -> Generator:
    """A fake, whose template adds a token for each byte after the first four of the file; the real
    adapter where the file may hold a model."""
    if (size := path.stat().st_size) < SMALLEST_MODEL:
        return Moody(context, layout=max(0, size - 4))
    from workspaces.worker.adapters.llama_generator import LlamaGenerator

    return LlamaGenerator(path, context, threads)


class Mortal(Reader):
    """Dies over a document that is called ``deadly``; over a ``hunted`` one it is killed as if from
    outside, thrice."""

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        if isinstance(body, Extract) and "deadly" in body.name:
            os._exit(9)
        if isinstance(body, Extract) and "hunted" in body.name:
            _kill(Path(body.target).with_name("kills"), 3)
        return super().handle(body, talk)


def _kill(kills: Path, times: int) -> None:
    """End this process, but only so often: ``kills`` grows by a byte each time."""
    with kills.open("ab") as file:
        if file.tell() < times:
            file.write(b".")
            file.flush()
            os.kill(os.getpid(), signal.SIGKILL)


class Slow(HashedWordsEmbedder):
    """Takes ``seconds`` to load."""

    def __init__(
        self, dimension: int, seconds: float, tokens: int, prefixes: Prefixes, english: bool
    ) -> None:
        knows = partial(covered, known=LATIN_LETTERS) if english else bool
        super().__init__(dimension, tokens, knows_text=knows, prefixes=prefixes)
        self._seconds = seconds

    def load(self) -> None:
        time.sleep(self._seconds)
        super().load()


def open_embedder(folder: Path) -> Embedder:
    """A folder may say the dimension, how many seconds the model takes to load, how many ``tokens``
    it reads, what it wants before questions and passages, and that it knows English only; one
    called ``broken`` is no embedder."""
    if folder.name == "broken":
        raise Problem("not_an_embedder", name=folder.name, details="it is empty")
    size, seconds, tokens = (
        float(file.read_text()) if (file := folder / name).exists() else usual
        for name, usual in (("dimension", 64), ("slow", 0.0), ("tokens", 64))
    )
    prefix = folder / "prefix"
    prefixes = Prefixes(*[prefix.read_text()] * 2) if prefix.exists() else NO_PREFIXES
    return Slow(int(size), seconds, int(tokens), prefixes, (folder / "english").exists())


class MortalReranker(SharedWordsReranker):
    """Its process dies over a question that is ``deadly``."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        if "deadly" in question:
            os._exit(9)
        return super().score(question, texts)


def open_reranker(folder: Path) -> Reranker:
    """A folder called ``broken`` holds none."""
    if folder.name == "broken":
        raise Problem("not_a_reranker", name=folder.name, details="it is empty")
    return MortalReranker()


def open_index(folder: Path) -> MemoryIndex:
    """As the real one it has a folder, though there is nothing in it."""
    folder.mkdir(parents=True, exist_ok=True)
    return MemoryIndex()


def main(name: str) -> None:
    sink = private_stdout()
    roles: dict[str, Callable[[], Role]] = {
        "reader": Mortal,
        "indexer": lambda: Indexer(open_embedder, open_index, open_reranker, str.casefold),
        "generator": lambda: GeneratorRole(open_model),
        "fetcher": lambda: Fetcher(HttpWeb),
    }
    serve(name, roles[name](), sink)


if __name__ == "__main__":
    main(sys.argv[1])
