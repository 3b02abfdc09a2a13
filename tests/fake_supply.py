"""The models of a fake Quire: rows that a test puts in, and a history of what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workspaces.core.mirrors import RemoteFile
from workspaces.core.reasons import Problem
from workspaces.services.machine import Machine
from workspaces.services.views import (
    Change,
    DownloadsChanged,
    DownloadState,
    DownloadView,
    MirrorsView,
    ModelRow,
    Standing,
)

MACHINE = Machine(16 * 2**30, 12 * 2**30, 8, 16, 200 * 10**9, ())


class FakeSupply:
    """Stands for `Quire.supply` and `Quire.downloads`. A download begins and never moves unless a
    test says so."""

    def __init__(self, announce: Callable[[Change], None]) -> None:
        self._announce = announce
        self.models: list[ModelRow] = []
        self.files: list[RemoteFile] = []
        self.asked: list[tuple[Any, ...]] = []
        self.accepted = False
        self.shown_mirrors = MirrorsView(("ModelScope", "hf-mirror", "Hugging Face"))

    async def machine(self) -> Machine:
        return MACHINE

    async def rows(self) -> list[ModelRow]:
        return list(self.models)

    async def download(self, offer_id: str, accept: bool = False) -> str:
        self.asked.append(("download", offer_id, accept))
        row = next(each for each in self.models if each.id == offer_id)
        if row.asks and not accept and not self.accepted:
            raise Problem("licence_not_accepted", name=row.title, licence=row.licence)
        self.move(DownloadView(offer_id, row.title, DownloadState.RUNNING, 0, row.size))
        return offer_id

    async def models_in(self, repository: str) -> list[RemoteFile]:
        self.asked.append(("models_in", repository))
        if not self.files:
            raise Problem("no_model_in_repository", name=repository)
        return self.files

    async def download_file(self, repository: str, file: RemoteFile, accept: bool = False) -> str:
        self.asked.append(("download_file", repository, file))
        return file.path

    async def remove(self, model_id: str) -> None:
        self.asked.append(("remove", model_id))
        self.models = [each for each in self.models if each.id != model_id]

    def mirrors(self) -> MirrorsView:
        return self.shown_mirrors

    async def change_mirrors(self, chosen: list[str], own: str) -> None:
        self.asked.append(("change_mirrors", chosen, own))

    async def pause(self, download_id: str) -> None:
        self.asked.append(("pause", download_id))

    async def resume(self, download_id: str) -> None:
        self.asked.append(("resume", download_id))

    async def give_up(self, download_id: str) -> None:
        self.asked.append(("give_up", download_id))

    def move(self, view: DownloadView) -> None:
        """Have the model with this id be where ``view`` says."""
        self.models = [
            replace(each, standing=Standing.COMING, download=view) if each.id == view.id else each
            for each in self.models
        ]
        coming = [each.download for each in self.models if each.download]
        self._announce(DownloadsChanged(tuple(coming)))
