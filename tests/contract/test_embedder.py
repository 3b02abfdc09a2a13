"""What every Embedder does."""

from __future__ import annotations

import math
from functools import lru_cache

import pytest

from tests.fakes import HashedWordsEmbedder
from tests.starter import minilm_folder
from workspaces.core.languages import LATIN, covered
from workspaces.core.ports import Embedder


@lru_cache(maxsize=1)
def _minilm() -> Embedder:
    from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

    return SentenceEmbedder(minilm_folder())


@pytest.fixture(params=["hashed words", "MiniLM"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "MiniLM":
        return _minilm()
    return HashedWordsEmbedder(knows_text=lambda text: covered(text, LATIN))


def _dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_vectors_are_of_the_dimension_and_of_length_one(embedder: Embedder) -> None:
    for vector in embedder.embed(["The seals are made of rubber.", "保修期", "", "x" * 5000]):
        assert len(vector) == embedder.dimension
        assert math.hypot(*vector) == pytest.approx(1, abs=1e-3)


def test_vectors_come_in_the_order_of_the_texts_whatever_their_lengths(embedder: Embedder) -> None:
    texts = ["a pump", "the seals of the pump are of rubber " * 9, "", "an invoice is due " * 3] * 5
    together = embedder.embed(texts)
    for text, vector in list(zip(texts, together, strict=True))[-4:]:
        assert _dot(vector, embedder.embed([text])[0]) > 0.999


def test_nothing_embeds_to_nothing(embedder: Embedder) -> None:
    assert embedder.embed([]) == []
    assert embedder.count_tokens([]) == []


def test_a_text_is_nearer_to_its_like_than_to_another(embedder: Embedder) -> None:
    question, like, other = embedder.embed(
        ["warranty on the seals", "The seals have a warranty.", "Payment within thirty days."]
    )
    assert _dot(question, like) > _dot(question, other)


def test_tokens_are_counted_beyond_what_it_reads_and_without_special_ones(
    embedder: Embedder,
) -> None:
    assert embedder.count_tokens(["", "pump", "pump pump", "pump " * 1000]) == [0, 1, 2, 1000]
    assert embedder.max_tokens > 8


def test_it_does_not_claim_to_know_what_it_was_not_trained_for(embedder: Embedder) -> None:
    assert embedder.knows("How long is the warranty on the seals?")
    assert embedder.knows("Where does 王伟 work, and since when?")
    assert not embedder.knows("密封件的保修期是多久？")
    assert not embedder.knows("使用 Q4_K_M 模型 Llama 回答问题。")
    assert not embedder.knows("Каков гарантийный срок?")
    assert not embedder.knows("ما هي مدة الضمان؟")
    assert not embedder.knows("!!! 123")


def test_minilm_reads_254_tokens_and_does_not_trust_its_unknown_ones() -> None:
    minilm = _minilm()
    assert (minilm.dimension, minilm.max_tokens) == (384, 254)
    assert not minilm.knows("ᴛʜᴇ ꜱᴇᴀʟꜱ")  # Latin letters by name, and none that it ever saw
