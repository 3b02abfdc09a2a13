"""Where the exports of embedding models lie, and whether one still fits its model.

An export is a folder: the graph that ONNX Runtime reads, once more with weights of 8 bits where
that is as good, and beside them what the model was when they were made of it. Nothing heavy is
imported here.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from pathlib import Path
from typing import Literal

import msgspec

BESIDE = "quire-export"
"""The folder of an export inside its model's own: where the set-up puts that of the starter."""

Graph = Literal["vector.onnx", "vector-8-bits.onnx"]
GRAPH: Graph = "vector.onnx"
EIGHT_BITS: Graph = "vector-8-bits.onnx"
RECORD = "export.json"

VERSION = 2
"""Of what an export is; one with another number is not used and made again."""

SOURCES = frozenset({".json", ".txt", ".model", ".safetensors", ".bin"})
"""Endings of the files that make a model what it is."""


class Source(msgspec.Struct, frozen=True):
    """A file of a model when its export was made: bytes, nanoseconds, SHA-256 in hexadecimal."""

    size: int
    modified: int
    digest: str


class Record(msgspec.Struct, frozen=True):
    """What lies beside a graph: the files of its model, by their names inside its folder, which
    graph serves, how many bytes it has, and if it is not that of 8 bits, why; or ``refused``, why
    there is none."""

    version: int
    sources: dict[str, Source]
    size: int = 0
    refused: str = ""
    graph: Graph = GRAPH
    why: str = ""


def place(model: Path, exports: Path) -> Path:
    """The folder below ``exports`` for the export of ``model``."""
    name = hashlib.sha256(str(model.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
    return exports / name[:16]


def places(model: Path, exports: Path | None) -> list[Path]:
    """Where an export of ``model`` may lie, the best first."""
    return [model / BESIDE, *([place(model, exports)] if exports else [])]


def find(model: Path, exports: Path | None) -> Path | None:
    """The graph that serves ``model`` as it is now, or None."""
    for folder in places(model, exports):
        record = read_record(folder)
        if record is not None and not record.refused and fits(folder, record, model):
            return folder / record.graph
    return None


def fits(folder: Path, record: Record, model: Path) -> bool:
    """Whether the graph in ``folder`` is whole and made of ``model`` as it is now; the log says why
    it is not."""
    if not _is_whole(folder, record):
        _say(f"the export in {folder} is damaged, so it is not used")
        return False
    if not is_of(record, model):
        _say(f"the export in {folder} is of an older {model.name}, so it is not used")
        return False
    return True


def is_refused(model: Path, exports: Path) -> bool:
    """Whether it is known that of ``model``, as it is now, no export can be made."""
    record = read_record(place(model, exports))
    return record is not None and bool(record.refused) and is_of(record, model)


def forget(folder: Path) -> None:
    """Have the export in ``folder`` made anew, where we may."""
    with contextlib.suppress(OSError):
        (folder / RECORD).unlink()


def read_record(folder: Path) -> Record | None:
    """What is recorded in an export's folder; None where nothing is or nobody can read it."""
    try:
        record = msgspec.json.decode((folder / RECORD).read_bytes(), type=Record)
    except (OSError, msgspec.MsgspecError):
        return None
    return record if record.version == VERSION else None


def sources(model: Path) -> dict[str, Source]:
    """What ``model`` is now. Raises OSError."""
    return {
        name: Source(path.stat().st_size, path.stat().st_mtime_ns, _digest(path))
        for name, path in _files(model).items()
    }


def is_of(record: Record, model: Path) -> bool:
    """Whether ``model`` still is what ``record`` was made of. A file is read only where its time
    has changed: a model that was copied or installed again is still the same."""
    try:
        files = _files(model)
        return files.keys() == record.sources.keys() and all(
            _is_same(files[name], source) for name, source in record.sources.items()
        )
    except OSError:
        return False


def weights(model: Path) -> int:
    """Bytes of weights that are loaded of ``model``; some come in two formats."""
    return max(
        sum(path.stat().st_size for path in model.rglob(pattern))
        for pattern in ("*.safetensors", "*.bin")
    )


def _is_same(path: Path, source: Source) -> bool:
    found = path.stat()
    if found.st_size != source.size:
        return False
    return found.st_mtime_ns == source.modified or _digest(path) == source.digest


def _files(model: Path) -> dict[str, Path]:
    return {
        path.relative_to(model).as_posix(): path
        for path in sorted(model.rglob("*"))
        if path.suffix in SOURCES and BESIDE not in path.relative_to(model).parts and path.is_file()
    }


def _is_whole(folder: Path, record: Record) -> bool:
    """A graph that a full disk or an unfinished copy cut short is not opened at all."""
    try:
        return (folder / record.graph).stat().st_size == record.size
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _say(what: str) -> None:
    print(what, file=sys.stderr)  # noqa: T201 - stderr is the log
