"""The reader role as tests use it: a talk that listens, and both steps of reading a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from workspaces.core.types import Place
from workspaces.protocol.messages import Admit, Admitted, Extract, Extracted, ProgressBody
from workspaces.worker.reader import Reader
from workspaces.worker.role import Talk

LIMIT = 200 * 1024 * 1024


@dataclass
class Listener:
    """Keeps what a role says; it stops the role after ``patience`` looks."""

    patience: int | None = None
    progress: list[ProgressBody] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    looks: int = 0

    def stopped(self) -> bool:
        self.looks += 1
        return self.patience is not None and self.looks > self.patience

    def talk(self) -> Talk:
        return Talk(self.progress.append, self.loaded.append, self.stopped)


def admit(source: Path, folder: Path, limit: int = LIMIT) -> tuple[Admitted, Path]:
    """Admit ``source`` into ``folder``; the answer and our copy."""
    target = folder / "original"
    answer = Reader().handle(Admit(str(source), str(target), limit), Listener().talk())
    assert isinstance(answer, Admitted)
    return answer, target


def extract(
    source: Path, folder: Path, passwords: Sequence[str] = ()
) -> tuple[Extracted, list[Place]]:
    """Admit and extract ``source``; the answer and what was written."""
    admitted, copy = admit(source, folder)
    return extract_as(admitted.kind, copy, source.name, folder, passwords)


def extract_as(
    kind: str, original: Path, name: str, folder: Path, passwords: Sequence[str] = ()
) -> tuple[Extracted, list[Place]]:
    """Extract ``original`` as a document of ``kind``."""
    target = folder / "text.jsonl"
    request = Extract(str(original), kind, name, str(target), list(passwords))
    answer = Reader().handle(request, Listener().talk())
    assert isinstance(answer, Extracted)
    lines = target.read_bytes().splitlines()
    places = [msgspec.json.decode(line, type=Place) for line in lines]
    assert len(places) == answer.places
    assert sum(len(place.text) for place in places) == answer.characters
    return answer, places
