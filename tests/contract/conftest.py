"""What several contracts need, made once a session."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.starter import minilm_folder
from workspaces.worker import exports


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter embedder's export at single precision: that of the set-up, or one that is made
    now."""
    model = minilm_folder()
    found = exports.find(model, None)
    if found is not None:
        return found.parent / exports.GRAPH
    folder = tmp_path_factory.mktemp("export")
    command = [sys.executable, "-m", "workspaces.worker.export", str(model), "--into", str(folder)]
    subprocess.run(command, check=True, timeout=300)
    return folder / exports.GRAPH


@pytest.fixture(scope="session")
def small_graph(graph: Path) -> Path:
    """The same with weights of 8 bits."""
    return graph.parent / exports.EIGHT_BITS
