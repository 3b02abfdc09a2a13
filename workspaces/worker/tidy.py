"""Makes extracted text fit to be stored: one kind of line end, no controls, valid Unicode."""

from __future__ import annotations

import re

_LINE_END = re.compile("\r\n?")
_PAGE_BREAK = re.compile("[\x0b\x0c]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ANY = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def tidy(text: str) -> str:
    """``text`` with ``\\n`` as its only line end, without control characters or lone surrogates.

    The number of lines stays as an editor counts them: a page break becomes a space, because it
    separates words but ends no line.
    """
    if not _ANY.search(text):
        return text
    text = _PAGE_BREAK.sub(" ", _LINE_END.sub("\n", text))
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))
