"""PDFium: reads most PDFs fastest and best, and knows where every character stands."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as c

from workspaces.worker.adapters.pdf_cleaning import Traced, clean
from workspaces.worker.adapters.pdf_opening import Broken, Locked
from workspaces.worker.adapters.pdf_rectangles import Box, Frame, lines

_LOCKED = (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY)
_HIDDEN = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW
_NO_NOTES = (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP)
_FIELDS = (c.FPDF_FORMFIELD_TEXTFIELD, c.FPDF_FORMFIELD_COMBOBOX, c.FPDF_FORMFIELD_LISTBOX)
_PASSWORD_FIELD = 1 << 13
_DEPTH = 4
"""How deep drawings inside drawings are looked into for signs."""
_THUMB = 600
"""The longer side, in pixels, of the picture that shows whether a page is white."""

_LAM_ALEF = re.compile("[اأإآ]ل")
"""One sign for two letters, which PDFium turns round with the line; or two signs, in order."""


logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)  # of forms it cannot show


class Look(Enum):
    """What there is to see on a page without readable text."""

    SIGNS = auto()
    """Text that the page's fonts give no letters for."""
    PICTURES = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class _Note:
    """What an annotation or a field says, and the rectangle it says it in."""

    text: str
    rectangle: tuple[float, float, float, float]


class PdfiumDocument:
    """An open PDF. Pages count from 1. Close it after use."""

    def __init__(self, path: Path, password: str) -> None:
        """Raises Locked or Broken."""
        try:
            self._document = pdfium.PdfDocument(path, password=password)
        except pdfium.PdfiumError as error:
            raise (Locked if error.err_code in _LOCKED else Broken) from error
        self.pages: int = len(self._document)
        if self._document.get_formtype() != c.FORMTYPE_NONE:
            self._document.init_forms()  # without JavaScript: PDFium is built without it

    def close(self) -> None:
        self._document.close()

    @property
    def was_repaired(self) -> bool:
        """Whether its table of contents was damaged, and rebuilt from what was found."""
        return not c.FPDF_DocumentHasValidCrossReferenceTable(self._document)

    @property
    def attachments(self) -> int:
        """Files that it carries."""
        count: int = self._document.count_attachments()
        return max(0, count)

    def read(self, number: int) -> str:
        """The text of a page, its notes and fields last. Raises Broken."""
        with self._page(number) as page:
            signs = clean(_raw_text(page.text)).text
            notes = _notes(self._document, page.page, signs)
            return "\n".join([*filter(None, [signs]), *(note.text for note in notes)])

    def look(self, number: int) -> Look:
        """What is to be seen on a page. Raises Broken."""
        with self._page(number) as page:
            kinds = {each.type for each in page.page.get_objects(max_depth=_DEPTH)}
            if c.FPDF_PAGEOBJ_IMAGE not in kinds and _is_white(page.page):
                return Look.NOTHING
            return Look.SIGNS if c.FPDF_PAGEOBJ_TEXT in kinds else Look.PICTURES

    def locate(self, number: int, start: int, end: int) -> tuple[Frame, list[Box]]:
        """Where the code points ``start`` to ``end`` of what :meth:`read` gave are: a rectangle a
        line. Raises Broken."""
        with self._page(number) as page:
            frame = _frame(page.page)
            raw = _raw_text(page.text)
            traced = clean(raw)
            found = lines(_boxes(page.text, raw, traced, start, end, frame))
            offset = len(traced.text)
            for note in _notes(self._document, page.page, traced.text):
                offset += bool(offset)  # the line end before it
                box = frame.shown(*note.rectangle)
                if start < offset + len(note.text) and offset < end and box:
                    found.append(box)
                offset += len(note.text)
            return frame, found

    @contextlib.contextmanager
    def _page(self, number: int) -> Iterator[_Page]:
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError as error:
            raise Broken from error
        try:
            text = page.get_textpage()
        except pdfium.PdfiumError as error:
            page.close()
            raise Broken from error
        try:
            yield _Page(page, text)
        finally:
            text.close()
            page.close()


