"""Check and repair: do catalogue, copies and index of a workspace agree, and is each whole?

The catalogue decides. What can be made again from it, from our copies or from the person's own
files is made again; nothing that is the only copy of anything is ever deleted.
"""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import DocumentState, Place
from workspaces.library.disk import disk_problems
from workspaces.library.documents import Document
from workspaces.library.spaces import Role
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import Inspected
from workspaces.services.announcer import Announcer
from workspaces.services.importing import Importing
from workspaces.services.indexing import Indexing
from workspaces.services.intake import Intake
from workspaces.services.switching import Switching
from workspaces.services.views import CheckProgressed, Finding

NAMED = 5
"""Documents a sentence names."""


class Repairing:
    """Looks, and where it is told to, puts right."""

    def __init__(
        self,
        intake: Intake,
        indexing: Indexing,
        importing: Importing,
        switching: Switching,
        announcer: Announcer,
    ) -> None:
        self._intake = intake
        self._indexing = indexing
        self._importing = importing
        self._switching = switching
        self._announcer = announcer

    async def run(self, folder: WorkspaceFolder, repair: bool) -> list[Finding]:
        """What is wrong with ``folder``; put right, as far as possible, where ``repair``."""
        looks: Sequence[Callable[[WorkspaceFolder, bool], Awaitable[list[Finding]]]] = (
            self._look_at_leftovers,
            self._look_at_copies,
            self._look_at_texts,
            self._look_at_passages,
            self._look_at_index,
        )
        findings = _damage(folder)
        for step, look in enumerate(looks):
            self._announcer.announce(CheckProgressed(folder.id, step, len(looks)))
            findings += await look(folder, repair)
        self._announcer.announce(CheckProgressed(folder.id, len(looks), len(looks)))
        return findings

    async def _look_at_leftovers(self, folder: WorkspaceFolder, repair: bool) -> list[Finding]:
        findings = []
        if orphans := folder.orphans():
            if repair:
                for orphan in orphans:
                    folder.remove_files(orphan)
            findings.append(_finding("found_orphans", len(orphans), repair))
        if leftovers := _leftovers(folder):
            if repair:
                for leftover in leftovers:
                    _remove(leftover)
            findings.append(_finding("found_leftovers", len(leftovers), repair))
        return findings

    async def _look_at_copies(self, folder: WorkspaceFolder, repair: bool) -> list[Finding]:
        """Our copies; one that is missing is made again from the person's file, if that is still
        the same."""
        missing = [row for row in _ready(folder) if not _is_whole(folder, row)]
        if not missing:
            return []
        if not repair:
            return [_named("found_copies_missing", missing, repaired=False)]
        lost = [row for row in missing if not await self._intake.copy_again(folder, row)]
        mended = [row for row in missing if row not in lost]
        findings = []
        if mended:
            findings.append(_named("found_copies_missing", mended, repaired=True))
        if lost:
            findings.append(_named("found_copies_lost", lost, repaired=False))
        return findings

    async def _look_at_texts(self, folder: WorkspaceFolder, repair: bool) -> list[Finding]:
        """The extracted texts; one that is missing is read from our copy again."""
        missing = [row for row in _ready(folder) if not _has_text(folder, row)]
        if not missing:
            return []
        mended = False
        if repair:
            mended = True
            for row in missing:
                try:
                    await self._intake.read_text(folder, row, row.kind)
                except Problem:
                    mended = False
        return [_named("found_texts_missing", missing, repaired=mended)]

    async def _look_at_passages(self, folder: WorkspaceFolder, repair: bool) -> list[Finding]:
        findings = []
        if bare := [row for row in _ready(folder) if row.passages == 0]:
            if repair:
                await self._importing.read_again(folder, [row.id for row in bare])
            findings.append(_named("found_unfinished", bare, repaired=repair))
        space = folder.spaces.get(Role.CURRENT)
        if space is not None:
            done, total = folder.passages.coverage(space.id)
            if done < total:
                if repair:
                    self._switching.look_at(folder)
                    await self._importing.wake()
                findings.append(_finding("found_vectors_missing", total - done, repair))
        return findings

    async def _look_at_index(self, folder: WorkspaceFolder, repair: bool) -> list[Finding]:
        try:
            inspected = await self._indexing.inspect(folder, thorough=True)
        except Problem as problem:
            if problem.reason.code != "index_damaged":
                raise
            if repair:
                await self._indexing.rebuild(folder, problem.reason)
            return [Finding(Reason("found_index_damaged", problem.reason.details), repair)]
        findings = _disagreements(folder, inspected, repair)
        if findings and repair:
            await self._indexing.mend(folder, inspected)
        return findings


def _damage(folder: WorkspaceFolder) -> list[Finding]:
    damage = folder.damage()
    return [Finding(Reason("found_catalogue_damaged", {"details": damage}))] if damage else []


def _disagreements(folder: WorkspaceFolder, inspected: Inspected, repaired: bool) -> list[Finding]:
    """Where the index differs from the catalogue."""
    underway = set(folder.documents.in_states([DocumentState.INDEXING]))
    wanted = folder.passages.counts()
    words = inspected.words
    lacking = {each for each in wanted if words.get(each, 0) < wanted[each]}
    surplus = {each for each in words if words[each] > wanted.get(each, 0)} - underway
    unindexed: set[str] = set()
    for space in folder.spaces.all():
        held, due = inspected.vectors.get(space.id, {}), folder.passages.vector_counts(space.id)
        unindexed |= {each for each in due if held.get(each, 0) < due[each]}
        surplus |= {each for each in held if held[each] > due.get(each, 0)} - underway
    found = {
        "found_words_missing": lacking,
        "found_vectors_unindexed": unindexed,
        "found_surplus": surplus,
    }
    return [
        _finding(code, len(documents), repaired) for code, documents in found.items() if documents
    ]


def _ready(folder: WorkspaceFolder) -> Iterable[Document]:
    return (row for row in folder.documents.all() if row.state is DocumentState.READY)


def _is_whole(folder: WorkspaceFolder, row: Document) -> bool:
    original = folder.original(row.id)
    return original.is_file() and original.stat().st_size == row.size


def _has_text(folder: WorkspaceFolder, row: Document) -> bool:
    """Whether the stored text is there and every line of it can be read."""
    path = folder.text(row.id)
    decoder = msgspec.json.Decoder(Place)
    try:
        with path.open("rb") as lines:
            return all(decoder.decode(line) is not None for line in lines)
    except (OSError, msgspec.MsgspecError):
        return False


def _leftovers(folder: WorkspaceFolder) -> list[Path]:
    """Files of work that was cut off, and damaged ones that were put aside."""
    parts = [path for path in folder.root.rglob("*.part") if path.is_file()]
    aside = folder.index / "quarantine"
    return [*parts, *([aside] if aside.exists() else [])]


def _remove(path: Path) -> None:
    with disk_problems(path):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _finding(code: str, count: int, repaired: bool) -> Finding:
    return Finding(Reason(code, {"count": str(count)}), repaired)


def _named(code: str, rows: Sequence[Document], repaired: bool) -> Finding:
    names = ", ".join(row.name for row in rows[:NAMED]) + (", …" if len(rows) > NAMED else "")
    return Finding(Reason(code, {"count": str(len(rows)), "names": names}), repaired)
