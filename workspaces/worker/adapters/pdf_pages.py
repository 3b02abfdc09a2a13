"""Reads PDF: a place a page."""

from __future__ import annotations

import logging
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pypdf import PasswordType, PdfReader

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem
from workspaces.core.types import Place

_Result = TypeVar("_Result")

_CODES = ("Cc", "Co", "Cn", "Cs")
_GARBLED = 0.3
"""The share of codes without a meaning that makes a page unreadable."""

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has something to say of every page


class PdfPagesReader:
    """:class:`~workspaces.core.ports.DocumentReader` of PDF."""

    def read(self, path: Path, name: str, report: ReportStep) -> Reading:
        with path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = _attempt(lambda: _opened(PdfReader(stream), name))
            pages = _attempt(lambda: len(document.pages)) if document else None
            if document is None or not pages:
                raise Problem("corrupt", name=name)
            return _read_pages(document, pages, name, report)


def _opened(document: PdfReader, name: str) -> PdfReader:
    """The document, decrypted: many are encrypted only to forbid printing, and open for all."""
    if document.is_encrypted and document.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Problem("encrypted", name=name)
    return document


def _read_pages(document: PdfReader, pages: int, name: str, report: ReportStep) -> Reading:
    places: list[Place] = []
    silent: list[int] = []
    failures = 0
    for number in range(1, pages + 1):
        report(number - 1, pages)
        text = _attempt(lambda at=number - 1: document.pages[at].extract_text())  # type: ignore[misc]
        failures += text is None
        if text and text.strip() and not _is_garbled(text):
            places.append(Place(text.strip("\r\n"), page=number))
        else:
            silent.append(number)
    report(pages, pages)
    if failures == pages:
        raise Problem("corrupt", name=name)
    return Reading(places, pages, silent)


def _is_garbled(text: str) -> bool:
    """Whether the page's fonts do not say which characters they show: what comes out then are
    codes that nobody writes."""
    signs = [character for character in text if not character.isspace()]
    odd = sum(unicodedata.category(character) in _CODES for character in signs)
    return odd > len(signs) * _GARBLED


def _attempt(step: Callable[[], _Result]) -> _Result | None:
    """The result of ``step``, or None where the file is too damaged for it."""
    try:
        return step()
    except Problem:
        raise
    except Exception:  # noqa: BLE001 - a damaged PDF makes pypdf raise nearly anything
        return None
