"""What a text is found by besides its words: pieces of words that other forms of them share.

Word segmentation cuts a Chinese run by its context, so that a name or a rare character asked for
alone may be cut otherwise than where it stands; and most languages bend their words. Measured on
400 questions a set, nDCG@10 of words alone and of words with these parts: XQuAD English .959 .965,
German .938 .956, Russian .880 .944, Chinese .961 .971, DRCD .949 .961, SQuAD 2 .851 .876.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

BEGINNING = 5
"""Letters of a word that its forms share, for showing that they belong together. 4 and 6 did no
better over six languages."""

CONTEXT = 2
"""Measured fused on FinanceBench: nDCG@10 of the right document .93 instead of .86, the right page
among the first five 15 of 34 instead of 13; SQuAD 2, XQuAD English the same; 4 and 8 no better."""

_TOGETHER = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that put no space between words: Han and kana."""

_RUN = re.compile(f"[{_TOGETHER}]+")
_HANGUL = re.compile("[\uac00-\ud7af]+")
_WORD = re.compile(f"[^\\W\\d_{_TOGETHER}\uac00-\ud7af]{{2,}}")
_DIGITS = re.compile(r"(?<!\w)\d+(?!\w)")
_NUMBER = re.compile(
    r"(?<!\w)(?:[^\W\d_]+(\d+)|(\d+)[^\W\d_]+)(?!\w)"
    r"|(?<=[^\W\d_])(\d{4})(?!\d)|(?<!\d)(\d{4})(?=[^\W\d_])"  # a year: fy2022q3
)
# Possessive, and from a beginning only: a run of thousands of letters is looked through once.
_IDENTIFIER = re.compile(r"(?<![^\W_])[^\W_]++(?:[-_./:@+#][^\W_]++)+")
_SECTION = re.compile(r"§+\s*\d[\w.]*")


def word_parts(folded: str) -> str:
    """The parts of a text that was folded, with spaces between them: single characters and pairs of
    Chinese, Japanese and Korean, beginnings of other words without accents, numbers with letters
    before or behind them (``fy2022``, ``5kg``), and identifiers in one piece (``q4_k_m``, ``gb/t``,
    ``22239-2019``, ``§12.3``)."""
    return " ".join([*_pieces(folded), *_identifiers(folded)])


def identifiers(folded: str) -> set[str]:
    """Those of the parts that name one thing: signs in one piece that have a digit."""
    return {each for each in _identifiers(folded) if any(sign.isdecimal() for sign in each)}


def passage_parts(folded: str) -> str:
    """The parts of a passage. Those of its first line, which says where it stands (see
    :mod:`workspaces.core.context`), are there :data:`CONTEXT` times more, with all its numbers: who
    names a document means it."""
    first, _, _ = folded.partition("\n")
    where = [word_parts(first), *_DIGITS.findall(first)]
    return " ".join([word_parts(folded), *where * CONTEXT]).strip()


def question_parts(folded: str) -> str:
    """The parts that a question asks for: also its numbers, and what a document may write in one
    word (``Best Buy``, ``BESTBUY 2023.pdf``)."""
    words = _WORD.findall(_without_accents(folded))
    together = [first + second for first, second in pairwise(words) if len(first) < BEGINNING]
    beginnings = [word[:BEGINNING] for word in together]
    return " ".join([word_parts(folded), *_DIGITS.findall(folded), *beginnings]).strip()


def _pieces(text: str) -> Iterator[str]:
    for expression in (_RUN, _HANGUL):
        for match in expression.finditer(text):
            run = match.group()
            yield from run
            yield from map("".join, pairwise(run))
    for match in _WORD.finditer(text):
        yield _without_accents(match.group())[:BEGINNING]
    for match in _NUMBER.finditer(text):
        yield match.group(match.lastindex or 0)


def _identifiers(text: str) -> Iterator[str]:
    for expression in (_IDENTIFIER, _SECTION):
        for match in expression.finditer(text):
            yield "".join(match.group().split())


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
