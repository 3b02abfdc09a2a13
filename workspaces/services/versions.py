"""A file that changed is a new version of its document: what that means for the older ones."""

from __future__ import annotations

from workspaces.library.documents import CONTENT, Document
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.noticing import Noticing


def older_versions(folder: WorkspaceFolder, document: Document) -> list[Document]:
    """The documents of the same file that hold text and are older than ``document``."""
    found = []
    for each in folder.documents.at(document.path):
        if each.id == document.id:
            break
        if each.state in CONTENT:
            found.append(each)
    return found


def bequeath(folder: WorkspaceFolder, document: Document, noticing: Noticing) -> None:
    """Before ``document`` takes the place of older versions: another file may have the content of
    one of those, as its duplicate. It inherits our copy, and is imported from it."""
    for older in older_versions(folder, document):
        twins = [twin for twin in folder.documents.twins(older.id) if twin.id != document.id]
        if twins:
            inherit(folder, older, twins[0], noticing)


def inherit(
    folder: WorkspaceFolder, document: Document, heir: Document, noticing: Noticing
) -> None:
    """Give what ``document`` holds to its duplicate ``heir``, which is imported from it."""
    folder.hand_over(document, heir.id)
    noticing.begun(folder, [heir.id])
    noticing.document(folder, heir.id)
