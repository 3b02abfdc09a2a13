"""A passage that was found, as a source that no answer cites."""

from __future__ import annotations

from workspaces.core.types import Source
from workspaces.services.views import FoundPassage


def source_of(mark: int, hit: FoundPassage) -> Source:
    return Source(
        mark=mark,
        passage=hit.id,
        document=hit.document,
        name=hit.name,
        text=hit.text,
        start=hit.start,
        end=hit.end,
        page=hit.page,
        heading=hit.heading,
        line=hit.line,
        row=hit.row,
    )
