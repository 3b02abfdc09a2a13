"""Which scripts a text is written in."""

from __future__ import annotations

import json
import random

import pytest

from tests.shared import shared_folder
from workspaces.core.languages import LATIN, covered, language_of, languages_of, script_shares


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
    assert covered(text, {script}, most=0.6)


def test_shares_are_of_letters_only() -> None:
    assert script_shares("ab 12, 保修 !") == {"latin": 0.5, "han": 0.5}
    assert script_shares("12 !? 😀") == {}


def test_a_text_without_letters_is_never_covered() -> None:
    assert not covered("", LATIN)
    assert not covered("2019: 12 %", LATIN)


def test_a_name_in_another_script_changes_nothing_and_a_sentence_does() -> None:
    assert covered("Where does 王伟 work, and since when?", LATIN)
    assert not covered("请用 Llama 3 8B Instruct Q4_K_M 模型回答我的问题", LATIN)
    assert covered("ポンプの保証", {"kana", "han"})


def test_names_in_latin_letters_belong_to_every_language() -> None:
    chinese = "请用 Llama 3 8B Instruct Q4_K_M 模型回答我的问题"
    assert covered(chinese, {"han"})
    assert not covered(chinese, {"cyrillic"})
    assert not covered("Where does 王伟 work, and since when?", {"han"})
    assert not covered("ポンプの保証", {"han"})


def test_who_knows_every_script_knows_what_has_letters() -> None:
    assert covered("Каков гарантийный срок? 保修期", None)
    assert not covered("2019: 12 %", None)


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
    wrong = [text for text in texts if covered(text, {"han"}) is not expected]
    assert len(wrong) <= len(texts) // 100, wrong[:5]


@pytest.mark.parametrize(
    ("eval_set", "expected"),
    [
        ("xquad_en", True),
        ("squad2_en", True),
        ("xquad_de", True),  # the Latin script is all that is looked at
        ("xquad_es", True),
        ("xquad_zh", False),
        ("cmrc2018_zh", False),
        ("drcd_zhtw", False),
        ("xquad_ru", False),
        ("xquad_ar", False),
    ],
)
@pytest.mark.parametrize(("file", "key"), [("corpus", "text"), ("questions", "question")])
def test_english_votes_and_other_scripts_do_not(
    eval_set: str, expected: bool, file: str, key: str
) -> None:
    lines = (shared_folder() / "eval" / eval_set / f"{file}.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)[key] for line in random.Random(7).sample(lines, min(400, len(lines)))]
    wrong = [text for text in texts if covered(text, LATIN) is not expected]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("密封件的保修期", "Chinese"),
        ("请用 Llama 3 8B Instruct Q4_K_M 模型回答我的问题", "Chinese"),
        ("ポンプの保証期間", "Japanese"),
        ("펌프의 보증 기간", "Korean"),
        ("Каков гарантийный срок?", "Cyrillic (such as Russian)"),
        ("Where does 王伟 work?", "Latin (such as English)"),
        ("ሰላም ልዑል", "other writing systems"),
        ("2019: 12 %", ""),
    ],
)
def test_a_language_is_named_by_its_letters(text: str, name: str) -> None:
    assert language_of(text) == name


def test_languages_are_named_by_how_often_they_come_and_rare_ones_are_not() -> None:
    texts = ["保修期"] * 10 + ["срок"] * 20 + ["보증"] * 2 + ["2019"] * 10
    assert languages_of(texts) == ["Cyrillic (such as Russian)", "Chinese"]
    assert languages_of(["12"] * 20 + ["保修期"]) == []
    assert languages_of([]) == []
