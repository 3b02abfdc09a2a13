"""Goes back to the version of a table before one that a power cut left damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workspaces.core.reasons import Problem

QUARANTINE = "quarantine"


def step_back(table: Path, open_it: Callable[[], object]) -> bool:
    """Move the newest manifest of ``table`` into the quarantine beside it until ``open_it`` no
    longer raises ``index_damaged``. True where there was one to move. Raises the first Problem
    where none is left."""
    first: Problem | None = None
    while True:
        try:
            open_it()
        except Problem as problem:
            newest = min(table.glob("_versions/*.manifest"), default=None)  # numbered downwards
            if problem.reason.code != "index_damaged" or newest is None:
                raise first or problem from None
            _set_aside(newest, table)
            first = first or problem
        else:
            return first is not None


def _set_aside(manifest: Path, table: Path) -> None:
    quarantine = table.parent / QUARANTINE
    quarantine.mkdir(exist_ok=True)
    manifest.replace(quarantine / f"{table.stem}-{manifest.name}")
