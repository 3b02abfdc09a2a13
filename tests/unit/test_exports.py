"""Whether an export of an embedding model is one of the model as it is now."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from workspaces.worker import exports
from workspaces.worker.export import main
from workspaces.worker.exports import Record


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Looks like a model, with an export in its folder."""
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "1_Pooling" / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    write(folder / exports.BESIDE, Record(exports.VERSION, exports.sources(folder), 5))
    return folder


def write(folder: Path, record: Record) -> None:
    folder.mkdir(parents=True)
    (folder / exports.GRAPH).write_bytes(b"graph")
    (folder / exports.RECORD).write_bytes(msgspec.json.encode(record))


def test_the_export_in_the_model_s_folder_is_found(model: Path) -> None:
    assert exports.find(model, None) == model / exports.BESIDE / exports.GRAPH


def test_an_export_elsewhere_belongs_to_one_model(model: Path, tmp_path: Path) -> None:
    (model / exports.BESIDE).rename(tmp_path / "away")
    folder = exports.place(model, tmp_path / "kept")
    write(folder, Record(exports.VERSION, exports.sources(model), 5))
    assert exports.find(model, tmp_path / "kept") == folder / exports.GRAPH
    assert exports.find(model, None) is None


def test_a_model_that_was_installed_again_is_the_same(model: Path) -> None:
    os.utime(model / "model.safetensors", ns=(1, 1))
    assert exports.find(model, None) is not None


@pytest.mark.parametrize("name", ["model.safetensors", "1_Pooling/config.json", "tokenizer.json"])
def test_the_export_of_a_model_that_has_changed_is_not_used(
    model: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = model / name
    size = path.stat().st_size if path.exists() else 1
    path.write_bytes(b"-" * size)
    os.utime(path, ns=(2, 2))
    assert exports.find(model, None) is None
    assert "is of an older model" in capfd.readouterr().err


@pytest.mark.parametrize("graph", [b"", b"grap", None])
def test_an_export_that_is_cut_off_is_not_used(
    model: Path, graph: bytes | None, capfd: pytest.CaptureFixture[str]
) -> None:
    path = model / exports.BESIDE / exports.GRAPH
    path.unlink()
    if graph is not None:
        path.write_bytes(graph)
    assert exports.find(model, None) is None
    assert "is damaged" in capfd.readouterr().err


@pytest.mark.parametrize("record", [b"", b"{", b'{"version": 0, "sources": {}}', b"\xff"])
def test_an_export_without_a_record_that_can_be_read_is_not_used(
    model: Path, record: bytes
) -> None:
    (model / exports.BESIDE / exports.RECORD).write_bytes(record)
    assert exports.find(model, None) is None


def test_a_refusal_holds_for_the_model_as_it_was(model: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert not exports.is_refused(model, kept)
    refusal = Record(exports.VERSION, exports.sources(model), refused="it is no transformer")
    write(exports.place(model, kept), refusal)
    assert exports.is_refused(model, kept)
    assert exports.find(model, kept) == model / exports.BESIDE / exports.GRAPH
    (model / "model.safetensors").write_bytes(b"WEIGHTS")
    os.utime(model / "model.safetensors", ns=(2, 2))
    assert not exports.is_refused(model, kept)


def test_an_export_that_fits_is_not_made_again(model: Path) -> None:
    assert main([str(model)]) == 0


def test_where_nothing_can_be_written_none_is_made(
    model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert main([str(model), "--into", str(tmp_path / "file" / "export")]) == 1
    assert "no export of" in capfd.readouterr().err
