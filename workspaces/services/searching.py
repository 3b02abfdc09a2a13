"""A question becomes passages with addresses."""

from __future__ import annotations

from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.indexing import Indexing
from workspaces.services.views import FoundPassage

HIDDEN_ROOM = 40
"""Hits asked for beyond those wanted while newer versions of documents are being imported: theirs
are not shown yet."""


class Searching:
    """Searches one workspace's index and looks the hits up in its catalogue."""

    def __init__(self, indexing: Indexing) -> None:
        self._indexing = indexing

    async def search(
        self, folder: WorkspaceFolder, question: str, limit: int, at_once: bool = False
    ) -> list[FoundPassage]:
        """At most ``limit`` passages, best first. A hit whose document is gone, or waits to take an
        older version's place, is left out. ``at_once``: see :meth:`Indexing.search`."""
        room = limit + HIDDEN_ROOM if folder.documents.hidden() else limit
        hits = (await self._indexing.search(folder, question, room, at_once)).hits
        passages = folder.passages.get([hit.passage for hit in hits])
        names = folder.documents.names({passage.document for passage in passages.values()})
        found = [
            FoundPassage(
                id=passage.id,
                document=passage.document,
                name=names[passage.document],
                text=passage.text,
                start=passage.start,
                end=passage.end,
                page=passage.page,
                heading=passage.heading,
                score=hit.score,
                keyword_rank=hit.keyword_rank,
                vector_rank=hit.vector_rank,
                line=passage.line,
                row=passage.row,
            )
            for hit in hits
            if (passage := passages.get(hit.passage)) and passage.document in names
        ]
        return found[:limit]
