"""Exports a sentence-transformers model to one ONNX graph: transformer, pooling and normalising, so
that what reads it needs nothing but a tokenizer.

torch's older exporter is used: it needs the package ``onnx`` alone (the newer one two more), takes
a fifth of the time, and its graph runs as fast. What it cannot do it does wrongly in silence, such
as taking a length for a constant; hence :func:`verify`.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from workspaces.worker.adapters.onnx_embedder import OnnxEmbedder
from workspaces.worker.adapters.sentence_embedder import open_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

INPUTS = ("input_ids", "attention_mask", "token_type_ids")

OPSET = 17

EQUAL = 1e-4
"""How far a number of a vector may be from the reference's, at single precision."""

TEXTS = (
    "",
    "Pump",
    "How long is the WARRANTY on the seals?",
    "Naïve résumé — ﬁ 12.5 mm, 保修期是多久？ \N{GRINNING FACE}",
    "The seals of the pump are made of rubber and last for twelve months. " * 5,
    "An invoice is due within thirty days; after that, interest is charged. " * 100,
)
"""What the export is compared on: lengths from nothing to more than a model reads."""


class CannotExportError(Exception):
    """Why a model has no export, for the log."""


def export(model: Path, graph: Path) -> None:
    """Write the model in the folder ``model`` to ``graph``. Raises CannotExportError, and Problem
    ``not_an_embedder``."""
    opened = open_model(model).eval()
    features = opened.preprocess(["a pump", "the seals of the pump are of rubber"])
    names = [name for name in INPUTS if name in features]
    if not {"input_ids", "attention_mask"} <= set(names):
        raise CannotExportError("it is no transformer that reads tokens and a mask")
    try:
        _trace(opened, {name: features[name] for name in names}, graph)
    except MemoryError:
        raise
    except Exception as error:  # what a strange model makes the exporter raise is anything
        raise CannotExportError(f"{type(error).__name__}: {error}") from error


def verify(model: Path, graph: Path) -> None:
    """Raise CannotExportError unless ``graph`` makes of the texts what the model makes of them,
    within ``EQUAL``."""
    try:
        embedder = OnnxEmbedder(model, graph)
        # Alone and together: what the trace took for a constant shows in another shape.
        found = [embedder.embed([text])[0] for text in TEXTS]
        together = embedder.embed(TEXTS)
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise CannotExportError(f"its tokenizer cannot be read: {error}") from error
    wanted = open_model(model).encode(list(TEXTS), normalize_embeddings=True)
    for one, other in zip([*found, *together], [*wanted, *wanted], strict=True):
        _compare(one, [float(number) for number in other])


def _compare(found: Sequence[float], wanted: Sequence[float]) -> None:
    distance = max(abs(one - other) for one, other in zip(found, wanted, strict=True))
    if not distance <= EQUAL:  # written so that a number that is none fails too
        raise CannotExportError(f"its vectors differ by {distance:.2g}")


class _Whole(torch.nn.Module):
    """A model with its inputs in a row, as the exporter takes them."""

    def __init__(self, model: SentenceTransformer, names: Sequence[str]) -> None:
        super().__init__()
        self._model = model
        self._names = list(names)

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        features: dict[str, Any] = dict(zip(self._names, inputs, strict=True))
        vectors: torch.Tensor = self._model(features)["sentence_embedding"]
        return torch.nn.functional.normalize(vectors)


def _trace(model: SentenceTransformer, features: dict[str, Any], graph: Path) -> None:
    axes = {name: {0: "batch", 1: "tokens"} for name in features}
    with warnings.catch_warnings(), torch.inference_mode():
        # That the exporter is the older one, and of every branch that the trace may have missed.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Whole(model, list(features)).eval(),
            tuple(features.values()),
            str(graph),
            input_names=list(features),
            output_names=["vector"],
            dynamic_axes={**axes, "vector": {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
