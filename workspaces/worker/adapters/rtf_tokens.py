"""Cuts RTF into groups, control words and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n\0]+)",
    re.DOTALL,
)
_PARAGRAPH_ENDS = (b"\r", b"\n")


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    BYTES = auto()
    """Text in the encoding of its font; each of its bytes counts as a character of a fallback."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of RTF: a control word or symbol with its number, or bytes of text."""

    kind: Kind
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token(Kind.OPEN), Token(Kind.CLOSE)


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of ``data``; raw bytes of pictures (``\\bin``) are passed over."""
    position = 0
    while match := _TOKEN.search(data, position):
        position = match.end()
        token = _token(match)
        if token.word == "bin":
            position += max(0, token.number or 0)
        else:
            yield token


def _token(match: re.Match[bytes]) -> Token:
    kind = match.lastgroup if match.lastgroup != "number" else "word"
    if kind == "text":
        return Token(Kind.BYTES, data=match["text"])
    if kind == "hex":
        return Token(Kind.BYTES, data=bytes.fromhex(match["hex"].decode()))
    if kind == "brace":
        return _OPEN if match["brace"] == b"{" else _CLOSE
    if kind == "symbol":
        symbol = match["symbol"]
        if symbol in _PARAGRAPH_ENDS:
            return Token(Kind.WORD, "par")
        return Token(Kind.SYMBOL, symbol.decode("latin-1"))
    number = match["number"]
    return Token(Kind.WORD, match["word"].decode(), None if number is None else int(number))
