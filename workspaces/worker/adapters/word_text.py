"""The words of one DOCX paragraph, as they stand when every change is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field

from workspaces.worker.adapters.markup import Element, attribute, local_name

_DELETED = ("del", "moveFrom", "delText")
_SILENT = ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "rt")  # formats, fields, reading aids
_LEFT_OUT = frozenset((*_DELETED, *_SILENT, "Fallback"))  # a fallback says the same again
_SIGNS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "ptab": "\t",
}


@dataclass
class Words:
    """What a paragraph says, and what hangs on it: boxes, formulas and the ids of its notes."""

    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "".join(self.text).strip()


def words_of(paragraph: Element) -> Words:
    """The words of a ``w:p``. The XML parser bounds how deep this can go."""
    words = Words()
    _gather(paragraph, words)
    return words


def _gather(element: Element, words: Words) -> None:
    for inner in element:
        name = local_name(inner)
        if name in _LEFT_OUT:
            continue
        if name == "t":
            words.text.append(inner.text or "")
        elif name in _SIGNS:
            words.text.append(_SIGNS[name])
        elif name == "oMath":
            words.formulas.append("".join(map(str, inner.itertext())).strip())
        elif name == "txbxContent":
            words.boxes.append(inner)
        elif name in ("footnoteReference", "endnoteReference"):
            words.notes.append((name.removesuffix("Reference"), attribute(inner, "id") or ""))
        else:
            _gather(inner, words)
