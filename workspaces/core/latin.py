"""Which language a text in Latin letters is in, as fastText's model ``lid.176.ftz`` sees it.

Joulin et al., "Bag of Tricks for Efficient Text Classification" (2017). It takes 50 ms to load and
5 MB; .05 ms a question, .2 ms a passage.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import Any

import fasttext

import resources

MODEL = "languages/lid.176.ftz"

MARGIN = 0.5
"""By how much another language must be likelier than those known before a text is held to be in it.

Measured on the shared sets: of English questions and passages at most .0014 are taken for another
language, of German and Spanish ones at most .0041 for English; of one or two words cut out of an
English text .01. Names, code and rows of figures belong to no language, and nothing is likely."""

ENOUGH = 400
"""Characters that are looked at: the rest of a passage says the same, and takes longer."""

_NAME = re.compile(r"\S*[\d_]\S*")
"""What has a digit or an underscore in it is of no language."""

_LABEL = "__label__"


def is_foreign(text: str, known: Set[str]) -> bool:
    """Whether a text in Latin letters is in none of the languages ``known``, which are codes of
    ISO 639-1; False where that cannot be told."""
    likely = _likelihoods(text)
    best = max((share for code, share in likely.items() if code in known), default=0.0)
    other = max((share for code, share in likely.items() if code not in known), default=0.0)
    return other - best > MARGIN


def language(text: str) -> str:
    """The code of the language that a text in Latin letters is in; empty where that cannot be
    told."""
    code, share = max(_likelihoods(text).items(), key=lambda item: item[1], default=("", 0.0))
    return code if share > MARGIN else ""


def _likelihoods(text: str) -> dict[str, float]:
    """Of each language, from 0 to 1; together 1."""
    if (model := _model()) is None:
        return {}
    text = text[:ENOUGH]
    words = _NAME.sub(" ", text.lower() if text.isupper() else text)
    labels, shares = model.predict(" ".join(words.split()), k=-1)
    return {label.removeprefix(_LABEL): share for label, share in zip(labels, shares, strict=True)}


@lru_cache(maxsize=1)
def _model() -> Any | None:
    """None where it cannot be opened: on Windows fastText opens no path with letters that the
    system's code page lacks. No language can be told then, and the writing system decides."""
    try:
        return fasttext.load_model(str(resources.path(MODEL)))
    except ValueError:
        return None
