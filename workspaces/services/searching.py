"""A question becomes passages with addresses."""

from __future__ import annotations

from workspaces.library.workspace_folder import WorkspaceFolder
from workspaces.services.indexing import Indexing
from workspaces.services.views import FoundPassage


class Searching:
    """Searches one workspace's index and looks the hits up in its catalogue."""

    def __init__(self, indexing: Indexing) -> None:
        self._indexing = indexing

    async def search(
        self, folder: WorkspaceFolder, question: str, limit: int
    ) -> list[FoundPassage]:
        """At most ``limit`` passages, best first. A hit whose document is gone is left out."""
        hits = (await self._indexing.search(folder, question, limit)).hits
        passages = folder.passages.get([hit.passage for hit in hits])
        names = {document.id: document.name for document in folder.documents.all()}
        return [
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
            )
            for hit in hits
            if (passage := passages.get(hit.passage)) and passage.document in names
        ]
