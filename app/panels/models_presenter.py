"""All models there are for this machine, and how one is had."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.offers import licence_words
from app.pacer import Paced
from app.panels.dialogs import Dialogs
from workspaces.core.mirrors import RemoteFile
from workspaces.core.reasons import Reason
from workspaces.library.offers import licence_called
from workspaces.services.machine import Machine
from workspaces.services.quire import Quire
from workspaces.services.views import (
    DownloadsChanged,
    DownloadView,
    MirrorsView,
    ModelChanged,
    ModelRow,
)

translate = QCoreApplication.translate

Begin = Callable[[Quire, bool], Awaitable[object]]
"""Begins a download; with True, its licence is accepted."""


class ModelsPresenter(QObject):
    """Looks when it is asked to, and follows downloads from then on."""

    listed = Signal(list)
    """All rows, as `ModelRow`."""

    moved = Signal(list)
    """Rows of which only the download has changed."""

    measured = Signal(object)
    """The `Machine`."""

    def __init__(self, bridge: Bridge, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._rows: list[ModelRow] = []
        self._is_watching = False
        bridge.changed.connect(self._follow)

    def refresh(self) -> None:
        """Look at the machine, and at what is there."""
        self._is_watching = True
        self._bridge.run(lambda quire: quire.supply.machine(), self._measure)
        self._bridge.run(lambda quire: quire.supply.rows(), self._show)

    def rest(self) -> None:
        """Nobody looks any more."""
        self._is_watching = False

    def download(self, row: ModelRow) -> None:
        """Begin; where a licence has to be accepted first, ask."""
        self._begin(lambda quire, accept: quire.supply.download(row.id, accept))

    def pause(self, row: ModelRow) -> None:
        self._bridge.run(lambda quire: quire.downloads.pause(row.id))

    def resume(self, row: ModelRow) -> None:
        self._bridge.run(lambda quire: quire.downloads.resume(row.id))

    def give_up(self, row: ModelRow) -> None:
        """Ask, then delete what has come."""
        self._dialogs.confirm(
            translate("Models", "Give up downloading {name}?").format(name=row.title),
            translate("Models", "What has come of it is deleted."),
            translate("Models", "Give up"),
            lambda: self._bridge.run(lambda quire: quire.downloads.give_up(row.id)),
        )

    def remove(self, row: ModelRow) -> None:
        """Ask, then delete a model that was downloaded."""
        self._dialogs.confirm(
            translate("Models", "Delete {name} from this computer?").format(name=row.title),
            translate("Models", "Workspaces that use it go on without it; your documents stay."),
            translate("Models", "Delete"),
            lambda: self._bridge.run(
                lambda quire: quire.supply.remove(row.id), at_end=self.refresh
            ),
        )

    def list_repository(
        self,
        repository: str,
        then: Callable[[list[RemoteFile]], object],
        on_problem: Callable[[Reason], object],
    ) -> None:
        """The GGUF files of any repository."""
        self._bridge.run(lambda quire: quire.supply.models_in(repository), then, on_problem)

    def download_file(self, repository: str, file: RemoteFile) -> None:
        self._begin(lambda quire, accept: quire.supply.download_file(repository, file, accept))

    def ask_mirrors(self, then: Callable[[MirrorsView], object]) -> None:
        async def mirrors(quire: Quire) -> MirrorsView:
            return quire.supply.mirrors()

        self._bridge.run(mirrors, then)

    def change_mirrors(self, chosen: list[str], own: str) -> None:
        self._bridge.run(lambda quire: quire.supply.change_mirrors(chosen, own))

    def _begin(self, begin: Begin) -> None:
        self._bridge.run(
            lambda quire: begin(quire, False), on_problem=partial(self._ask_licence, begin)
        )

    def _ask_licence(self, begin: Begin, reason: Reason) -> None:
        if reason.code != "licence_not_accepted":
            self._bridge.went_wrong.emit(reason, "")
            return
        words = licence_words(reason.details["licence"])
        licence = licence_called(reason.details["licence"])
        text = [licence.built_with, *words.terms, licence.notice, licence.url, licence.policy]
        question = translate("Models", "{name} comes under the {licence}.")
        self._dialogs.confirm(
            question.format(name=reason.details["name"], licence=words.title),
            "\n\n".join(filter(None, text)),
            translate("Models", "Accept and download"),
            lambda: self._bridge.run(lambda quire: begin(quire, True)),
        )

    def _measure(self, machine: Machine) -> None:
        self.measured.emit(machine)

    def _show(self, rows: list[ModelRow]) -> None:
        self._rows = rows
        self.listed.emit(rows)

    def _follow(self, change: Paced) -> None:
        if not self._is_watching:
            return
        if isinstance(change, DownloadsChanged):
            self._move({each.id: each for each in change.downloads})
        elif isinstance(change, ModelChanged):
            self.refresh()

    def _move(self, downloads: dict[str, DownloadView]) -> None:
        """Where the same models are on their way, only their rows have changed."""
        coming = [row for row in self._rows if row.download]
        if {row.id for row in coming} != set(downloads):
            self.refresh()
            return
        moved = [replace(row, download=downloads[row.id]) for row in coming]
        by_id = {row.id: row for row in moved}
        self._rows = [by_id.get(row.id, row) for row in self._rows]
        self.moved.emit(moved)
