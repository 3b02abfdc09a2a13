"""Where the documents and models for development lie, beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[1].parent / "shared"


def shared_folder() -> Path:
    """The shared folder (``$QUIRE_SHARED``, else ``../shared``); skips the test without one."""
    folder = Path(os.environ.get("QUIRE_SHARED") or _BESIDE)
    if not folder.is_dir():
        pytest.skip(f"there is no shared folder at {folder}; set QUIRE_SHARED to run this test")
    return folder
