"""Follows one watched folder for as long as it is watched."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

from workspaces.core.reasons import Problem, Reason
from workspaces.engine.child import Child
from workspaces.library.folder_events import FolderEvents
from workspaces.library.watches import Watch
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import Walk, Walked
from workspaces.services.queue import RETRY
from workspaces.services.rescanning import Rescanning

QUIET = 1.0
"""Seconds without a change until a folder is looked at: files are not written in a moment."""

NOT_QUIET = 10.0
"""Seconds after which a folder is looked at that is never quiet."""

CHECK = 300.0
"""Seconds between two looks where changes are heard of: not every change can be (a drive that
another machine writes to, more subfolders than the system watches)."""

POLL = 30.0
"""Seconds between two looks where changes are not heard of, or the folder is not there."""

log = logging.getLogger("quire.services")


class Following:
    """One task for each watched folder, so there are never two looks at it at once. Every method
    is called on the loop's thread."""

    def __init__(
        self,
        folder: WorkspaceFolder,
        watch: Watch,
        reader: Child,
        rescanning: Rescanning,
        threads: Executor,
        told: Callable[[frozenset[str]], None],
        device: int | None = None,
    ) -> None:
        """``told`` is called when :attr:`problem` or :attr:`gone` has changed, with the ids that
        joined the latter. ``device`` is that of an earlier following of the same folder."""
        self.watch = watch
        self.device = device
        """The number of the file system on which files were seen in the folder."""
        self.problem: Reason | None = None
        """Why the folder cannot be followed now."""
        self.gone = frozenset(document for document, _, _ in folder.documents.gone(watch.id))
        """Ids of the documents whose files have left for good; a person decides about them."""
        self._folder = folder
        self._reader = reader
        self._rescanning = rescanning
        self._told = told
        self._events = FolderEvents(Path(watch.folder), watch.subfolders, self._heard, threads)
        self._look_again = asyncio.Event()
        self._heard_at = 0.0
        self._looked = asyncio.Event()
        self._took = 0.0
        self._claims: asyncio.Task[None] | None = None
        self._task = asyncio.create_task(self._run())

    async def looked(self) -> None:
        """Wait for the first look at the folder: what is new in it has been offered then."""
        await self._looked.wait()

    async def stop(self) -> None:
        """Follow no longer; what is being done is broken off where it may be."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._forget_claims()
        await self._events.stop()
        self._looked.set()

    # --- when to look ---

    async def _run(self) -> None:
        while True:
            self._look_again.clear()
            began = _now()
            await self._look_safely()
            self._took = _now() - began
            self._looked.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._look_again.wait()
            await self._until_quiet()

    def _pause(self) -> float:
        rests = CHECK if self._events.live and self.problem is None else POLL
        return max(rests, self._took)  # at most every second moment is spent on looking

    async def _until_quiet(self) -> None:
        latest = _now() + NOT_QUIET
        while (wait := min(self._heard_at + QUIET, latest) - _now()) > 0:
            await asyncio.sleep(wait)

    def _heard(self) -> None:
        self._heard_at = _now()
        self._look_again.set()

    # --- a look ---

    async def _look_safely(self) -> None:
        await self._forget_claims()
        try:
            problem = await self._look()
        except Problem as trouble:
            problem = trouble.reason
        except Exception as bug:
            log.exception("looking at a watched folder")
            problem = Reason("bug", {"details": f"{type(bug).__name__}: {bug}"})
        self._tell(problem, self.gone)

    async def _look(self) -> Reason | None:
        """Returns why the folder cannot be followed, where it cannot: then nothing in it counts
        as gone."""
        before = await self._events.listen()
        if before is None:
            return self._reason("watch_missing")
        walked = await self._walk()
        if before != await self._events.device():  # a drive was pulled or put in meanwhile
            return self._reason("watch_missing")
        for path, code in walked.problems:
            if path == self.watch.folder:
                return self._reason("watch_missing" if code == "missing" else code)
        if self._may_be_unmounted(before, walked):
            return self._reason("watch_empty")
        await self._rescanning.compare(self._folder, self.watch, walked)
        await self._settle()
        return None

    async def _walk(self) -> Walked:
        body = Walk([self.watch.folder], self.watch.subfolders, list(self.watch.ignore))
        return await self._reader.look(body, Walked)

    def _may_be_unmounted(self, device: int, walked: Walked) -> bool:
        """An empty folder is an emptied one only on the drive where we saw its files before. Else
        it may be the place where a drive is not mounted now."""
        if walked.files:
            self.device = device
        if walked.files or self.device == device:
            return False
        return any(
            each.follows and not each.gone
            for some in self._folder.documents.known(self.watch.id, self.watch.folder)
            for each in some
        )

    async def _settle(self) -> None:
        """Deal with what is gone; later, where a file that is still to be read may be one that
        was moved."""
        if claims := self._folder.documents.claims(self.watch.id):
            self._claims = asyncio.create_task(self._wait_for(claims))
            return
        self._tell(None, await self._rescanning.settle(self._folder, self.watch))

    async def _wait_for(self, claims: list[str]) -> None:
        """Look again once ``claims`` have been read."""
        while True:
            try:
                await self._rescanning.until_read(self._folder, claims)
            except Problem:
                await asyncio.sleep(RETRY)
            else:
                self._look_again.set()
                return

    async def _forget_claims(self) -> None:
        if self._claims is not None:
            self._claims.cancel()
            await asyncio.gather(self._claims, return_exceptions=True)
            self._claims = None

    def _tell(self, problem: Reason | None, gone: frozenset[str]) -> None:
        if (problem, gone) != (self.problem, self.gone):
            joined = gone - self.gone
            self.problem, self.gone = problem, gone
            self._told(joined)

    def _reason(self, code: str) -> Reason:
        return Reason(code, {"name": self.watch.folder})


def _now() -> float:
    return asyncio.get_running_loop().time()
