"""From characters of a stored page to rectangles on the page as it is shown."""

from __future__ import annotations

import contextlib
import ctypes
import random
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as c
import pytest
from pypdf import PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.reading import Listener, extract_as
from tests.shared import shared_folder
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import Locate, Located
from workspaces.worker.adapters.pdf_opening import Broken
from workspaces.worker.adapters.pdf_pdfium import PdfiumDocument
from workspaces.worker.adapters.pdf_rectangles import lines
from workspaces.worker.reader import Reader

LINES = ("The warranty on the seals is 12 months.", "The board meets on Tuesdays.")
LEFT, FIRST, STEP, SIZE = 100.0, 700.0, 40.0, 12.0
"""Where the lines stand, in points from the lower left corner of the paper."""

WORD = "warranty"


def paper(folder: Path, turn: int = 0, crop: tuple[int, int, int, int] | None = None) -> Path:
    """A letter page, shown turned clockwise by ``turn`` degrees and cut to ``crop``."""
    path = folder / "report.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.setFont("Helvetica", SIZE)
    for number, line in enumerate(LINES):
        canvas.drawString(LEFT, FIRST - STEP * number, line)
    canvas.save()
    writer = PdfWriter(clone_from=path)
    writer.pages[0].rotate(turn)
    if crop:
        writer.pages[0].cropbox = RectangleObject(crop)
    writer.write(path)
    return path


def located(path: Path, start: int, end: int, page: int = 1, *passwords: str) -> Located:
    request = Locate(str(path), path.name, page, start, end, list(passwords))
    answer = Reader().handle(request, Listener().talk())
    assert isinstance(answer, Located)
    return answer


@pytest.mark.parametrize("crop", [None, (50, 100, 450, 750)])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_word_is_where_it_was_drawn(
    tmp_path: Path, turn: int, crop: tuple[int, int, int, int] | None
) -> None:
    path = paper(tmp_path, turn, crop)
    [place] = extract_as("pdf", path, path.name, tmp_path)[1]
    start = place.text.index(WORD)
    answer = located(path, start, start + len(WORD))
    left, bottom, right, top = crop or (0, 0, 612, 792)
    width, height = right - left, top - bottom
    assert (answer.width, answer.height) == (
        (width, height) if turn % 180 == 0 else (height, width)
    )
    x = LEFT + stringWidth(LINES[0][: LINES[0].index(WORD)], "Helvetica", SIZE) - left
    y = FIRST - bottom
    end = x + stringWidth(WORD, "Helvetica", SIZE)
    [rectangle] = answer.rectangles
    along, across = {
        0: ((x, end), height - y),
        90: ((x, end), y),
        180: ((width - end, width - x), y),
        270: ((width - end, width - x), height - y),
    }[turn]
    horizontal, vertical = rectangle[0::2], rectangle[1::2]
    if turn % 180:
        horizontal, vertical = vertical, horizontal
    assert horizontal == pytest.approx(along, abs=0.5)
    assert vertical[0] < across < vertical[1]  # the line that the letters stand on
    assert SIZE * 0.8 < vertical[1] - vertical[0] < SIZE * 1.8


def test_each_line_has_its_rectangle(tmp_path: Path) -> None:
    answer = located(paper(tmp_path), 0, len("\n".join(LINES)))
    assert len(answer.rectangles) == 2
    for number, (rectangle, line) in enumerate(zip(answer.rectangles, LINES, strict=True)):
        assert rectangle[0::2] == pytest.approx(
            (LEFT, LEFT + stringWidth(line, "Helvetica", SIZE)), abs=0.5
        )
        assert rectangle[1] < 792 - FIRST + STEP * number < rectangle[3]


def test_nothing_is_nowhere(tmp_path: Path) -> None:
    path = paper(tmp_path)
    assert located(path, 5, 5).rectangles == []
    assert located(path, 10_000, 10_010).rectangles == []
    assert located(paper(tmp_path, crop=(300, 0, 612, 100)), 0, 8).rectangles == []


