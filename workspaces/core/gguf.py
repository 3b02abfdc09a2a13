"""Reads the header of a GGUF model file, and believes nothing it says.

Faults in native GGUF parsers are of the kind that runs foreign code, so a file is looked at here
before llama.cpp sees it. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from math import prod
from typing import BinaryIO

from workspaces.core.reasons import Problem

MAGIC = b"GGUF"
VERSIONS = (2, 3)

FAMILY = frozenset({"llama", "llama4"})

LONGEST_HEADER = 64 * 2**20
"""Bytes. Llama 3's header, with 128 000 words and 280 000 merges, takes 8 MB."""

MOST_DIMENSIONS = 4
DEFAULT_ALIGNMENT = 32

_SCALARS = {
    # type of a value: what the struct module calls it
    **dict(enumerate("BbHhIif?")),
    **dict(enumerate("Qqd", start=10)),
}
_STRING, _ARRAY = 8, 9

_BLOCKS = {
    # tensor type: (numbers in a block, bytes of a block); ggml/src/ggml.c, type_traits
    0: (1, 4),  # F32
    1: (1, 2),  # F16
    2: (32, 18),  # Q4_0
    3: (32, 20),  # Q4_1
    6: (32, 22),  # Q5_0
    7: (32, 24),  # Q5_1
    8: (32, 34),  # Q8_0
    10: (256, 84),  # Q2_K
    11: (256, 110),  # Q3_K
    12: (256, 144),  # Q4_K
    13: (256, 176),  # Q5_K
    14: (256, 210),  # Q6_K
    16: (256, 66),  # IQ2_XXS
    17: (256, 74),  # IQ2_XS
    18: (256, 98),  # IQ3_XXS
    19: (256, 50),  # IQ1_S
    20: (32, 18),  # IQ4_NL
    21: (256, 110),  # IQ3_S
    22: (256, 82),  # IQ2_S
    23: (256, 136),  # IQ4_XS
    29: (256, 56),  # IQ1_M
    30: (1, 2),  # BF16
    39: (32, 17),  # MXFP4
}


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a model file says of itself. ``context`` is in tokens, 0 where it does not say;
    ``file_type`` is llama.cpp's number of the kind of quantization, None where it does not say."""

    architecture: str
    name: str
    context: int
    file_type: int | None
    has_chat_template: bool


Value = int | float | bool | str | None


def read_header(stream: BinaryIO, size: int, name: str) -> GgufFacts:
    """Read the facts at the start of ``stream``, a seekable file of ``size`` bytes.

    ``name`` is what the person calls the file. Raises Problem ``not_a_gguf``, ``gguf_damaged``
    (also where a tensor lies beyond the end: a download that was cut off) or ``not_llama``.
    """
    reader = _Reader(stream, size)
    try:
        if reader.take(len(MAGIC)) != MAGIC:
            raise Problem("not_a_gguf", name=name)
        values = _values_and_tensors(reader, size)
    except _DamagedError as damage:
        code = "gguf_damaged" if size >= len(MAGIC) else "not_a_gguf"
        raise Problem(code, name=name) from damage
    architecture = _text(values.get("general.architecture"))
    if architecture not in FAMILY:
        raise Problem("not_llama", name=name, architecture=architecture or "?")
    return GgufFacts(
        architecture=architecture,
        name=_text(values.get("general.name")),
        context=_whole(values.get(f"{architecture}.context_length")) or 0,
        file_type=_whole(values.get("general.file_type")),
        has_chat_template="tokenizer.chat_template" in values,
    )


class _DamagedError(Exception):
    """The header contradicts itself, the format, or the size of the file."""


class _Reader:
    """Takes values from a stream, never past the end of the file or of the longest header."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = min(size, LONGEST_HEADER)
        self.position = 0

    def take(self, count: int) -> bytes:
        self._advance(count)
        taken = self._stream.read(count)
        if len(taken) != count:
            raise _DamagedError("the file ends too early")
        return taken

    def skip(self, count: int) -> None:
        self._advance(count)
        self._stream.seek(count, 1)

    def number(self, kind: str) -> int:
        """An unsigned number: ``I`` of 4 bytes, ``Q`` of 8."""
        (number,) = struct.unpack(f"<{kind}", self.take(struct.calcsize(f"<{kind}")))
        return int(number)

    def text(self) -> str:
        return self.take(self.number("Q")).decode("utf-8", "replace")

    def _advance(self, count: int) -> None:
        if count > self._left:
            raise _DamagedError(f"{count} bytes at {self.position} are too many")
        self._left -= count
        self.position += count


def _values_and_tensors(reader: _Reader, size: int) -> dict[str, Value]:
    if reader.number("I") not in VERSIONS:
        raise _DamagedError("an unknown version")
    tensors = reader.number("Q")
    # Every value and every tensor takes some bytes, so too large a count runs into the end.
    values = {reader.text(): _value(reader, reader.number("I")) for _ in range(reader.number("Q"))}
    ends = [_tensor_end(reader) for _ in range(tensors)]
    alignment = _whole(values.get("general.alignment", DEFAULT_ALIGNMENT)) or 0
    if alignment <= 0 or alignment & (alignment - 1):
        raise _DamagedError("an alignment that is no power of two")
    data = -(-reader.position // alignment) * alignment
    if any(data + end > size for end in ends):
        raise _DamagedError("a tensor beyond the end of the file")
    return values


def _value(reader: _Reader, kind: int) -> Value:
    """A value; None for an array, whose content is of no interest here."""
    if kind == _STRING:
        return reader.text()
    if kind == _ARRAY:
        _skip_array(reader, reader.number("I"), reader.number("Q"))
        return None
    (value,) = struct.unpack(f"<{_scalar(kind)}", reader.take(struct.calcsize(f"<{_scalar(kind)}")))
    return value  # type: ignore[no-any-return]


def _skip_array(reader: _Reader, kind: int, count: int) -> None:
    if kind == _STRING:
        for _ in range(count):
            reader.skip(reader.number("Q"))
    else:
        reader.skip(count * struct.calcsize(f"<{_scalar(kind)}"))


def _scalar(kind: int) -> str:
    if kind not in _SCALARS:
        raise _DamagedError(f"an unknown type of value: {kind}")
    return _SCALARS[kind]


def _tensor_end(reader: _Reader) -> int:
    """Where a tensor ends, counted in bytes from the start of the data."""
    reader.skip(reader.number("Q"))  # its name
    dimensions = reader.number("I")
    if dimensions > MOST_DIMENSIONS:
        raise _DamagedError("a tensor of too many dimensions")
    numbers = prod(reader.number("Q") for _ in range(dimensions))
    in_block, block = _BLOCKS.get(reader.number("I"), (1, 0))  # of an unknown type: the start only
    return reader.number("Q") + numbers * block // in_block


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None
