"""The use-cases with real children behind a real wall; only the models are fakes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(tmp_path)
    yield made
    await made.close()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with three documents and a picture."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "seals.md").write_text("# Seals\n\nThe warranty on the seals is 12 months.\n")
    (folder / "oil.txt").write_text("Replace the oil filter every 500 operating hours.\n")
    (folder / "规定.txt").write_text("借期为三十天。馆长是王伟。\n", "gb18030")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    return folder
