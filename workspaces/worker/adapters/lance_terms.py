"""What a passage is found by, as one list of terms: its words, and the parts of them.

They share one word list because LanceDB passes over what cannot come among the best only where one
list is asked: asked of two, it scores each passage that has any of the words. The terms are cut
here, by LanceDB's own ICU segmentation, so that the list need only take what stands between spaces.
"""

from __future__ import annotations

from lancedb import tokenize

from workspaces.core.word_parts import passage_parts, question_parts
from workspaces.worker.adapters.folding import fold

PART = "_"
"""Stands before a part: "pump" the word and "pump" the beginning of "pumps" are two terms. No word
begins so, because the segmentation cuts there."""


def passage_terms(text: str) -> str:
    """The terms of a passage, with spaces between them."""
    folded = fold(text)
    return _joined(folded, passage_parts(folded))


def question_terms(text: str) -> str:
    """The terms that a question asks for, with spaces between them."""
    folded = fold(text)
    return _joined(folded, question_parts(folded))


def _joined(folded: str, parts: str) -> str:
    # Of the ICU tokenizers, this one also cuts "dog's", "host.com" and "Q4_K_M": squad2_en hit@5
    # .933 against .913, Chinese the same.
    words = tokenize(folded, base_tokenizer="icu/split", stem=False, remove_stop_words=False)
    return " ".join([*(word.text for word in words), *(PART + part for part in parts.split())])
