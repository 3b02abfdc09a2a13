"""pypdf: slower than PDFium and blind to where text stands, but it opens some damaged and some
encrypted documents that PDFium refuses. Imported only for those."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pypdf import PasswordType, PdfReader

from workspaces.worker.adapters.pdf_cleaning import clean
from workspaces.worker.adapters.pdf_opening import Broken, Locked

_Result = TypeVar("_Result")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has something to say of every page


class PypdfDocument:
    """An open PDF. Pages count from 1. Close it after use."""

    def __init__(self, path: Path, password: str) -> None:
        """Raises Locked or Broken."""
        self._stream = path.open("rb")
        try:
            self._reader = _attempt(lambda: self._opened(password))
            self.pages: int = _attempt(lambda: len(self._reader.pages))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        self._stream.close()

    def _opened(self, password: str) -> PdfReader:
        reader = PdfReader(self._stream)
        if reader.is_encrypted and reader.decrypt(password) is PasswordType.NOT_DECRYPTED:
            raise Locked
        return reader

    def read(self, number: int) -> str:
        """The text of a page. Raises Broken."""
        return clean(_attempt(lambda: self._reader.pages[number - 1].extract_text())).text


def _attempt(step: Callable[[], _Result]) -> _Result:
    try:
        return step()
    except (Locked, MemoryError):
        raise
    except Exception as error:  # a damaged PDF makes pypdf raise nearly anything
        raise Broken from error
