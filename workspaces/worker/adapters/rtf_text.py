"""What an RTF document says, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from workspaces.worker.adapters.rtf_letters import Letters, joined
from workspaces.worker.adapters.rtf_tokens import Kind, Token, tokens
from workspaces.worker.adapters.word_styles import named_level
from workspaces.worker.outline import Block

_DEPTH = 1000
"""Groups in groups; Word writes about 30."""
_STEPS = 20_000
"""Tokens between two steps."""

_SILENT_NAMES = (
    "colortbl filetbl listtable listoverridetable revtbl rsidtbl info pict objdata fldinst "
    "nonshppict shprslt sp xe tc bkmkstart bkmkend themedata colorschememapping datastore "
    "latentstyles generator xmlnstbl private nonesttables atnid atnauthor atnref atndate atntime "
    "pgdsctbl do background template wgrffmtfilter mmathPr ftnsep ftnsepc aftnsep aftnsepc aftncn "
    "ftncn stylesheet fonttbl"
)
_SILENT = frozenset(_SILENT_NAMES.split())
"""Groups that hold no text of the document."""
_KNOWN_EXTRAS = frozenset(("shpinst", "shptxt", "ud", "moMath", "moMathPara", "footnote"))
"""Groups marked as an extra (``\\*``) that are read; every other extra is passed over."""
_NOTES = frozenset(("footnote", "shptxt"))
"""Groups whose text follows the paragraph they stand in."""
_MARGINS = frozenset(
    ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf")
)
_SIGNS: Mapping[str, str] = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ",
    "enspace": " ", "qmspace": " ", "~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
_BULLETS = frozenset("•·o-–—*§▪■●○◦➢✓❖ü")


class Unbalanced(ValueError):
    """The groups do not end, or are nested absurdly: the file is cut off or a trap."""


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back: the formats in force."""

    silent: bool = False
    fallback: bool = False
    """Inside ``\\upr``: the text comes again in Unicode."""
    extra: bool = False
    """``\\*`` was seen: the next word says what the group is."""
    table: str = ""
    """``fonttbl`` or ``stylesheet``, inside which names are collected."""
    font: int | None = None
    skipped: int = 1
    """Characters of fallback behind each Unicode letter (``\\uc``)."""
    hidden: bool = False
    deleted: bool = False
    in_table: bool = False
    style: int = 0
    outline: int | None = None
    ends: str = ""
    """What ends with this group: ``note``, ``margin`` or ``label``."""


@dataclass(slots=True)
class _Stream:
    """A run of paragraphs: the body, a note, or a header."""

    said: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    label: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    in_rows: bool = False


