"""Reads Jupyter notebooks: what is written, the code, and what it printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.json_text import JsonReader
from workspaces.worker.adapters.markdown_text import blocks
from workspaces.worker.adapters.text_file import TextFile
from workspaces.worker.outline import Block, places

_LARGEST = 64 * 1024 * 1024
"""Bytes above which a notebook is read as the JSON that it is."""

Text = str | list[str]


class _Output(msgspec.Struct):
    text: Text = ""
    data: dict[str, msgspec.Raw] = {}


class _Cell(msgspec.Struct):
    cell_type: str = ""
    source: Text = ""
    outputs: list[_Output] = []


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


class NotebookReader:
    """:class:`~workspaces.core.ports.DocumentReader` of Jupyter notebooks (version 4)."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        notebook = _opened(path, name, report)
        if notebook is None:
            return JsonReader().read(path, name, report, passwords)
        return Reading(places(_blocks(notebook)))


def _opened(path: Path, name: str, report: ReportStep) -> _Notebook | None:
    if path.stat().st_size > _LARGEST:
        return None
    try:
        return msgspec.json.decode(TextFile(path, name, report).whole(), type=_Notebook)
    except (msgspec.DecodeError, RecursionError):
        return None


def _blocks(notebook: _Notebook) -> Iterator[Block]:
    for cell in notebook.cells:
        source = _joined(cell.source)
        if cell.cell_type == "markdown":
            yield from (replace(block, line=None) for block in blocks(source))
        else:
            yield Block(f"{source}\n\n")
        for output in cell.outputs:
            if said := _said(output).strip("\n"):
                yield Block(f"{said}\n\n")


def _said(output: _Output) -> str:
    shown = output.data.get("text/plain")
    if shown is None:
        return _joined(output.text)
    try:
        return _joined(msgspec.json.decode(shown, type=Text))
    except msgspec.DecodeError:
        return ""


def _joined(text: Text) -> str:
    return text if isinstance(text, str) else "".join(text)
