"""Where a document stands, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.sentences import sentence
from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentView

translate = QCoreApplication.translate


def standing(document: DocumentView) -> str:
    """A few words, or the full sentence why the document was left out."""
    match document.state:
        case DocumentState.QUEUED:
            return translate("Documents", "Queued")
        case DocumentState.READING:
            return _counted(
                document,
                translate("Documents", "Reading {done} of {total}"),
                translate("Documents", "Reading"),
            )
        case DocumentState.INDEXING:
            return _counted(
                document,
                translate("Documents", "Indexing {done} of {total}"),
                translate("Documents", "Indexing"),
            )
        case DocumentState.READY:
            count = document.passages
            passages = translate("Documents", "%n passage(s)", "", count)
            return translate("Documents", "Ready · {passages}").format(passages=passages)
        case _:
            return sentence(document.reason) if document.reason else ""


def _counted(document: DocumentView, counted: str, uncounted: str) -> str:
    if not document.total:
        return uncounted
    return counted.format(done=document.done, total=document.total)
