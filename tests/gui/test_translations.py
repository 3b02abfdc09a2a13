"""Every sentence of the window is there in Chinese, and says the same."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import QApplication

import resources
from app.language import LANGUAGES, Language
from app.sentences import sentence
from workspaces.core.reasons import SENTENCES, Reason

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
FOLDER = resources.path("translations")

Messages = dict[tuple[str, str], list[str]]
PLACEHOLDER = re.compile(r"\{\w+\}|%L?n|%\d")


def messages(file: Path) -> Messages:
    """The translations of each (context, source) of a .ts file; unfinished ones are empty."""
    found: Messages = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = list(_translations(message))
    return found


def _translations(message: ElementTree.Element) -> Iterator[str]:
    translation = message.find("translation")
    if translation is not None and translation.get("type") is None:
        forms = translation.findall("numerusform")
        yield from (form.text or "" for form in forms) if forms else [translation.text or ""]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Every (context, source) that the program uses."""
    found = tmp_path_factory.mktemp("ts") / "found.ts"
    sources = sorted(str(file) for file in (ROOT / "app").rglob("*.py"))
    command = [str(TOOLS / "pyside6-lupdate"), *sources, "-ts", str(found)]
    subprocess.run(command, check=True, capture_output=True)
    used = set(messages(found))
    assert len(used) > 90
    return used | {("reasons", template) for template in SENTENCES.values()}


@pytest.fixture(scope="module")
def chinese() -> Messages:
    return messages(FOLDER / "quire_zh_CN.ts")


def test_every_sentence_is_translated(spoken: set[tuple[str, str]], chinese: Messages) -> None:
    assert spoken - set(chinese) == set(), "not translated"
    assert set(chinese) - spoken == set(), "no longer used"
    assert [key for key, forms in chinese.items() if not all(forms) or not forms] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_placeholders_are_the_same(code: str) -> None:
    for (_, source), forms in messages(FOLDER / f"quire_{code}.ts").items():
        for form in forms:
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(source))


def test_chinese_has_chinese_punctuation(chinese: Messages) -> None:
    """No half-width comma, stop, colon or question mark beside a Chinese character."""
    wrong = re.compile(r"[\u4e00-\u9fff][,;:!?.]|[,;:!?][\u4e00-\u9fff]")
    assert [form for forms in chinese.values() for form in forms if wrong.search(form)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_compiled_translations_are_up_to_date(code: str, tmp_path: Path) -> None:
    compiled = tmp_path / "compiled.qm"
    source = str(FOLDER / f"quire_{code}.ts")
    command = [str(TOOLS / "pyside6-lrelease"), source, "-qm", str(compiled)]
    subprocess.run(command, check=True, capture_output=True)
    assert compiled.read_bytes() == (FOLDER / f"quire_{code}.qm").read_bytes()


def test_a_reason_is_said_in_chinese_with_its_details(qapp: QApplication) -> None:
    language = Language(qapp)
    language.use("zh_CN")
    said = sentence(Reason("crashed", {"role": "generator", "details": "abort"}))
    language.use("en")
    assert said == "回答程序意外停止（abort）；您的资料都还在，请重试。"
    said = sentence(Reason("crashed", {"role": "generator", "details": "abort"}))
    language.remove()
    assert said.startswith("The generator stopped unexpectedly (abort)")
