"""Taking a file in: what is it, is it here already, what text does it hold?"""

from __future__ import annotations

from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import DocumentState
from workspaces.engine.child import Child
from workspaces.library.disk import disk_problems
from workspaces.library.documents import Document
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.protocol.messages import (
    Admit,
    Admitted,
    Extract,
    Extracted,
    ProgressBody,
    Step,
)
from workspaces.services.noticing import Noticing
from workspaces.services.versions import older_versions

LARGEST = 512 * 1024 * 1024
"""Largest document taken, in bytes."""

PATIENCE = 120.0
"""Seconds the reader may work without progress before it is killed."""


class Intake:
    """Asks the reader, one document at a time. Passwords are held here, in memory, until the
    document they were given for has ended."""

    def __init__(self, reader: Child, noticing: Noticing) -> None:
        self._reader = reader
        self._noticing = noticing
        self._passwords: dict[str, tuple[str, ...]] = {}

    def give_passwords(self, document: str, passwords: tuple[str, ...]) -> None:
        """Try these if the document turns out to be protected."""
        if passwords:
            self._passwords[document] = passwords

    def forget_passwords(self, document: str) -> None:
        self._passwords.pop(document, None)

    async def take(self, folder: WorkspaceFolder, document: Document) -> None:
        """Bring ``document`` from ``queued`` to ``indexing``, or to its end where it is here
        already. Raises the Problem that ends it otherwise."""
        folder.documents.set_state([document.id], DocumentState.READING)
        self._noticing.document(folder, document.id)
        admitted = self._admitted(folder, document) or await self._admit(folder, document)
        twin = folder.documents.with_content(admitted.sha256, document.id)
        if twin is not None:
            self._settle_same(folder, document, admitted, twin)
            return
        folder.documents.admit(
            document.id, admitted.kind, admitted.sha256, admitted.size, admitted.modified
        )
        self._hide_behind_older(folder, document)
        await self.extract(folder, document, admitted.kind)

    async def extract(self, folder: WorkspaceFolder, document: Document, kind: str) -> None:
        """Read the text of our copy; the document can be split then."""
        extracted = await self.read_text(folder, document, kind)
        folder.documents.extracted(document.id, extracted.pages, extracted.warnings)
        self._noticing.document(folder, document.id)

    async def read_text(self, folder: WorkspaceFolder, document: Document, kind: str) -> Extracted:
        """Write the text of our copy beside it."""

        def show(body: ProgressBody) -> None:
            if isinstance(body, Step):
                self._noticing.document(folder, document.id, body.done, body.total)

        original, text = folder.original(document.id), folder.text(document.id)
        passwords = list(self._passwords.get(document.id, ()))
        body = Extract(str(original), kind, document.name, str(text), passwords)
        return await self._reader.call(body, Extracted, on_progress=show, patience=PATIENCE)

    async def copy_again(self, folder: WorkspaceFolder, document: Document) -> bool:
        """Make our copy again from the person's file; False where that has gone or changed."""
        try:
            admitted = await self._admit(folder, document, ".again")
        except Problem:
            return False
        target = folder.original(document.id)
        fresh = target.with_name(target.name + ".again")
        with disk_problems(target):
            if admitted.sha256 != document.sha256:
                fresh.unlink()
                return False
            fresh.replace(target)
        return True

    def _admitted(self, folder: WorkspaceFolder, document: Document) -> Admitted | None:
        """What an earlier start found out, if our copy is whole: the source may be gone by now."""
        original = folder.original(document.id)
        if document.sha256 and original.is_file() and original.stat().st_size == document.size:
            return Admitted(document.kind, document.sha256, document.size, document.modified)
        return None

    async def _admit(
        self, folder: WorkspaceFolder, document: Document, suffix: str = ""
    ) -> Admitted:
        original = folder.original(document.id)
        target = original.with_name(original.name + suffix)
        with disk_problems(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        body = Admit(document.path, str(target), LARGEST)
        return await self._reader.call(body, Admitted, patience=PATIENCE)

    def _hide_behind_older(self, folder: WorkspaceFolder, document: Document) -> None:
        """A new version of a file: search answers from the old one until this one is ready."""
        for older in older_versions(folder, document):
            if older.replaces is None:
                folder.documents.replace(document.id, older.id)

    def _settle_same(
        self, folder: WorkspaceFolder, document: Document, admitted: Admitted, twin: Document
    ) -> None:
        """The content is here already: it is the same file, the file moved, or a duplicate."""
        folder.remove_files(document.id)
        if twin.path == document.path:
            folder.documents.touched(twin.id, admitted.modified)
            reason = Reason("unchanged", {"name": document.name})
            folder.documents.drop_as(document.id, DocumentState.DUPLICATE, reason, twin.id)
            self._noticing.removed(folder, document.id)
            self._forget_failed(folder, twin)
        elif _has_moved(folder, document, twin):
            reason = Reason("moved", {"name": twin.name})
            folder.documents.drop_as(document.id, DocumentState.MOVED, reason, twin.id)
            folder.documents.move(twin.id, document.name, document.path, admitted.modified)
            self._noticing.removed(folder, document.id)
        else:
            reason = Reason("duplicate", {"name": document.name, "other": twin.name})
            folder.documents.end(document.id, DocumentState.DUPLICATE, reason, twin.id)
            self._noticing.document(folder, document.id)
        self._noticing.document(folder, twin.id)

    def _forget_failed(self, folder: WorkspaceFolder, document: Document) -> None:
        """The file is again what ``document`` holds: tries of it that failed are history."""
        for each in folder.documents.at(document.path):
            if each.state.is_final and each.state not in (
                DocumentState.READY,
                DocumentState.DUPLICATE,
            ):
                folder.remove_files(each.id)
                folder.documents.remove([each.id])
                self._noticing.removed(folder, each.id)


def _has_moved(folder: WorkspaceFolder, document: Document, twin: Document) -> bool:
    """Whether ``document`` is the file of ``twin`` in a new place. In the place of another file it
    is a new version of that first, and a duplicate."""
    gone = twin.gone and document.watch == twin.watch
    return gone and not older_versions(folder, document)
