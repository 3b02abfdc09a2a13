"""PDF: a place a page, from whichever library can read it, and what a page could not give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.reading import Listener, extract, extract_as
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import Place
from workspaces.protocol.messages import Extract, Extracted, Step
from workspaces.worker.adapters.pdf_opening import Broken, opened
from workspaces.worker.adapters.pdf_pdfium import PdfiumDocument
from workspaces.worker.adapters.pdf_pypdf import PypdfDocument
from workspaces.worker.reader import Reader
from workspaces.worker.role import Stopped

ALGORITHMS = ["RC4-40", "RC4-128", "AES-128", "AES-256"]
GARBLED = "\n".join(["Wkh zduudqwb rq wkh vhdov lv wzhoyh prqwkv, dqg wkh erdug phhwv."] * 6)
"""English, every letter moved by three."""

SCAN = "<scan>"
"""A page that is a picture."""


def pdf(folder: Path, pages: Iterable[str]) -> Path:
    path = folder / "report.pdf"
    canvas = Canvas(str(path))
    for page in pages:
        if page == SCAN:
            canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "gray")), 72, 72, 400, 600)
        else:
            for number, line in enumerate(page.split("\n")):
                canvas.drawString(72, 720 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def changed(path: Path, change: Callable[[PdfWriter], object]) -> Path:
    """The file at ``path``, written again with ``change``."""
    writer = PdfWriter(clone_from=path)
    change(writer)
    writer.write(path)
    return path


def locked(path: Path, password: str, algorithm: str) -> Path:
    return changed(path, lambda writer: writer.encrypt(password, "owner", algorithm=algorithm))


def code_of(path: Path, folder: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        extract_as("pdf", path, "report.pdf", folder)
    assert not (folder / "text.jsonl").exists()
    assert "…" not in caught.value.reason.sentence()
    return caught.value


def unlocked(path: Path, folder: Path, passwords: Sequence[str]) -> Extracted:
    return extract_as("pdf", path, "report.pdf", folder, passwords)[0]


def test_every_page_with_text_is_a_place(tmp_path: Path) -> None:
    path = pdf(tmp_path, ["First page\nsecond line", SCAN, "Third page"])
    answer, places = extract(path, tmp_path)
    assert places == [Place("First page\nsecond line", page=1), Place("Third page", page=3)]
    assert answer.pages == 3
    details = {"name": "report.pdf", "silent": "1", "pages": "3", "numbers": "2"}
    assert answer.warnings == [Reason("silent_pages", details)]


def test_empty_pages_are_said_but_are_no_scan(tmp_path: Path) -> None:
    answer, _ = extract(pdf(tmp_path, ["First page", "", " ", "Last page"]), tmp_path)
    details = {"name": "report.pdf", "blank": "2", "pages": "4", "numbers": "2–3"}
    assert answer.warnings == [Reason("blank_pages", details)]


@pytest.mark.parametrize("pages", [[SCAN, SCAN], ["", SCAN], ["", ""]])
def test_a_scan_has_no_text(tmp_path: Path, pages: list[str]) -> None:
    reason = code_of(pdf(tmp_path, pages), tmp_path).reason
    assert reason == Reason("no_text", {"name": "report.pdf", "pages": "2", "silent": "2"})


def test_a_page_number_on_a_scan_is_text(tmp_path: Path) -> None:
    path = pdf(tmp_path, [SCAN])
    stamp = PdfWriter(clone_from=pdf(tmp_path, ["7"])).pages[0]
    changed(path, lambda writer: writer.pages[0].merge_page(stamp))
    assert extract(path, tmp_path)[1] == [Place("7", page=1)]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_password_to_open_is_asked_for(tmp_path: Path, algorithm: str) -> None:
    path = locked(pdf(tmp_path, ["text"]), "user", algorithm)
    assert code_of(path, tmp_path).reason.code == "encrypted"
    with pytest.raises(Problem) as caught:
        unlocked(path, tmp_path, ["wrong", "also wrong"])
    assert caught.value.reason.code == "wrong_password"
    assert unlocked(path, tmp_path, ["wrong", "user"]).characters == 4
    assert unlocked(path, tmp_path, ["owner"]).characters == 4


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_password_that_only_forbids_printing_is_none(tmp_path: Path, algorithm: str) -> None:
    path = locked(pdf(tmp_path, ["text"]), "", algorithm)
    assert extract(path, tmp_path)[1] == [Place("text", page=1)]


@pytest.mark.parametrize("typed", ["密码-пароль", "Å ²", "A\u030a\u00a02"])
def test_a_password_may_be_in_any_language(tmp_path: Path, typed: str) -> None:
    stored = {"A\u030a\u00a02": "Å 2", "Å ²": "Å 2"}.get(typed, typed)  # as RFC 4013 spells it
    path = locked(pdf(tmp_path, ["text"]), stored, "AES-256")
    with closing(opened(lambda password: PdfiumDocument(path, password), [typed])) as document:
        assert document.read(1) == "text"
    assert unlocked(path, tmp_path, [typed]).characters == 4


def test_a_password_is_in_no_message(tmp_path: Path) -> None:
    path = locked(pdf(tmp_path, ["text"]), "user", "AES-256")
    with pytest.raises(Problem) as caught:
        unlocked(path, tmp_path, ["s3cret"])
    assert "s3cret" not in str(caught.value.reason)
    assert "s3cret" not in repr(Extract("", "pdf", "report.pdf", "", ["s3cret"]))


def test_damage_is_said_or_repaired(tmp_path: Path) -> None:
    path = pdf(tmp_path, ["First page", "Second page"])
    content = path.read_bytes()
    path.write_bytes(content.replace(b"startxref\n", b"startxref\n9"))  # leads nowhere
    answer, places = extract(path, tmp_path)
    assert len(places) == 2
    assert answer.warnings == [Reason("repaired", {"name": "report.pdf"})]
    (tmp_path / "text.jsonl").unlink()
    path.write_bytes(content[:200])
    assert code_of(path, tmp_path).reason.code == "corrupt"


def test_a_page_that_is_not_there_is_broken(tmp_path: Path) -> None:
    path = pdf(tmp_path, ["First", "Second", "Third"])
    content, replaced = re.subn(rb"(/Kids \[ \d+ 0 R) \d( 0 R)", rb"\1 0\2", path.read_bytes())
    assert replaced == 1
    path.write_bytes(content)
    answer, places = extract(path, tmp_path)
    assert [place.page for place in places] == [1, 3]
    details = {"name": "report.pdf", "broken": "1", "pages": "3", "numbers": "2"}
    assert answer.warnings == [Reason("broken_pages", details)]


def test_what_pdfium_cannot_read_pypdf_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = PdfiumDocument.read

    def fragile(document: PdfiumDocument, number: int) -> str:
        if number == 2:
            raise Broken
        return read(document, number) if number == 1 else GARBLED

    monkeypatch.setattr(PdfiumDocument, "read", fragile)
    path = locked(pdf(tmp_path, ["First", "Second", "Third"]), "user", "AES-256")
    answer = unlocked(path, tmp_path, ["user"])
    assert (answer.places, answer.warnings) == (3, [])


def test_a_document_that_only_pypdf_opens_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(document: PdfiumDocument, path: Path, password: str) -> None:
        raise Broken

    monkeypatch.setattr(PdfiumDocument, "__init__", refuse)
    answer, places = extract(pdf(tmp_path, ["First", SCAN]), tmp_path)
    assert places == [Place("First", page=1)]
    assert [warning.code for warning in answer.warnings] == ["silent_pages", "repaired"]


def test_memory_that_runs_out_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(_page: object) -> str:
        raise MemoryError

    path = pdf(tmp_path, ["First"])
    document = PypdfDocument(path, "")
    monkeypatch.setattr("pypdf.PageObject.extract_text", hungry)
    with pytest.raises(MemoryError):
        document.read(1)
    document.close()


def test_garbled_pages_are_left_out_and_said(tmp_path: Path) -> None:
    path = pdf(tmp_path, ["A page that anyone can read", GARBLED])
    answer, places = extract(path, tmp_path)
    assert [place.page for place in places] == [1]
    details = {"name": "report.pdf", "garbled": "1", "pages": "2", "numbers": "2"}
    assert answer.warnings == [Reason("garbled_pages", details)]
    (tmp_path / "text.jsonl").unlink()
    reason = code_of(pdf(tmp_path, [GARBLED, GARBLED]), tmp_path).reason
    assert reason == Reason("garbled", {"name": "report.pdf", "garbled": "2", "pages": "2"})


def test_notes_and_filled_in_fields_are_text(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Name")
    canvas.acroForm.textfield(name="person", value="Ada Lovelace", x=120, y=715)
    canvas.acroForm.textfield(name="pin", value="4711", x=120, y=615, fieldFlags="password")
    canvas.textAnnotation("The board has to sign this.", Rect=[72, 500, 90, 518])
    canvas.showPage()
    canvas.save()
    assert extract(path, tmp_path)[1] == [
        Place("Name\nAda Lovelace\nThe board has to sign this.", page=1)
    ]


def test_hidden_notes_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "Shown")
    canvas.textAnnotation("Not shown", Rect=[72, 500, 90, 518])
    canvas.save()

    def hide(writer: PdfWriter) -> None:
        note = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]
        note[NameObject("/F")] = NumberObject(2)

    changed(path, hide)
    assert extract(path, tmp_path)[1] == [Place("Shown", page=1)]


def test_attachments_are_said(tmp_path: Path) -> None:
    path = pdf(tmp_path, ["text"])
    changed(path, lambda writer: writer.add_attachment("figures.csv", b"a,b"))
    answer, _ = extract(path, tmp_path)
    details = {"name": "report.pdf", "count": "1"}
    assert answer.warnings == [Reason("attachments_left_out", details)]


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


def test_a_damaged_file_that_claims_a_million_pages_takes_no_time(tmp_path: Path) -> None:
    """Its pages contain themselves."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
        b"<</Type/Pages/Kids[2 0 R]/Count 1000000/Parent 2 0 R>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    path = tmp_path / "loop.pdf"
    path.write_bytes(data + b"xref\n0 4\n0000000000 65535 f \n" + table + end)
    with pytest.raises(Problem) as caught:
        extract(path, tmp_path)
    assert caught.value.reason.code == "corrupt"
