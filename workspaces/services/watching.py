"""Watched folders: added, changed, moved and deleted files follow by themselves."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from workspaces.core.reasons import Problem
from workspaces.engine.child import Child
from workspaces.library.watches import Watch
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.announcer import Announcer
from workspaces.services.clock import new_id, now
from workspaces.services.following import Following
from workspaces.services.noticing import Noticing
from workspaces.services.rescanning import Rescanning
from workspaces.services.shelf import Shelf
from workspaces.services.views import Removal, WatchesChanged, WatchView


class Watching:
    """The watched folders of every workspace. Every method is called on the loop's thread."""

    def __init__(
        self,
        home: Path,
        shelf: Shelf,
        reader: Child,
        rescanning: Rescanning,
        noticing: Noticing,
        announcer: Announcer,
    ) -> None:
        self._home = home
        self._shelf = shelf
        self._reader = reader
        self._rescanning = rescanning
        self._noticing = noticing
        self._announcer = announcer
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="watched-folders")
        self._followings: dict[str, tuple[WorkspaceFolder, Following]] = {}

    async def follow_all(self) -> None:
        """Look at every watched folder, and follow each until :meth:`stop`. Returns after the
        first looks."""
        for folder in self._shelf:
            for watch in folder.watches.all():
                if watch.id not in self._followings:
                    self._follow(folder, watch)
        begun = [following for _, following in self._followings.values()]
        await asyncio.gather(*(following.looked() for following in begun))

    async def stop(self) -> None:
        """Follow nothing any more; no thread is left."""
        await self._stop(list(self._followings))
        self._threads.shutdown()

    async def leave(self, folder: WorkspaceFolder) -> None:
        """Follow nothing of ``folder``, which is off the shelf already."""
        await self._stop(
            [watch for watch, (owner, _) in self._followings.items() if owner is folder]
        )

    # --- the watched folders of a workspace ---

    def views(self, folder: WorkspaceFolder) -> list[WatchView]:
        """Oldest first."""
        return [self._view(folder, watch) for watch in folder.watches.all()]

    async def add(
        self,
        folder: WorkspaceFolder,
        path: str,
        subfolders: bool,
        ignore: Sequence[str],
        follow: bool,
    ) -> WatchView:
        """Watch the folder at ``path``. Returns when what lies in it has been offered. Raises
        Problem ``not_a_folder``, ``odd_name``, ``watch_home`` or ``watch_taken``."""
        root = os.path.abspath(path)  # noqa: PTH100 - "a/../b" is b, as the person sees it
        watched = [watch.folder for watch in folder.watches.all()]
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, _check, root, self._home, watched)
        folder = self._shelf.get(folder.id)  # it may have gone meanwhile
        watch = Watch(new_id(), root, subfolders, tuple(ignore), follow)
        folder.watches.save(watch, now())
        return await self._begin(folder, watch)

    async def change(
        self,
        folder: WorkspaceFolder,
        watch: str,
        subfolders: bool,
        ignore: Sequence[str],
        follow: bool,
    ) -> WatchView:
        """Watch it in another way: a file that is left out now has left. Raises Problem
        ``no_watch``."""
        changed = replace(
            _find(folder, watch), subfolders=subfolders, ignore=tuple(ignore), follow=follow
        )
        before = self._followings.get(watch)
        await self._stop([watch])
        folder.watches.save(changed, now())
        return await self._begin(folder, changed, before[1].device if before else None)

    async def remove(self, folder: WorkspaceFolder, watch: str) -> None:
        """Follow it no longer; its documents stay. Raises Problem ``no_watch``."""
        found = _find(folder, watch)
        await self._stop([found.id])
        gone = [document for document, _, _ in folder.documents.gone(found.id)]
        folder.documents.release(found.id)
        folder.watches.remove(found.id)
        self._noticing.documents(folder, gone)
        self._announcer.announce(WatchesChanged(folder.id))

    async def settle(self, folder: WorkspaceFolder, watch: str, remove: bool) -> Removal:
        """Answer what becomes of the documents whose files have left: they are removed, or stay
        and follow the folder no longer. Raises Problem ``no_watch``."""
        found = _find(folder, watch)
        gone = [document for document, _ in self._gone(folder, found)]
        removal = Removal(0)
        if remove:
            removal = await self._rescanning.remove(folder, gone)
        else:
            folder.documents.set_watch(gone, None)
            self._noticing.documents(folder, gone)
        self._announcer.announce(WatchesChanged(folder.id))
        return removal

    # --- following ---

    def _follow(
        self, folder: WorkspaceFolder, watch: Watch, device: int | None = None
    ) -> Following:
        def tell(gone: frozenset[str]) -> None:
            self._noticing.documents(folder, list(gone))
            self._announcer.announce(WatchesChanged(folder.id))

        following = Following(
            folder, watch, self._reader, self._rescanning, self._threads, tell, device
        )
        self._followings[watch.id] = (folder, following)
        return following

    async def _begin(
        self, folder: WorkspaceFolder, watch: Watch, device: int | None = None
    ) -> WatchView:
        following = self._follow(folder, watch, device)
        self._announcer.announce(WatchesChanged(folder.id))
        await following.looked()
        if watch.id not in self._followings:  # somebody unwatched it meanwhile
            raise Problem("no_watch")
        return self._view(folder, watch)

    async def _stop(self, watches: Sequence[str]) -> None:
        found = [self._followings.pop(watch) for watch in watches if watch in self._followings]
        await asyncio.gather(*(following.stop() for _, following in found))

    def _gone(self, folder: WorkspaceFolder, watch: Watch) -> list[tuple[str, str]]:
        """(id, path) of what has left for good: other files may still turn out to have moved."""
        gone = [(document, path) for document, path, _ in folder.documents.gone(watch.id)]
        if watch.id not in self._followings:
            return gone
        settled = self._followings[watch.id][1].gone
        return [(document, path) for document, path in gone if document in settled]

    def _view(self, folder: WorkspaceFolder, watch: Watch) -> WatchView:
        following = self._followings.get(watch.id)
        return WatchView(
            id=watch.id,
            folder=watch.folder,
            subfolders=watch.subfolders,
            ignore=watch.ignore,
            follow=watch.follow,
            gone=len({path for _, path in self._gone(folder, watch)}),
            problem=following[1].problem if following else None,
        )


def _find(folder: WorkspaceFolder, watch: str) -> Watch:
    found = folder.watches.get(watch)
    if found is None:
        raise Problem("no_watch")
    return found


def _check(root: str, home: Path, watched: Sequence[str]) -> None:
    """May ``root`` be watched?"""
    if root.encode("utf-8", "replace").decode() != root:
        raise Problem("odd_name", name=root.encode("utf-8", "replace").decode())
    if not Path(root).is_dir():
        raise Problem("not_a_folder", name=root)
    if _overlap(root, home):
        raise Problem("watch_home", name=root)
    if any(_overlap(root, Path(other)) for other in watched):
        raise Problem("watch_taken", name=root)


def _overlap(root: str, other: Path) -> bool:
    one, two = Path(root).resolve(), other.resolve()
    return one.is_relative_to(two) or two.is_relative_to(one)
