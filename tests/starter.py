"""The models of the ``starter`` extra; a test that needs one is skipped where it is not installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from workspaces.library.starter import starter_embedder, starter_model


def minilm_folder() -> Path:
    """all-MiniLM-L6-v2, as sentence-transformers reads it."""
    return _installed(starter_embedder())


def smollm2_file() -> Path:
    """SmolLM2-135M-Instruct, Q4_1."""
    return _installed(starter_model())


def _installed(path: Path | None) -> Path:
    if path is None:
        pytest.skip("the starter models are not installed (pip install quire[starter])")
    return path
