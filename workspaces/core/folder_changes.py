"""What has changed in a watched folder: its files as they are, against the documents that follow
them. Plain values only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

Facts = tuple[int, int]
"""Of a file: its size in bytes, and when it was written, in nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Known:
    """A document of a file in the folder. A file may have several: older versions, failed tries.

    ``facts`` are those of the file when it was taken. ``follows`` is False for a document that was
    added by hand. ``queued``: whatever is in the file by then will be read.
    """

    document: str
    path: str
    facts: Facts
    follows: bool = True
    gone: bool = False
    queued: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be done, all in ids of documents but ``offer``, which are paths: of new files, and
    of those that changed. ``adopt``: they were added by hand and follow the folder from now on.
    ``gone``: their files have left; ``back``: those are there again."""

    offer: list[str] = field(default_factory=list)
    adopt: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)


def changes(
    known: Iterable[Known],
    found: Mapping[str, Facts],
    unseen: Collection[str] = (),
    dropped: Mapping[str, Facts] | None = None,
) -> Changes:
    """Compare the documents with the files found. A file is offered where none of its documents was
    taken from it as it is now.

    ``unseen`` are paths that could not be looked at: nothing at or below one has left.
    ``dropped`` are files whose documents a person removed, with their size and the moment of
    that: such a file is new again only once it has changed.
    """
    result = Changes()
    with_document: set[str] = set()
    up_to_date: set[str] = set()
    for each in known:
        with_document.add(each.path)
        if each.path in found:
            if each.queued or each.facts == found[each.path]:
                up_to_date.add(each.path)
            if not each.follows:
                result.adopt.append(each.document)
            elif each.gone:
                result.back.append(each.document)
        elif each.follows and not each.gone and not _is_unseen(each.path, unseen):
            result.gone.append(each.document)
    removed = dropped or {}
    result.offer.extend(
        path
        for path, facts in found.items()
        if path not in up_to_date and (path in with_document or _is_new(facts, removed.get(path)))
    )
    return result


def _is_new(facts: Facts, dropped: Facts | None) -> bool:
    if dropped is None:
        return True
    (size, written), (old_size, removed_at) = facts, dropped
    return size != old_size or written > removed_at


def _is_unseen(path: str, unseen: Collection[str]) -> bool:
    if not unseen:
        return False
    return path in unseen or any(str(parent) in unseen for parent in PurePath(path).parents)
