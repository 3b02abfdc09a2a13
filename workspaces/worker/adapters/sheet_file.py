"""Reads XLSX: every sheet, row by row, cells as people see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workspaces.core.ports import Reading, ReportStep
from workspaces.worker.adapters.drawings import drawn_lines
from workspaces.worker.adapters.left_out import left_out
from workspaces.worker.adapters.markup import Element, attribute
from workspaces.worker.adapters.number_formats import GENERAL, NumberFormat, number_format
from workspaces.worker.adapters.office_package import OfficePackage, Relation
from workspaces.worker.adapters.sheet_rows import SharedTexts, SheetRows
from workspaces.worker.adapters.sheet_text import SheetText

_MAIN = re.compile(
    r"(?:spreadsheetml|ms-excel)\.(?:sheet|template|addin)(?:\.macroEnabled)?\.main\+xml$",
    re.IGNORECASE,
)
_SHARED_LIMIT = 256 * 1024 * 1024
"""Bytes of the texts that cells share; 2 million different ones have 160 MB."""
_COMMENTS = {"comments": "comment", "threadedComment": "threadedComment"}
"""Kinds of relation, and the element that is one comment."""


class SheetReader:
    """:class:`~workspaces.core.ports.DocumentReader` of XLSX."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        return self.read_from(path, name, report)

    def read_from(self, source: Path | BinaryIO, name: str, report: ReportStep) -> Reading:
        """As :meth:`read`, also from memory."""
        with OfficePackage(source, name) as package:
            return _Workbook(package, report).read()


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str


class _Workbook:
    def __init__(self, package: OfficePackage, report: ReportStep) -> None:
        self._package = package
        self._report = report
        self._part, self._root = package.main(_MAIN, "xl/workbook.xml")
        self._text = SheetText(package.name)
        self._comments = 0
        self._embedded = 0

    def read(self) -> Reading:
        relations = self._package.relations(self._part)
        shared = self._shared_texts(relations)
        formats = self._formats(relations)
        for sheet in self._sheets(relations):
            self._read_sheet(sheet, SheetRows(shared, formats, self._since_1904()))
        warnings = left_out(self._package.name, comments=self._comments, embedded=self._embedded)
        return Reading(self._text.places(), warnings=self._text.cut_short() + warnings)

    def _sheets(self, relations: dict[str, Relation]) -> list[_Sheet]:
        """The sheets in order, also hidden ones."""
        found: list[_Sheet] = []
        for element in self._root.iter("{*}sheet"):
            relation = relations.get(_relation_id(element))
            if relation is not None and relation.kind in ("worksheet", "chartsheet"):
                found.append(_Sheet(element.get("name") or "", relation.part))
        return found

    def _since_1904(self) -> bool:
        properties = next(self._root.iter("{*}workbookPr"), None)
        return properties is not None and properties.get("date1904") in ("1", "true")

    def _shared_texts(self, relations: dict[str, Relation]) -> list[str]:
        part = next((r.part for r in relations.values() if r.kind == "sharedStrings"), None)
        texts = SharedTexts()
        if part is not None and self._package.holds(part):
            for _step in self._package.pass_through(part, texts):
                self._report(0, 1)
                if texts.size > _SHARED_LIMIT:
                    raise self._package.too_large(_SHARED_LIMIT)
        return texts.texts

    def _formats(self, relations: dict[str, Relation]) -> list[NumberFormat]:
        """The number formats by the styles of cells."""
        part = next((r.part for r in relations.values() if r.kind == "styles"), "")
        root = self._package.xml(part)
        if root is None:
            return []
        custom = {
            int(each.get("numFmtId", "0")): each.get("formatCode", "")
            for each in root.iter("{*}numFmt")
            if each.get("numFmtId", "").isdecimal()
        }
        styles = next(root.iter("{*}cellXfs"), None)
        codes = [each.get("numFmtId", "0") for each in (styles if styles is not None else ())]
        known = {code: number_format(int(code), custom) for code in set(codes) if code.isdecimal()}
        return [known.get(code, GENERAL) for code in codes]

    def _read_sheet(self, sheet: _Sheet, rows: SheetRows) -> None:
        relations = self._package.relations(sheet.part)
        for _step in self._package.pass_through(sheet.part, rows):
            for number, cells in rows.rows:
                self._text.add(sheet.name, number, cells)
            rows.rows.clear()
            self._report(self._text.rows, self._text.rows + 1)
        lines = drawn_lines(self._package, sheet.part)
        for relation in relations.values():
            if relation.kind == "drawing":
                lines += self._shapes(relation.part) + drawn_lines(self._package, relation.part)
            elif relation.kind in _COMMENTS:
                self._comments += self._count(relation.part, _COMMENTS[relation.kind])
        self._text.aside(sheet.name, lines)
        self._embedded += self._package.embedded(sheet.part)

    def _shapes(self, part: str) -> list[str]:
        """The paragraphs in the shapes that lie on a sheet."""
        root = self._package.xml(part)
        paragraphs = () if root is None else root.iter("{*}p")
        texts = ("".join(t.text or "" for t in each.iter("{*}t")) for each in paragraphs)
        return [" ".join(text.split()) for text in texts if text.strip()]

    def _count(self, part: str, wanted: str) -> int:
        root = self._package.xml(part)
        return 0 if root is None else sum(1 for _each in root.iter(f"{{*}}{wanted}"))


def _relation_id(element: Element) -> str:
    """The ``r:id`` of a sheet, which also has a ``sheetId``."""
    return attribute(element, "id") or ""
