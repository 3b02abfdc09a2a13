"""Every word of a passage finds that passage, in every language there is a set of.

Ranking may put it last, so as many are asked for as there are: what is tested is that the keyword
side lives, and that a word is cut and folded alike in a text and in a question.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from opencc import OpenCC

from tests.shared import shared_folder
from workspaces.core.types import Passage
from workspaces.worker.adapters.lance_index import LanceIndex

SETS = (
    "xquad_en",
    "xquad_de",
    "xquad_es",
    "xquad_ru",
    "xquad_ar",
    "xquad_zh",
    "cmrc2018_zh",
    "drcd_zhtw",
    "rgb_zh_refine",
    "rgb_zh_int",
    "rgb_zh_fact",
    "squad2_en",
)

MERGED, LOOSE = 45, 5
"""Passages of a set that are in the word list, and beside it as after an import's last writes."""

CHOSEN_MERGED, CHOSEN_LOOSE = 3, 1
"""Of each, how many have all their words asked for."""

SEED = 20261121

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]+")
_NO_HAN = re.compile(f"[^{_HAN}]+")


def words_of(text: str) -> set[str]:
    """What a person may ask for: each word as it stands between spaces, and each run of letters and
    numbers in it; of Chinese, each character and each pair, traditional ones in simplified form
    too."""
    chinese = {part for run in _RUN.findall(text) for part in (*run, *map("".join, pairwise(run)))}
    simplified = {OpenCC("t2s").convert(part) for part in chinese}
    spaced = {word for each in text.split() for word in _spaced(each)}
    return chinese | simplified | spaced


def _spaced(between: str) -> Iterator[str]:
    """The words of what stands between two spaces."""
    for piece in _NO_HAN.findall(between):
        signs = [character if _is_of_a_word(character) else " " for character in piece]
        runs = "".join(signs).split()
        yield from runs
        if len(runs) > 1:
            # "12.5", "U.S.", "mother-in-law": without the signs around it
            start = next(number for number, sign in enumerate(signs) if sign != " ")
            yield piece[start : len("".join(signs).rstrip())]


def _is_of_a_word(character: str) -> bool:
    """Letters, numbers, the marks that stand on them, and what cannot be seen."""
    kind = unicodedata.category(character)
    return kind[0] in "LNM" or kind == "Cf"


def index_of(folder: Path, texts: list[str]) -> tuple[LanceIndex, list[Passage]]:
    """An index of ``texts``, the last of them not in its word list yet."""
    passages = [
        Passage(f"d{number}:0", f"d{number}", 0, 0, len(text), text)
        for number, text in enumerate(texts)
    ]
    index = LanceIndex(folder)
    index.write(passages[:MERGED])
    index.tidy()
    index.write(passages[MERGED:])
    return index, passages


def lost_words(index: LanceIndex, passages: list[Passage], chosen: list[Passage]) -> list[str]:
    """The words of the ``chosen`` passages that do not find theirs among all, with it."""
    found: dict[str, dict[str, float]] = {}
    lost = []
    for passage in chosen:
        for word in sorted(words_of(passage.text)):
            if word not in found:
                found[word] = index.keyword(word, len(passages))
            if passage.id not in found[word]:
                lost.append(f"{word} of: {passage.text}")
    return lost


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_every_word_of_a_passage_finds_it(name: str, tmp_path: Path) -> None:
    lines = (shared_folder() / "eval" / name / "corpus.jsonl").read_text("utf-8").splitlines()
    dice = random.Random(SEED)
    texts = [json.loads(line)["text"] for line in dice.sample(lines, MERGED + LOOSE)]
    index, passages = index_of(tmp_path, texts)
    chosen = passages[:CHOSEN_MERGED] + passages[-CHOSEN_LOOSE:]
    assert lost_words(index, passages, chosen) == []


@pytest.mark.parametrize(
    "text",
    [
        "有許多大規模的都市更新計畫，如法國的巴黎",  # 計畫 is 计划, 畫 alone 画
        "桓玄仍圖藉助劉裕攻略中原",
        "歐洲免於穆斯林的統治",  # 於穆 is a phrase of its own
        "郭子乾與乾隆",
    ],
)
def test_what_a_phrase_changes_is_found_by_each_part(text: str, tmp_path: Path) -> None:
    index, passages = index_of(tmp_path, [text, "別的東西", "Something else"])
    assert lost_words(index, passages, passages) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Приказ №5 от мая", "5"),  # the sign is "No" in other letters
        ("The iPad™ of 2010", "iPad"),
        ("co\u00adoperate", "cooperate"),  # a soft hyphen, as books and web pages have them
        ("the last\u200f word", "last"),
        ("مُحَمَّد رسول", "محمد"),  # nobody types the vowel points
        ("محمد رسول", "مُحَمَّد"),
    ],
)
def test_what_cannot_be_seen_hides_no_word(text: str, asked: str, tmp_path: Path) -> None:
    index, passages = index_of(tmp_path, [text, "Something else"])
    assert list(index.keyword(asked, 2)) == [passages[0].id]
    assert lost_words(index, passages, passages) == []


def test_the_words_of_a_text() -> None:
    assert words_of("(The U.S. had 12.5 %)") == {"The", "U.S", "U", "S", "had", "12.5", "12", "5"}
    assert words_of("用GPU檢索。") == {"用", "GPU", "檢", "索", "檢索", "检", "检索"}
