"""Which stretches of a text are shown as matching a question."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspaces.core.highlights import Fold, plain, stretches, unaccented
from workspaces.core.word_parts import BEGINNING


def shown(text: str, question: str, fold: Fold = plain) -> str:
    """The text with its stretches in brackets."""
    for start, end in reversed(stretches(text, question, fold)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def folded(text: str, fold: Fold) -> str:
    return "".join(map(fold, text))


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Grease the pump. Pumps leak.", "pump grease", "[Grease] the [pump]. Pumps leak."),
        ("The service manual, the manual", "service manual", "The [service manual], the [manual]"),
        ("the warranty of the pump", "what is the warranty?", "the [warranty] of the pump"),
        (
            "all of the warranty of the pump",
            "warranty of the pump",
            "all of the [warranty of the pump]",
        ),
        ("To be, or not to be", "to be", "[To be], or not [to be]"),
        ("ＰＵＭＰ p\uff0d40", "pump", "[ＰＵＭＰ] p\uff0d40"),
        ("the company's, don't", "company don't", "the [company]'s, [don't]"),
        ("Straße", "STRASSE", "[Straße]"),
        ("nothing of it", "", "nothing of it"),
        ("", "pump", ""),
        ("pump", "?! …", "pump"),
    ],
)
def test_words_match_as_wholes(text: str, question: str, expected: str) -> None:
    assert shown(text, question) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("the brushes, a brush", "brush", "the [brushes], a [brush]"),
        ("a brush is brushed", "brushes", "a [brush] is [brushed]"),
        ("pumps", "pump", "pumps"),  # too short: the search does not take them for one either
        ("Wartungen der Dichtung", "wartung", "[Wartungen] der Dichtung"),
        ("what is thereby", "there", "what is thereby"),
        ("thereby", "is there thermal", "thereby"),
        ("part 123456", "part 123457", "[part] 123456"),
        ("XY12345", "XY12399", "XY12345"),
    ],
)
def test_words_match_in_their_forms(text: str, question: str, expected: str) -> None:
    assert shown(text, question) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("图书馆的开放时间很长", "图书馆开放时间是几点", "[图书馆]的[开放时间]很长"),
        ("馆里有书", "图书馆", "馆里有书"),
        ("猫和狗", "猫", "[猫]和狗"),
        ("猫和狗", "猫 狗", "[猫]和[狗]"),
        ("水泵ＡＢ型", "水泵ab型", "[水泵ＡＢ型]"),
        ("使用GPU加速", "gpu", "使用[GPU]加速"),
        ("サービスの説明", "サービス", "[サービス]の説明"),
    ],
)
def test_chinese_matches_in_runs(text: str, question: str, expected: str) -> None:
    assert shown(text, question) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("use Q4_K_M, not Q5_K_M", "q4_k_m", "use [Q4_K_M], not Q5_K_M"),
        ("按GB/T 22239-2019，不按GB/T 1", "GB/T 22239-2019", "按[GB/T 22239-2019]，不按[GB/T] 1"),
        ("§ 12.3, § 12.4, 12.30", "§ 12.3", "[§ 12.3], § 12.4, 12.30"),
        ("12.3 and 12", "12", "12.3 and [12]"),
        ("C++ and C# at 40 %", "c# 40 %", "C++ and [C#] at [40 %]"),
        ("R&D, n/a, R, D", "r&d", "[R&D], n/a, R, D"),
        ("vitamin C, C-rate", "vitamin c", "[vitamin C], [C]-rate"),
        ("25 ℃", "25 °C", "[25 ℃]"),
    ],
)
def test_identifiers_match_as_one(text: str, question: str, expected: str) -> None:
    assert shown(text, question) == expected


def test_a_part_of_a_character_is_not_shown() -> None:
    assert shown("½ 1", "1") == "½ [1]"


@pytest.mark.parametrize("text", ["Café", "Cafe\u0301"])
def test_accents_may_be_left_out(text: str) -> None:
    assert stretches(f"{text} au lait", "cafe", unaccented) == [(0, len(text))]
    assert unaccented("が") == "が"
    assert unaccented("한") == "한"


def test_a_table_of_characters_can_be_handed_in() -> None:
    simplified = {"圖": "图", "書": "书", "館": "馆"}
    fold: Fold = lambda character: simplified.get(character, plain(character))  # noqa: E731
    assert shown("公共圖書館", "图书馆", fold) == "公共[圖書館]"


def test_the_worst_question_takes_no_second() -> None:
    began = time.process_time()
    stretches("a " * 2_000, "a " * 5_000)
    stretches("一" * 2_000, "一二" * 5_000)
    assert time.process_time() - began < 1


ALPHABET = st.sampled_from(list("aAbZ  .,:-_/§+#'12½ﬁßİ℃\u0301\u00ad图書馆猫をカ한🙂\n"))
TEXT = st.lists(ALPHABET, max_size=40).map("".join) | st.text(max_size=40)


@given(text=TEXT, question=TEXT, fold=st.sampled_from([plain, unaccented]))
def test_stretches_are_in_order_and_in_the_question(text: str, question: str, fold: Fold) -> None:
    at = 0
    for start, end in stretches(text, question, fold):
        assert at <= start < end <= len(text)
        stretch, asked = folded(text[start:end], fold), folded(question, fold)
        assert stretch
        assert stretch in asked or (stretch.isalpha() and stretch[:BEGINNING] in asked)
        at = end


@given(words=st.lists(st.from_regex(r"[b-x]{5,8}|[0-9]{1,4}", fullmatch=True), min_size=1))
def test_a_text_matches_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert stretches(text, text) == [(0, len(text))]
