"""From what a model wrote to citations that hold: marks that name a passage the answer was given.

A weak model forgets its marks, makes some up or writes wrong ones. Marks that name nothing are
removed; a sentence without a mark, or with marks of passages that say nothing of the kind, gets the
mark of the passage that says the same, where one clearly does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from workspaces.core.markdown import outside_code
from workspaces.core.types import Source

SUPPORT = 0.6
"""Share of a sentence's words, by weight, that its passage must contain. A word weighs the less the
more of the passages have it: "the" proves nothing."""

UNRELATED = 0.3
"""A marked passage that covers less of its sentence than this was marked by mistake, if another
passage clearly supports the sentence."""

MIN_WORDS = 3
"""Fewer words than this prove nothing."""

_MARK = re.compile(r"[\[【](\s*\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*\s*)[\]】](?![(:])")
_SPACED_MARK = re.compile(r"[ \t]*" + _MARK.pattern)
_NUMBER = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^\n]*?(?:[。！？；!?]+|\.(?=\s|$))(?:\s*\[\d+\])*|[^\n]+", re.MULTILINE)
_ROW = re.compile(r"(\s*\|.*\S)\s*\|")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]")


def cited_marks(answer: str) -> list[int]:
    """The marks in ``answer``, code left out, in order of first appearance."""
    marks: dict[int, None] = {}

    def collect(text: str) -> str:
        for match in _MARK.finditer(text):
            marks.update((number, None) for number in _numbers(match))
        return text

    outside_code(answer, collect)
    return list(marks)


def cited(answer: str, sources: Iterable[Source]) -> list[Source]:
    """The sources whose marks stand in ``answer``, in order of first appearance."""
    by_mark = {source.mark: source for source in sources}
    return [by_mark[mark] for mark in cited_marks(answer) if mark in by_mark]


def settle(answer: str, sources: Sequence[Source]) -> str:
    """``answer`` with each mark written ``[n]`` and naming one of ``sources``."""
    known = {source.mark for source in sources}
    answer = outside_code(answer, lambda text: _keep_known(text, known))
    support = _Support(sources)
    return outside_code(answer, lambda text: _SENTENCE.sub(support.mark, text))


def words_of(text: str) -> set[str]:
    """What a text says, as a set: words in lower case, pairs of neighbouring Han characters."""
    words: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if _HAN.search(word):
            words.update(word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            words.add(word)
    return words


def _keep_known(text: str, known: set[int]) -> str:
    def rewrite(match: re.Match[str]) -> str:
        kept = "".join(f"[{number}]" for number in _numbers(match) if number in known)
        space = match.group()[: len(match.group()) - len(match.group().lstrip())]
        return f"{space}{kept}" if kept else ""

    return _SPACED_MARK.sub(rewrite, text)


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(number) for number in _NUMBER.findall(match.group(1))]


class _Support:
    """Finds the passage that says what a sentence says."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._words = {source.mark: words_of(source.text) for source in sources}
        self._spread = Counter(word for words in self._words.values() for word in words)

    def mark(self, match: re.Match[str]) -> str:
        """The sentence with the mark of the passage that clearly supports it, where one does and
        the marks it has do not."""
        sentence = match.group()
        bare = _SPACED_MARK.sub("", sentence).rstrip()
        said = words_of(bare)
        if len(said) < MIN_WORDS:
            return sentence
        shares = {mark: self._share(said, words) for mark, words in self._words.items()}
        marked = [
            shares[number] for found in _MARK.finditer(sentence) for number in _numbers(found)
        ]
        best = max(shares, key=lambda mark: (shares[mark], -mark), default=0)
        if not best or shares[best] < SUPPORT or max(marked, default=0.0) >= UNRELATED:
            return sentence
        space = "" if bare[-1] in "。！？；" else " "
        rest = sentence[len(sentence.rstrip()) :]
        if row := _ROW.fullmatch(bare):  # behind the row's end it would be no table any more
            return f"{row.group(1)} [{best}] |{rest}"
        return f"{bare}{space}[{best}]{rest}"

    def _share(self, said: set[str], words: set[str]) -> float:
        """How much of what is said these words cover; nothing where a number is missing."""
        missing = said - words
        if any(character.isdigit() for word in missing for character in word):
            return 0.0
        return 1.0 - self._weight(missing) / self._weight(said)

    def _weight(self, words: set[str]) -> float:
        return sum(1.0 / max(1, self._spread[word]) for word in words)
