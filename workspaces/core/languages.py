"""Which writing systems and languages a text uses: what an embedder must know to have a say about
it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from workspaces.core import latin


@dataclass(frozen=True, slots=True)
class KnownLanguages:
    """What a model knows: writing systems, by the names of :func:`script_shares`, and of the many
    languages in Latin letters those with the codes ``latin`` (ISO 639-1). None is all there are."""

    scripts: frozenset[str] | None
    latin: frozenset[str] | None = None


EVERY_LANGUAGE = KnownLanguages(None)
LATIN_LETTERS = KnownLanguages(frozenset({"latin"}))
ENGLISH = KnownLanguages(frozenset({"latin"}), frozenset({"en"}))

MOST = 0.8
"""The share of a text's letters that must be in known scripts.

Measured on XQuAD, CMRC 2018 and DRCD: English passages and questions have at least .96 Latin
letters; Chinese, Russian and Arabic ones, names and quotations included, at most .73."""

LEAST = 0.2
"""The share of a text's letters that must be in the script of its language where that is not Latin:
names, units and abbreviations in Latin letters are part of every language. The rest of a Chinese
text, by the same figures, is at least .27."""

NAMES = {
    "han": "Chinese",
    "kana": "Japanese",
    "hangul": "Korean",
    "cyrillic": "Cyrillic (such as Russian)",
    "arabic": "Arabic script",
    "devanagari": "Devanagari (such as Hindi)",
    "hebrew": "Hebrew",
    "greek": "Greek",
    "thai": "Thai",
}
"""What a person calls the language, or the writing system, that a script is a sign of."""

LATIN_NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "pl": "Polish",
    "tr": "Turkish",
    "vi": "Vietnamese",
    "id": "Indonesian",
}
"""Those of the languages in Latin letters, by their codes, that are named."""

OTHER_LATIN = "other languages in Latin letters"

OTHER = "other writing systems"

SOME = 0.1
"""The share of texts from which on a language is worth naming."""

KANA = 0.1
"""The share of kana among the letters that makes a text Japanese; a Chinese one may name a thing in
kana."""

_SCRIPTS = {"cjk": "han", "hiragana": "kana", "katakana": "kana"}


def script_shares(text: str) -> dict[str, float]:
    """The share of each script among the letters of ``text``; empty where it has no letter.

    Names are those Unicode begins a letter's name with, in lower case (``latin``, ``cyrillic``,
    ``arabic``, ``hangul``, …), but ``han`` for Chinese characters and ``kana`` for both kana.
    """
    counts = Counter(script for character in text if (script := _script(character)))
    letters = counts.total()
    return {script: count / letters for script, count in counts.items()}


def covered(text: str, known: KnownLanguages) -> bool:
    """Whether a text is in a known language: at least the share ``MOST`` of its letters in a known
    script, Latin ones included where at least ``LEAST`` are; and where they are Latin, it is not
    held to be in another language than those known.

    A text without letters is in no language and never covered.
    """
    shares = script_shares(text)
    if known.scripts is None:
        return bool(shares)
    share = sum(share for script, share in shares.items() if script in known.scripts)
    if share >= LEAST and "latin" not in known.scripts:
        share += shares.get("latin", 0)
    return share >= MOST and not (
        known.latin is not None
        and shares.get("latin", 0) >= MOST
        and latin.is_foreign(text, known.latin)
    )


def language_of(text: str) -> str:
    """The name of a text's language, or of its writing system; empty where it has no letters."""
    shares = script_shares(text)
    if not shares:
        return ""
    if shares.get("kana", 0) >= KANA:
        return NAMES["kana"]
    # Latin letters are part of every language.
    others = {script: share for script, share in shares.items() if script != "latin"}
    script = max(others, key=others.__getitem__, default="")
    if others.get(script, 0) >= LEAST:
        return NAMES.get(script, OTHER)
    return LATIN_NAMES.get(latin.language(text), OTHER_LATIN)


def languages_of(texts: Iterable[str]) -> list[str]:
    """The names of the languages that at least the share ``SOME`` of ``texts`` are in, the most
    frequent first."""
    counts = Counter(map(language_of, texts))
    least = SOME * counts.total()
    return [name for name, count in counts.most_common() if name and count >= least]


@lru_cache(maxsize=1 << 16)
def _script(character: str) -> str | None:
    if not character.isalpha():
        return None
    words = unicodedata.name(character, "unknown").lower().replace("-", " ").split()
    name = words[1] if words[0] in ("fullwidth", "halfwidth") and len(words) > 1 else words[0]
    return _SCRIPTS.get(name, name)
