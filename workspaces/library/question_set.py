"""A folder of documents and questions whose right documents are known.

``questions.jsonl`` holds a :class:`Question` a line. The documents are texts, one a line of
``corpus.jsonl`` (``doc_id``, ``title``, ``text``), or PDF files in ``pdfs``, whose ``doc_name`` is
in ``documents.jsonl``. Keys that are not named here are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import msgspec

from workspaces.core.reasons import Problem
from workspaces.library.disk import disk_problems

QUESTIONS = "questions.jsonl"
TEXTS = "corpus.jsonl"
FILES = "documents.jsonl"

ABSENT = "doc_absent"
"""The kind of a question whose document is not there."""

FORBIDDEN = '<>:"/\\|?*'
"""What Windows wants in no file's name."""

LONGEST = 60
"""Characters of a file's name; 255 bytes are allowed."""


class RightPage(msgspec.Struct, frozen=True):
    """A page that holds the answer; ``page_index0`` counts from 0."""

    doc_name: str
    page_index0: int


class Question(msgspec.Struct, frozen=True):
    """``gold_doc_ids`` are the documents that answer it; none where it is not ``answerable``.
    ``kind`` says what makes it hard, for example that its document is missing."""

    question: str
    answerable: bool
    gold_doc_ids: list[str] = []
    evidence: list[RightPage] = []
    kind: str = ""


Line = TypeVar("Line", bound=msgspec.Struct)


class _Text(msgspec.Struct, frozen=True):
    doc_id: str
    title: str
    text: str


class _File(msgspec.Struct, frozen=True):
    doc_name: str


class QuestionSet:
    """The set in ``folder``. Raises Problem ``no_question_set`` where there is none, and from all
    methods ``question_set_damaged``, ``read_failed`` or what the disk does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        documents = [name for name in (TEXTS, FILES) if (self._folder / name).is_file()]
        if not documents or not (self._folder / QUESTIONS).is_file():
            raise Problem("no_question_set", name=folder)
        self._is_of_texts = documents[0] == TEXTS

    @property
    def name(self) -> str:
        return self._folder.name

    def questions(self) -> Iterator[Question]:
        """In the file's order. One whose documents are not in the set cannot be answered from
        it."""
        here = set(self._names())
        for question in _lines(self._folder / QUESTIONS, Question):
            wanted = question.gold_doc_ids
            if question.answerable and wanted and here.isdisjoint(wanted):
                yield msgspec.structs.replace(question, answerable=False, kind=ABSENT)
            else:
                yield question

    def lay_out(self, room: Path) -> dict[Path, str]:
        """The documents as files that can be imported, each with its document's id: texts become
        Markdown files below the folder ``room``, with their titles for names, each in a folder of
        its own that is called after its id; PDF files stay where they are."""
        if self._is_of_texts:
            return {_written(text, room): text.doc_id for text in self._texts()}
        files = _lines(self._folder / FILES, _File)
        return {self._folder / "pdfs" / f"{each.doc_name}.pdf": each.doc_name for each in files}

    def _names(self) -> Iterator[str]:
        if self._is_of_texts:
            return (text.doc_id for text in self._texts())
        return (each.doc_name for each in _lines(self._folder / FILES, _File))

    def _texts(self) -> Iterator[_Text]:
        return _lines(self._folder / TEXTS, _Text)


def _written(text: _Text, room: Path) -> Path:
    path = room / quote(text.doc_id, safe="") / f"{file_stem(text.title)}.md"
    with disk_problems(path):
        path.parent.mkdir()
        path.write_text(f"# {text.title}\n\n{text.text}\n", "utf-8")
    return path


def file_stem(title: str) -> str:
    """A title as a person would call the file: without what no file's name may hold."""
    kept = "".join(" " if sign in FORBIDDEN or not sign.isprintable() else sign for sign in title)
    return " ".join(kept.split())[:LONGEST].strip(" .") or "untitled"


def _lines(path: Path, kind: type[Line]) -> Iterator[Line]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                yield _decoded(line, kind, path, number)
    except OSError as error:
        raise Problem("read_failed", name=path, details=error.strerror or error) from error


def _decoded(line: bytes, kind: type[Line], path: Path, number: int) -> Line:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Problem("question_set_damaged", name=path, line=number, details=error) from error
