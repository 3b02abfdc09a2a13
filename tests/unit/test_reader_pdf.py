"""PDF: a place a page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pypdf import PageObject, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from tests.reading import Listener, extract, extract_as
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import Extract, Step
from workspaces.worker.reader import Reader
from workspaces.worker.role import Stopped


def pdf(folder: Path, pages: Iterable[str]) -> Path:
    path = folder / "report.pdf"
    canvas = Canvas(str(path))
    for page in pages:
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(72, 720 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def locked(path: Path, password: str, algorithm: str) -> Path:
    writer = PdfWriter(clone_from=path)
    writer.encrypt(password, "owner", algorithm=algorithm)
    writer.write(path)
    return path


def code_of(path: Path, folder: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        extract_as("pdf", path, "report.pdf", folder)
    assert not (folder / "text.jsonl").exists()
    return caught.value


def test_every_page_with_text_is_a_place(tmp_path: Path) -> None:
    answer, places = extract(pdf(tmp_path, ["First page\nsecond line", "", "Third page"]), tmp_path)
    assert places == [Place("First page\nsecond line", page=1), Place("Third page", page=3)]
    assert answer.pages == 3
    assert answer.silent_pages == [2]


def test_a_scan_has_no_text(tmp_path: Path) -> None:
    reason = code_of(pdf(tmp_path, ["", ""]), tmp_path).reason
    assert (reason.code, reason.details) == ("no_text", {"name": "report.pdf", "pages": "2"})


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_password_to_open_is_asked_for(tmp_path: Path, algorithm: str) -> None:
    path = locked(pdf(tmp_path, ["text"]), "user", algorithm)
    assert code_of(path, tmp_path).reason.code == "encrypted"


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_a_password_that_only_forbids_printing_is_none(tmp_path: Path, algorithm: str) -> None:
    path = locked(pdf(tmp_path, ["text"]), "", algorithm)
    assert extract(path, tmp_path)[1] == [Place("text", page=1)]


def test_damage_is_said_or_repaired(tmp_path: Path) -> None:
    path = pdf(tmp_path, ["First page", "Second page"])
    content = path.read_bytes()
    path.write_bytes(content.replace(b"startxref\n", b"startxref\n9"))  # leads nowhere
    assert len(extract(path, tmp_path)[1]) == 2
    (tmp_path / "text.jsonl").unlink()
    path.write_bytes(content[:200])
    assert code_of(path, tmp_path).reason.code == "corrupt"


def test_a_page_that_fails_alone_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract_text = PageObject.extract_text

    def fragile(page: PageObject) -> str:
        text = extract_text(page)
        if "Second" in text:
            raise RecursionError
        return text

    monkeypatch.setattr(PageObject, "extract_text", fragile)
    answer, places = extract(pdf(tmp_path, ["First", "Second", "Third"]), tmp_path)
    assert [place.page for place in places] == [1, 3]
    assert answer.silent_pages == [2]
    assert code_of(pdf(tmp_path, ["Second"]), tmp_path / "new").reason.code == "corrupt"


def test_codes_without_a_meaning_are_not_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pdf(tmp_path, ["x"])
    monkeypatch.setattr(PageObject, "extract_text", lambda _page: "\x80\x81\ue000 12 \x82\x83")
    assert code_of(path, tmp_path).reason.code == "no_text"


def test_pages_are_reported_and_a_cancel_is_heard_between_them(tmp_path: Path) -> None:
    path = pdf(tmp_path, ["one", "two", "three"])
    request = Extract(str(path), "pdf", "report.pdf", str(tmp_path / "text.jsonl"))
    listener = Listener()
    Reader().handle(request, listener.talk())
    assert listener.progress == [Step(0, 3), Step(1, 3), Step(2, 3), Step(3, 3)]
    assert listener.loaded == ["reader for pdf"]
    (tmp_path / "text.jsonl").unlink()
    with pytest.raises(Stopped):
        Reader().handle(request, Listener(patience=2).talk())
    assert not (tmp_path / "text.jsonl").exists()
