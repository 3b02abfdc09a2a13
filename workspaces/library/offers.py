"""The models that Quire offers to fetch: ``models.json`` among the resources, as data.

An entry is called an offer. What a person reads about one is in ``app/offers.py``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import msgspec

import resources
from workspaces.core.fitting import (
    Attention,
    Fit,
    Need,
    Room,
    Verdict,
    generator_memory,
    indexer_memory,
    judge,
    order,
)
from workspaces.core.reasons import Problem


class OfferKind(StrEnum):
    """What a model is for."""

    GENERATOR = "generator"
    EMBEDDER = "embedder"
    RERANKER = "reranker"


KINDS = tuple(OfferKind)

_LLAMA = re.compile(r"llama[-_ ]?(3(?:[._][12])?)(?!\d|[._]\d)", re.IGNORECASE)


class OfferedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of an offer: ``path`` in its repository, ``size`` in bytes and ``sha256`` in hex. What
    was read in no source is None, and has to be asked of the hub before the first byte; ``about``
    then says the size roughly."""

    path: str
    size: int | None = None
    sha256: str | None = None
    about: int = 0

    @property
    def bytes(self) -> int:
        """Its size, rough where the exact one is not known."""
        return self.about if self.size is None else self.size


class Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A model to fetch. ``repository`` is OWNER/NAME on the hub, ``revision`` a commit where one is
    known; ``modelscope`` is the repository there, whose files count only where they have the same
    digests. ``context`` is in tokens; ``languages`` are codes, or ``multilingual``. A generator has
    one file, and its ``attention``."""

    id: str
    kind: OfferKind
    title: str
    repository: str
    revision: str
    licence: str
    languages: list[str]
    context: int
    files: list[OfferedFile]
    attention: Attention | None = None
    modelscope: str | None = None

    @property
    def bytes(self) -> int:
        """All files together, rough where a size is not known."""
        return sum(file.bytes for file in self.files)

    @property
    def weights(self) -> OfferedFile:
        """The file with the model's numbers: by far the largest."""
        return max(self.files, key=lambda file: file.bytes)

    def memory(self, context: int) -> int:
        """Bytes of memory it takes; a generator with ``context`` tokens, or as many as it knows."""
        if self.attention is None:
            return indexer_memory(self.weights.bytes)
        return generator_memory(self.bytes, self.attention, min(context, self.context))


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On which terms a model may be used. Where it ``asks``, a person has to accept it before the
    first download; ``built_with`` and ``notice`` are then to be shown as they are, in no other
    language. ``policy`` is the address of what the model may not be used for."""

    id: str
    name: str
    url: str
    policy: str = ""
    built_with: str = ""
    notice: str = ""
    asks: bool = False


class Offers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, of each kind what we would choose first at the top."""

    licences: list[Licence]
    offers: list[Offer]


@dataclass(frozen=True, slots=True)
class Judged:
    """An offer, what it needs, and how it fits a machine."""

    offer: Offer
    need: Need
    verdict: Verdict


@lru_cache(maxsize=1)
def all_offers() -> Offers:
    """What the resource says."""
    return msgspec.json.decode(resources.text("models.json"), type=Offers)


def find_offer(offer_id: str) -> Offer:
    """Raises Problem ``no_offer`` where there is none."""
    for offer in all_offers().offers:
        if offer.id == offer_id:
            return offer
    raise Problem("no_offer", name=offer_id)


def licence_of(offer: Offer) -> Licence:
    """The terms of ``offer``."""
    return licence_called(offer.licence)


def licence_called(licence_id: str) -> Licence:
    """The one with this id, which there must be."""
    return next(one for one in all_offers().licences if one.id == licence_id)


def licence_by_name(name: str) -> Licence | None:
    """The terms of the family of models that ``name`` (of a repository or a file) stands for; None
    where it tells of none that has to be accepted."""
    found = _LLAMA.search(name)
    wanted = f"llama{found[1].replace('_', '.')}" if found else ""
    asking = {one.id: one for one in all_offers().licences if one.asks}
    return asking.get(wanted)


def judged(room: Room, context: int, here: Collection[str] = ()) -> list[Judged]:
    """The offers in the order for a machine with ``room``: generators, embedders, rerankers, of
    each what fits best first. ``here`` are the ids of those whose files are on the disk already;
    ``context`` is in tokens."""
    verdicts = [_judged(offer, room, context, offer.id in here) for offer in all_offers().offers]
    return sorted(verdicts, key=_place)


def _judged(offer: Offer, room: Room, context: int, is_here: bool) -> Judged:
    need = Need(offer.memory(context), 0 if is_here else offer.bytes)
    return Judged(offer, need, judge(need, room))


def _place(one: Judged) -> tuple[int, Fit, int]:
    return KINDS.index(one.offer.kind), *order(one.verdict.fit, one.need.memory)
