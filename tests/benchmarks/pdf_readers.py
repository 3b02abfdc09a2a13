"""Which library reads PDFs best: ``python -m tests.benchmarks.pdf_readers [--only TEXT]``.

Reads every PDF of the shared folder that opens without a password with PDFium, with pypdf, and as
Quire does (PDFium, and pypdf for the pages it cannot read), and prints a table. Run it while
nothing else runs.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from tests.shared import shared_folder
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.pdf_garbled import is_garbled
from workspaces.worker.adapters.pdf_opening import Broken, Locked
from workspaces.worker.adapters.pdf_pages import PdfPagesReader
from workspaces.worker.adapters.pdf_pdfium import PdfiumDocument
from workspaces.worker.adapters.pdf_pypdf import PypdfDocument

_Line = TypeVar("_Line")

Pages = Mapping[int, str]
"""The text of the pages that have some, by number."""


class Needle(msgspec.Struct):
    """A phrase that must be found on its page."""

    text: str
    page: int = 0


class Expectation(msgspec.Struct):
    file: str
    must_contain: list[Needle] = []
    password: str | None = None


class Fact(msgspec.Struct):
    """A sentence that we wrote into a document ourselves."""

    file: str
    sentence: str
    lang: str
    page: int | list[int] | None = None


class Evidence(msgspec.Struct):
    """What a third reader gave for a part of a page of a financial report."""

    doc_name: str
    page_number1: int
    evidence_text: str


class Question(msgspec.Struct):
    evidence: list[Evidence] = []


@dataclass(slots=True)
class Document:
    path: Path
    needles: list[Needle] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """``orders`` are, for each piece of evidence, the share of its words that are followed by the
    same word as there; ``garbled`` counts pages that nobody can read and that were given all the same."""

    opened: int = 0
    pages: int = 0
    characters: int = 0
    garbled: int = 0
    needles: int = 0
    facts: int = 0
    chinese: int = 0
    orders: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def take(self, document: Document, pages: Pages) -> None:
        squashed = {number: _squashed(text) for number, text in pages.items()}
        self.opened += 1
        self.pages += len(pages)
        self.characters += sum(map(len, squashed.values()))
        self.garbled += sum(map(is_garbled, pages.values()))
        self.needles += sum(_squashed(n.text) in squashed.get(n.page, "") for n in document.needles)
        found = [fact for fact in document.facts if _is_found(fact, squashed)]
        self.facts += len(found)
        self.chinese += sum(fact.lang != "en" for fact in found)
        for each in document.evidence:
            wanted = _pairs(each.evidence_text)
            got = _pairs(pages.get(each.page_number1, ""))
            self.orders.append(len(wanted & got) / max(1, len(wanted)))


def documents(only: str) -> Iterator[Document]:
    """The PDFs to read whose path has ``only`` in it, and what must be found in them."""
    folder = shared_folder() / "documents"
    facts = _lines(folder / "facts.jsonl", Fact)
    for expected in _lines(folder / "expectations.jsonl", Expectation):
        if expected.file.startswith("pdf") and only in expected.file and not expected.password:
            own = [f for f in facts if f.file == expected.file and isinstance(f.page, int)]
            yield Document(folder / expected.file, expected.must_contain, own)
    reports = shared_folder() / "eval" / "financebench"
    questions = _lines(reports / "questions.jsonl", Question)
    for path in sorted((reports / "pdfs").glob("*.pdf")):
        if only in str(path):
            proofs = [e for q in questions for e in q.evidence if e.doc_name == path.stem]
            yield Document(path, evidence=proofs)


def by_pdfium(path: Path) -> Pages:
    with closing(PdfiumDocument(path, "")) as document:
        return _read(document.pages, document.read)


def by_pypdf(path: Path) -> Pages:
    with closing(PypdfDocument(path, "")) as document:
        return _read(document.pages, document.read)


def by_quire(path: Path) -> Pages:
    found = PdfPagesReader().read(path, path.name, lambda _done, _total: None)
    return {place.page: place.text for place in found.places if place.page}


READERS: Mapping[str, Callable[[Path], Pages]] = {
    "PDFium": by_pdfium,
    "pypdf": by_pypdf,
    "both": by_quire,
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="pdf_readers", description=__doc__)
    parser.add_argument("--only", default="", help="a part of the paths to read")
    chosen = parser.parse_args(arguments)
    try:
        read = list(documents(chosen.only))
    except pytest.skip.Exception as absent:
        print(absent)
        return 0
    scores = {name: Score() for name in READERS}
    for document in read:
        for name, reader in READERS.items():
            begun = time.perf_counter()
            try:
                pages = reader(document.path)
            except (Problem, Broken, Locked):
                pages = None
            scores[name].seconds += time.perf_counter() - begun
            if pages is not None:
                scores[name].take(document, pages)
    _print(read, scores)
    return 0


def _print(read: Sequence[Document], scores: Mapping[str, Score]) -> None:
    needles, facts = sum(len(d.needles) for d in read), [f for d in read for f in d.facts]
    chinese = sum(fact.lang != "en" for fact in facts)
    print(f"| | opened of {len(read)} | pages with text | garbled | characters | needles of {needles} "
          f"| facts of {len(facts)} | not English of {chinese} | order | seconds |")  # fmt: skip
    print("|" + " --- |" * 10)
    for name, score in scores.items():
        order = sum(score.orders) / max(1, len(score.orders))
        cells = (name, score.opened, score.pages, score.garbled, score.characters, score.needles,
                 score.facts, score.chinese, f"{order:.3f}", f"{score.seconds:.1f}")  # fmt: skip
        print("| " + " | ".join(map(str, cells)) + " |")


def _read(pages: int, read: Callable[[int], str]) -> Pages:
    texts: dict[int, str] = {}
    for number in range(1, pages + 1):
        try:
            texts[number] = read(number)
        except Broken:
            continue
    return {number: text for number, text in texts.items() if text.strip()}


def _pairs(text: str) -> set[tuple[str, str]]:
    """Each word with the one after it."""
    return set(pairwise(text.split()))


def _is_found(fact: Fact, squashed: Pages) -> bool:
    return isinstance(fact.page, int) and _squashed(fact.sentence) in squashed.get(fact.page, "")


def _lines(path: Path, kind: type[_Line]) -> list[_Line]:
    return [msgspec.json.decode(line, type=kind) for line in path.read_bytes().splitlines()]


def _squashed(text: str) -> str:
    """Without what readers may rightly differ in: spaces, widths, hyphens at line ends."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\ufffe\xad-]", "", plain)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
