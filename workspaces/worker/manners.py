"""How an embedding model wants to be asked, and which languages it knows: from ``embedders.json``
among the resources, and from what the model's own files say."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

import resources
from workspaces.core.languages import EVERY_LANGUAGE, LATIN_LETTERS, KnownLanguages
from workspaces.core.ports import NO_PREFIXES, Prefixes
from workspaces.worker.model_card import ModelCard, read_card

MULTILINGUAL = "multilingual"

PASSAGE = ("document", "passage", "corpus")
"""What sentence-transformers' models call the prompt for a passage."""


class Family(msgspec.Struct, frozen=True):
    """Models of one make. ``names`` is a pattern, found in one of a model's names; where
    ``declares`` is given, the model's card declares just these languages."""

    names: str
    question: str
    passage: str
    languages: list[str]
    declares: list[str] = []


class Known(msgspec.Struct, frozen=True):
    """What the resource says. ``scripts`` are the languages written in each, by their codes;
    ``codes`` are those of two letters for longer or older ones."""

    scripts: dict[str, list[str]]
    codes: dict[str, str]
    families: list[Family]


@dataclass(frozen=True, slots=True)
class Manners:
    """How a model wants to be asked, and which languages it ``known``."""

    prefixes: Prefixes
    known: KnownLanguages


def manners_of(model: Path) -> Manners:
    """Those of the model in the folder ``model``. One that says nothing of itself is taken for one
    that knows languages in Latin letters and wants no prefixes."""
    card = read_card(model)
    family = family_of(card)
    own = _own_prefixes(model)
    if family is None:
        return Manners(own, _languages([card.languages]))
    prefixes = Prefixes(family.question or own.question, family.passage or own.passage)
    return Manners(prefixes, _languages([card.languages, family.languages]))


def family_of(card: ModelCard) -> Family | None:
    """The family that the most trustworthy of a model's names belongs to."""
    for name in card.names:
        for family in _known().families:
            if re.search(family.names, name) and _declares(card, family):
                return family
    return None


def _declares(card: ModelCard, family: Family) -> bool:
    return not family.declares or set(family.declares) == set(card.languages)


def _languages(declared: Iterable[Collection[str]]) -> KnownLanguages:
    """Those of the first declaration that names one."""
    resource = _known()
    for codes in declared:
        if MULTILINGUAL in codes:
            return EVERY_LANGUAGE
        named = {resource.codes.get(code, code) for code in codes}
        written = {script: named.intersection(of) for script, of in resource.scripts.items()}
        if scripts := frozenset(script for script, of in written.items() if of):
            return KnownLanguages(scripts, frozenset(written["latin"]))
    return LATIN_LETTERS


def _own_prefixes(model: Path) -> Prefixes:
    """The prompts that sentence-transformers keeps with a model."""
    try:
        settings = json.loads((model / "config_sentence_transformers.json").read_bytes())
        prompts: Mapping[str, Any] = dict(settings.get("prompts") or {})
    except (OSError, ValueError, AttributeError, TypeError):
        return NO_PREFIXES
    passage = next((prompts[name] for name in PASSAGE if prompts.get(name)), "")
    return Prefixes(str(prompts.get("query") or ""), str(passage))


@lru_cache(maxsize=1)
def _known() -> Known:
    return msgspec.json.decode(resources.text("embedders.json"), type=Known)
