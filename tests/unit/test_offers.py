"""The models on offer: data that must be right, and their order on small and large machines."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import PurePosixPath

import msgspec
import pytest

import resources
from workspaces.core.fitting import GB, GIB, Fit, Room
from workspaces.core.reasons import Problem
from workspaces.library.offers import (
    Judged,
    Offer,
    OfferKind,
    Offers,
    all_offers,
    find_offer,
    judged,
    licence_by_name,
    licence_of,
)

OFFERS = all_offers().offers
WEIGHTS = {".gguf", ".safetensors"}
DATA = {".json", ".txt", ".model"}
EMBEDDER_FILES = {"config.json", "modules.json", "1_Pooling/config.json", "tokenizer.json"}

each_offer = pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.id)


def test_ids_and_addresses_are_unique() -> None:
    ids = [offer.id for offer in OFFERS] + [licence.id for licence in all_offers().licences]
    places = [(offer.repository, file.path) for offer in OFFERS for file in offer.files]
    assert max(Counter(ids).values()) == 1
    assert max(Counter(places).values()) == 1
    assert {offer.kind for offer in OFFERS} == set(OfferKind)


@each_offer
def test_names_are_those_of_repositories(offer: Offer) -> None:
    assert re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", offer.id)
    for repository in filter(None, (offer.repository, offer.modelscope)):
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", repository)
    assert re.fullmatch(r"[0-9a-f]{40}|main", offer.revision)


@each_offer
def test_only_weights_and_plain_data_are_fetched(offer: Offer) -> None:
    """A pickle runs code when it is opened, and nothing of a model may."""
    kinds = [PurePosixPath(file.path).suffix for file in offer.files]
    assert set(kinds) <= WEIGHTS | DATA
    assert sum(kind in WEIGHTS for kind in kinds) == 1
    assert PurePosixPath(offer.weights.path).suffix in WEIGHTS
    for file in offer.files:
        assert not PurePosixPath(file.path).is_absolute()
        assert ".." not in PurePosixPath(file.path).parts


@each_offer
def test_sizes_and_digests_have_their_form(offer: Offer) -> None:
    for file in offer.files:
        assert file.sha256 is None or re.fullmatch("[0-9a-f]{64}", file.sha256)
        assert file.size is None or file.size > 0
        assert file.bytes > 0
        assert file.size is None or not file.about
        assert file.size or file.sha256  # something tells the right file from another


@each_offer
def test_a_kind_has_what_it_needs(offer: Offer) -> None:
    paths = {file.path for file in offer.files}
    assert offer.context >= 512
    assert offer.languages
    assert (offer.attention is not None) == (offer.kind is OfferKind.GENERATOR)
    if offer.kind is OfferKind.GENERATOR:
        assert len(paths) == 1
    else:
        assert paths >= {"config.json", "model.safetensors", "tokenizer.json"}
    if offer.kind is OfferKind.EMBEDDER:
        assert paths >= EMBEDDER_FILES


@each_offer
def test_every_licence_is_known_and_llamas_are_asked(offer: Offer) -> None:
    licence = licence_of(offer)
    assert licence.asks == ("llama" in offer.id)
    assert bool(licence.built_with and licence.notice and licence.policy) == licence.asks
    assert licence.name.split()[-2] in licence.notice or not licence.asks
    for address in filter(None, (licence.url, licence.policy)):
        assert address.startswith("https://")


def test_an_unknown_word_in_the_data_is_refused() -> None:
    data = json.loads(resources.text("models.json"))
    data["offers"][0]["sise"] = 1
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(data), type=Offers)


def test_an_offer_that_there_is_not() -> None:
    assert find_offer("bge-m3").repository == "BAAI/bge-m3"
    with pytest.raises(Problem) as refused:
        find_offer("gpt-9")
    assert refused.value.reason.code == "no_offer"


def of_generators(found: list[Judged]) -> list[tuple[str, Fit]]:
    kind = OfferKind.GENERATOR
    return [(one.offer.id, one.verdict.fit) for one in found if one.offer.kind is kind]


F, T, X = Fit.FITS, Fit.TIGHT, Fit.TOO_LARGE
Q2, Q4, Q5 = "llama-3-8b-q2", "llama-3-8b-q4", "llama-3-8b-q5"
NEWER, THREE, ONE = "llama-3.1-8b-q4", "llama-3.2-3b-q4", "llama-3.2-1b-q4"


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        # what a machine sold with so many GB says it has, a little less
        (3.8, [(ONE, F), (THREE, X), (Q2, X), (Q4, X), (NEWER, X), (Q5, X)]),
        (7.7, [(THREE, F), (ONE, F), (Q2, T), (Q4, T), (NEWER, T), (Q5, X)]),
        (11.6, [(Q2, F), (THREE, F), (ONE, F), (Q4, T), (NEWER, T), (Q5, T)]),
        (15.4, [(Q4, F), (NEWER, F), (Q5, F), (Q2, F), (THREE, F), (ONE, F)]),
        (31.2, [(Q4, F), (NEWER, F), (Q5, F), (Q2, F), (THREE, F), (ONE, F)]),
    ],
)
def test_the_order_for_a_machine(memory: float, expected: list[tuple[str, Fit]]) -> None:
    room = Room(int(memory * GIB), 500 * GB)
    assert of_generators(judged(room, 4096)) == expected


def test_each_kind_is_together() -> None:
    kinds = [one.offer.kind for one in judged(Room(8 * GIB, 500 * GB), 4096)]
    assert kinds == sorted(kinds, key=list(OfferKind).index)
    assert len(kinds) == len(OFFERS)


def test_what_is_on_the_disk_needs_none_of_it() -> None:
    full = Room(16 * GIB, 1 * GB)
    fits = dict(of_generators(judged(full, 4096, here={Q4})))
    assert (fits[Q4], fits[NEWER]) == (F, X)


def test_a_longer_context_takes_more_memory_up_to_what_the_model_knows() -> None:
    offer = find_offer(Q4)
    assert offer.memory(4096) < offer.memory(8192) == offer.memory(100_000)


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("QuantFactory/Meta-Llama-3-8B-Instruct-GGUF", "llama3"),
        ("bartowski/Llama-3.2-3B-Instruct-GGUF", "llama3.2"),
        ("someone/llama3_1-8b", "llama3.1"),
        ("someone/Llama3-Chinese-8B", "llama3"),
        ("someone/Llama-30B", None),
        ("someone/Llama-3.3-70B", None),
        ("karpathy/stories", None),
    ],
)
def test_a_name_may_stand_for_a_licence(name: str, licence: str | None) -> None:
    found = licence_by_name(name)
    assert (found.id if found else None) == licence
