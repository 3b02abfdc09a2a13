"""``python -m workspaces.worker.export MODEL``: makes the export of an embedding model, in a
process that takes its memory along when it ends.

Ends with 0 where a fitting export is there afterwards, else with 1 and the reason on stderr.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec

from workspaces.core.reasons import Problem
from workspaces.worker import exports
from workspaces.worker.durable import writing

LARGEST = 1_800_000_000
"""Bytes of weights: a graph is one file, which can have no more than 2 GB."""


class RefusedError(Exception):
    """Why of this model, as it is, no export can be made."""


def make(model: Path, target: Path) -> None:
    """Put the export of ``model`` into the folder ``target``. Raises RefusedError, which is
    recorded there so that nobody tries again, and Problem or OSError where the disk refuses."""
    target.mkdir(parents=True, exist_ok=True)
    found = exports.sources(model)
    making = target / "making"
    shutil.rmtree(making, ignore_errors=True)  # of a process that was ended
    making.mkdir()
    try:
        graph = _graph(model, making)
        why = _make_small(model, making)
        name: exports.Graph = exports.GRAPH if why else exports.EIGHT_BITS
        serving = making / name
        for made in {graph, serving}:
            with writing(target / made.name) as stream, made.open("rb") as finished:
                shutil.copyfileobj(finished, stream)
        size = serving.stat().st_size
        record = exports.Record(exports.VERSION, found, size, graph=name, why=why)
    except RefusedError as refused:
        write_record(target, exports.Record(exports.VERSION, found, refused=str(refused)))
        raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    write_record(target, record)


def _graph(model: Path, folder: Path) -> Path:
    """A graph that is known to do what ``model`` does."""
    if exports.weights(model) > LARGEST:
        raise RefusedError("the model is too large for one file")
    from workspaces.worker.adapters import onnx_export  # torch: seconds

    graph = folder / exports.GRAPH
    try:
        onnx_export.export(model, graph)
        onnx_export.verify(model, graph)
    except onnx_export.CannotExportError as error:
        raise RefusedError(str(error)) from error
    return graph


def _make_small(model: Path, folder: Path) -> str:
    """Make of the graph in ``folder`` that of 8 bits; why it will not do, or nothing."""
    from workspaces.worker.adapters import onnx_eight_bits  # onnx and numpy

    graph, small = folder / exports.GRAPH, folder / exports.EIGHT_BITS
    try:
        onnx_eight_bits.quantize(graph, small)
        onnx_eight_bits.compare(model, graph, small)
    except onnx_eight_bits.UnlikeError as error:
        return str(error)
    except Problem as problem:  # it was made, but does not run
        return str(problem)
    return ""


def _is_there(target: Path, model: Path) -> bool:
    record = exports.read_record(target)
    return record is not None and not record.refused and exports.fits(target, record, model)


def write_record(target: Path, record: exports.Record) -> None:
    """Last of all: without its record a graph is not used."""
    with writing(target / exports.RECORD) as stream:
        stream.write(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")


def end_with_stdin() -> None:
    """End this process when whoever started it is gone."""

    def watch() -> None:
        while os.read(0, 1):  # not sys.stdin: Python could not end while a thread waits in it
            pass
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the export that ``arguments`` describe, unless it is there."""
    parser = argparse.ArgumentParser(prog="python -m workspaces.worker.export")
    parser.add_argument("model", type=Path, help="the folder of a sentence-transformers model")
    parser.add_argument("--into", type=Path, help="the folder of the export; else in the model's")
    parser.add_argument("--beside", action="store_true", help="yield to others; end with stdin")
    options = parser.parse_args(arguments)
    if not options.model.is_dir():
        parser.error(f"{options.model} is no folder")
    if options.beside:
        end_with_stdin()
        if hasattr(os, "nice"):
            os.nice(19)
    target = options.into or options.model / exports.BESIDE
    if _is_there(target, options.model):
        return 0
    try:
        make(options.model, target)
    except (RefusedError, Problem, OSError) as problem:
        print(f"no export of {options.model}: {problem}", file=sys.stderr)  # noqa: T201 - the log
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
