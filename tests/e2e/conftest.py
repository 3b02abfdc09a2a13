"""The real program on a throwaway home. What the log holds afterwards is looked at, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui.conftest import (
    english,
    nothing_dangles,
    older_objects_rest,
    pytest_collection_modifyitems,
    started_timers,
)
from tests.starter import minilm_folder, smollm2_file

__all__ = [
    "english",
    "nothing_dangles",
    "older_objects_rest",
    "pytest_collection_modifyitems",
    "started_timers",
]


@pytest.fixture(scope="session", autouse=True)
def starter_models() -> None:
    """Without the models there is nothing to run: the test is skipped."""
    minilm_folder()
    smollm2_file()


def errors_in_log(home: Path) -> list[str]:
    """Lines of the log that nobody should see."""
    lines = (home / "logs" / "quire.log").read_text("utf-8").splitlines()
    return [line for line in lines if " ERROR " in line or "Traceback" in line]
