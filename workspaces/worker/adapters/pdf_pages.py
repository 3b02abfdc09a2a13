"""Reads PDF: a place a page. PDFium reads; pypdf is asked for what PDFium cannot."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TypeVar

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.ranges import ranges
from workspaces.core.reasons import Problem, Reason
from workspaces.core.types import Place
from workspaces.protocol.messages import Located
from workspaces.worker.adapters.pdf_garbled import is_garbled
from workspaces.worker.adapters.pdf_opening import Broken, Locked, opened
from workspaces.worker.adapters.pdf_pdfium import Look, PdfiumDocument
from workspaces.worker.adapters.pdf_pypdf import PypdfDocument

_Result = TypeVar("_Result")

_HOPELESS = 2000
"""Broken pages one after the other after which no other is looked for: a damaged file of a few
hundred bytes can claim to have millions."""


class PdfPagesReader:
    """:class:`~workspaces.core.ports.DocumentReader` of PDF."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        with _opened(path, name, passwords) as pdf:
            found = _Found(name, pdf.pages)
            for number in range(1, pdf.pages + 1):
                report(number - 1, pdf.pages)
                found.take(number, *pdf.read(number))
                if found.is_hopeless():
                    found.give_up_after(number)
                    break
            report(pdf.pages, pdf.pages)
            return found.reading(pdf.was_repaired, pdf.attachments)

    def locate(
        self, path: Path, name: str, page: int, start: int, end: int, passwords: Sequence[str] = ()
    ) -> Located:
        """Where the code points ``start`` to ``end`` of the place of ``page`` are: no rectangle
        where only pypdf could read it. Raises Problem as :meth:`read` does."""
        with _opened(path, name, passwords) as pdf:
            return pdf.locate(page, start, end)


class _Kind(Enum):
    """What a page gave."""

    TEXT = auto()
    SILENT = auto()
    BLANK = auto()
    GARBLED = auto()
    BROKEN = auto()


class _Pdf:
    """A PDF that is open in PDFium where that takes it, and in pypdf once that is needed."""

    def __init__(self, path: Path, name: str, passwords: Sequence[str]) -> None:
        """Raises Problem ``encrypted``, ``wrong_password`` or ``corrupt``."""
        self._second = _Second(path, passwords)
        self._pdfium: PdfiumDocument | None = None
        self.was_repaired = False
        self.attachments = 0
        try:
            self._pdfium = opened(lambda password: PdfiumDocument(path, password), passwords)
            self.pages = self._pdfium.pages
            self.was_repaired = self._pdfium.was_repaired
            self.attachments = self._pdfium.attachments
        except (Locked, Broken) as refusal:
            self.was_repaired = isinstance(refusal, Broken)
            self.pages = self._pages_of_second(refusal, name, passwords)
        if self.pages == 0:
            self.close()
            raise Problem("corrupt", name=name)

    def _pages_of_second(
        self, refusal: Locked | Broken, name: str, passwords: Sequence[str]
    ) -> int:
        try:
            return self._second.document().pages
        except (Locked, Broken) as second:
            if isinstance(refusal, Locked) or isinstance(second, Locked):
                code = "wrong_password" if passwords else "encrypted"
                raise Problem(code, name=name) from second
            raise Problem("corrupt", name=name) from second

    def close(self) -> None:
        self._second.close()
        if self._pdfium is not None:
            self._pdfium.close()

    def read(self, number: int) -> tuple[_Kind, str]:
        """What page ``number`` gives, and its text where it gives any."""
        first = self._by_pdfium(lambda pdfium: pdfium.read(number))
        if _is_readable(first):
            return _Kind.TEXT, first or ""
        look = self._by_pdfium(lambda pdfium: pdfium.look(number))
        if look is Look.PICTURES:
            return _Kind.SILENT, ""
        second = self._by_pypdf(number)
        if _is_readable(second):
            return _Kind.TEXT, second or ""
        return self._kind(first, second, look), ""

    def _kind(self, first: str | None, second: str | None, look: Look | None) -> _Kind:
        """Of a page that neither library reads."""
        if first or second:
            return _Kind.GARBLED
        if look is Look.NOTHING:
            return _Kind.BLANK
        broken = first is None and (second is None or self._pdfium is not None)
        return _Kind.BROKEN if broken else _Kind.SILENT

    def locate(self, number: int, start: int, end: int) -> Located:
        first = self._by_pdfium(lambda pdfium: pdfium.read(number))
        if not _is_readable(first):
            start = end = 0  # what was stored is pypdf's text, and that has other offsets
        found = self._by_pdfium(lambda pdfium: pdfium.locate(number, start, end))
        if found is None:
            return Located(0.0, 0.0, [])
        frame, rectangles = found
        return Located(*frame.size, rectangles)

    def _by_pdfium(self, ask: Callable[[PdfiumDocument], _Result]) -> _Result | None:
        try:
            return ask(self._pdfium) if self._pdfium else None
        except Broken:
            return None

    def _by_pypdf(self, number: int) -> str | None:
        try:
            document = self._second.document()
            # Where they count differently, the page of that number is another one.
            return document.read(number) if document.pages == self.pages else None
        except (Locked, Broken):
            return None


