"""Which prefixes and which languages a model's folder stands for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shared import shared_folder
from tests.starter import minilm_folder
from workspaces.core.languages import EVERY_LANGUAGE, KnownLanguages
from workspaces.core.ports import NO_PREFIXES, Prefixes
from workspaces.worker.manners import Manners, manners_of
from workspaces.worker.model_card import read_card

E5 = Prefixes("query: ", "passage: ")
BGE_ZH = Prefixes("为这个句子生成表示以用于检索相关文章：")
BGE_EN = Prefixes("Represent this sentence for searching relevant passages: ")
QWEN = Prefixes(
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)


def made(folder: Path, card: str = "", **files: object) -> Path:
    """A model's folder: its card, and JSON files by their names."""
    folder.mkdir(parents=True)
    if card:
        (folder / "README.md").write_text(card, encoding="utf-8")
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def manners(prefixes: Prefixes, known: str) -> Manners:
    """``known`` are writing systems and, in brackets, codes of languages in Latin letters; or
    ``all``."""
    if known == "all":
        return Manners(prefixes, EVERY_LANGUAGE)
    scripts, _, codes = known.partition(" (")
    latin = frozenset(codes.strip(")").split()) if codes or "latin" not in scripts else None
    return Manners(prefixes, KnownLanguages(frozenset(scripts.split()), latin))


@pytest.mark.parametrize(
    ("name", "prefixes", "known"),
    [
        ("multilingual-e5-small", E5, "all"),
        ("intfloat_multilingual-e5-large", E5, "all"),
        ("e5-base-v2", E5, "latin (en)"),
        ("bge-small-zh-v1.5", BGE_ZH, "han"),
        ("BAAI_bge-large-en-v1.5", BGE_EN, "latin (en)"),
        ("bge-m3", NO_PREFIXES, "all"),
        ("gte-base", NO_PREFIXES, "latin (en)"),
        ("gte-large-zh", NO_PREFIXES, "han"),
        ("gte-multilingual-base", NO_PREFIXES, "all"),
        ("all-MiniLM-L6-v2", NO_PREFIXES, "latin (en)"),
        ("paraphrase-multilingual-MiniLM-L12-v2", NO_PREFIXES, "all"),
        ("nomic-embed-text-v1.5", Prefixes("search_query: ", "search_document: "), "latin (en)"),
        ("nomic-embed-text-v2-moe", Prefixes("search_query: ", "search_document: "), "all"),
        ("Qwen3-Embedding-0.6B", QWEN, "all"),
        ("jina-embeddings-v2-base-zh", NO_PREFIXES, "han latin (en)"),
        ("bge-reranker-base", NO_PREFIXES, "latin"),
        ("recipe5-small", NO_PREFIXES, "latin"),
    ],
)
def test_well_known_models_are_known_by_name(
    tmp_path: Path, name: str, prefixes: Prefixes, known: str
) -> None:
    assert manners_of(made(tmp_path / name)) == manners(prefixes, known)


def test_the_starter_wants_no_prefixes() -> None:
    """The first space of a workspace is made without asking."""
    assert manners_of(minilm_folder()) == manners(NO_PREFIXES, "latin (en)")


def test_a_real_chinese_model_is_known_whatever_its_folder_is_called(tmp_path: Path) -> None:
    real = shared_folder() / "models" / "bge-small-zh-v1.5-tokenizer-only"
    (tmp_path / "mine").symlink_to(real)
    assert manners_of(tmp_path / "mine") == manners(BGE_ZH, "han")


def test_one_card_for_two_families_is_told_apart_by_its_language(tmp_path: Path) -> None:
    for language, prefixes in (("zh", BGE_ZH), ("en", BGE_EN), ("fr", NO_PREFIXES)):
        folder = made(tmp_path / language, f"---\nlanguage: {language}\n---\n# FlagEmbedding\n")
        assert manners_of(folder).prefixes == prefixes


@pytest.mark.parametrize(
    "card",
    [
        "---\nmodel-index:\n- name: multilingual-e5-base\n  results:\n  - task: x\n---\n",
        "---\nbase_model: intfloat/multilingual-e5-base\n---\n# My own\n",
        "---\nbase_model:\n  - 'intfloat/multilingual-e5-base'\n---\n",
        "# Multilingual-E5-base\n",
        '<h1 align="center">intfloat/multilingual-e5-base</h1>\n',
    ],
)
def test_what_a_model_says_of_itself_counts_before_its_folder(tmp_path: Path, card: str) -> None:
    assert manners_of(made(tmp_path / "bge-small-zh-v1.5", card)).prefixes == E5


def test_the_settings_and_the_hub_s_cache_tell_the_name(tmp_path: Path) -> None:
    settings = {"_name_or_path": "intfloat/multilingual-e5-small"}
    assert manners_of(made(tmp_path / "gte-base", config=settings)).prefixes == E5
    cached = tmp_path / "models--intfloat--multilingual-e5-small" / "snapshots" / "c007d7ef"
    assert manners_of(made(cached)).prefixes == E5


def test_a_model_s_own_prompts_count_where_nothing_else_is_known(tmp_path: Path) -> None:
    prompts = {"prompts": {"query": "ask: ", "document": "tell: "}}
    own = made(tmp_path / "own", config_sentence_transformers=prompts)
    assert manners_of(own).prefixes == Prefixes("ask: ", "tell: ")
    known = made(tmp_path / "e5-base", config_sentence_transformers=prompts)
    assert manners_of(known).prefixes == E5
    half = made(tmp_path / "bge-small-zh", config_sentence_transformers=prompts)
    assert manners_of(half).prefixes == Prefixes(BGE_ZH.question, "tell: ")


@pytest.mark.parametrize("settings", [[], {"prompts": None}, {"prompts": "x"}, {"prompts": [1]}])
def test_strange_prompts_are_none(tmp_path: Path, settings: object) -> None:
    assert manners_of(made(tmp_path / "m", config_sentence_transformers=settings)).prefixes == (
        NO_PREFIXES
    )


@pytest.mark.parametrize(
    ("declared", "known"),
    [
        ("language: ru", "cyrillic"),
        ("language: [zh-CN, 'en']", "han latin (en)"),
        ("language:\n- ja\n- en # too", "han kana latin (en)"),
        ("language:\n  - multilingual\n  - af", "all"),
        ("language: 'no'", "latin (no)"),
        ("language: [eng, nb]", "latin (en no)"),
        ("language: code", "latin"),
        ("tags:\n- zh\nlicense: mit", "latin"),
    ],
)
def test_declared_languages_become_writing_systems(
    tmp_path: Path, declared: str, known: str
) -> None:
    folder = made(tmp_path / "m", f"---\n{declared}\n---\n")
    assert manners_of(folder) == manners(NO_PREFIXES, known)


def test_a_card_s_languages_count_before_what_is_known_of_the_family(tmp_path: Path) -> None:
    card = "---\nlanguage: zh\nbase_model: BAAI/bge-m3\n---\n"
    assert manners_of(made(tmp_path / "m", card)) == manners(NO_PREFIXES, "han")


def test_a_card_that_goes_wrong_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    folder = made(tmp_path / "m", "---\nlanguage: [zh\n- : :\nbase_model:\n\t- x")
    (folder / "config.json").write_text("{")
    assert read_card(folder).names == ("x", "m")
    (folder / "README.md").write_bytes(b"---\n\xff\xfe\x00" * 1000)
    assert read_card(folder).names == ("m",)
