"""What every Reranker does; the real one on a small cross-encoder made of chance."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest

from tests.fakes import SharedWordsReranker
from tests.starter import minilm_folder
from workspaces.core.ports import Reranker
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.cross_encoder import LONGEST, CrossEncoderReranker

TEXTS = [
    "The seals have a warranty of twelve months.",
    "",
    "密封件的保修期为十二个月。",
    "An invoice is due within thirty days. " * 200,
    "a pump",
]


def cross_encoder(folder: Path, labels: int = 1, positions: int = 512) -> Path:
    """A model that gives ``labels`` numbers for a pair, and reads ``positions`` tokens."""
    from transformers import BertConfig, BertForSequenceClassification, set_seed

    set_seed(7)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=positions,
        initializer_range=1.0,
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        shutil.copy(minilm_folder() / name, folder / name)
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    (folder / "tokenizer_config.json").write_text(
        json.dumps({**settings, "model_max_length": positions})
    )
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cross_encoder(tmp_path_factory.mktemp("cross-encoder"))


@pytest.fixture(params=["shared words", pytest.param("cross-encoder", marks=pytest.mark.slow)])
def reranker(request: pytest.FixtureRequest) -> Reranker:
    if request.param == "shared words":
        return SharedWordsReranker()
    return CrossEncoderReranker(request.getfixturevalue("model"))


def test_each_text_has_one_number_in_their_order_whatever_stands_beside_it(
    reranker: Reranker,
) -> None:
    question = "How long is the warranty on the seals?"
    together = reranker.score(question, TEXTS * 4)
    assert all(map(math.isfinite, together))
    alone = [reranker.score(question, [text])[0] for text in TEXTS]
    assert together == pytest.approx(alone * 4, abs=1e-4)
    assert len({round(score, 6) for score in alone}) > 1


def test_the_question_counts(reranker: Reranker) -> None:
    assert reranker.score("warranty seals", TEXTS) != reranker.score("a pump", TEXTS)
    assert len(reranker.score("", ["", "a"])) == 2
    assert len(reranker.score("warranty " * 900, TEXTS)) == len(TEXTS)


def test_it_is_loaded_when_it_is_needed(reranker: Reranker) -> None:
    before = reranker.is_loaded
    reranker.load()
    assert (before, reranker.is_loaded) == (False, True)
    assert reranker.score("warranty", []) == []


def test_an_embedding_model_is_refused_before_it_is_loaded() -> None:
    with pytest.raises(Problem, match="BertModel") as caught:
        CrossEncoderReranker(minilm_folder())
    assert caught.value.reason.code == "not_a_reranker"


@pytest.mark.parametrize("settings", ["", "{", "[]", "{}", '{"architectures": [1]}'])
def test_what_is_no_model_is_refused_with_its_name(tmp_path: Path, settings: str) -> None:
    if settings:
        (tmp_path / "config.json").write_text(settings)
    with pytest.raises(Problem, match=tmp_path.name) as caught:
        CrossEncoderReranker(tmp_path)
    assert caught.value.reason.code == "not_a_reranker"


@pytest.mark.slow
def test_a_model_without_its_weights_is_refused_when_it_is_loaded(
    tmp_path: Path, model: Path
) -> None:
    shutil.copy(model / "config.json", tmp_path / "config.json")
    with pytest.raises(Problem, match=tmp_path.name) as caught:
        CrossEncoderReranker(tmp_path).load()
    assert caught.value.reason.code == "not_a_reranker"


@pytest.mark.slow
def test_one_that_tells_classes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="gives 3 numbers"):
        CrossEncoderReranker(cross_encoder(tmp_path, labels=3)).load()


@pytest.mark.slow
@pytest.mark.parametrize(("positions", "longest"), [(64, 64), (2048, LONGEST)])
def test_it_reads_what_it_can_and_no_more_than_is_bearable(
    tmp_path: Path, positions: int, longest: int
) -> None:
    reranker = CrossEncoderReranker(cross_encoder(tmp_path, positions=positions))
    cut = "seals " * (longest - 4)  # beside the question and three special tokens
    one, other = reranker.score("pump", [cut, cut + "an invoice is due " * 900])
    assert one == pytest.approx(other, abs=1e-4)