class _Second:
    """pypdf's view of a document, opened when it is first asked for; a refusal is remembered."""

    def __init__(self, path: Path, passwords: Sequence[str]) -> None:
        self._path = path
        self._passwords = passwords
        self._document: PypdfDocument | Locked | Broken | None = None

    def document(self) -> PypdfDocument:
        """Raises Locked or Broken."""
        if self._document is None:
            try:
                self._document = opened(
                    lambda password: PypdfDocument(self._path, password), self._passwords
                )
            except (Locked, Broken) as refusal:
                self._document = refusal
        if isinstance(self._document, PypdfDocument):
            return self._document
        raise self._document

    def close(self) -> None:
        if isinstance(self._document, PypdfDocument):
            self._document.close()


@dataclass(slots=True)
class _Found:
    """What has been read of a document so far."""

    name: str
    pages: int
    places: list[Place] = field(default_factory=list)
    numbers: dict[_Kind, list[int]] = field(default_factory=lambda: {kind: [] for kind in _Kind})

    def take(self, number: int, kind: _Kind, text: str) -> None:
        self.numbers[kind].append(number)
        if kind is _Kind.TEXT:
            self.places.append(Place(text, page=number))

    def is_hopeless(self) -> bool:
        """Whether the last pages, very many of them, were all broken."""
        broken = self.numbers[_Kind.BROKEN]
        return len(broken) >= _HOPELESS and broken[-1] - broken[-_HOPELESS] == _HOPELESS - 1

    def give_up_after(self, number: int) -> None:
        """Count the pages after ``number`` as broken too."""
        self.numbers[_Kind.BROKEN] += range(number + 1, self.pages + 1)

    def reading(self, was_repaired: bool, attachments: int) -> Reading:
        """Raises Problem ``corrupt`` or ``garbled`` where that is why there is no text."""
        broken, garbled, blank = (
            self.numbers[kind] for kind in (_Kind.BROKEN, _Kind.GARBLED, _Kind.BLANK)
        )
        if not self.places and garbled:
            raise Problem("garbled", name=self.name, garbled=len(garbled), pages=self.pages)
        is_damaged = was_repaired or broken
        if is_damaged and len(broken) + len(blank) == self.pages:
            raise Problem("corrupt", name=self.name)
        warnings_ = [
            *self._warning("garbled_pages", "garbled", garbled),
            *self._warning("broken_pages", "broken", broken),
            *self._warning("blank_pages", "blank", blank),
        ]
        if was_repaired:
            warnings_.append(Reason("repaired", {"name": self.name}))
        if attachments:
            details = {"name": self.name, "count": str(attachments)}
            warnings_.append(Reason("attachments_left_out", details))
        return Reading(self.places, self.pages, self.numbers[_Kind.SILENT], warnings_)

    def _warning(self, code: str, detail: str, numbers: list[int]) -> list[Reason]:
        counts = {detail: str(len(numbers)), "pages": str(self.pages)}
        details = {"name": self.name, **counts, "numbers": ranges(numbers)}
        return [Reason(code, details)] if numbers else []


@contextmanager
def _opened(path: Path, name: str, passwords: Sequence[str]) -> Iterator[_Pdf]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # both libraries warn of what they repair
        with closing(_Pdf(path, name, passwords)) as pdf:
            yield pdf


def _is_readable(text: str | None) -> bool:
    return bool(text and text.strip()) and not is_garbled(text or "")