class RtfText:
    """The text of one document. The counts are complete once :meth:`blocks` has ended."""

    def __init__(self, data: bytes, step: Callable[[], None] = lambda: None) -> None:
        self._data = data
        self._step = step
        self._letters = Letters()
        self._levels: dict[int, int] = {}
        """The levels of the styles that are headings."""
        self._style_name: list[str] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._streams = [_Stream()]
        self._bytes = bytearray()
        self._to_skip = 0
        self._margins: dict[str, None] = {}
        self.comments = 0
        self.deletions = 0
        self.embedded = 0

    def blocks(self) -> Iterator[Block]:
        """The blocks of the body, then what headers and footers say, each once. Raises
        :class:`Unbalanced`."""
        body = self._streams[0]
        for number, token in enumerate(tokens(self._data)):
            if number % _STEPS == 0:
                self._step()
            self._take(token)
            if not self._stack and token.kind is Kind.CLOSE:
                break
            if body.blocks:
                yield from body.blocks
                body.blocks.clear()
        else:
            raise Unbalanced("it does not end")
        self._end_paragraph()
        yield from body.blocks
        yield from map(Block, self._margins)

    def _take(self, token: Token) -> None:
        if token.kind is Kind.BYTES:
            self._say_bytes(token.data)
            return
        self._end_bytes()
        if token.kind is Kind.OPEN:
            self._open()
        elif token.kind is Kind.CLOSE:
            self._close()
        elif self._to_skip and token.word != "u":  # the fallback of a letter may be a word
            self._to_skip -= 1
        elif token.kind is Kind.SYMBOL and token.word == "*":
            self._state.extra = True
        else:
            self._obey(token.word, token.number)

    def _open(self) -> None:
        if len(self._stack) >= _DEPTH:
            raise Unbalanced("it is nested too deep")
        self._to_skip = 0
        self._stack.append(self._state)
        self._state = replace(self._state, ends="", extra=False)

    def _close(self) -> None:
        if not self._stack:
            raise Unbalanced("it ends more than once")
        self._to_skip = 0
        ending, self._state = self._state, self._stack.pop()
        if ending.table == "stylesheet":
            self._end_style(ending)
        if ending.ends == "label":
            stream = self._streams[-1]
            label = joined(stream.said).strip()
            stream.said.clear()
            stream.label = "-" if label in _BULLETS else label
        elif ending.ends:
            self._end_stream(ending)

    def _end_style(self, ending: _State) -> None:
        level = named_level(joined(self._style_name).partition(";")[0])
        if level is not None:
            self._levels[ending.style] = level
        self._style_name.clear()

    def _end_stream(self, ending: _State) -> None:
        inherited, self._state = self._state, ending
        self._end_paragraph()
        self._state = inherited
        found = self._streams.pop().blocks
        if ending.ends == "margin":
            self._margins.update(dict.fromkeys(block.text for block in found))
        else:
            self._streams[-1].notes += [Block(block.text) for block in found]

    def _obey(self, word: str, number: int | None) -> None:
        if self._state.extra:
            self._state.extra = False
            self._state.silent |= word not in _KNOWN_EXTRAS and word not in _GROUPS
        action = _GROUPS.get(word) or _FORMATS.get(word)
        if action is not None:
            action(self, number)
        elif word in _SILENT:
            self._state.silent = True
        elif word in _NOTES:
            self._begin("note")
        elif word in _MARGINS:
            self._begin("margin")
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in _BREAKS:
            self._end_paragraph()

    def _begin(self, ends: str) -> None:
        """The group says something beside the text around it."""
        if self._is_heard():
            self._state.ends = ends
            self._state.in_table = False
            self._streams.append(_Stream())

    def _is_heard(self) -> bool:
        state = self._state
        return not (state.silent or state.fallback or state.table)

    # --- letters

    def _say_bytes(self, data: bytes) -> None:
        passed = min(self._to_skip, len(data))
        self._to_skip -= passed
        if passed < len(data):
            self._bytes += data[passed:]

    def _end_bytes(self) -> None:
        if self._bytes:
            if self._is_heard() or self._state.table == "stylesheet":
                self._say(self._letters.decode(bytes(self._bytes), self._state.font))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        state = self._state
        if state.table == "stylesheet":
            self._style_name.append(text)
        elif self._is_heard() and not (state.hidden or state.deleted):
            self._streams[-1].said.append(text)

    def _unicode(self, number: int | None) -> None:
        self._say(chr((number or 0) & 0xFFFF))
        self._to_skip = self._state.skipped

    # --- paragraphs and rows

    def _end_paragraph(self, _number: int | None = None) -> None:
        if not self._is_heard():
            return
        stream = self._streams[-1]
        if self._state.in_table:
            stream.said.append(" ")
            return
        text = joined(stream.said).strip()
        stream.said.clear()
        self._end_rows(stream)
        if text:
            stream.blocks.append(self._block(text, stream.label))
        stream.label = ""
        self._end_notes(stream)

    def _block(self, text: str, label: str) -> Block:
        level = self._state.outline
        level = self._levels.get(self._state.style) if level is None else level + 1
        if level is not None:
            text = f"{label} {text}" if label not in ("", "-") else text
            return Block(f"{text}\n\n", level=level, title=" ".join(text.split()))
        return Block(f"{label} {text}\n" if label else f"{text}\n\n")

    def _end_cell(self, _number: int | None = None) -> None:
        if self._is_heard():
            stream = self._streams[-1]
            words = [stream.label, *joined(stream.said).split()]
            stream.cells.append(" ".join(filter(None, words)))
            stream.said.clear()
            stream.label = ""

    def _end_row(self, _number: int | None = None) -> None:
        if not self._is_heard():
            return
        stream = self._streams[-1]
        if any(stream.cells):
            stream.blocks.append(Block(" | ".join(stream.cells) + "\n"))
            stream.in_rows = True
        stream.cells.clear()
        self._end_notes(stream)

    def _end_rows(self, stream: _Stream) -> None:
        """An empty line behind a table; and a row that never ended, ends."""
        if any(stream.cells):
            self._end_row()
        if stream.in_rows:
            stream.blocks.append(Block("\n"))
            stream.in_rows = False

    def _end_notes(self, stream: _Stream) -> None:
        stream.blocks += stream.notes
        stream.notes.clear()

    # --- groups and formats

    def _list_label(self, _number: int | None) -> None:
        if self._is_heard():
            self._state.ends = "label"

    def _table_of_names(self, name: str) -> None:
        if self._is_heard():
            self._state.table = name

    def _comment(self, _number: int | None) -> None:
        self.comments += self._is_heard()
        self._state.silent = True

    def _embedded(self, _number: int | None) -> None:
        self.embedded += self._is_heard()

    def _in_unicode(self, _number: int | None) -> None:
        self._state.fallback = False

    def _in_fallback(self, _number: int | None) -> None:
        self._state.fallback = True

    def _font(self, number: int | None) -> None:
        self._state.font = number

    def _default_font(self, number: int | None) -> None:
        self._letters.default_font = number

    def _charset(self, number: int | None) -> None:
        self._letters.set_charset(self._state.font, number)

    def _font_page(self, number: int | None) -> None:
        self._letters.set_font_page(self._state.font, number)

    def _page(self, number: int | None) -> None:
        self._letters.set_page(number)

    def _skipped(self, number: int | None) -> None:
        self._state.skipped = max(0, 1 if number is None else number)

    def _hidden(self, number: int | None) -> None:
        self._state.hidden = number != 0

    def _deleted(self, number: int | None) -> None:
        self._state.deleted = number != 0
        self.deletions += self._state.deleted and self._is_heard()

    def _plain(self, _number: int | None) -> None:
        self._state.hidden = self._state.deleted = False
        self._state.font = None

    def _new_paragraph(self, _number: int | None) -> None:
        self._state.in_table = False
        self._state.style = 0
        self._state.outline = None

    def _in_table(self, number: int | None) -> None:
        self._state.in_table = number != 0

    def _style(self, number: int | None) -> None:
        self._state.style = number or 0

    def _outline(self, number: int | None) -> None:
        self._state.outline = number if number is not None and 0 <= number < 9 else None


