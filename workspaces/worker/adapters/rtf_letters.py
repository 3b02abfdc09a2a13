"""From the bytes and numbers of RTF to letters: each font has an encoding of its own."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

_CHARSETS: Mapping[int, str] = {  # \fcharset
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
_EAST_ASIAN: Mapping[int, str] = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "cp950"}
_UNICODE = 65001
_WESTERN = 0
_PAIRS = re.compile(rb"(?:[\x81-\xfe]{2}|[\0-\x7f])*")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf076\uf06c\uf06e\uf071\uf0fc"
"""What Word's bullets are in Symbol and Wingdings."""


class Letters:
    """The encodings of one document: that of the whole, and those of its fonts by number."""

    def __init__(self) -> None:
        self._whole = "cp1252"
        self._wide = False
        """Whether the encoding of the whole has letters of two bytes."""
        self._fonts: dict[int, str] = {}
        self._western: set[int] = set()
        self.default_font: int | None = None

    def set_page(self, page: int | None) -> None:
        """The code page of the whole (``\\ansicpg``)."""
        self._whole = _codec(page) or self._whole
        self._wide = page in _EAST_ASIAN or page == _UNICODE

    def set_charset(self, font: int | None, charset: int | None) -> None:
        """The character set of a font (``\\fcharset``)."""
        if font is None or charset is None:
            return
        if charset in _CHARSETS:
            self._fonts[font] = _CHARSETS[charset]
        if charset == _WESTERN:
            self._western.add(font)

    def set_font_page(self, font: int | None, page: int | None) -> None:
        """The code page of a font (``\\cpg``)."""
        codec = _codec(page)
        if font is not None and codec:
            self._fonts[font] = codec

    def decode(self, data: bytes, font: int | None) -> str:
        """The letters of ``data`` in a font. Some programs write every font down as Western and
        mean the code page of the whole: letters of two bytes show it."""
        font = self.default_font if font is None else font
        codec = self._whole if font is None else self._fonts.get(font, self._whole)
        if font in self._western and self._wide and _PAIRS.fullmatch(data):
            codec = self._whole
        text = data.decode(codec, "replace")
        return text if "\ufffd" not in text else data.decode(self._whole, "replace")


def _codec(page: int | None) -> str | None:
    if page == _UNICODE:
        return "utf-8"
    if page is not None and page in _EAST_ASIAN:
        return _EAST_ASIAN[page]
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "mac_roman" if page == 10_000 else None


def joined(pieces: list[str]) -> str:
    """The pieces as one text: halves of letters beyond the first plane are put together, signs
    of symbol fonts become bullets or go."""
    text = "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _PRIVATE.sub(lambda sign: "•" if sign[0] in _BULLETS else "", text)
