"""Whether a model file is what it should be: its header and, of one on offer, every byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from workspaces.core.gguf import GgufFacts
from workspaces.core.reasons import Reason
from workspaces.library.disk import disk_problems
from workspaces.library.offers import Offer, OfferKind, all_offers
from workspaces.services.models import check_model


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found out. Not ``sound`` is a file that has the name of one on offer and other
    content. ``offer`` is the one it was compared with; ``sha256`` its digest, where that was
    computed."""

    facts: GgufFacts
    reason: Reason
    sound: bool
    offer: Offer | None = None
    sha256: str | None = None


def check_file(path: Path) -> Checked:
    """Look at the model file at ``path``. One that may be on offer is read as a whole, which takes
    seconds for each gigabyte. Raises Problem where its header is refused or it cannot be read."""
    facts = check_model(path)
    with disk_problems(path):
        size = path.stat().st_size
        offer = _candidate(path.name, size)
        if offer is None:
            return Checked(facts, _reason("model_sound", path), True)
        if offer.weights.size not in (None, size):
            wrong = _reason("model_other_size", path, offer, size=size)
            return Checked(facts, wrong, False, offer)
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return _compared(facts, path, offer, sha256)


def _candidate(name: str, size: int) -> Offer | None:
    """The offer whose file has this name; else the one of just this size, for programs that give
    files names of their own."""
    generators = [one for one in all_offers().offers if one.kind is OfferKind.GENERATOR]
    named = [one for one in generators if one.weights.path == name]
    return next(iter(named or [one for one in generators if one.weights.size == size]), None)


def _compared(facts: GgufFacts, path: Path, offer: Offer, sha256: str) -> Checked:
    is_named = path.name == offer.weights.path
    if sha256 == offer.weights.sha256:
        return Checked(facts, _reason("model_verified", path, offer), True, offer, sha256)
    if not is_named:
        return Checked(facts, _reason("model_sound", path), True, None, sha256)
    if offer.weights.sha256 is None:
        return Checked(facts, _reason("model_same_size", path, offer), True, offer, sha256)
    wrong = _reason("model_other_digest", path, offer, sha256=sha256)
    return Checked(facts, wrong, False, offer, sha256)


def _reason(code: str, path: Path, offer: Offer | None = None, **more: object) -> Reason:
    details = {"name": path.name, **{key: str(value) for key, value in more.items()}}
    if offer:
        details |= {"title": offer.title, "expected": str(offer.weights.size)}
    return Reason(code, details)
