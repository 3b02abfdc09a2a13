"""What every Embedder does. What loads torch is slow: that alone takes up to fourteen seconds."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from tests.fakes import HashedWordsEmbedder
from tests.shared import shared_folder
from tests.starter import minilm_folder
from workspaces.core.languages import ENGLISH, covered
from workspaces.core.ports import Embedder, Prefixes
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.embedder_tokenizer import EmbedderTokenizer, LoadedTokenizer
from workspaces.worker.adapters.onnx_embedder import OnnxEmbedder


@lru_cache(maxsize=1)
def _minilm() -> Embedder:
    from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

    return SentenceEmbedder(minilm_folder())


@pytest.fixture(
    params=[
        "hashed words",
        pytest.param("MiniLM", marks=pytest.mark.slow),
        "MiniLM ONNX",
        "MiniLM ONNX of 8 bits",
    ]
)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "MiniLM":
        return _minilm()
    if request.param == "MiniLM ONNX":
        return OnnxEmbedder(minilm_folder(), request.getfixturevalue("graph"))
    if request.param == "MiniLM ONNX of 8 bits":
        return OnnxEmbedder(minilm_folder(), request.getfixturevalue("small_graph"))
    return HashedWordsEmbedder(knows_text=lambda text: covered(text, ENGLISH))


def _dot(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_vectors_are_of_one_dimension_and_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed(["The seals are made of rubber.", "保修期", "", "x" * 5000])
    assert len({len(vector) for vector in vectors}) == 1
    for vector in vectors:
        assert math.hypot(*vector) == pytest.approx(1, abs=1e-3)


def test_vectors_come_in_the_order_of_the_texts_whatever_their_lengths(embedder: Embedder) -> None:
    texts = ["a pump", "the seals of the pump are of rubber " * 9, "", "an invoice is due " * 3] * 5
    together = embedder.embed(texts)
    for text, vector in list(zip(texts, together, strict=True))[-4:]:
        assert _dot(vector, embedder.embed([text])[0]) > 0.999


def test_a_vector_does_not_depend_on_the_texts_beside(embedder: Embedder) -> None:
    texts = [
        "a pump",
        "a bill",
        "",
        "the seals of the pump are of rubber " * 9,
        "保修期",
        "x " * 900,
    ]
    together = embedder.embed([*texts, *texts[::-1]])
    for text, one, other in zip(texts, together, together[::-1], strict=False):
        alone = embedder.embed([text])[0]
        assert one == pytest.approx(alone, abs=1e-4)
        assert other == pytest.approx(alone, abs=1e-4)


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


# --- what a model's files say of it ----------------------------------------------------------


@pytest.fixture(params=[pytest.param("sentence-transformers", marks=pytest.mark.slow), "ONNX"])
def open_as(request: pytest.FixtureRequest) -> Callable[[Path], Embedder]:
    """Opens a folder that holds MiniLM under another name."""
    if request.param == "ONNX":
        graph = request.getfixturevalue("graph")
        return lambda folder: OnnxEmbedder(folder, graph)
    from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

    return SentenceEmbedder


def called(folder: Path, card: str) -> Path:
    """MiniLM with another card, and with prompts of its own."""
    folder.mkdir()
    for path in minilm_folder().iterdir():
        if path.name not in ("README.md", "config_sentence_transformers.json"):
            (folder / path.name).symlink_to(path)
    (folder / "README.md").write_text(card)
    prompts = {"prompts": {"query": "ask: ", "document": "tell: "}, "default_prompt_name": "query"}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    return folder


def test_prefixes_are_told_and_put_before_texts_by_nobody_else(
    open_as: Callable[[Path], Embedder], tmp_path: Path
) -> None:
    own = open_as(called(tmp_path / "own", "# Mine"))
    assert own.prefixes == Prefixes("ask: ", "tell: ")
    known = open_as(called(tmp_path / "e5", "# multilingual-e5-small"))
    assert known.prefixes == Prefixes("query: ", "passage: ")
    (plain,), (prefixed,) = known.embed(["a pump"]), known.embed(["ask: a pump"])
    assert open_as(minilm_folder()).embed(["a pump"]) == own.embed(["a pump"]) == [plain]
    assert plain != prefixed
    assert known.max_tokens == own.max_tokens == 254


def test_a_language_is_known_where_it_is_declared_and_the_tokenizer_has_it(
    open_as: Callable[[Path], Embedder], tmp_path: Path
) -> None:
    several = open_as(called(tmp_path / "several", "---\nlanguage: [en, zh, ru]\n---\n"))
    assert several.knows("How long is the warranty?")
    assert several.knows("Каков гарантийный срок?")  # it has every letter of it
    assert not several.knows("密封件的保修期是多久？")  # it says so, and has seen few of these
    chinese = open_as(shared_folder() / "models" / "bge-small-zh-v1.5-tokenizer-only")
    assert chinese.knows("密封件的保修期是多久？")
    assert chinese.knows("如何使用 Llama 模型回答关于保修期的问题？")  # the name is unknown to it
    assert not chinese.knows("使用 Q4_K_M 模型 Llama 回答问题。")  # a quarter of it is
    assert not chinese.knows("How long is the warranty on the seals?")
    assert not chinese.knows("Каков гарантийный срок?")
    assert not chinese.is_loaded
    german = open_as(called(tmp_path / "german", "---\nlanguage: de\n---\n"))
    assert german.knows("Wie lange gilt die Garantie?")
    assert not german.knows("How long is the warranty?")


@pytest.mark.slow
def test_minilm_reads_254_tokens_and_does_not_trust_its_unknown_ones() -> None:
    minilm = _minilm()
    assert (len(minilm.embed(["a"])[0]), minilm.max_tokens) == (384, 254)
    assert not minilm.knows("ᴛʜᴇ ꜱᴇᴀʟꜱ")  # Latin letters by name, and none that it ever saw


@pytest.mark.slow
def test_tokens_are_counted_without_the_model_as_with_it() -> None:
    """What is split by the tokenizer alone must fit what the model reads."""
    from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

    alone = SentenceEmbedder(minilm_folder())
    texts = ["The seals; 12.5 mm!", "保修期是多久？", "", "[CLS] x [MASK]", "naïve ﬁ Ａ１ 😀\u200b"]
    counts, longest = alone.count_tokens(texts), alone.max_tokens
    assert not alone.is_loaded
    alone.load()
    model = LoadedTokenizer(alone._loaded().tokenizer)
    assert (model.count(texts), model.max_tokens) == (counts, longest)
    for text in texts:
        assert model.unknown(text) == alone._tokenizer.unknown(text)


@pytest.mark.slow
def test_a_model_without_a_fast_tokenizer_is_loaded_for_its_own(tmp_path: Path) -> None:
    from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

    model = tmp_path / "model"
    model.mkdir()
    for path in minilm_folder().iterdir():
        if path.name != "tokenizer.json":
            (model / path.name).symlink_to(path)
    embedder = SentenceEmbedder(model)
    assert embedder.is_loaded
    assert embedder.count_tokens(["pump pump", "保修期"]) == _minilm().count_tokens(
        ["pump pump", "保修期"]
    )
    assert embedder.max_tokens == 254


@pytest.mark.slow
def test_both_adapters_make_the_same_vectors(graph: Path) -> None:
    texts = ["", "a", "The SEALS are of rubber. " * 3, "Naïve résumé: 12.5 mm!", "x y " * 900]
    texts += ["保修期是多久？", "the seals of the pump " * 12]
    exported = OnnxEmbedder(minilm_folder(), graph)
    for one, other in zip(exported.embed(texts), _minilm().embed(texts), strict=True):
        assert one == pytest.approx(other, abs=1e-4)
    assert exported.count_tokens(texts) == _minilm().count_tokens(texts)
    assert exported.max_tokens == _minilm().max_tokens


def test_with_weights_of_8_bits_vectors_are_nearly_the_same(graph: Path, small_graph: Path) -> None:
    texts = ["a", "The SEALS are of rubber. " * 3, "Naïve résumé: 12.5 mm!", "x y " * 900, "保修期"]
    exact = OnnxEmbedder(minilm_folder(), graph).embed(texts)
    for one, other in zip(
        exact, OnnxEmbedder(minilm_folder(), small_graph).embed(texts), strict=True
    ):
        assert _dot(one, other) > 0.98


@pytest.mark.slow
@pytest.mark.parametrize("settings", ["", "{", '{"max_position_embeddings": 8}'])
def test_what_is_no_model_is_refused_with_its_name(tmp_path: Path, settings: str) -> None:
    from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

    if settings:
        (tmp_path / "config.json").write_text(settings)
    with pytest.raises(Problem, match=tmp_path.name) as caught:
        SentenceEmbedder(tmp_path)
    assert caught.value.reason.code == "not_an_embedder"


def test_a_model_may_not_reach_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text('[{"path": "../elsewhere"}]')
    with pytest.raises(ValueError, match="outside the model"):
        EmbedderTokenizer(tmp_path)
