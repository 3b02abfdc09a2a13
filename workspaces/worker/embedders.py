"""Which adapter serves an embedding model: ONNX Runtime where a fitting export of it lies on disk,
else sentence-transformers, while an export is made beside for the next time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from workspaces.core.ports import Embedder, Prefixes
from workspaces.core.reasons import Problem
from workspaces.worker import exports

MEMORY = 1_000_000_000
"""Bytes that making an export takes, and ``TIMES`` the model's weights (measured: 1.0 GB for 90 MB
of weights)."""

TIMES = 5


class Embedders:
    """Opens embedding models. ``folder`` is where exports of models are kept that a person has
    added; with None none is made."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._making: dict[Path, subprocess.Popen[bytes]] = {}

    def open(self, model: Path) -> Embedder:
        """The embedder in the folder ``model``. Raises Problem ``not_an_embedder``."""
        graph = exports.find(model, self._folder)
        if graph is None:
            return self._reference(model)
        from workspaces.worker.adapters.onnx_embedder import OnnxEmbedder

        return Exported(OnnxEmbedder(model, graph), lambda: self._instead(graph, model))

    def _instead(self, graph: Path, model: Path) -> Embedder:
        """What serves ``model`` when its ``graph`` could not be loaded."""
        exports.forget(graph.parent)
        return self._reference(model)

    def _reference(self, model: Path) -> Embedder:
        from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

        return SentenceEmbedder(model, on_load=lambda: self._make(model))

    def _make(self, model: Path) -> None:
        """Begin the export of a model that has turned out to be one."""
        if self._folder is None or model in self._making or exports.is_refused(model, self._folder):
            return
        if not _has_room(model):
            return
        target = exports.place(model, self._folder)
        command = [sys.executable, "-P", "-m", "workspaces.worker.export", str(model)]
        # Its stdin is ours: it ends when we do. Nothing of ours may be its: what reads our stderr
        # would take us for alive as long as it is.
        making = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--into", str(target), "--beside"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._making[model] = making
        threading.Thread(target=_relay, args=[making], name="export", daemon=True).start()


class Exported:
    """The Embedder port on an export; where that cannot be loaded after all, on the model it was
    made of. May be used by two threads, of which one loads and embeds."""

    def __init__(self, export: Embedder, reference: Callable[[], Embedder]) -> None:
        self._serving = export
        self._reference: Callable[[], Embedder] | None = reference

    @property
    def prefixes(self) -> Prefixes:
        return self._serving.prefixes

    @property
    def max_tokens(self) -> int:
        return self._serving.max_tokens

    @property
    def is_loaded(self) -> bool:
        return self._serving.is_loaded

    def load(self) -> None:
        try:
            self._serving.load()
        except Problem as problem:
            if self._reference is None:
                raise
            print(f"an export is not used: {problem}", file=sys.stderr)  # noqa: T201 - the log
            self._serving, self._reference = self._reference(), None
            self._serving.load()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._serving.count_tokens(texts)

    def knows(self, text: str) -> bool:
        return self._serving.knows(text)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        if not self.is_loaded:
            self.load()
        return self._serving.embed(texts)


def _relay(making: subprocess.Popen[bytes]) -> None:
    """Write to our log what the process says, until it ends."""
    with making:
        for line in making.stderr or ():
            print(line.decode("utf-8", "replace").rstrip(), file=sys.stderr)  # noqa: T201 - the log


def _has_room(model: Path) -> bool:
    """Whether making an export of ``model`` leaves memory for everything else."""
    available: int = psutil.virtual_memory().available
    return MEMORY + TIMES * exports.weights(model) < available
