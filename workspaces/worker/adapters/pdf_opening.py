"""What opening a PDF may come to, and the passwords worth trying."""

from __future__ import annotations

import stringprep
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

_Document = TypeVar("_Document")


class Locked(Exception):
    """The document is encrypted, and the password tried does not open it."""


class Broken(Exception):
    """The document, or a page of it, is too damaged for the library that was asked."""


def opened(open_with: Callable[[str], _Document], passwords: Sequence[str]) -> _Document:
    """The document, opened with none or else the first of ``passwords`` that fits.

    Many documents are encrypted only to forbid printing: for them no password is needed.
    Raises :class:`Locked` where nothing fits and :class:`Broken` as ``open_with`` does.
    """
    for password in _spellings(passwords):
        try:
            return open_with(password)
        except Locked:
            continue
    raise Locked


def _spellings(passwords: Sequence[str]) -> Iterator[str]:
    yield ""
    for password in passwords:
        yield password
        if (prepared := _prepared(password)) != password:
            yield prepared


def _prepared(password: str) -> str:
    """``password`` as AES-256 wants it spelt (SASLprep, RFC 4013): PDFium does not do it."""
    kept = (sign for sign in password if not stringprep.in_table_b1(sign))
    spaced = "".join(" " if stringprep.in_table_c12(sign) else sign for sign in kept)
    return unicodedata.normalize("NFKC", spaced)
