"""A text file, decoded as it is read: lines with their numbers, never more of it than needed."""

from __future__ import annotations

import io
import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from workspaces.core.ports import ReportStep
from workspaces.core.reasons import Problem, Reason
from workspaces.worker.adapters.decoding import composed, encoding_of
from workspaces.worker.outline import end_of_piece
from workspaces.worker.tidy import tidy

Line = tuple[int, str]
"""The 1-based number of a line and its text with its end, or a part of a very long line."""

_CHUNK = 256 * 1024
"""Characters that are read at once."""
_SENTENCE = 2000
"""Characters of the longest sentence that is kept together where a line is read in parts."""
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[()][0-2AB]|[=>78])"
)
"""What sets the colours and the title of a terminal."""
_LONGEST_SEQUENCE = 200
_CUT_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b\n]*|[()])?\Z")
_OVERSTRUCK = re.compile("[^\n\b]\b")


class TextFile:
    """The text of the file at ``path``. ``declared`` finds in its first bytes the encoding that
    the document says it has.

    Raises Problem ``binary`` where it is no text, ``empty`` where there is nothing.
    """

    def __init__(
        self, path: Path, name: str, report: ReportStep, declared: re.Pattern[bytes] | None = None
    ) -> None:
        self._path = path
        self._name = name
        self._report = report
        self._size = path.stat().st_size
        if not self._size:
            raise Problem("empty", name=name)
        with path.open("rb") as stream, _mapped(stream.fileno()) as data:
            said = declared.search(data[:4096]) if declared else None
            codec = encoding_of(data, said[1].decode("ascii", "replace") if said else None)
        if codec is None:
            raise Problem("binary", name=name)
        self._codec = codec
        self._undecoded = 0

    def lines(self) -> Iterator[Line]:
        """The lines, tidied. A line longer than a few hundred thousand characters comes in parts
        that end at white space where there is some; all of them have its number."""
        number = 1
        rest = ""
        for chunk in self._chunks():
            *lines, rest = (rest + chunk).split("\n")
            for line in lines:
                yield number, f"{line}\n"
                number += 1
            if len(rest) > _CHUNK:
                end = end_of_piece(rest, len(rest) - _SENTENCE, len(rest))
                yield number, rest[:end]
                rest = rest[end:]
        if rest:
            yield number, rest

    def whole(self) -> str:
        """The text in one piece."""
        return "".join(self._chunks())

    def warnings(self) -> list[Reason]:
        """What could not be decoded, once everything was read."""
        count = self._undecoded
        if count and self._codec.startswith("utf-8"):
            count -= self._replacements_written()
        if count <= 0:
            return []
        return [Reason("undecoded", {"name": self._name, "count": str(count)})]

    def _chunks(self) -> Iterator[str]:
        with (
            self._path.open("rb") as file,
            io.TextIOWrapper(file, self._codec, errors="replace", newline=None) as stream,
        ):
            while chunk := stream.read(_CHUNK):
                if _CUT_SEQUENCE.search(chunk, max(0, len(chunk) - _LONGEST_SEQUENCE)):
                    chunk += stream.read(_LONGEST_SEQUENCE)
                self._undecoded += chunk.count(_REPLACEMENT)
                yield tidy(composed(_printed(chunk), self._codec))
                self._report(min(file.tell(), self._size), self._size)

    def _replacements_written(self) -> int:
        """How often the original itself holds the sign of a character that was lost earlier."""
        with self._path.open("rb") as stream, _mapped(stream.fileno()) as data:
            return sum(1 for _ in re.finditer(_REPLACEMENT.encode(), data))


def _printed(text: str) -> str:
    """What a terminal shows of ``text``: a colour may change inside a word, and bold letters are
    struck over themselves."""
    if "\x1b" in text:
        text = _SEQUENCE.sub("", text)
    return _OVERSTRUCK.sub("", text) if "\b" in text else text


def _mapped(file: int) -> mmap.mmap:
    return mmap.mmap(file, 0, access=mmap.ACCESS_READ)
