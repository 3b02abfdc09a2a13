"""The export with weights of 8 bits serves where it is as good, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from tests.starter import minilm_folder
from workspaces.worker import exports
from workspaces.worker.adapters import onnx_eight_bits
from workspaces.worker.adapters.onnx_eight_bits import UnlikeError, compare, quantize


def coarser(small: Path, made: Path, step: int) -> Path:
    """``small`` with only every ``step``-th of the values that a weight may have."""
    graph = onnx.load(small)
    weights = {node.input[1] for node in graph.graph.node if node.op_type == "MatMulInteger"}
    for each in graph.graph.initializer:
        if each.name in weights:
            values = onnx.numpy_helper.to_array(each).astype(int)
            rounded = (np.round(values / step) * step).clip(-64, 64).astype(np.int8)
            each.CopyFrom(onnx.numpy_helper.from_array(rounded, each.name))
    onnx.save(graph, made)
    return made


def test_that_of_the_starter_serves(graph: Path, small_graph: Path) -> None:
    compare(minilm_folder(), graph, small_graph)
    record = exports.read_record(graph.parent)
    assert record is not None
    assert (record.graph, record.why) == (exports.EIGHT_BITS, "")
    assert small_graph.stat().st_size == record.size < graph.stat().st_size


@pytest.mark.parametrize("step", [2, 4, 16])
def test_what_is_damaged_does_not_serve(
    graph: Path, small_graph: Path, tmp_path: Path, step: int
) -> None:
    damaged = coarser(small_graph, tmp_path / "damaged.onnx", step)
    with pytest.raises(UnlikeError, match="its vectors differ"):
        compare(minilm_folder(), graph, damaged)


def test_weights_of_nothing_are_told(tmp_path: Path) -> None:
    (tmp_path / "none.onnx").write_bytes(b"none")
    with pytest.raises(UnlikeError):
        quantize(tmp_path / "none.onnx", tmp_path / "small.onnx")


def test_it_needs_enough_texts_of_each_kind() -> None:
    assert len(set(onnx_eight_bits.TEXTS)) == 64
    assert len(onnx_eight_bits.CHINESE) >= onnx_eight_bits.FEWEST