_Action = Callable[[RtfText, int | None], None]
_BREAKS = frozenset(("par", "sect", "page"))
_GROUPS: Mapping[str, _Action] = {
    "fonttbl": lambda text, _number: text._table_of_names("fonttbl"),
    "stylesheet": lambda text, _number: text._table_of_names("stylesheet"),
    "annotation": RtfText._comment,
    "object": RtfText._embedded,
    "listtext": RtfText._list_label,
    "pntext": RtfText._list_label,
    "upr": RtfText._in_fallback,
    "ud": RtfText._in_unicode,
}
_FORMATS: Mapping[str, _Action] = {
    "u": RtfText._unicode,
    "uc": RtfText._skipped,
    "f": RtfText._font,
    "deff": RtfText._default_font,
    "fcharset": RtfText._charset,
    "cpg": RtfText._font_page,
    "ansicpg": RtfText._page,
    "mac": lambda text, _number: text._page(10_000),
    "pc": lambda text, _number: text._page(437),
    "pca": lambda text, _number: text._page(850),
    "v": RtfText._hidden,
    "deleted": RtfText._deleted,
    "plain": RtfText._plain,
    "pard": RtfText._new_paragraph,
    "intbl": RtfText._in_table,
    "s": RtfText._style,
    "outlinelevel": RtfText._outline,
    "cell": RtfText._end_cell,
    "row": RtfText._end_row,
    "nestcell": lambda text, _number: text._say(" "),
}
