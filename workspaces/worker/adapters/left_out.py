"""What a document holds and Quire leaves out, said in the report."""

from __future__ import annotations

from workspaces.core.reasons import Reason


def left_out(
    name: str, *, comments: int = 0, deletions: int = 0, embedded: int = 0
) -> list[Reason]:
    """A warning for each of the counts that is not 0."""
    counts = {
        "comments_left_out": comments,
        "deletions_left_out": deletions,
        "embedded_left_out": embedded,
    }
    return [
        Reason(code, {"name": name, "count": str(count)}) for code, count in counts.items() if count
    ]
