"""Passages of another length, tried on the test questions before they take the others' place."""

from __future__ import annotations

import asyncio
import contextlib

from workspaces.core.ports import Prefixes
from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState
from workspaces.library.spaces import Role, Space
from workspaces.library.trial_folder import TrialFolder, adopt
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id
from workspaces.services.embedding import Embedding
from workspaces.services.golden import Golden
from workspaces.services.importing import Importing
from workspaces.services.indexing import Indexing
from workspaces.services.views import Comparison, DocumentsChanged, PassageLength, TrialProgressed

LEAST = 64
"""Tokens of the shortest passages: fewer hold no thought."""

TOGETHER = 16
"""Documents whose passages are written in one go."""


class Trying:
    """One trial a workspace. It is a workspace inside the workspace, filled by the same means, and
    lets imports and answers go first. One that is cut off is thrown away and begun again."""

    def __init__(
        self,
        indexing: Indexing,
        embedding: Embedding,
        importing: Importing,
        golden: Golden,
        announcer: Announcer,
    ) -> None:
        self._indexing = indexing
        self._embedding = embedding
        self._importing = importing
        self._golden = golden
        self._announcer = announcer
        self._running: dict[str, asyncio.Task[Comparison]] = {}
        self._ready: dict[str, TrialFolder] = {}

    async def length(self, folder: WorkspaceFolder) -> PassageLength:
        """How long passages are, and may be."""
        most = await self._indexing.reach(folder)
        return PassageLength(folder.card.passage_tokens, min(LEAST, most), most)

    async def run(self, folder: WorkspaceFolder, tokens: int) -> Comparison:
        """Try passages of ``tokens`` at most; an earlier trial goes. Raises Problem
        ``passage_length`` or ``trial_during_change``."""
        length = await self.length(folder)
        if tokens and not length.least <= tokens <= length.most:
            raise Problem("passage_length", least=length.least, most=length.most)
        if folder.spaces.get(Role.NEXT) is not None:
            raise Problem("trial_during_change")
        await self.discard(folder)
        task = asyncio.ensure_future(self._run(folder, tokens))
        self._running[folder.id] = task
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
            await asyncio.wait([task])
            self._running.pop(folder.id, None)
        return task.result()

    async def accept(self, folder: WorkspaceFolder) -> None:
        """Make what was tried the passages of ``folder``; what came meanwhile is split anew behind
        it. Raises Problem ``no_trial``, also where the embedder has changed since, or
        ``trial_during_change``."""
        trial = self._ready.get(folder.id)
        if trial is None:
            raise Problem("no_trial")
        late: list[str] = []

        async def change() -> None:
            late.extend(await asyncio.to_thread(adopt, folder.catalogue, trial.catalogue))
            folder.change_card(passage_tokens=trial.card.passage_tokens)

        async with self._importing.quiet(folder):
            if self._model(trial) != self._model(folder):
                raise Problem("no_trial")
            if folder.spaces.get(Role.NEXT) is not None:
                raise Problem("trial_during_change")
            _split_again(folder)
            try:
                await self._indexing.renew(folder, change)
            finally:
                await self._importing.read_again(folder, late)
        await self.discard(folder)
        self._announcer.announce(DocumentsChanged(folder.id))

    async def discard(self, folder: WorkspaceFolder) -> None:
        """Stop what is being tried in ``folder``, and delete what was."""
        if task := self._running.get(folder.id):
            task.cancel()
            await asyncio.wait([task])
        if trial := self._ready.pop(folder.id, None):
            await self._remove(trial)

    async def stop(self) -> None:
        """Throw every trial away; at the next start a rest of one would be."""
        for task in self._running.values():
            task.cancel()
        if self._running:
            await asyncio.wait(self._running.values())
        for trial in self._ready.values():
            await self._remove(trial)
        self._ready.clear()

    async def _run(self, folder: WorkspaceFolder, tokens: int) -> Comparison:
        current = self._indexing.current(folder)
        space = Space(new_id(), Role.CURRENT, current.name, current.folder, current.prefixes)
        trial = TrialFolder(folder, tokens, space)
        try:
            await self._fill(folder, trial, space)
            comparison = await self._golden.compare_folders(folder, trial)
        except BaseException:
            await self._remove(trial)
            raise
        self._ready[folder.id] = trial
        return comparison

    async def _fill(self, folder: WorkspaceFolder, trial: TrialFolder, space: Space) -> None:
        self._announcer.announce(TrialProgressed(folder.id, 0, 0))
        names = sorted(trial.documents.ids())
        for first in range(0, len(names), TOGETHER):
            await self._importing.at_rest()
            # A newer version may have taken a document's place.
            portion = names[first : first + TOGETHER]
            documents = [each for each in portion if trial.text(each).exists()]
            passages = {each: await self._indexing.split(trial, space, each) for each in documents}
            trial.passages.replace(dict(passages))
            await self._indexing.write(trial, [one for each in passages.values() for one in each])
        while await self._embedding.fill(trial, space):
            done, total = trial.passages.coverage(space.id)
            self._announcer.announce(TrialProgressed(folder.id, done, total))
            await self._importing.at_rest()

    def _model(self, folder: WorkspaceFolder) -> tuple[str, Prefixes]:
        space = self._indexing.current(folder)
        return space.folder, space.prefixes

    async def _remove(self, trial: TrialFolder) -> None:
        with contextlib.suppress(Problem):  # the folder goes, whether the indexer helps or not
            await self._indexing.discard(trial)
        trial.remove()


def _split_again(folder: WorkspaceFolder) -> None:
    """Documents that are split but not embedded yet get passages of the new length as well."""
    underway = folder.documents.in_states([DocumentState.SEARCHABLE, DocumentState.EMBEDDING])
    folder.passages.replace(dict.fromkeys(underway, ()))
    folder.documents.set_state(underway, DocumentState.INDEXING)
