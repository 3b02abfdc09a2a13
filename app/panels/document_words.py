"""Where a document stands, in words."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from app.sentences import sentence
from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentView

translate = QCoreApplication.translate


def standing(document: DocumentView) -> str:
    """A few words, or the full sentence why the document was left out."""
    words = _standing(document)
    if document.replaces and not document.state.is_final:
        words = translate("Documents", "New version · {standing}").format(standing=words)
    if document.gone:
        left = translate("Documents", "its file has left the watched folder")
        words = " · ".join(filter(None, [words, left]))
    return words


def remarks(document: DocumentView) -> str:
    """The full sentences about a document: why it was left out, what it could not give; empty
    when there is nothing to say."""
    reasons = [document.reason] if document.reason else []
    return "\n".join(sentence(reason) for reason in [*reasons, *document.warnings])


def folder_of(document: DocumentView) -> str:
    """The folder the document came from; empty when nobody knows."""
    return str(PurePath(document.path).parent) if document.path else ""


def _standing(document: DocumentView) -> str:
    match document.state:
        case DocumentState.QUEUED:
            return translate("Documents", "Waiting")
        case DocumentState.READING:
            return _reading(document)
        case DocumentState.INDEXING:
            return translate("Documents", "Splitting its text")
        case DocumentState.SEARCHABLE:
            return translate("Documents", "Found by its words already")
        case DocumentState.EMBEDDING:
            return _counted(
                document,
                translate("Documents", "Found by its words already · embedding {done} of {total}"),
                translate("Documents", "Found by its words already · embedding"),
            )
        case DocumentState.READY:
            return _ready(document)
        case _:
            return sentence(document.reason) if document.reason else ""


def _reading(document: DocumentView) -> str:
    paged = translate("Documents", "Reading {done} of {total} pages")
    parted = translate("Documents", "Reading {done} of {total}")
    unknown = translate("Documents", "Reading")
    return _counted(document, paged if document.pages else parted, unknown)


def _ready(document: DocumentView) -> str:
    count = document.passages
    passages = translate("Documents", "%n passage(s)", "", count)
    words = translate("Documents", "Ready · {passages}").format(passages=passages)
    if count := len(document.warnings):
        words += " · " + translate("Documents", "%n remark(s)", "", count)
    return words


def _counted(document: DocumentView, counted: str, uncounted: str) -> str:
    if not document.total:
        return uncounted
    return counted.format(done=document.done, total=document.total)
