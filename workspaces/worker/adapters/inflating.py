"""Inflates what was deflated without any header, as it is read."""

from __future__ import annotations

import io
import zlib
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 64 * 1024


def inflating(deflated: bytes | memoryview) -> IO[bytes]:
    """The contents; reading raises ``zlib.error`` where they are damaged or cut off."""
    return io.BufferedReader(_Inflating(deflated))


class _Inflating(io.RawIOBase):
    def __init__(self, deflated: bytes | memoryview) -> None:
        self._deflated = memoryview(deflated)
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer).cast("B")
        while not self._inflater.eof:
            waiting = self._inflater.unconsumed_tail or self._next()
            if found := self._inflater.decompress(waiting, len(room)):
                room[: len(found)] = found
                return len(found)
        return 0

    def _next(self) -> memoryview:
        chunk, self._deflated = self._deflated[:_CHUNK], self._deflated[_CHUNK:]
        if not chunk:
            raise zlib.error("cut off")
        return chunk
