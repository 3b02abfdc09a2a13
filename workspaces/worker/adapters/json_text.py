"""Reads JSON and JSON lines: the text as it is written, line by line, its escapes resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.plain_text import paragraphs
from workspaces.worker.adapters.text_file import TextFile
from workspaces.worker.outline import places

_ESCAPE = re.compile(r"\\(?:(u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?)|(.))")
_SPACES = "bfnrt"


class JsonReader:
    """:class:`~workspaces.core.ports.DocumentReader` of JSON: many programs write every letter
    beyond ASCII as ``\\u5bc6``, which nobody could find."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        file = TextFile(path, name, report)
        found = places(paragraphs((number, unescaped(text)) for number, text in file.lines()))
        return Reading(found, warnings=file.warnings())


def unescaped(text: str) -> str:
    """``text`` with the escapes of JSON as the characters they stand for, line ends as spaces."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    code, letter = escape.groups()
    if code is None:
        return " " if letter in _SPACES else str(letter)
    units = bytes.fromhex(code[1:].replace("\\u", ""))
    character = units.decode("utf-16-be", "replace")
    return character if character.isprintable() else " "
