"""The Reranker port on sentence-transformers' CrossEncoder, from a local folder and without a
network; no code that comes with a model is run."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workspaces.core.reasons import Problem
from workspaces.worker.batching import batches

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# A second wall: the engine starts children with the same switches.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
os.environ.update(TOKENIZERS_PARALLELISM="false", TRANSFORMERS_NO_ADVISORY_WARNINGS="1")

TOKENS = 4096
"""Tokens, padding included, that the model reads at once, but at least one pair. Measured with a
model of MiniLM's size on 30 pairs of 162 to 297 tokens: 16 at once took 4 s of the processor, four
took 6, one 17."""

LONGEST = 512
"""Tokens that are read of a question and a text together: a model that could read thousands would
take seconds for one."""


class CrossEncoderReranker:
    """The model in ``folder``, on the CPU, loaded when it is first needed. For one thread. Raises
    Problem ``not_a_reranker`` at once where its settings say that it is none, and when loading it
    fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model: CrossEncoder | None = None
        _check(folder)

    @property
    def is_loaded(self) -> bool:
        return self._model is not None

    def load(self) -> None:
        self._loaded()

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        pairs = [(question, text) for text in texts]
        scores = [0.0] * len(pairs)
        if not pairs:
            return scores
        model = self._loaded()
        for batch in batches(_lengths(model, pairs), TOKENS):
            found = model.predict(
                [pairs[number] for number in batch],
                batch_size=len(batch),
                show_progress_bar=False,
            )
            for number, score in zip(batch, found, strict=True):
                scores[number] = float(score)
        return scores

    def _loaded(self) -> CrossEncoder:
        if self._model is None:
            self._model = _open(self._folder)
        return self._model


def _lengths(model: CrossEncoder, pairs: Sequence[tuple[str, str]]) -> list[int]:
    """Tokens of each pair, as many as are read."""
    questions, texts = zip(*pairs, strict=True)
    read = model.tokenizer(
        list(questions), list(texts), truncation=True, max_length=model.max_seq_length
    )
    return [len(each) for each in read["input_ids"]]


def _check(folder: Path) -> None:
    """Refuse what cannot be a cross-encoder before seconds are spent on a library: an embedding
    model would be loaded too, with a last layer made of chance."""
    try:
        settings = json.loads((folder / "config.json").read_bytes())
        architectures = [str(each) for each in settings.get("architectures") or []]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise _refused(folder, "it has no readable config.json") from error
    if not any(each.endswith("ForSequenceClassification") for each in architectures):
        raise _refused(folder, f"it is a {', '.join(architectures) or 'model of no known kind'}")


def _open(folder: Path) -> CrossEncoder:
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        model: CrossEncoder = CrossEncoder(str(folder), device="cpu", local_files_only=True)
    except MemoryError:
        raise
    except Exception as error:  # what a strange folder makes the library raise is anything
        details = str(error).strip().splitlines() or [type(error).__name__]
        raise _refused(folder, details[0][:200]) from error
    if model.num_labels != 1:
        raise _refused(folder, f"it gives {model.num_labels} numbers for a passage instead of one")
    model.max_seq_length = min(model.max_seq_length or LONGEST, LONGEST)
    return model


def _refused(folder: Path, details: str) -> Problem:
    return Problem("not_a_reranker", name=folder.name, details=details)
