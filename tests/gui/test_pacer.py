"""What the pacer joins, and what it lets through."""

from __future__ import annotations

import asyncio

from app.pacer import DocumentsMoved, Paced, Pacer
from workspaces.core.types import DocumentState
from workspaces.services.views import (
    DocumentChanged,
    DocumentRemoved,
    DocumentsChanged,
    DocumentView,
    TurnGrew,
    WorkspacesChanged,
)


def row(identity: str, done: int = 0) -> DocumentView:
    return DocumentView(identity, identity, "", DocumentState.READING, done, 100)


async def test_pieces_are_joined_and_keep_their_place() -> None:
    passed: list[Paced] = []
    pacer = Pacer(passed.append)
    for piece in "abc":
        pacer.put(TurnGrew("c", "t", piece))
    assert passed == []
    pacer.put(WorkspacesChanged())
    assert passed == [TurnGrew("c", "t", "abc"), WorkspacesChanged()]
    pacer.put(TurnGrew("c", "t", "d"))
    await asyncio.sleep(0.1)
    assert passed[2:] == [TurnGrew("c", "t", "d")]


async def test_of_a_document_only_the_newest_row_crosses() -> None:
    passed: list[Paced] = []
    pacer = Pacer(passed.append)
    for done in range(50):
        pacer.put(DocumentChanged("w", row("a", done)))
        pacer.put(DocumentChanged("w", row("b", done)))
    pacer.put(DocumentRemoved("w", "b"))
    pacer.put(DocumentChanged("other", row("c")))
    assert passed == []
    await asyncio.sleep(0.2)
    assert passed == [
        DocumentsMoved("w", (row("a", 49),), frozenset({"b"})),
        DocumentsMoved("other", (row("c"),), frozenset()),
    ]


async def test_documents_do_not_hold_up_what_else_changes() -> None:
    passed: list[Paced] = []
    pacer = Pacer(passed.append)
    pacer.put(DocumentChanged("w", row("a")))
    pacer.put(WorkspacesChanged())
    assert passed == [WorkspacesChanged()]
    await asyncio.sleep(0.2)
    assert len(passed) == 2


async def test_rows_come_before_the_word_that_all_is_different() -> None:
    passed: list[Paced] = []
    pacer = Pacer(passed.append)
    pacer.put(DocumentChanged("w", row("a")))
    pacer.put(DocumentsChanged("w"))
    assert passed == [DocumentsMoved("w", (row("a"),), frozenset()), DocumentsChanged("w")]
    await asyncio.sleep(0.2)
    assert len(passed) == 2
