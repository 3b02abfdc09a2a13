"""What can be done with a document, by where it stands."""

from __future__ import annotations

from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentView

RETRYABLE = frozenset(
    {
        DocumentState.CANCELLED,
        DocumentState.EMPTY,
        DocumentState.NO_TEXT,
        DocumentState.REFUSED,
        DocumentState.SET_ASIDE,
        DocumentState.TOO_LARGE,
        DocumentState.UNREADABLE,
        DocumentState.UNSUPPORTED,
    }
)
"""The ends that may turn out otherwise: the file may have been mended meanwhile."""


def can_read(document: DocumentView) -> bool:
    """Whether there is a text to show: a duplicate's is that of its twin."""
    return document.state.is_searchable or document.state is DocumentState.DUPLICATE


def can_retry(document: DocumentView) -> bool:
    return document.state in RETRYABLE


def can_cancel(document: DocumentView) -> bool:
    return not document.state.is_final


def can_unlock(document: DocumentView) -> bool:
    """Whether a password is what it lacks."""
    return document.state is DocumentState.ENCRYPTED
