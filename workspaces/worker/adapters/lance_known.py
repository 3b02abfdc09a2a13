"""Which rows a table has, in little memory."""

from __future__ import annotations

from collections.abc import Iterable


class KnownRows:
    """Ids of rows, each ``document:ordinal``. A document's are the bits of one number: about 25
    bytes a row where a set of ids takes 110."""

    def __init__(self) -> None:
        self._ordinals: dict[str, int] = {}
        self.count = 0

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            document, bit = _place(name)
            before = self._ordinals.get(document, 0)
            self._ordinals[document] = before | bit
            self.count += not before & bit

    def has_any(self, names: Iterable[str]) -> bool:
        return any(self._ordinals.get(document, 0) & bit for document, bit in map(_place, names))


def _place(name: str) -> tuple[str, int]:
    document, _, ordinal = name.rpartition(":")
    return document, 1 << int(ordinal)
