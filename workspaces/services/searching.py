"""A question becomes passages with addresses."""

from __future__ import annotations

import asyncio

from workspaces.core.selection import Group, select
from workspaces.core.types import Sides
from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.indexing import Indexing
from workspaces.services.views import FoundPassage

MANY = 30
"""Hits looked at for a list of the best: some of them are copies, or neighbours of others."""

HIDDEN_ROOM = 40
"""Hits asked for beyond those wanted while newer versions of documents are being imported: theirs
are not shown yet."""


class Searching:
    """Searches one workspace's index and looks the hits up in its catalogue."""

    def __init__(self, indexing: Indexing) -> None:
        self._indexing = indexing

    async def search(
        self,
        folder: WorkspaceFolder,
        question: str,
        limit: int,
        at_once: bool = False,
        sides: Sides = Sides.BOTH,
    ) -> list[FoundPassage]:
        """At most ``limit`` passages, best first. A hit whose document is gone, or waits to take an
        older version's place, is left out; neighbours are joined and copies left out, see
        :mod:`workspaces.core.selection`, but not from one side's ranking. ``at_once``: see
        :meth:`Indexing.search`."""
        wanted = max(MANY, limit) + (HIDDEN_ROOM if folder.documents.hidden() else 0)
        hits = (await self._indexing.search(folder, question, wanted, at_once, sides)).hits
        passages = folder.passages.get([hit.passage for hit in hits])
        names = folder.documents.names({passage.document for passage in passages.values()})
        shown = {name: each for name, each in passages.items() if each.document in names}
        if sides is Sides.BOTH:
            groups = select(hits, shown, limit).groups
        else:
            groups = [Group([hit], [shown[hit.passage]]) for hit in hits if hit.passage in shown]
        texts = [(group, await _text(folder, group)) for group in groups[:limit]]
        return [_found(group, names, text) for group, text in texts if text]


async def _text(folder: WorkspaceFolder, group: Group) -> str:
    """The stretch that a group covers, empty where the document has just gone; reading a long one
    takes a while."""
    if len(group.passages) == 1:
        return group.passages[0].text
    start, end = group.span
    try:
        return (await asyncio.to_thread(folder.stored_text, group.document))[start:end]
    except OSError:
        return ""


def _found(group: Group, names: dict[str, str], text: str) -> FoundPassage:
    """A group as one passage, with the ranks of its best."""
    passage, best = group.passages[0], group.hits[0]
    start, end = group.span
    return FoundPassage(
        id=passage.id,
        document=passage.document,
        name=names[passage.document],
        text=text,
        start=start,
        end=end,
        page=passage.page,
        heading=passage.heading,
        score=best.score,
        keyword_rank=best.keyword_rank,
        vector_rank=best.vector_rank,
        line=passage.line,
        row=passage.row,
    )
