"""Downloads models: one after the other, to be paused, gone on with and given up; what is wanted
survives the end of the program. Nothing is asked of the network before a person asks for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from workspaces.core.mirrors import (
    MIRRORS,
    Kind,
    Mirror,
    RemoteFile,
    check_repository,
    file_address,
    listing_address,
    own_mirror,
)
from workspaces.core.reasons import Problem, Reason
from workspaces.engine.child import Child
from workspaces.library.downloaded import GENERATOR, Downloaded, DownloadFolder, Wanted
from workspaces.protocol.messages import (
    Address,
    Contacted,
    Fetch,
    Fetched,
    ListedFiles,
    ListFiles,
    ProgressBody,
    Received,
    TriedMirrors,
    TryMirrors,
)
from workspaces.services.announcer import Announcer
from workspaces.services.models import Models, check_model
from workspaces.services.views import DownloadsChanged, DownloadState, DownloadView

PACE = 8.0
"""Seconds over which the speed is taken."""

network = logging.getLogger("quire.network")
"""What was asked of whom: the log that a person can read."""


@dataclass
class _Download:
    """One that is not finished. ``before`` are the bytes of files that are done already."""

    wanted: Wanted
    state: DownloadState = DownloadState.WAITING
    done: int = 0
    before: int = 0
    mirror: str = ""
    reason: Reason | None = None
    pace: deque[tuple[float, int]] = field(default_factory=deque)

    def rest(self, state: DownloadState, reason: Reason | None = None) -> None:
        """Have it wait for a person."""
        self.state, self.reason, self.mirror = state, reason, ""
        self.pace.clear()

    def receive(self, done: int, at: float) -> None:
        """``done`` bytes of its present file are there, at ``at`` seconds of some clock."""
        self.done = self.before + done
        self.pace.append((at, self.done))
        while self.pace[0][0] < at - PACE:
            self.pace.popleft()

    def view(self) -> DownloadView:
        return DownloadView(
            self.wanted.id,
            self.wanted.title,
            self.state,
            self.done,
            self.wanted.size,
            self._speed(),
            self.mirror,
            self.reason,
        )

    def _speed(self) -> float:
        if len(self.pace) < 2:
            return 0.0
        (began, first), (now, last) = self.pace[0], self.pace[-1]
        return (last - first) / (now - began) if now > began else 0.0


class Downloads:
    """``fetcher`` is the child that may talk to the network."""

    def __init__(
        self,
        folder: DownloadFolder,
        fetcher: Child,
        models: Models,
        announcer: Announcer,
    ) -> None:
        self._folder = folder
        self._fetcher = fetcher
        self._models = models
        self._announcer = announcer
        self._running: asyncio.Task[None] | None = None
        self._downloads = [
            _Download(wanted, DownloadState.PAUSED, folder.arrived(wanted))
            for wanted in _left_over(folder)
        ]

    def views(self) -> list[DownloadView]:
        """Those that are not finished, in the order in which they come."""
        return [download.view() for download in self._downloads]

    def here(self) -> list[Downloaded]:
        """The models that were downloaded."""
        return self._folder.all()

    async def begin(self, wanted: Wanted) -> None:
        """Line ``wanted`` up, or go on with it where it is known already."""
        if wanted.id in (each.wanted.id for each in self.here()):
            return
        if self._find(wanted.id) is None:
            self._downloads.append(_Download(wanted))
            self._keep()
        await self.resume(wanted.id)

    async def resume(self, download_id: str) -> None:
        """Line a paused or failed one up again."""
        download = self._find(download_id)
        if download and download.state in (DownloadState.PAUSED, DownloadState.FAILED):
            download.rest(DownloadState.WAITING)
        self._announce()
        self._go_on()

    async def pause(self, download_id: str) -> None:
        """Keep what is there of it, and leave it for later."""
        if download := self._find(download_id):
            await self._interrupt(download)
            download.rest(DownloadState.PAUSED)
            self._announce()
            self._go_on()

    async def give_up(self, download_id: str) -> None:
        """Delete what is there of it."""
        if download := self._find(download_id):
            await self._interrupt(download)
            self._downloads.remove(download)
            self._keep()
            await asyncio.to_thread(self._folder.forget, download.wanted)
            self._announce()
            self._go_on()

    async def remove(self, downloaded: Downloaded) -> None:
        """Delete a model that is here."""
        await asyncio.to_thread(self._folder.remove, downloaded)
        self._announce()

    async def finished(self) -> None:
        """Wait until none is running or waits."""
        while self._running is not None:
            await asyncio.wait([self._running])
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """At the end of the program: what is running is kept."""
        for download in self._downloads:
            if download.state is DownloadState.WAITING:
                download.rest(DownloadState.PAUSED)
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait([self._running])

    async def files_of(self, repository: str, revision: str = "") -> list[RemoteFile]:
        """What is in a repository. Raises Problem ``no_repository`` or ``listing_failed``."""
        name = check_repository(repository)
        return await self._listed(name, name, revision)

    # --- one after the other ---

    def _go_on(self) -> None:
        if self._running is None:
            waiting = (each for each in self._downloads if each.state is DownloadState.WAITING)
            if download := next(waiting, None):
                self._running = asyncio.create_task(self._download(download))
                self._running.add_done_callback(lambda _: self._ended())

    def _ended(self) -> None:
        self._running = None
        self._go_on()

    async def _interrupt(self, download: _Download) -> None:
        if self._running and download.state in (DownloadState.LOOKING, DownloadState.RUNNING):
            self._running.cancel()
            await asyncio.wait([self._running])

    async def _download(self, download: _Download) -> None:
        """Every way this can end is the download's state."""
        try:
            await self._get(download)
        except Problem as problem:
            download.rest(DownloadState.FAILED, problem.reason)
        except asyncio.CancelledError:
            download.rest(DownloadState.PAUSED)
            raise
        except Exception as bug:
            logging.getLogger("quire.services").exception("a download failed")
            download.rest(DownloadState.FAILED, Reason("bug", {"details": repr(bug)}))
        finally:
            download.done = self._folder.arrived(download.wanted)
            self._announce()

    async def _get(self, download: _Download) -> None:
        download.state = DownloadState.LOOKING
        self._announce()
        download.wanted = await self._complete(download.wanted)
        self._keep()
        mirrors = await self._order(download.wanted)
        download.state, download.before = DownloadState.RUNNING, 0
        for file in download.wanted.files:
            await self._get_file(download, file, mirrors)
            download.before += file.size
        if download.wanted.kind == GENERATOR:
            await asyncio.to_thread(self._check, download.wanted)
        await asyncio.to_thread(self._folder.finish, download.wanted)
        self._downloads.remove(download)
        self._keep()

    async def _get_file(self, download: _Download, file: RemoteFile, mirrors: list[Mirror]) -> None:
        target = self._folder.staging(download.wanted) / file.path
        if target.exists():  # only what is right has its name
            return
        addresses = _addresses(mirrors, download.wanted, file)

        def hear(body: ProgressBody) -> None:
            if isinstance(body, Received):
                download.mirror = body.mirror
                download.receive(body.done, time.monotonic())
                self._announce()
            self._log(body, file.path)

        fetch = Fetch(addresses, str(target), file.size, file.digest)
        await self._fetcher.call(fetch, Fetched, on_progress=hear)

    def _check(self, wanted: Wanted) -> None:
        """A file that is what its mirrors say may still be no model of ours."""
        try:
            check_model(self._folder.staging(wanted) / wanted.files[0].path)
        except Problem:
            self._folder.forget(wanted)
            raise

    # --- mirrors ---

    def _mirrors(self) -> list[Mirror]:
        """Those that the settings name, in their order; else all."""
        settings = self._models.settings
        own = [own_mirror(settings.own_mirror)] if settings.own_mirror else []
        known = {mirror.name: mirror for mirror in (*own, *MIRRORS)}
        chosen = [known[name] for name in settings.mirrors if name in known]
        return chosen or list(known.values())

    async def _order(self, wanted: Wanted) -> list[Mirror]:
        """The mirrors in the order a person wants, else the fastest first, those that did not
        answer last."""
        mirrors = self._mirrors()
        if self._models.settings.mirrors or len(mirrors) == 1:
            return mirrors
        largest = max(wanted.files, key=lambda file: file.size)
        question = TryMirrors(_addresses(mirrors, wanted, largest), largest.size)
        tried = await self._fetcher.call(
            question, TriedMirrors, on_progress=lambda body: self._log(body, largest.path)
        )
        order = {name: place for place, name in enumerate(tried.mirrors)}
        return sorted(mirrors, key=lambda mirror: order.get(mirror.name, len(order)))

    async def _complete(self, wanted: Wanted) -> Wanted:
        """``wanted`` with the size and digest of every file. Raises Problem
        ``download_unverifiable`` where no mirror tells them."""
        if all(file.digest for file in wanted.files):
            return wanted
        listed = await self._listed(wanted.repository, wanted.modelscope, wanted.revision)
        known = {file.path: file for file in listed if file.digest}
        for file in wanted.files:
            if not file.digest and file.path not in known:
                raise Problem("download_unverifiable", name=file.path)
        files = [file if file.digest else known[file.path] for file in wanted.files]
        return msgspec.structs.replace(wanted, files=files)

    async def _listed(self, repository: str, modelscope: str, revision: str) -> list[RemoteFile]:
        places = ((mirror, _name_at(mirror, repository, modelscope)) for mirror in self._mirrors())
        addresses = [
            Address(mirror, listing_address(mirror, name, revision))
            for mirror, name in places
            if name
        ]
        listed = await self._fetcher.call(
            ListFiles(repository, addresses),
            ListedFiles,
            on_progress=lambda body: self._log(body, f"the files of {repository}"),
        )
        return listed.files

    # --- what is kept and told ---

    def _find(self, download_id: str) -> _Download | None:
        return next((each for each in self._downloads if each.wanted.id == download_id), None)

    def _keep(self) -> None:
        self._folder.write_wanted([download.wanted for download in self._downloads])

    def _announce(self) -> None:
        self._announcer.announce(DownloadsChanged(tuple(self.views())))

    def _log(self, body: ProgressBody, what: str) -> None:
        if isinstance(body, Contacted):
            network.info("asked %s for %s", body.host, what)


def _left_over(folder: DownloadFolder) -> list[Wanted]:
    """What the last session did not finish. A list that cannot be read is no reason not to
    start."""
    try:
        return folder.read_wanted()
    except Problem as problem:
        logging.getLogger("quire.services").warning("no download is gone on with: %s", problem)
        return []


def _addresses(mirrors: Iterable[Mirror], wanted: Wanted, file: RemoteFile) -> list[Address]:
    places = ((each, _name_at(each, wanted.repository, wanted.modelscope)) for each in mirrors)
    return [
        Address(mirror, file_address(mirror, name, wanted.revision, file.path))
        for mirror, name in places
        if name
    ]


def _name_at(mirror: Mirror, repository: str, modelscope: str) -> str:
    """What the repository is called there; empty where it is not there."""
    return modelscope if mirror.kind is Kind.MODELSCOPE else repository
