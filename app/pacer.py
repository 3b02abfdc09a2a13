"""Spaces out what the engine announces, so that the window keeps its time for the person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from workspaces.services.views import (
    Change,
    DocumentChanged,
    DocumentRemoved,
    DocumentsChanged,
    DocumentView,
    TurnGrew,
)

GROWTH_INTERVAL = 1 / 30
DOCUMENTS_INTERVAL = 1 / 10


@dataclass(frozen=True, slots=True)
class DocumentsMoved:
    """What became of documents of one workspace in the last tenth of a second: the newest row of
    each that changed, and the ids of those that are gone."""

    workspace: str
    rows: tuple[DocumentView, ...]
    removed: frozenset[str]


Paced = Change | DocumentsMoved
"""What comes over: no `DocumentChanged` and no `DocumentRemoved`, but the two joined."""


class Pacer:
    """Joins the streamed pieces of an answer, so that at most about 30 a second cross over, and the
    changes of documents, so that at most about 10 a second do, however many documents move.

    Everything else passes at once, in order. Used on the engine's loop only.
    """

    def __init__(self, emit: Callable[[Paced], object]) -> None:
        self._emit = emit
        self._pieces: list[TurnGrew] = []
        self._documents: dict[str, dict[str, DocumentView | None]] = {}
        self._growing: asyncio.TimerHandle | None = None
        self._moving: asyncio.TimerHandle | None = None

    def put(self, change: Change) -> None:
        match change:
            case TurnGrew():
                self._pieces.append(change)
                self._growing = self._growing or _later(GROWTH_INTERVAL, self._flush_pieces)
            case DocumentChanged():
                self._move(change.workspace, change.document.id, change.document)
            case DocumentRemoved():
                self._move(change.workspace, change.document, None)
            case _:
                if isinstance(change, DocumentsChanged):
                    self._flush_documents()
                self._flush_pieces()
                self._emit(change)

    def _move(self, workspace: str, document: str, row: DocumentView | None) -> None:
        self._documents.setdefault(workspace, {})[document] = row
        self._moving = self._moving or _later(DOCUMENTS_INTERVAL, self._flush_documents)

    def _flush_pieces(self) -> None:
        if self._growing:
            self._growing.cancel()
            self._growing = None
        if self._pieces:
            first = self._pieces[0]
            text = "".join(piece.text for piece in self._pieces)
            self._pieces.clear()
            # one question is answered at a time, so all pieces are of one turn
            self._emit(TurnGrew(first.conversation, first.turn, text))

    def _flush_documents(self) -> None:
        if self._moving:
            self._moving.cancel()
            self._moving = None
        moved, self._documents = self._documents, {}
        for workspace, newest in moved.items():
            rows = tuple(row for row in newest.values() if row is not None)
            removed = frozenset(identity for identity, row in newest.items() if row is None)
            self._emit(DocumentsMoved(workspace, rows, removed))


def _later(seconds: float, work: Callable[[], object]) -> asyncio.TimerHandle:
    return asyncio.get_running_loop().call_later(seconds, work)
