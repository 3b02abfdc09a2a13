"""Which models there are for this machine: on their way, here, and on offer; and how one that is
not here is had."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from workspaces.core.mirrors import MIRRORS, RemoteFile, check_repository, model_files, own_mirror
from workspaces.core.reasons import Problem
from workspaces.engine.child import Child
from workspaces.library.downloaded import GENERATOR, Downloaded, Wanted
from workspaces.library.found_models import Found, find_models, offer_of
from workspaces.library.model_places import Place
from workspaces.library.offers import (
    Judged,
    Licence,
    Offer,
    OfferedFile,
    find_offer,
    judged,
    licence_by_name,
    licence_of,
)
from workspaces.services.downloads import Downloads
from workspaces.services.machine import Machine, look_at_machine
from workspaces.services.models import Models
from workspaces.services.views import DownloadView, MirrorsView, ModelRow, Standing


class Supply:
    """``make_probe`` makes a generator that nobody else needs, to look for graphics cards;
    ``places`` are where other programs keep models."""

    def __init__(
        self,
        home: Path,
        downloads: Downloads,
        models: Models,
        make_probe: Callable[[], Child],
        places: Sequence[Place],
    ) -> None:
        self._home = home
        self._downloads = downloads
        self._models = models
        self._make_probe = make_probe
        self._places = places
        self._machine: asyncio.Task[Machine] | None = None
        self._looking: asyncio.Task[list[Found]] | None = None

    async def machine(self) -> Machine:
        """What this machine has; looked at once in a session."""
        if self._machine is None:
            probe = self._make_probe()
            self._machine = asyncio.create_task(look_at_machine(self._home, probe))
        return await asyncio.shield(self._machine)

    async def rows(self) -> list[ModelRow]:
        """What is on its way, then what is here, then what other programs keep on this disk, then
        the offers, what fits this machine best first of its kind."""
        room = (await self.machine()).room
        here = await asyncio.to_thread(self._downloads.here)
        found = {each: offer_of(each) for each in await self._found()}
        coming = self._downloads.views()
        known = {each.wanted.id for each in here} | {each.id for each in coming}
        known |= {offer.id for offer in found.values() if offer}
        offers = {one.offer.id: one for one in judged(room, self._models.settings.context, known)}
        rows = [
            *(_coming(view, offers.get(view.id)) for view in coming),
            *(_here(each, offers.get(each.wanted.id)) for each in here),
            *(
                _found(each, offers.get(offer.id) if offer else None)
                for each, offer in found.items()
            ),
            *(_offered(one) for one in offers.values() if one.offer.id not in known),
        ]
        answers = self._models.view().path
        return [replace(row, answers=bool(row.path) and row.path == answers) for row in rows]

    async def download(self, offer_id: str, accept: bool = False) -> str:
        """Download an offer, and ``accept`` its licence. Returns its id. Raises Problem
        ``no_offer``, or ``licence_not_accepted`` where that has to be asked for first."""
        offer = find_offer(offer_id)
        self._accept(licence_of(offer), offer.title, accept)
        await self._downloads.begin(wanted_of(offer))
        return offer.id

    async def models_in(self, repository: str) -> list[RemoteFile]:
        """The GGUF files of any repository, the smallest first. Raises Problem ``no_repository``,
        ``listing_failed`` or ``no_model_in_repository``."""
        found = model_files(await self._downloads.files_of(repository))
        if not found:
            raise Problem("no_model_in_repository", name=repository)
        return found

    async def download_file(self, repository: str, file: RemoteFile, accept: bool = False) -> str:
        """Download one GGUF file of any repository, and ``accept`` the licence that its name stands
        for. Returns the id it has from now on. Raises Problem ``licence_not_accepted``."""
        name = check_repository(repository)
        self._accept(licence_by_name(f"{name}/{file.path}"), name, accept)
        title = PurePosixPath(file.path).stem
        folder = f"{name.replace('/', '-')}-{title}"
        await self._downloads.begin(Wanted(folder, title, GENERATOR, name, [file], modelscope=name))
        return folder

    async def remove(self, model_id: str) -> None:
        """Delete a model that was downloaded; one that answers now is put out of use first."""
        for each in self._downloads.here():
            if each.wanted.id == model_id:
                if self._models.view().path == each.path:
                    self._models.choose_best()
                await self._downloads.remove(each)

    def mirrors(self) -> MirrorsView:
        """Where models are downloaded from."""
        settings = self._models.settings
        own = [own_mirror(settings.own_mirror)] if settings.own_mirror else []
        names = tuple(mirror.name for mirror in (*own, *MIRRORS))
        chosen = tuple(name for name in settings.mirrors if name in names)
        return MirrorsView(names, chosen, settings.own_mirror)

    async def change_mirrors(self, chosen: list[str], own: str, keep: bool = True) -> None:
        """Download from the mirrors ``chosen``, in their order (none: from the fastest); ``own`` is
        the address of one more, or empty. Unless ``keep``, for this session only. Raises Problem
        ``mirror_address``."""
        if own:
            own = own_mirror(own).base
        self._models.change(keep, mirrors=chosen, own_mirror=own)

    async def _found(self) -> list[Found]:
        """What other programs keep here; looked for once in a session, which takes seconds."""
        if self._looking is None:
            self._looking = asyncio.create_task(asyncio.to_thread(find_models, self._places))
        return await asyncio.shield(self._looking)

    def _accept(self, licence: Licence | None, title: str, accept: bool) -> None:
        accepted = self._models.settings.licences
        if licence is None or not licence.asks or licence.id in accepted:
            return
        if not accept:
            raise Problem("licence_not_accepted", name=title, licence=licence.id)
        self._models.change(True, licences=[*accepted, licence.id])


def wanted_of(offer: Offer) -> Wanted:
    """What the downloader has to get for an offer."""
    files = [
        # Only both together are known; else a mirror's listing tells both.
        RemoteFile(file.path, file.bytes, f"sha256:{file.sha256}" if _is_known(file) else "")
        for file in offer.files
    ]
    return Wanted(
        offer.id,
        offer.title,
        offer.kind.value,
        offer.repository,
        files,
        offer.revision,
        offer.modelscope or "",
    )


def _is_known(file: OfferedFile) -> bool:
    return file.sha256 is not None and file.size is not None


def _coming(view: DownloadView, one: Judged | None) -> ModelRow:
    row = _offered(one) if one else ModelRow(view.id, GENERATOR, view.title, Standing.COMING)
    return replace(row, standing=Standing.COMING, size=view.total, download=view)


def _here(downloaded: Downloaded, one: Judged | None) -> ModelRow:
    wanted = downloaded.wanted
    row = _offered(one) if one else ModelRow(wanted.id, wanted.kind, wanted.title, Standing.HERE)
    return replace(row, standing=Standing.HERE, size=wanted.size, path=downloaded.path)


def _found(found: Found, one: Judged | None) -> ModelRow:
    path = str(found.path)
    row = _offered(one) if one else ModelRow(path, found.kind.value, found.title, Standing.FOUND)
    return replace(
        row, id=path, standing=Standing.FOUND, size=found.size, path=path, where=found.where
    )


def _offered(one: Judged) -> ModelRow:
    offer, licence = one.offer, licence_of(one.offer)
    return ModelRow(
        offer.id,
        offer.kind.value,
        offer.title,
        Standing.OFFERED,
        offer.bytes,
        offer.context,
        tuple(offer.languages),
        fit=one.verdict.fit.word,
        verdict=one.verdict.reason,
        licence=licence.id,
        asks=licence.asks,
    )
