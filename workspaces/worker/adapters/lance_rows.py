"""The rows of an index: one shape for words, one for the vectors of a space.

LanceDB notices a file that is cut, but not every byte that has changed in the middle of one, so
each row has a checksum of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
import pyarrow as pa

from workspaces.core.types import Passage
from workspaces.worker.adapters.lance_terms import passage_terms

_DOCUMENT = re.compile(r"[0-9A-Za-z_-]{1,64}")
_PASSAGE = re.compile(r"[0-9A-Za-z_-]{1,64}:[0-9]{1,9}")
_SPACE = re.compile(r"[0-9A-Za-z]{1,64}")


def _schema(**columns: pa.DataType) -> pa.Schema:
    kinds = {"id": pa.string(), "document": pa.string(), **columns, "checksum": pa.uint32()}
    return pa.schema([pa.field(name, kind, nullable=False) for name, kind in kinds.items()])


WORDS = _schema(terms=pa.string())


def vectors_schema(dimension: int) -> pa.Schema:
    """The shape of a space of vectors of ``dimension`` numbers."""
    return _schema(vector=pa.list_(pa.float16(), dimension))


def check_words(schema: pa.Schema) -> None:
    """Raises ValueError where ``schema`` is not that of words."""
    if schema != WORDS:
        raise ValueError("it is of another layout")


def dimension_of(schema: pa.Schema) -> int:
    """How many numbers a vector has. Raises ValueError where ``schema`` is not a space's."""
    kind = schema.field("vector").type if "vector" in schema.names else None
    if kind is None or schema != vectors_schema(getattr(kind, "list_size", 0)):
        raise ValueError("it is of another layout")
    return int(kind.list_size)


def word_rows(passages: Sequence[Passage]) -> pa.Table:
    """One row a passage; of two with the same id the last. Raises ValueError for what is no id."""
    found = {_checked(_PASSAGE, passage.id): passage for passage in passages}
    written = [passage_terms(passage.text) for passage in found.values()]
    columns = {
        "id": list(found),
        "document": [checked_document(passage.document) for passage in found.values()],
        "terms": written,
        "checksum": [
            _checksum(passage.id, passage.document, each.encode())
            for passage, each in zip(found.values(), written, strict=True)
        ],
    }
    return pa.table(columns, schema=WORDS)


def vector_rows(vectors: Sequence[tuple[str, str, bytes]], dimension: int) -> pa.Table:
    """One row a vector (passage id, document, float16 little-endian); of two with the same id the
    last. Raises ValueError for what is no id or no vector of ``dimension`` finite numbers."""
    found = {
        _checked(_PASSAGE, passage): (document, packed) for passage, document, packed in vectors
    }
    columns = {
        "id": list(found),
        "document": [checked_document(document) for document, _ in found.values()],
        "vector": [_numbers(packed, dimension) for _, packed in found.values()],
        "checksum": [
            _checksum(passage, document, packed) for passage, (document, packed) in found.items()
        ],
    }
    return pa.table(columns, schema=vectors_schema(dimension))


def check_rows(batch: pa.RecordBatch) -> None:
    """Raises ValueError where a row is not what was written."""
    rows = zip(
        batch.column("id").to_pylist(),
        batch.column("document").to_pylist(),
        _payloads(batch),
        batch.column("checksum").to_pylist(),
        strict=True,
    )
    for passage, document, payload, checksum in rows:
        if _checksum(passage, document, payload) != checksum:
            raise ValueError("a row has changed")


def checked_document(name: str) -> str:
    """``name``, if it is safe inside an SQL string."""
    return _checked(_DOCUMENT, name)


def checked_space(name: str) -> str:
    """``name``, if it can be a part of a folder's name and is not what words are kept under."""
    if name == "words" or not _SPACE.fullmatch(name):
        raise ValueError(f"not a space: {name!r}")
    return name


def _payloads(batch: pa.RecordBatch) -> Iterable[bytes]:
    if "terms" in batch.schema.names:
        return (each.encode() for each in batch.column("terms").to_pylist())
    vectors = batch.column("vector")
    numbers = vectors.flatten().to_numpy(zero_copy_only=False).astype("<f2")
    return (row.tobytes() for row in numbers.reshape(len(vectors), -1))


def _checksum(passage: str, document: str, payload: bytes) -> int:
    return crc32(payload, crc32(f"{passage} {document} ".encode()))


def _numbers(packed: bytes, dimension: int) -> np.ndarray[tuple[int], np.dtype[np.float16]]:
    if packed and len(packed) == 2 * dimension:
        numbers = np.frombuffer(packed, dtype="<f2")
        if np.isfinite(numbers).all():
            return numbers
    raise ValueError(f"not a vector of {dimension} numbers")


def _checked(shape: re.Pattern[str], name: str) -> str:
    if not shape.fullmatch(name):
        raise ValueError(f"not an id: {name!r}")
    return name
