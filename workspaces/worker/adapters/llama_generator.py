"""The Generator port on llama.cpp, through llama-cpp-python."""

from __future__ import annotations

import codecs
import ctypes
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import llama_cpp
from jinja2 import TemplateError

from workspaces.core import gguf
from workspaces.core.ports import ModelFacts, PromptSize, ReportStep, Written, unheard
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Message
from workspaces.worker.adapters.chat_layout import ChatLayout
from workspaces.worker.answers import Answers
from workspaces.worker.cores import free_cores
from workspaces.worker.pace import Pace

BATCH = 128
"""Prompt tokens evaluated at once: small, because memory grows with it and a stop waits for it."""

REPEAT_PENALTY = 1.05
"""Just enough to lead a small model out of a loop, not so much that it avoids quoting."""

PIECE = 1024
"""Bytes; the longest text of one token."""

LOOK = 0.05
"""Seconds between two looks whether to stop."""


class LlamaGenerator:
    """A GGUF model on the CPU. Answers are greedy, so chance has no part in them; what was asked
    before has a little, because the part of a prompt that is reused was computed in other batches.

    ``context`` is in tokens, at most what the model was trained for is used; ``threads`` 0 means
    the machine's free cores. Raises Problem ``model_missing``, ``not_a_gguf``, ``gguf_damaged``,
    ``not_llama`` or ``model_failed``.
    """

    def __init__(self, path: Path, context: int, threads: int) -> None:
        facts = _checked(path)
        threads = threads or free_cores()
        try:
            self._llama = llama_cpp.Llama(
                str(path),
                n_ctx=min(context, facts.context or context),
                n_batch=BATCH,
                n_ubatch=BATCH,
                n_threads=threads,
                n_threads_batch=threads,
                use_mmap=False,  # with it, the CPU keeps a second copy of the weights
                verbose=False,
            )
            self._layout = ChatLayout(self._llama)
            self._vocabulary = llama_cpp.llama_model_get_vocab(self._llama.model)
        except (ValueError, RuntimeError, OSError, TemplateError) as error:
            raise Problem("model_failed", name=path.name, details=error) from error
        self._facts = ModelFacts(path.stem, self._llama.n_ctx(), facts.architecture)
        self._abort = _Abort(self._llama)
        self._answers = Answers()

    def facts(self) -> ModelFacts:
        return self._facts

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(self._layout.plain(text)) for text in texts]

    def measure(self, messages: Sequence[Message]) -> PromptSize:
        return self._layout.measure(messages, self._answers.tokens)

    def generate(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        emit: Callable[[str], None],
        stopped: Callable[[], bool],
        report: ReportStep = unheard,
    ) -> Written:
        pace = Pace()
        prompt = self._layout.tokens(messages, self._answers.tokens)
        if len(prompt) + max_tokens > self._llama.n_ctx():
            raise Problem("prompt_too_long")
        cached = self._known(prompt)
        with self._abort.when(stopped):
            tokens = self._continue(prompt, cached, stopped, report)
            ending = self._write(tokens, max_tokens, emit, stopped, pace)
        return Written(ending, len(prompt), cached, pace.first, pace.rate)

    def _write(
        self,
        tokens: Iterator[int],
        max_tokens: int,
        emit: Callable[[str], None],
        stopped: Callable[[], bool],
        pace: Pace,
    ) -> Ending:
        text = codecs.getincrementaldecoder("utf-8")("replace")
        answer = self._answers.begin()
        for written, token in enumerate(tokens, start=1):
            if stopped():
                return Ending.STOPPED
            if llama_cpp.llama_vocab_is_eog(self._vocabulary, token):
                return Ending.COMPLETE
            pace.tick()
            piece = text.decode(self._bytes(token))
            answer.add(token, piece)
            if piece:
                emit(piece)
            if written == max_tokens:
                return Ending.LENGTH
        return Ending.STOPPED

    def _known(self, prompt: list[int]) -> int:
        """How many tokens at the beginning of ``prompt`` the context holds already; never all, for
        what comes after the last one is known only once that was evaluated."""
        held = self._llama.input_ids[: self._llama.n_tokens].tolist()
        pairs = zip(held, prompt[:-1], strict=False)
        differ = (place for place, (old, new) in enumerate(pairs) if old != new)
        return next(differ, min(len(held), len(prompt) - 1))

    def _continue(
        self, prompt: list[int], cached: int, stopped: Callable[[], bool], report: ReportStep
    ) -> Iterator[int]:
        """The model's tokens, without an end; or up to where ``stopped`` aborted it."""
        try:
            if self._read(prompt, cached, stopped, report):
                yield from self._llama.generate(prompt, temp=0.0, repeat_penalty=REPEAT_PENALTY)
        except RuntimeError:
            if not stopped():
                raise

    def _read(
        self, prompt: list[int], cached: int, stopped: Callable[[], bool], report: ReportStep
    ) -> bool:
        """Evaluate what of the prompt is new, so that the library finds nothing left to do.
        Returns False where that was stopped."""
        self._llama.n_tokens = cached
        for done in range(cached, len(prompt), BATCH):
            report(done, len(prompt))
            if stopped():
                return False
            self._llama.eval(prompt[done : done + BATCH])
        report(len(prompt), len(prompt))
        return True

    def _bytes(self, token: int) -> bytes:
        """A token's text: perhaps only a part of a character."""
        buffer = ctypes.create_string_buffer(PIECE)
        length = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, PIECE, 0, False)
        return buffer.raw[: max(0, length)]


class _Abort:
    """Lets llama.cpp ask whether to give up (on the CPU only).

    It asks hundreds of times a token, too often for Python to answer beside a small model. So the C
    library answers: the length of a text is true once the text is not empty.
    """

    def __init__(self, llama: llama_cpp.Llama) -> None:
        # llama.cpp keeps no reference to either, so this object must.
        self._text = ctypes.create_string_buffer(2)
        library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
        self._callback = ctypes.cast(library.strlen, llama_cpp.ggml_abort_callback)
        llama_cpp.llama_set_abort_callback(llama.ctx, self._callback, self._text)

    @contextmanager
    def when(self, stopped: Callable[[], bool]) -> Iterator[None]:
        """Abort what runs inside the block once ``stopped``, which a thread asks, is true."""
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(LOOK):
                if stopped():
                    self._text[0] = b"!"
                    return

        watching = threading.Thread(target=watch, name="abort", daemon=True)
        watching.start()
        try:
            yield
        finally:
            ended.set()
            watching.join()
            self._text[0] = b"\0"


def _checked(path: Path) -> gguf.GgufFacts:
    """Look at the header before native code does."""
    try:
        with path.open("rb") as stream:
            return gguf.read_header(stream, path.stat().st_size, path.name)
    except OSError as error:
        raise Problem("model_missing", name=path.name) from error
