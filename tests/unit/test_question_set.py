"""Sets of questions as they lie on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.question_sets import QUESTIONS, TEXTS, write_lines, write_set
from workspaces.core.reasons import Problem
from workspaces.library.question_set import LONGEST, QuestionSet, RightPage, file_stem


def test_questions_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    questions = QuestionSet(write_set(tmp_path / "pumps"))
    assert questions.name == "pumps"
    read = list(questions.questions())
    assert [(each.question, each.gold_doc_ids) for each in read] == list(QUESTIONS)
    assert [each.answerable for each in read] == [True, True, True, False]


def test_texts_become_markdown_files_whatever_their_ids_hold(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    files = QuestionSet(write_set(tmp_path / "pumps")).lay_out(room)
    assert list(files.values()) == list(TEXTS)
    assert sorted(files) == sorted(room.glob("*/*"))
    oil = next(path for path, document in files.items() if document == "oil-1")
    assert (oil.parent.name, oil.name) == ("oil-1", "Oil.md")
    assert oil.read_text("utf-8") == "# Oil\n\nReplace the oil filter every 500 operating hours.\n"


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("AC/DC: Live?", "AC DC Live"),
        ("战国无双3", "战国无双3"),
        ("a\tb\0c", "a b c"),
        ("...", "untitled"),
        ("x" * 300, "x" * LONGEST),
    ],
)
def test_a_title_becomes_a_name_that_any_disk_takes(title: str, stem: str) -> None:
    assert file_stem(title) == stem


def test_pdf_files_stay_where_they_are(tmp_path: Path) -> None:
    write_lines(tmp_path / "documents.jsonl", [{"doc_name": "REPORT_2022", "pages": 5}])
    question = {
        "question": "What was sold?",
        "answerable": True,
        "gold_doc_ids": ["REPORT_2022"],
        "evidence": [{"doc_name": "REPORT_2022", "page_index0": 3, "page_number1": 4}],
    }
    write_lines(tmp_path / "questions.jsonl", [question])
    questions = QuestionSet(tmp_path)
    assert questions.lay_out(tmp_path / "unused") == {
        tmp_path / "pdfs" / "REPORT_2022.pdf": "REPORT_2022"
    }
    assert [each.evidence for each in questions.questions()] == [[RightPage("REPORT_2022", 3)]]


@pytest.mark.parametrize("missing", ["corpus.jsonl", "questions.jsonl"])
def test_a_folder_that_is_no_set_is_said(tmp_path: Path, missing: str) -> None:
    folder = write_set(tmp_path / "pumps")
    (folder / missing).unlink()
    with pytest.raises(Problem, match=r"pumps is no set of questions"):
        QuestionSet(folder)


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"answerable": true}', b'{"question": "\xff", "answerable": true}']
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: bytes) -> None:
    folder = write_set(tmp_path / "pumps")
    path = folder / "questions.jsonl"
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(Problem, match=r"Line 5 of .*questions\.jsonl"):
        list(QuestionSet(folder).questions())


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "pumps")
    questions = QuestionSet(folder)
    (folder / "questions.jsonl").unlink()
    with pytest.raises(Problem, match=r"questions\.jsonl could not be read"):
        list(questions.questions())


def test_a_question_about_a_document_that_is_not_there_cannot_be_answered(tmp_path: Path) -> None:
    write_lines(tmp_path / "documents.jsonl", [{"doc_name": "A"}])
    write_lines(
        tmp_path / "questions.jsonl",
        [{"question": name, "answerable": True, "gold_doc_ids": [name]} for name in "AB"],
    )
    here, absent = QuestionSet(tmp_path).questions()
    assert (here.answerable, absent.answerable, absent.kind) == (True, False, "doc_absent")
