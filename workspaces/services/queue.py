"""Does the steps of the import: loops that take what is next, and a hold-up when nothing goes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass, field

from workspaces.core.reasons import Problem, Reason
from workspaces.engine.faults import Fault
from workspaces.library.documents import Document
from workspaces.library.workspace_folder import WorkspaceFolder

HOLDING = (
    "disk_full",
    "disk_failed",
    "home_unwritable",
    "embedder_missing",
    "embedder_gone",
    "not_an_embedder",
    "index_damaged",
    "stays_down",
    "not_started",
)
"""Reasons that concern every document: the import waits until they have gone."""

RETRY = 60.0
"""Seconds until an import that waits tries again by itself."""

log = logging.getLogger("quire.services")


async def _nothing() -> None:
    """For work that needs nothing made ready."""


@dataclass(slots=True, eq=False)
class Job:
    """One step of the import. What goes wrong while it is made ready is no document's fault."""

    folder: WorkspaceFolder
    work: Callable[[], Awaitable[object]]
    documents: Sequence[Document] = ()
    ready: Callable[[], Awaitable[object]] = _nothing
    task: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def names(self) -> list[str]:
        return [document.id for document in self.documents]


Following = Callable[[], Job | None]
"""Gives the next step of one loop, None where there is nothing to do."""


class Queue:
    """Runs one loop for each :data:`Following`. Every method is called on the loop's thread.

    ``settle`` decides what a Problem of a job means; ``told`` hears what holds the import up, and
    None when it goes on.
    """

    def __init__(
        self,
        settle: Callable[[Job, Problem], None],
        begin: Callable[[Job], None],
        told: Callable[[Problem | None], None],
    ) -> None:
        self._settle = settle
        self._begin = begin
        self._told = told
        self._wake = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._jobs: list[Job] = []
        self._retry: asyncio.TimerHandle | None = None
        self._held_up_by: Problem | None = None

    @property
    def held_up(self) -> Reason | None:
        """Why nothing is done."""
        return self._held_up_by.reason if self._held_up_by else None

    def start(self, loops: Sequence[Following]) -> None:
        self._tasks = {asyncio.create_task(self._run(following)) for following in loops}

    async def stop(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def wake(self) -> None:
        """There may be work again."""
        async with self._wake:
            if self._held_up_by is not None:
                self._held_up_by = None
                self._told(None)
            self._wake.notify_all()

    def look_again_in(self, seconds: float) -> None:
        """Ask the loops then what is next, also if nothing has happened."""
        self._later(seconds, self._look_again)

    async def _look_again(self) -> None:
        async with self._wake:
            self._wake.notify_all()

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until ``reached``, which is asked after every step. Raises the Problem that holds
        the import up before."""
        async with self._wake:
            await self._wake.wait_for(lambda: reached() or self._held_up_by)
        if self._held_up_by and not reached():
            raise self._held_up_by

    async def _run(self, following: Callable[[], Job | None]) -> None:
        while True:
            async with self._wake:
                await self._wake.wait_for(lambda: self._pick(following) is not None)
                job = self._pick(following)
            if job is not None:
                await self._do(job)
            async with self._wake:
                self._wake.notify_all()

    def _pick(self, following: Callable[[], Job | None]) -> Job | None:
        if self._held_up_by:
            return None
        try:
            return following()
        except Problem as problem:  # the catalogue cannot be read
            self.hold_up(problem)
        except Exception as bug:
            log.exception("looking for what is next")
            self.hold_up(_problem_of(bug))
        self._wake.notify_all()  # whoever waits for the import must hear of it
        return None

    async def _do(self, job: Job) -> None:
        """Do one step, so that it can be abandoned without ending the loop."""
        job.task = asyncio.ensure_future(self._guarded(job))
        self._jobs.append(job)
        try:
            await asyncio.wait([job.task])
        finally:
            job.task.cancel()
            self._jobs.remove(job)

    async def abandon(self, folder: WorkspaceFolder, documents: Collection[str] | None) -> None:
        """Stop what is being done to any of ``documents``, or to ``folder`` where they are
        None."""
        tasks = [
            job.task
            for job in self._jobs
            if job.task is not None
            and job.folder is folder
            and (documents is None or any(each.id in documents for each in job.documents))
        ]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _guarded(self, job: Job) -> None:
        self._begin(job)
        try:
            await job.ready()
        except Fault as fault:
            # Its process died; a new one is tried, until three have died in a minute.
            if fault.reason.code in HOLDING:
                self.hold_up(fault)
            return
        except Problem as problem:
            self.hold_up(problem)
            return
        except Exception as bug:
            log.exception("getting ready for %s", job.names)
            self.hold_up(_problem_of(bug))
            return
        try:
            await job.work()
        except Problem as problem:
            self._settle(job, problem)
        except Exception as bug:
            log.exception("importing %s", job.names)
            self._settle(job, _problem_of(bug))

    def hold_up(self, problem: Problem) -> None:
        """Stop importing until something changes: the documents stay queued, nothing is lost."""
        log.warning("the import waits: %s", problem)
        self._held_up_by = problem
        self._told(problem)
        if self._retry is not None:
            self._retry.cancel()
        self._retry = self._later(RETRY, self.wake)

    def _later(
        self, seconds: float, work: Callable[[], Coroutine[None, None, None]]
    ) -> asyncio.TimerHandle:
        loop = asyncio.get_running_loop()

        def begin() -> None:
            task = loop.create_task(work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        return loop.call_later(seconds, begin)


def _problem_of(bug: Exception) -> Problem:
    return Problem("bug", details=f"{type(bug).__name__}: {bug}")