def test_a_note_is_where_its_rectangle_is(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.drawString(72, 720, "Shown")
    canvas.textAnnotation("The board signs.", Rect=[72, 500, 90, 518])
    canvas.save()
    assert located(path, 6, 9).rectangles == [(72, 792 - 518, 90, 792 - 500)]
    assert len(located(path, 0, 6).rectangles) == 1
    assert len(located(path, 0, 7).rectangles) == 2


def test_a_protected_document_needs_its_password(tmp_path: Path) -> None:
    path = paper(tmp_path)
    writer = PdfWriter(clone_from=path)
    writer.encrypt("user", algorithm="AES-256")
    writer.write(path)
    assert len(located(path, 0, 3, 1, "user").rectangles) == 1
    with pytest.raises(Problem) as caught:
        located(path, 0, 3)
    assert caught.value.reason.code == "encrypted"


def test_what_pypdf_read_has_no_rectangles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_document: PdfiumDocument, _number: int) -> str:
        raise Broken

    path = paper(tmp_path)
    monkeypatch.setattr(PdfiumDocument, "read", refuse)
    assert located(path, 0, 8) == Located(612.0, 792.0, [])


def test_boxes_join_in_rows_and_in_columns() -> None:
    row = [(0.0, 0.0, 10.0, 12.0), (10.0, 2.0, 20.0, 12.0)]
    column = [(50.0, 0.0, 60.0, 10.0), (50.0, 10.0, 60.0, 20.0)]
    assert lines([*row, None, *column]) == [(0, 0, 20, 12), (50, 0, 60, 20)]
    assert lines([row[0], (0.0, 40.0, 3.0, 52.0), None]) == [row[0], (0.0, 40.0, 3.0, 52.0)]


CLASSES = ("pdf_normal", "pdf_multicolumn", "pdf_tables", "pdf_cjk", "pdf_cjk_noembed", "pdf_ocr_layer", "pdf_large", "pdf_damaged")  # fmt: skip


@pytest.mark.slow
def test_what_stands_in_the_rectangles_is_the_passage(tmp_path: Path) -> None:
    """On real documents: PDFium's characters with their middles in the rectangles of a random
    passage are the characters of the passage."""
    chance = random.Random(11)
    right = wrong = 0
    for path in _documents():
        _, places = extract_as("pdf", path, path.name, tmp_path)
        for place in chance.sample(places, min(3, len(places))):
            for start in chance.sample(range(len(place.text)), min(4, len(place.text))):
                end = start + chance.randrange(1, 200)
                same = _letters(place.text[start:end]) == _letters(_inside(path, place, start, end))
                right, wrong = right + same, wrong + (not same)
    print(f"{right} of {right + wrong} passages are where their rectangles are")
    # Overlapping text, half ligatures and lines of two directions have no exact rectangles.
    assert right > 0.95 * (right + wrong)


def _documents() -> Iterator[Path]:
    for name in CLASSES:
        for path in sorted((shared_folder() / "documents" / name).glob("*.pdf")):
            with contextlib.suppress(Broken), closing(PdfiumDocument(path, "")) as document:
                if any(document.read(number).strip() for number in range(1, document.pages + 1)):
                    yield path


def _inside(path: Path, place: Place, start: int, end: int) -> str:
    assert place.page is not None
    answer = located(path, start, end, place.page)
    document = pdfium.PdfDocument(path)
    page = document[place.page - 1]
    text = page.get_textpage()
    found = ""
    for index in range(text.count_chars()):
        box = c.FS_RECTF()
        c.FPDFText_GetLooseCharBox(text, index, box)
        middle = _shown(page, (box.left + box.right) / 2, (box.bottom + box.top) / 2)
        if any(r[0] <= middle[0] <= r[2] and r[1] <= middle[1] <= r[3] for r in answer.rectangles):
            found += chr(c.FPDFText_GetUnicode(text, index))
    document.close()
    return found


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """A point as PDFium shows it, in hundredths of points for exactness."""
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    c.FPDF_PageToDevice(page, 0, 0, int(width * 100), int(height * 100), 0, x, y, across, down)
    return across.value / 100, down.value / 100


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sorted(sign for sign in plain if sign > " " and sign not in "-\ufffe\xad"))
