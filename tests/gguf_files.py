"""GGUF files of a few bytes, sound enough for our header check."""

from __future__ import annotations

import struct

STRING = 8


def _text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def gguf_file(architecture: str = "llama", size: int = 256) -> bytes:
    """A file of ``size`` bytes that says only which ``architecture`` it has."""
    header = b"GGUF" + struct.pack("<IQQ", 3, 0, 1)
    header += _text("general.architecture") + struct.pack("<I", STRING) + _text(architecture)
    return header.ljust(size, b"\0")
