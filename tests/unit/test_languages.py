"""Which writing systems and languages a text is in."""

from __future__ import annotations

import json
import random

import pytest

from tests.shared import shared_folder
from workspaces.core import latin
from workspaces.core.languages import (
    ENGLISH,
    EVERY_LANGUAGE,
    LATIN_LETTERS,
    KnownLanguages,
    covered,
    language_of,
    languages_of,
    script_shares,
)


def written_in(*scripts: str) -> KnownLanguages:
    return KnownLanguages(frozenset(scripts))


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("The pump", "latin"),
        ("Größe, café, ｆｕｌｌ", "latin"),
        ("密封件的保修期", "han"),
        ("〆豈㐀", "han"),
        ("ポンプと", "kana"),
        ("ﾎﾟﾝﾌﾟ", "kana"),
        ("насос", "cyrillic"),
        ("مضخة", "arabic"),
        ("펌프", "hangul"),
        ("αντλία", "greek"),
    ],
)
def test_letters_have_a_script(text: str, script: str) -> None:
    assert script_shares(text).get(script, 0) > 0.6


def test_shares_are_of_letters_only() -> None:
    assert script_shares("ab 12, 保修 !") == {"latin": 0.5, "han": 0.5}
    assert script_shares("12 !? 😀") == {}


def test_a_text_without_letters_is_never_covered() -> None:
    assert not covered("", LATIN_LETTERS)
    assert not covered("2019: 12 %", LATIN_LETTERS)


def test_a_name_in_another_script_changes_nothing_and_a_sentence_does() -> None:
    assert covered("Where does 王伟 work, and since when?", LATIN_LETTERS)
    assert not covered("请用 Llama 3 8B Instruct Q4_K_M 模型回答我的问题", LATIN_LETTERS)
    assert covered("ポンプの保証", written_in("kana", "han"))


def test_names_in_latin_letters_belong_to_every_language() -> None:
    chinese = "请用 Llama 3 8B Instruct Q4_K_M 模型回答我的问题"
    assert covered(chinese, written_in("han"))
    assert not covered(chinese, written_in("cyrillic"))
    assert not covered("Where does 王伟 work, and since when?", written_in("han"))
    assert not covered("ポンプの保証", written_in("han"))


def test_who_knows_every_language_knows_what_has_letters() -> None:
    assert covered("Каков гарантийный срок? 保修期", EVERY_LANGUAGE)
    assert not covered("2019: 12 %", EVERY_LANGUAGE)


@pytest.mark.parametrize(
    ("eval_set", "expected"),
    [("xquad_zh", True), ("cmrc2018_zh", True), ("drcd_zhtw", True), ("xquad_en", False),
     ("xquad_ru", False), ("xquad_ar", False)],
)  # fmt: skip
@pytest.mark.parametrize(("file", "key"), [("corpus", "text"), ("questions", "question")])
def test_a_chinese_model_votes_on_chinese_alone(
    eval_set: str, expected: bool, file: str, key: str
) -> None:
    lines = (shared_folder() / "eval" / eval_set / f"{file}.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)[key] for line in random.Random(7).sample(lines, min(400, len(lines)))]
    wrong = [text for text in texts if covered(text, written_in("han")) is not expected]
    assert len(wrong) <= len(texts) // 100, wrong[:5]


@pytest.mark.parametrize(
    ("eval_set", "expected"),
    [
        ("xquad_en", True),
        ("squad2_en", True),
        ("rgb_en_fact", True),
        ("xquad_de", False),
        ("xquad_es", False),
        ("xquad_zh", False),
        ("cmrc2018_zh", False),
        ("drcd_zhtw", False),
        ("xquad_ru", False),
        ("xquad_ar", False),
    ],
)
@pytest.mark.parametrize(("file", "key"), [("corpus", "text"), ("questions", "question")])
def test_an_english_model_votes_on_english_alone(
    eval_set: str, expected: bool, file: str, key: str
) -> None:
    lines = (shared_folder() / "eval" / eval_set / f"{file}.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)[key] for line in random.Random(7).sample(lines, min(400, len(lines)))]
    wrong = [text for text in texts if covered(text, ENGLISH) is not expected]
    assert len(wrong) <= len(texts) // 100, wrong[:5]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("密封件的保修期", "Chinese"),
        ("请用 Llama 3 8B Instruct Q4_K_M 模型回答我的问题", "Chinese"),
        ("ポンプの保証期間", "Japanese"),
        ("펌프의 보증 기간", "Korean"),
        ("Каков гарантийный срок?", "Cyrillic (such as Russian)"),
        ("Where does 王伟 work?", "English"),
        ("¿Cuánto dura la garantía?", "Spanish"),
        ("Wie lange gilt die Garantie?", "German"),
        ("Quanto dura la garanzia?", "Italian"),
        ("Hversu lengi gildir ábyrgðin?", "other languages in Latin letters"),
        ("Q4_K_M GGUF", "other languages in Latin letters"),
        ("ሰላም ልዑል", "other writing systems"),
        ("2019: 12 %", ""),
    ],
)
def test_a_language_is_named(text: str, name: str) -> None:
    assert language_of(text) == name


def test_languages_are_named_by_how_often_they_come_and_rare_ones_are_not() -> None:
    texts = ["保修期"] * 10 + ["срок"] * 20 + ["보증"] * 2 + ["2019"] * 10
    assert languages_of(texts) == ["Cyrillic (such as Russian)", "Chinese"]
    assert languages_of(["12"] * 20 + ["保修期"]) == []
    assert languages_of([]) == []


@pytest.mark.parametrize(
    "text",
    ["brush", "seals", "Q4_K_M", "GB/T 22239-2019", "NVIDIA revenue 2023", "Simona Halep",
     "def main(argv): return 0", "SELECT * FROM users", "ls -la /usr/lib", "Item 7A", "12 x 4"],
)  # fmt: skip
def test_what_is_of_no_language_is_not_foreign(text: str) -> None:
    assert not latin.is_foreign(text, {"en"})
    assert not latin.is_foreign(text, {"de"})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("How long is the warranty\non the seals?", "en"),
        ("TERMS AND CONDITIONS OF SALE", "en"),
        ("ALLGEMEINE GESCHÄFTSBEDINGUNGEN", "de"),
        ("die Pumpe", "de"),
        ("¿Qué es Internet2?", "es"),
        ("Combien de temps dure la garantie ?", "fr"),
    ],
)
def test_a_text_is_foreign_to_who_does_not_know_its_language(text: str, code: str) -> None:
    assert latin.language(text) == code
    assert not latin.is_foreign(text, {code, "pt"})
    assert latin.is_foreign(text, {"pt"})


def test_only_a_text_in_latin_letters_is_looked_at_for_its_language() -> None:
    both = KnownLanguages(frozenset({"han", "latin"}), frozenset({"en"}))
    assert covered("请问 die Pumpe und die Dichtung 的保修期是多久啊", both)
    assert not covered("Wie lange gilt die Garantie?", both)


def test_where_the_model_cannot_be_opened_no_language_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(latin, "MODEL", "languages/none.ftz")
    latin._model.cache_clear()
    try:
        assert not latin.is_foreign("Wie lange gilt die Garantie?", {"en"})
        assert latin.language("Wie lange gilt die Garantie?") == ""
    finally:
        latin._model.cache_clear()
