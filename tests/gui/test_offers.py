"""Every model on offer and every licence has words, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.language import LANGUAGES, Language
from app.offers import licence_words, offer_words
from workspaces.library.offers import all_offers


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_offer_and_every_licence_has_words(qapp: QApplication, code: str) -> None:
    language = Language(qapp)
    language.use(code)
    offers = [offer_words(offer.id) for offer in all_offers().offers]
    licences = [licence_words(licence.id) for licence in all_offers().licences]
    language.remove()
    assert all(offers)
    assert len(set(offers)) == len(offers)
    assert all(words.title and all(words.terms) and words.terms for words in licences)
    said = " ".join([*offers, *(words.title for words in licences)])
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said) == (code == "zh_CN")


def test_what_is_not_known_is_not_made_up() -> None:
    assert offer_words("gpt-9") == ""
    assert licence_words("of-its-own").title == "of-its-own"
