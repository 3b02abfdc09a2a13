"""The Embedder port on sentence-transformers, from a local folder and without a network."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workspaces.core.ports import Prefixes
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.embedder_tokenizer import (
    EmbedderTokenizer,
    LoadedTokenizer,
    understands,
)
from workspaces.worker.manners import manners_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# A second wall: the engine starts children with the same switches.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
os.environ.update(TOKENIZERS_PARALLELISM="false", TRANSFORMERS_NO_ADVISORY_WARNINGS="1")

BATCH = 16
"""Texts that the model reads at once: more only pads more."""


class SentenceEmbedder:
    """A sentence-transformers model on the CPU; only its tokenizer is loaded at first. ``on_load``
    is called once, when the model is in memory. May be used by two threads. Raises Problem
    ``not_an_embedder``."""

    def __init__(self, folder: Path, on_load: Callable[[], None] = lambda: None) -> None:
        self._folder = folder
        self._manners = manners_of(folder)
        self._on_load = on_load
        self._using = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._tokenizer = self._open_tokenizer()

    @property
    def prefixes(self) -> Prefixes:
        return self._manners.prefixes

    @property
    def max_tokens(self) -> int:
        return self._tokenizer.max_tokens

    @property
    def is_loaded(self) -> bool:
        return self._model is not None

    def load(self) -> None:
        with self._using:
            self._loaded()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._tokenizer.count(texts)

    def knows(self, text: str) -> bool:
        return understands(self._tokenizer, text, self._manners.known)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        with self._using:  # its tokenizer is not for two threads at a time
            # The library sorts them by length, so that short texts are not padded to long ones.
            vectors = self._loaded().encode(
                list(texts), batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
            )
        return [[float(number) for number in vector] for vector in vectors]

    def _open_tokenizer(self) -> EmbedderTokenizer | LoadedTokenizer:
        try:
            return EmbedderTokenizer(self._folder)
        except (OSError, ValueError, KeyError, IndexError, TypeError):
            return LoadedTokenizer(self._loaded().tokenizer)  # an older model, or a damaged one

    def _loaded(self) -> SentenceTransformer:
        if self._model is None:
            self._model = open_model(self._folder)
            self._on_load()
        return self._model


def open_model(folder: Path) -> SentenceTransformer:
    """The model in ``folder``, on the CPU. Raises Problem ``not_an_embedder``."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except MemoryError:
        raise
    except Exception as error:  # what a strange folder makes the library raise is anything
        details = str(error).strip().splitlines() or [type(error).__name__]
        raise Problem("not_an_embedder", name=folder.name, details=details[0][:200]) from error
    model.default_prompt_name = None  # what is put before a text is the caller's to say
    return model
