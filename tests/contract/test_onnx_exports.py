"""Exports of a real embedding model: made, refused, chosen, and done without."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.starter import minilm_folder
from workspaces.core.reasons import Problem
from workspaces.worker import export, exports
from workspaces.worker.adapters.onnx_embedder import OnnxEmbedder
from workspaces.worker.embedders import Embedders, Exported


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The starter embedder in a folder of the test's, without an export."""
    folder = tmp_path / "model"
    skip = shutil.ignore_patterns("*.safetensors", exports.BESIDE)
    shutil.copytree(minilm_folder(), folder, ignore=skip)
    (folder / "model.safetensors").symlink_to(minilm_folder() / "model.safetensors")
    return folder


def put(graph: bytes, model: Path) -> Path:
    """Have ``graph`` pass for the export of ``model``."""
    folder = model / exports.BESIDE
    folder.mkdir()
    (folder / exports.GRAPH).write_bytes(graph)
    export.write_record(folder, exports.Record(exports.VERSION, exports.sources(model), len(graph)))
    return folder / exports.GRAPH


def test_an_export_serves_without_the_library_it_was_made_with(graph: Path, model: Path) -> None:
    put(graph.read_bytes(), model)
    script = f"""
import sys
from pathlib import Path
from workspaces.worker.embedders import Embedders
embedder = Embedders(None).open(Path({str(model)!r}))
assert not embedder.is_loaded
print(len(embedder.embed(["a pump"])[0]), embedder.is_loaded)
print([name for name in ("torch", "transformers", "sentence_transformers") if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["384 True", "[]"]


def test_a_model_without_an_export_is_served_by_its_library(model: Path) -> None:
    assert not isinstance(Embedders(None).open(model), Exported)


@pytest.mark.slow
def test_an_export_that_cannot_be_loaded_gives_way_to_the_model(
    model: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    graph = put(b"\x08\x07 no graph", model)
    embedder = Embedders(None).open(model)
    assert embedder.count_tokens(["pump pump"]) == [2]
    assert len(embedder.embed(["a pump"])[0]) == 384
    assert embedder.is_loaded
    assert "an export is not used" in capfd.readouterr().err
    assert graph.exists()
    assert exports.find(model, None) is None


def test_a_graph_that_is_none_is_a_problem(model: Path) -> None:
    (model / "none.onnx").write_bytes(b"none")
    with pytest.raises(Problem) as caught:
        OnnxEmbedder(model, model / "none.onnx").load()
    assert caught.value.reason.code == "not_an_embedder"


@pytest.mark.slow
def test_a_graph_that_makes_other_vectors_is_not_let_through(graph: Path, model: Path) -> None:
    from workspaces.worker.adapters.onnx_export import CannotExportError, verify

    verify(model, graph)
    pooling = model / "1_Pooling" / "config.json"
    settings = json.loads(pooling.read_text())
    settings |= {"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}
    pooling.write_text(json.dumps(settings))
    with pytest.raises(CannotExportError, match="its vectors differ"):
        verify(model, graph)


@pytest.mark.slow
def test_a_model_that_reads_no_tokens_is_refused_for_good(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    model, kept = tmp_path / "static", tmp_path / "exports"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)]).save(str(model))
    with pytest.raises(export.RefusedError, match="no transformer"):
        export.make(model, exports.place(model, kept))
    assert exports.is_refused(model, kept)
    assert exports.find(model, kept) is None
    assert [path.name for path in exports.place(model, kept).iterdir()] == [exports.RECORD]


@pytest.mark.slow
@pytest.mark.parametrize("pooling", ["cls", "max", "lasttoken", "mean"])
def test_an_export_is_made_beside_the_first_use(model: Path, tmp_path: Path, pooling: str) -> None:
    dimension = {"word_embedding_dimension": 384, "pooling_mode": pooling}
    (model / "1_Pooling" / "config.json").write_text(json.dumps(dimension))
    kept = tmp_path / "exports"
    embedders = Embedders(kept)
    reference = embedders.open(model)
    wanted = reference.embed(["a pump"])[0]
    until = time.monotonic() + 240
    while exports.find(model, kept) is None and time.monotonic() < until:
        time.sleep(0.5)
    exported = embedders.open(model)
    assert isinstance(exported, Exported)
    served = exports.find(model, kept)
    assert served is not None
    whole = OnnxEmbedder(model, served.with_name(exports.GRAPH))
    assert whole.embed(["a pump"])[0] == pytest.approx(wanted, abs=1e-4)
    # What serves may have weights of 8 bits.
    (vector,) = exported.embed(["a pump"])
    assert sum(one * other for one, other in zip(vector, wanted, strict=True)) > 0.98


def test_the_library_has_nobody_to_report_to() -> None:
    """Newer ones send what they are used for to their maker, unless a variable forbids it."""
    import onnxruntime

    libraries = Path(onnxruntime.__file__).parent.rglob("*.so*")
    assert [path.name for path in libraries if b".data.microsoft.com" in path.read_bytes()] == []