@dataclass(frozen=True, slots=True)
class _Page:
    page: pdfium.PdfPage
    text: pdfium.PdfTextPage


def _raw_text(page: pdfium.PdfTextPage) -> str:
    """The signs of a page in PDFium's order."""
    # Code units that are half a character stay, so that every index keeps its meaning.
    text: str = page.get_text_range(errors="surrogatepass")
    units = _units(text) if _LAM_ALEF.search(text) else []

    def turned(match: re.Match[str]) -> str:
        alef, lam = (_rectangle(page, units[match.start() + i]) for i in (0, 1))
        return match[0][::-1] if alef == lam else match[0]

    return _LAM_ALEF.sub(turned, text) if units else text


def _units(text: str) -> list[int]:
    """For each character the UTF-16 code unit it begins at: how PDFium counts text."""
    return list(accumulate((2 if sign > "\uffff" else 1 for sign in text), initial=0))


def _rectangle(page: pdfium.PdfTextPage, unit: int) -> tuple[float, float, float, float] | None:
    """The space a character takes in its line, as left, bottom, right, top of the content."""
    rectangle = c.FS_RECTF()
    index = c.FPDFText_GetCharIndexFromTextIndex(page, unit)
    if index < 0 or not c.FPDFText_GetLooseCharBox(page, index, rectangle):
        return None
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _boxes(
    page: pdfium.PdfTextPage, raw: str, traced: Traced, start: int, end: int, frame: Frame
) -> Iterator[Box | None]:
    """The boxes of the characters ``start`` to ``end``, None for the end of a line."""
    units = _units(raw)
    for sign, origin in zip(traced.text[start:end], traced.origins[start:end], strict=True):
        if sign == "\n":
            yield None
        elif (rectangle := _rectangle(page, units[origin])) and (box := frame.shown(*rectangle)):
            yield box


def _is_white(page: pdfium.PdfPage) -> bool:
    picture = page.render(scale=min(1.0, _THUMB / max(1.0, *page.get_size())))
    pixels = bytes(picture.buffer)
    return pixels.count(255) == len(pixels)


def _frame(page: pdfium.PdfPage) -> Frame:
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() // 90)


# --- what annotations and fields say -------------------------------------------------------------


def _notes(document: pdfium.PdfDocument, page: pdfium.PdfPage, text: str) -> list[_Note]:
    """The visible notes and filled-in fields of a page, less those that only repeat ``text``."""
    found: list[_Note] = []
    for index in range(c.FPDFPage_GetAnnotCount(page)):
        annotation = c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            said = clean(_said(document, annotation)).text
            rectangle = c.FS_RECTF()
            if said and said not in text and c.FPDFAnnot_GetRect(annotation, rectangle):
                sides = (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                found.append(_Note(said, sides))
        finally:
            c.FPDFPage_CloseAnnot(annotation)
    return found


def _said(document: pdfium.PdfDocument, annotation: c.FPDF_ANNOTATION) -> str:
    if c.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return ""
    kind = c.FPDFAnnot_GetSubtype(annotation)
    if kind == c.FPDF_ANNOT_WIDGET:
        return _filled_in(document, annotation)
    return "" if kind in _NO_NOTES else _string(c.FPDFAnnot_GetStringValue, annotation, b"Contents")


def _filled_in(document: pdfium.PdfDocument, field: c.FPDF_ANNOTATION) -> str:
    form = document.formenv
    if form is None or c.FPDFAnnot_GetFormFieldType(form, field) not in _FIELDS:
        return ""
    if c.FPDFAnnot_GetFormFieldFlags(form, field) & _PASSWORD_FIELD:
        return ""
    return _string(c.FPDFAnnot_GetFormFieldValue, form, field)


def _string(function: Callable[..., int], *arguments: object) -> str:
    """What one of PDFium's functions writes into a buffer, as text."""
    size = function(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(c.FPDF_WCHAR)), size)
    return buffer.raw[:-2].decode("utf-16-le", "replace")
