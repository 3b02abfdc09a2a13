"""Reads XML that is too large for a tree: each tag and text as it comes, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.parsers import expat

_TOKEN_LIMIT = 16 * 1024 * 1024
"""Bytes of one tag. Text comes in pieces and has no limit here."""

_NAMES = 1000
"""Names that are remembered."""


class XmlDamaged(ValueError):
    """The XML is malformed, or a trap: it declares entities, or has an endless tag."""


class Handler(Protocol):
    """Takes what is read. Names come without their namespaces' prefixes."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins. Names of attributes keep their prefixes."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A piece of text."""


def stream_xml(pieces: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """Give ``handler`` the XML in ``pieces``; comes back after each piece, so that what has been
    read can be taken. Raises :class:`XmlDamaged`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    names = _Bare()
    parser.StartElementHandler = lambda name, attributes: handler.start(names[name], attributes)
    parser.EndElementHandler = lambda name: handler.end(names[name])
    parser.CharacterDataHandler = handler.text
    parser.EntityDeclHandler = _refuse
    read = 0
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            read += len(piece)
            if read - parser.CurrentByteIndex > _TOKEN_LIMIT:
                raise XmlDamaged("a tag without end")
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, LookupError, ValueError) as error:  # also an unknown encoding
        raise XmlDamaged(str(error)) from error


class _Bare(dict[str, str]):
    """Names without their prefixes, by their names; the few names there are come millions of
    times."""

    def __missing__(self, name: str) -> str:
        bare = name.rpartition(":")[2]
        if len(self) < _NAMES:
            self[name] = bare
        return bare


def _refuse(*_declaration: object) -> None:
    raise XmlDamaged("it declares entities")
