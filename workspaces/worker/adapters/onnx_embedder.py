"""The Embedder port on ONNX Runtime: an export of a sentence-transformers model, without torch."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Encoding

from workspaces.core.ports import Prefixes
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.embedder_tokenizer import EmbedderTokenizer, understands
from workspaces.worker.batching import batches
from workspaces.worker.cores import free_cores
from workspaces.worker.manners import manners_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# A second wall: the versions we take send nothing, newer ones do unless they are told not to.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

TOKENS = 256
"""Tokens, padding included, that the model reads at once, but at least one text. On two cores more
is slower (4 096 by a third: what is between the layers no longer fits the cache) and takes more
memory (64 long texts 1.1 GB, one 0.2 GB)."""

ALONE = "quire.alone"
"""What a graph has in its metadata that must read each text by itself: with weights of 8 bits the
range of what is between the layers is taken over all that is read at once."""

ERRORS = 3
"""ONNX Runtime's level of what it writes to the log."""


class OnnxEmbedder:
    """The model in ``folder`` by its export ``graph``, on the CPU; only its tokenizer is loaded at
    first. May be used by two threads. Raises what :class:`EmbedderTokenizer` does; :meth:`load`
    raises Problem ``not_an_embedder``."""

    def __init__(self, folder: Path, graph: Path) -> None:
        self._graph = graph
        self._manners = manners_of(folder)
        self._loading = threading.Lock()
        self._session: InferenceSession | None = None
        self._tokenizer = EmbedderTokenizer(folder)
        self._runners = ThreadPoolExecutor(free_cores(), "onnx")  # no thread before it is used

    @property
    def prefixes(self) -> Prefixes:
        return self._manners.prefixes

    @property
    def max_tokens(self) -> int:
        return self._tokenizer.max_tokens

    @property
    def is_loaded(self) -> bool:
        return self._session is not None

    def load(self) -> None:
        self._loaded()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._tokenizer.count(texts)

    def knows(self, text: str) -> bool:
        return understands(self._tokenizer, text, self._manners.known)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        read = self._tokenizer.encode(texts)
        session = self._loaded()
        vectors: list[list[float]] = [[]] * len(texts)

        def run(batch: Sequence[int]) -> None:
            found = self._run(session, [read[number] for number in batch])
            for number, vector in zip(batch, found, strict=True):
                vectors[number] = vector

        most = 1 if ALONE in session.get_modelmeta().custom_metadata_map else TOKENS
        portions = list(batches([len(each.ids) for each in read], most))
        if len(portions) == 1:
            run(portions[0])  # a question: nothing to share
        else:
            list(self._runners.map(run, reversed(portions)))  # the long ones first
        return vectors

    def _loaded(self) -> InferenceSession:
        with self._loading:
            if self._session is None:
                self._session = self._open()
            return self._session

    def _open(self) -> InferenceSession:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        # One thread a run, and as many runs beside each other as there are free cores: threads that
        # share a run wait for each other between any two layers. A text took a tenth less processor
        # time, a question was embedded in 7 ms instead of 9 to 13.
        options.intra_op_num_threads = 1
        options.log_severity_level = ERRORS
        try:
            session = InferenceSession(
                str(self._graph), options, providers=["CPUExecutionProvider"]
            )
            self._run(session, self._tokenizer.encode(["a"]))  # also finds out whether it runs
        except MemoryError:
            raise
        except Exception as error:  # its exceptions have no class in common but this
            details = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            raise Problem("not_an_embedder", name=self._graph, details=details) from error
        return session

    def _run(self, session: InferenceSession, batch: Sequence[Encoding]) -> list[list[float]]:
        padding = self._tokenizer.padding
        columns = {
            "input_ids": _padded([each.ids for each in batch], padding),
            "attention_mask": _padded([each.attention_mask for each in batch], 0),
            "token_type_ids": _padded([each.type_ids for each in batch], 0),
        }
        wanted = {each.name: columns[each.name] for each in session.get_inputs()}
        vectors: Any = session.run(None, wanted)[0]
        return list(vectors.tolist())


def _padded(rows: Sequence[Sequence[int]], padding: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    table = np.full((len(rows), max(map(len, rows))), padding, dtype=np.int64)
    for line, row in zip(table, rows, strict=True):
        line[: len(row)] = row
    return table
