"""Changing the embedding model of a workspace without losing anything.

The new model's vectors are made in the background, in a space of their own; search answers from
the old one until the last passage has been embedded, and the old one stays to go back to. Where
there are test questions, the new one then waits until somebody has seen what they say about it.
"""

from __future__ import annotations

from workspaces.core.reasons import Problem
from workspaces.library.spaces import Role, Space
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id
from workspaces.services.coverage import Coverage, Covering
from workspaces.services.embedding import Embedding
from workspaces.services.indexing import Indexing
from workspaces.services.views import EmbedderChanged, EmbedderView


class Switching:
    """Fills spaces. What lacks vectors in the current space (after a repair, after going back) is
    embedded first, then the next space."""

    def __init__(self, indexing: Indexing, embedding: Embedding, announcer: Announcer) -> None:
        self._indexing = indexing
        self._embedding = embedding
        self._announcer = announcer
        self._covering = Covering()
        self._unfilled: set[str] = set()

    def look_at(self, folder: WorkspaceFolder) -> None:
        """Vectors may be missing in ``folder``."""
        self._unfilled.add(folder.id)

    def take_up(self, folder: WorkspaceFolder, current: Space) -> None:
        """At a start: was something left to embed? Loading an embedder for nothing costs
        seconds."""
        done, total = folder.passages.coverage(current.id)
        if done < total or folder.spaces.get(Role.NEXT) is not None:
            self.look_at(folder)

    def is_due(self, folder: WorkspaceFolder) -> bool:
        return folder.id in self._unfilled

    def reconsider(self, folder: WorkspaceFolder) -> None:
        """Documents or test questions came or went: a change that is under way may lack vectors, or
        wait for nothing."""
        if folder.spaces.get(Role.NEXT) is not None:
            self.look_at(folder)

    async def step(self, folder: WorkspaceFolder) -> None:
        """Embed a portion of what is missing. When nothing is left, the next space becomes the
        current one, or waits for :meth:`accept`."""
        current = self._indexing.current(folder)
        if await self._embedding.fill(folder, current):
            return
        following = folder.spaces.get(Role.NEXT)
        if following is not None and await self._embedding.fill(folder, following):
            self._announce(folder)
            return
        self._unfilled.discard(folder.id)
        if following is not None and not folder.golden.any():
            await self._promote(folder, Role.NEXT)

    def waiting(self, folder: WorkspaceFolder) -> Space:
        """The space that is filled and waits to become the current one. Raises Problem
        ``no_embedder_waits``."""
        space = folder.spaces.get(Role.NEXT)
        if space is None or not self.view(folder).waits:
            raise Problem("no_embedder_waits")
        return space

    async def accept(self, folder: WorkspaceFolder) -> None:
        """Make the one that waits the present one. Raises Problem ``no_embedder_waits``."""
        self.waiting(folder)
        await self._promote(folder, Role.NEXT)

    async def change(self, folder: WorkspaceFolder, model: str) -> None:
        """Begin to embed everything with the embedder in folder ``model`` (empty: the one that
        comes along). One that is in use is taken again only where it wants other prefixes by now.
        Raises Problem ``not_an_embedder`` or ``embedder_in_use``."""
        current = self._indexing.current(folder)
        prefixes = await self._indexing.prepare(model)
        if (current.folder, current.prefixes) == (model, prefixes):
            raise Problem("embedder_in_use", name=self._indexing.name_of(model))
        await self._drop(folder, Role.NEXT)
        space = Space(new_id(), Role.NEXT, self._indexing.name_of(model), model, prefixes)
        folder.spaces.add(space)
        self.look_at(folder)
        self._announce(folder)

    async def cancel(self, folder: WorkspaceFolder) -> None:
        """Stay with the present embedder."""
        await self._drop(folder, Role.NEXT)
        self._announce(folder)

    async def go_back(self, folder: WorkspaceFolder) -> None:
        """Return to the embedder before the last change, at once."""
        if folder.spaces.get(Role.PREVIOUS) is None:
            raise Problem("nothing_to_go_back_to")
        await self._drop(folder, Role.NEXT)
        await self._promote(folder, Role.PREVIOUS)

    def view(self, folder: WorkspaceFolder) -> EmbedderView:
        spaces = {space.role: space for space in folder.spaces.all()}
        current, following = spaces.get(Role.CURRENT), spaces.get(Role.NEXT)
        done, total = folder.passages.coverage(following.id) if following else (0, 0)
        coverage = self._covering.of(folder, current) if current else Coverage()
        return EmbedderView(
            name=self._name(current) if current else "",
            folder=current.folder if current else "",
            next=self._name(following) if following else "",
            done=done,
            total=total,
            previous=self._name(spaces[Role.PREVIOUS]) if Role.PREVIOUS in spaces else "",
            embedded=coverage.embedded,
            unknown=coverage.unknown,
            languages=coverage.languages,
            waits=following is not None and done == total and folder.golden.any(),
        )

    def _name(self, space: Space) -> str:
        return space.name or self._indexing.name_of("")

    async def _promote(self, folder: WorkspaceFolder, role: Role) -> None:
        dropped = folder.spaces.get(Role.PREVIOUS) if role is Role.NEXT else None
        folder.spaces.promote(role)
        self.look_at(folder)
        self._announce(folder)
        if dropped is not None:
            await self._indexing.discard(folder, dropped.id)

    async def _drop(self, folder: WorkspaceFolder, role: Role) -> None:
        space = folder.spaces.get(role)
        if space is not None:
            folder.spaces.remove(space.id)
            await self._indexing.discard(folder, space.id)

    def _announce(self, folder: WorkspaceFolder) -> None:
        self._announcer.announce(EmbedderChanged(folder.id, self.view(folder)))
