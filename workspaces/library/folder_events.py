"""Hears from the system that something changed in a folder. watchdog is imported here only."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from workspaces.core.noise import is_hidden, is_noise

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

log = logging.getLogger("quire.library")


class FolderEvents:
    """Calls ``changed``, on the loop's thread, after a change in ``folder``: once, however many
    changes there are until the loop comes to it. Whatever may wait for a disk or a network is
    done on a thread of ``threads``; every method is called on the loop's thread, one at a time.
    """

    def __init__(
        self, folder: Path, subfolders: bool, changed: Callable[[], None], threads: Executor
    ) -> None:
        self._folder = folder
        self._subfolders = subfolders
        self._changed = changed
        self._threads = threads
        self._loop = asyncio.get_running_loop()
        self._told = False
        self._observer: BaseObserver | None = None
        self._identity: tuple[int, int] | None = None
        self._parts: list[threading.Thread] = []
        """The observer's threads: one that dies takes the events with it, and nobody is told."""

    @property
    def live(self) -> bool:
        """Whether changes are heard of. Where the system refuses (it allows only so many), somebody
        has to look now and then."""
        return self._observer is not None

    async def listen(self) -> int | None:
        """Listen, if nobody does yet or another folder is in that place now. Returns
        :meth:`device`."""
        return await self._loop.run_in_executor(self._threads, self._listen)

    async def device(self) -> int | None:
        """The number of the file system that the folder is on, None where there is no folder.
        After a drive was pulled its mount point may remain, on another file system."""
        facts = await self._loop.run_in_executor(self._threads, self._facts)
        return facts.st_dev if facts else None

    async def stop(self) -> None:
        """Listen no more; no thread is left."""
        await self._loop.run_in_executor(self._threads, self._stop)

    # --- on a thread of the executor ---

    def _facts(self) -> os.stat_result | None:
        try:
            facts = self._folder.stat()
        except OSError:
            return None
        return facts if self._folder.is_dir() else None

    def _listen(self) -> int | None:
        facts = self._facts()
        if facts is None:
            self._stop()
            return None
        identity = (facts.st_dev, facts.st_ino)
        if identity != self._identity or not self._is_hearing():
            self._stop()
            self._start()
            self._identity = identity
        return facts.st_dev

    def _is_hearing(self) -> bool:
        return self._observer is not None and all(part.is_alive() for part in self._parts)

    def _start(self) -> None:
        from watchdog.observers import Observer  # reaches for the system's libraries
        from watchdog.utils import BaseThread

        # Said of a folder that is made inside one that was just made; nothing is lost.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        others = threading.enumerate()
        observer = None
        try:
            observer = Observer()
            _schedule(observer, self._folder.resolve(), self._subfolders, self._notice)
            observer.start()
        except Exception as refusal:  # noqa: BLE001 - each system refuses in its own way
            log.warning("no events from %s: %s", self._folder, refusal)
            if observer is not None:
                observer.stop()
        else:
            self._observer = observer
            threads = (each for each in threading.enumerate() if each not in others)
            self._parts = [each for each in threads if isinstance(each, BaseThread)]

    def _stop(self) -> None:
        observer, self._observer = self._observer, None
        self._identity = None
        if observer is not None:
            observer.stop()
            observer.join()

    # --- on watchdog's thread ---

    def _notice(self) -> None:
        if not self._told:
            self._told = True
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._told = False
        self._changed()


def _schedule(
    observer: BaseObserver, folder: Path, subfolders: bool, notice: Callable[[], None]
) -> None:
    from watchdog import events

    class Handler(events.FileSystemEventHandler):
        def dispatch(self, event: FileSystemEvent) -> None:
            if _matters(event, folder):
                notice()

    # Not those of files being opened and read: we do that ourselves.
    kinds = [
        events.FileCreatedEvent,
        events.FileModifiedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
        events.DirDeletedEvent,
    ]
    observer.schedule(Handler(), str(folder), recursive=subfolders, event_filter=kinds)


def _matters(event: FileSystemEvent, folder: Path) -> bool:
    paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
    return any(not _is_noise(path, folder, event.is_directory) for path in paths)


def _is_noise(path: Path, folder: Path, is_directory: bool) -> bool:
    parts = path.relative_to(folder).parts if path.is_relative_to(folder) else (path.name,)
    return any(map(is_hidden, parts)) or (bool(parts) and not is_directory and is_noise(parts[-1]))
