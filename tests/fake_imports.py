"""The import half of a `Quire` in memory: documents, the report, watched folders, checks, and the
embedding model. Everything is ready at once, but what the test scripts otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePath
from typing import Any

from workspaces.core.reasons import Problem, Reason
from workspaces.core.report import ReportLabels, to_csv, to_markdown
from workspaces.core.types import DocumentState, Place
from workspaces.services.quire import Quire
from workspaces.services.views import (
    Change,
    CheckProgressed,
    DocumentChanged,
    DocumentRemoved,
    DocumentView,
    EmbedderChanged,
    EmbedderView,
    Finding,
    ImportProgress,
    ImportProgressed,
    Removal,
    ReportRow,
    RerankerChanged,
    RerankerView,
    WatchesChanged,
    WatchView,
)

OFFERED_AT = "2026-03-01T09:00:00+00:00"
ENDED_AT = "2026-03-01T09:01:30+00:00"


class FakeImports(Quire):
    """Names that end in ``.png`` are refused, names that begin with ``locked`` need
    :attr:`password`, and the same content is what has the same file name."""

    password = "sesame"

    def __init__(self) -> None:
        self.history: list[tuple[Any, ...]] = []
        self.failure: Exception | None = None
        """Raised by the next call that changes something."""
        self.step = 0.0
        """Seconds between two steps of a check, and until a reranking model has been tried."""
        self.findings: list[Finding] = []
        """What the next check finds."""
        self.removal = Removal(0)
        """What the next deletion leaves behind; the documents are counted by themselves."""
        self._listeners: list[Callable[[Change], None]] = []
        self._ids = count(1)
        self._documents: dict[str, dict[str, DocumentView]] = {}
        self._offered: dict[str, dict[str, ReportRow]] = {}
        self._texts: dict[str, list[Place]] = {}
        self._progress: dict[str, ImportProgress] = {}
        self._watches: dict[str, dict[str, WatchView]] = {}
        self._embedders: dict[str, EmbedderView] = {}
        self._rerankers: dict[str, RerankerView] = {}

    # --- scripting ---------------------------------------------------------------------------

    def with_document(self, workspace: str, document: DocumentView, text: str = "") -> None:
        """A document that is there from the start."""
        self._keep(workspace, document)
        self._texts[document.id] = [Place(text)]

    def with_watch(self, workspace: str, watch: WatchView) -> None:
        """A folder that is watched from the start."""
        self._watches.setdefault(workspace, {})[watch.id] = watch

    def announce(self, change: Change) -> None:
        for listener in list(self._listeners):
            listener(change)

    def move(self, workspace: str, document: DocumentView) -> None:
        """A document gets on."""
        self._keep(workspace, document)
        self.announce(DocumentChanged(workspace, document))

    def progress(self, workspace: str, progress: ImportProgress) -> None:
        """The import gets on."""
        self._progress[workspace] = progress
        self.announce(ImportProgressed(workspace, progress))

    def embed(self, workspace: str, embedder: EmbedderView) -> None:
        """The embedding model changes, or its change gets on."""
        self._embedders[workspace] = embedder
        self.announce(EmbedderChanged(workspace, embedder))

    # --- documents ---------------------------------------------------------------------------

    async def list_documents(self, workspace: str) -> list[DocumentView]:
        return list(self._documents[workspace].values())

    async def add_documents(
        self, workspace: str, paths: list[str], passwords: Sequence[str] = ()
    ) -> list[str]:
        self._note("add_documents", workspace, *paths)
        added: list[str] = []
        for path in paths:
            document = self._offer(workspace, path)
            self._texts[document.id] = [Place(f"The text of {document.name}.")]
            self.move(workspace, document)
            added.append(document.id)
        return added

    async def remove_documents(self, workspace: str, documents: Sequence[str]) -> Removal:
        self._note("remove_documents", workspace, *documents)
        for document in documents:
            del self._documents[workspace][document]
            row = self._offered[workspace][document]
            reason = Reason("removed", {"name": row.name})
            self._offered[workspace][document] = replace(
                row, state=DocumentState.REMOVED, reason=reason, here=False
            )
            self.announce(DocumentRemoved(workspace, document))
        return replace(self.removal, documents=len(documents))

    async def document_places(self, workspace: str, document: str) -> tuple[str, list[Place]]:
        return self._documents[workspace][document].name, self._texts[document]

    async def cancel_documents(self, workspace: str, documents: Sequence[str]) -> None:
        self._note("cancel_documents", workspace, *documents)
        for document in self._open(workspace, documents):
            reason = Reason("cancelled", {"name": document.name})
            self.move(workspace, replace(document, state=DocumentState.CANCELLED, reason=reason))

    async def retry_documents(self, workspace: str, documents: Sequence[str]) -> list[str]:
        self._note("retry_documents", workspace, *documents)
        taken: list[str] = []
        for identity in documents:
            if known := self._documents[workspace].get(identity):
                self.move(workspace, _ready(known))
                taken.append(identity)
            else:
                path = self._offered[workspace][identity].path
                taken += await self.add_documents(workspace, [path])
        return taken

    async def unlock_documents(
        self, workspace: str, documents: Sequence[str], password: str
    ) -> None:
        self._note("unlock_documents", workspace, *documents)
        for identity in documents:
            known = self._documents[workspace][identity]
            if password == self.password:
                self.move(workspace, _ready(known))
            else:
                reason = Reason("wrong_password", {"name": known.name})
                self.move(workspace, replace(known, reason=reason))

    # --- the import --------------------------------------------------------------------------

    async def import_progress(self, workspace: str) -> ImportProgress:
        return self._progress.get(workspace, ImportProgress())

    async def pause_import(self, workspace: str) -> None:
        self._note("pause_import", workspace)
        self.progress(workspace, replace(await self.import_progress(workspace), paused=True))

    async def resume_import(self, workspace: str) -> None:
        self._note("resume_import", workspace)
        self.progress(workspace, replace(await self.import_progress(workspace), paused=False))

    async def cancel_import(self, workspace: str) -> None:
        self._note("cancel_import", workspace)
        await self.cancel_documents(workspace, list(self._documents[workspace]))
        self.progress(workspace, ImportProgress())

    async def report(self, workspace: str) -> list[ReportRow]:
        self._note("report", workspace)
        return list(self._offered.get(workspace, {}).values())

    async def export_report(
        self, workspace: str, target: Path, labels: ReportLabels | None = None
    ) -> Path:
        self._note("export_report", workspace, target)
        rows = list(self._offered[workspace].values())
        words = labels or ReportLabels()
        table = target.suffix == ".csv"
        target.write_text(to_csv(rows, words) if table else to_markdown("here", rows, words))
        return target

    # --- watched folders ---------------------------------------------------------------------

    async def list_watches(self, workspace: str) -> list[WatchView]:
        return list(self._watches.get(workspace, {}).values())

    async def watch_folder(
        self,
        workspace: str,
        folder: str,
        subfolders: bool = True,
        ignore: Sequence[str] = (),
        follow: bool = False,
    ) -> WatchView:
        self._note("watch_folder", workspace, folder, subfolders, tuple(ignore), follow)
        made = WatchView(f"f{next(self._ids)}", folder, subfolders, tuple(ignore), follow)
        return self._put_watch(workspace, made)

    async def change_watch(
        self, workspace: str, watch: str, subfolders: bool, ignore: Sequence[str], follow: bool
    ) -> WatchView:
        self._note("change_watch", workspace, watch, subfolders, tuple(ignore), follow)
        known = self._watches[workspace][watch]
        changed = replace(known, subfolders=subfolders, ignore=tuple(ignore), follow=follow)
        return self._put_watch(workspace, changed)

    async def unwatch_folder(self, workspace: str, watch: str) -> None:
        self._note("unwatch_folder", workspace, watch)
        del self._watches[workspace][watch]
        self.announce(WatchesChanged(workspace))

    async def settle_gone(self, workspace: str, watch: str, remove: bool) -> Removal:
        self._note("settle_gone", workspace, watch, remove)
        gone = [each.id for each in self._documents[workspace].values() if each.gone]
        removal = await self.remove_documents(workspace, gone) if remove else Removal(0)
        self._put_watch(workspace, replace(self._watches[workspace][watch], gone=0))
        return removal

    # --- checks ------------------------------------------------------------------------------

    async def check_workspace(self, workspace: str) -> list[Finding]:
        self._note("check_workspace", workspace)
        await self._work_through(workspace)
        return self.findings

    async def repair_workspace(self, workspace: str) -> list[Finding]:
        self._note("repair_workspace", workspace)
        await self._work_through(workspace)
        found, self.findings = self.findings, []
        return [replace(finding, repaired=True) for finding in found]

    # --- the embedding model -----------------------------------------------------------------

    async def embedder(self, workspace: str) -> EmbedderView:
        return self._embedders.get(workspace, EmbedderView("all-MiniLM-L6-v2"))

    async def change_embedder(self, workspace: str, folder: str | None) -> None:
        self._note("change_embedder", workspace, folder)
        known = await self.embedder(workspace)
        name = PurePath(folder).name if folder else "all-MiniLM-L6-v2"
        self.embed(workspace, replace(known, next=name, total=1000))

    async def cancel_embedder_change(self, workspace: str) -> None:
        self._note("cancel_embedder_change", workspace)
        self.embed(workspace, replace(await self.embedder(workspace), next="", done=0, total=0))

    async def undo_embedder_change(self, workspace: str) -> None:
        self._note("undo_embedder_change", workspace)
        known = await self.embedder(workspace)
        self.embed(workspace, EmbedderView(known.previous, previous=known.name))

    # --- the reranker ------------------------------------------------------------------------

    async def reranker(self, workspace: str) -> RerankerView:
        return self._rerankers.get(workspace, RerankerView())

    async def change_reranker(self, workspace: str, folder: str | None) -> None:
        self._note("change_reranker", workspace, folder)
        await asyncio.sleep(self.step)
        chosen = RerankerView(PurePath(folder).name, folder) if folder else RerankerView()
        self._rerankers[workspace] = chosen
        self.announce(RerankerChanged(workspace, chosen))

    # --- inside ------------------------------------------------------------------------------

    def _note(self, *call: Any) -> None:
        self.history.append(call)
        if self.failure:
            failure, self.failure = self.failure, None
            raise failure

    def _keep(self, workspace: str, document: DocumentView) -> None:
        self._documents.setdefault(workspace, {})[document.id] = document
        self._offered.setdefault(workspace, {})[document.id] = ReportRow(
            document.id,
            document.name,
            document.path,
            document.state,
            OFFERED_AT,
            ENDED_AT if document.state.is_final else "",
            document.reason,
            document.warnings,
            document.twin,
        )

    def _offer(self, workspace: str, path: str) -> DocumentView:
        name = PurePath(path).name
        made = DocumentView(f"d{next(self._ids)}", name, path, DocumentState.READY, passages=3)
        known = self._documents[workspace].values()
        twin = next((each for each in known if each.name == name), None)
        if name.endswith(".png"):
            return _ended(made, DocumentState.REFUSED, "image")
        if name.startswith("locked"):
            return _ended(made, DocumentState.ENCRYPTED, "encrypted")
        if twin:
            other = replace(made, twin=twin.id)
            return _ended(other, DocumentState.DUPLICATE, "duplicate", other=twin.name)
        return made

    def _open(self, workspace: str, documents: Iterable[str]) -> list[DocumentView]:
        known = [self._documents[workspace][each] for each in documents]
        return [each for each in known if not each.state.is_final]

    def _put_watch(self, workspace: str, watch: WatchView) -> WatchView:
        self.with_watch(workspace, watch)
        self.announce(WatchesChanged(workspace))
        return watch

    async def _work_through(self, workspace: str) -> None:
        if workspace not in self._documents:
            raise Problem("no_workspace", name=workspace)
        steps = max(1, len(self._documents[workspace]))
        try:
            for done in range(steps + 1):
                self.announce(CheckProgressed(workspace, done, steps))
                await asyncio.sleep(self.step)
        except asyncio.CancelledError:
            self.history.append(("check cancelled", workspace))
            raise


def _ready(document: DocumentView) -> DocumentView:
    return replace(document, state=DocumentState.READY, passages=3, reason=None)


def _ended(document: DocumentView, state: DocumentState, code: str, **details: str) -> DocumentView:
    reason = Reason(code, {"name": document.name, **details})
    return replace(document, state=state, passages=0, reason=reason)
