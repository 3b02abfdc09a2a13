"""The starter's embedding model as AnythingLLM's libraries read it, for ``peers``:
``python -m tests.benchmarks.peer_minilm FOLDER``.

They take a graph of the transformer alone, with weights of 8 bits made as those libraries' own
converter makes them, and pool by themselves.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import torch

from workspaces.library.starter import starter_embedder
from workspaces.worker.adapters.sentence_embedder import open_model

INPUTS = ("input_ids", "attention_mask", "token_type_ids")

OPSET = 14


class _Transformer(torch.nn.Module):
    """With its inputs in a row, as the exporter takes them."""

    def __init__(self, transformer: torch.nn.Module) -> None:
        super().__init__()
        self._transformer = transformer

    def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
        read = self._transformer(**dict(zip(INPUTS, inputs, strict=True)))
        states: torch.Tensor = read.last_hidden_state
        return states


def export(model: Path, graph: Path) -> None:
    """Write the transformer of ``model`` to ``graph``, at single precision."""
    opened = open_model(model).eval()
    transformer = opened.get_submodule("0.auto_model")
    features = opened.preprocess(["a pump", "the seals of the pump are of rubber"])
    axes = {name: {0: "batch", 1: "tokens"} for name in (*INPUTS, "last_hidden_state")}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")  # that this exporter is the older one
        torch.onnx.export(
            _Transformer(transformer).eval(),
            tuple(features[name] for name in INPUTS),
            str(graph),
            input_names=list(INPUTS),
            output_names=["last_hidden_state"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def quantize(graph: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        graph, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(argv).folder
    model = starter_embedder()
    if model is None:
        parser.error("the starter models are not installed")
    graphs = folder / "onnx"
    graphs.mkdir(parents=True, exist_ok=True)
    for path in (*model.glob("*.json"), model / "vocab.txt"):
        shutil.copyfile(path, folder / path.name)
    export(model, graphs / "model.onnx")
    quantize(graphs / "model.onnx", graphs / "model_quantized.onnx")
    (graphs / "model.onnx").unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
