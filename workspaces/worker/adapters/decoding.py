"""Bytes to text, whatever they were encoded in: marks first, then UTF-8, then what reads best."""

from __future__ import annotations

import codecs
import mmap
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import TypeAlias

from charset_normalizer import from_bytes

from workspaces.worker.adapters import likelihood
from workspaces.worker.tidy import tidy

Bytes: TypeAlias = bytes | mmap.mmap

_MARKS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CANDIDATES: tuple[tuple[str, Callable[[str], float], float], ...] = (
    # codec, likelihood of its reading, likelihood of itself
    ("utf-8", likelihood.utf8, 0.0),
    ("gb18030", likelihood.chinese, 0.0),
    ("gb18030", likelihood.traditional, -4.0),
    ("big5hkscs", likelihood.traditional, -1.0),
    ("cp950", likelihood.traditional, -1.5),
    ("cp932", likelihood.japanese, -1.0),
    ("euc_jis_2004", likelihood.japanese, -2.0),
    ("cp949", likelihood.korean, -1.0),
    ("utf-16-le", likelihood.chinese, -12.0),
    ("utf-16-le", likelihood.japanese, -12.0),
    ("utf-16-le", likelihood.korean, -12.0),
    ("utf-16-be", likelihood.chinese, -12.0),
    ("utf-16-be", likelihood.japanese, -12.0),
    ("utf-16-be", likelihood.korean, -12.0),
    ("cp1252", partial(likelihood.of_code_page, codec="cp1252"), 0.0),
    ("cp1251", partial(likelihood.of_code_page, codec="cp1251"), 0.0),
    ("cp1250", partial(likelihood.of_code_page, codec="cp1250"), -1.0),
    ("iso8859_2", partial(likelihood.of_code_page, codec="iso8859_2"), -2.0),
    ("koi8_r", partial(likelihood.of_code_page, codec="koi8_r"), -1.0),
    ("koi8_u", partial(likelihood.of_code_page, codec="koi8_u"), -3.0),
    ("cp866", partial(likelihood.of_code_page, codec="cp866"), -3.0),
    ("iso8859_5", partial(likelihood.of_code_page, codec="iso8859_5"), -4.0),
    ("cp1253", partial(likelihood.of_code_page, codec="cp1253"), -1.0),
    ("iso8859_7", partial(likelihood.of_code_page, codec="iso8859_7"), -2.0),
    ("cp1254", partial(likelihood.of_code_page, codec="cp1254"), -1.0),
    ("cp1255", partial(likelihood.of_code_page, codec="cp1255"), -1.0),
    ("cp1256", partial(likelihood.of_code_page, codec="cp1256"), -1.0),
    ("iso8859_6", partial(likelihood.of_code_page, codec="iso8859_6"), -3.0),
    ("cp1257", partial(likelihood.of_code_page, codec="cp1257"), -1.0),
    ("cp1258", partial(likelihood.of_code_page, codec="cp1258"), -3.0),
    ("cp874", partial(likelihood.of_code_page, codec="cp874"), -1.0),
)
_CHUNK = 1024 * 1024
_SAMPLE_LINE = 8192
_SAMPLE_FOREIGN = 3000
"""Bytes beyond ASCII that are enough to tell."""
_SURE = -5.0
"""Mean likelihood of a foreign byte (random bytes have about -6) from which our own reading counts;
below it the library is asked."""
_HOPEFUL = -5.7
"""What makes text of bytes that the library does not know either."""
_USUAL = 0.5
_FOREIGN = re.compile(rb"[\x80-\xff]")
_WINDOWS = re.compile(rb"[\x80-\x9f]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NO_CHARSETS = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"))
"""Codecs of Python that no document means; what some do takes forever."""
_ZEROS = 0.05
"""The share of zero bytes that a text may hold: after a crash, or between the names of a list."""
_NEVER_SECOND = re.compile(rb"[\x00-\x2f]")
"""No wide character of any codec has such a byte but as its first: reading may begin there."""


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text that ``data`` encodes, tidied, or None when it is no text. ``declared`` is what
    the document says of itself; it counts where neither a mark nor UTF-8 says otherwise."""
    codec = encoding_of(data, declared)
    return None if codec is None else tidy(composed(data.decode(codec, "replace"), codec))


def composed(text: str, codec: str) -> str:
    """Vietnamese as everybody writes it: its code page has accents of their own."""
    return unicodedata.normalize("NFC", text) if codec == "cp1258" else text


def encoding_of(data: Bytes, declared: str | None = None) -> str | None:
    """The name of the codec that reads ``data`` best, or None when it is no text."""
    for mark, codec in _MARKS:
        if data[: len(mark)] == mark:
            return codec
    if data.find(b"\0") >= 0:
        wide = _wide_encoding(data)
        if wide or not _has_few_zeros(data):
            return wide
    if data.find(b"\x1b$") >= 0:
        codec = "iso2022_kr" if data.find(b"\x1b$)C") >= 0 else "iso2022_jp_2"
        if _decodes(data, codec, whole=False):
            return codec
    if _decodes(data, "utf-8"):
        head = data[:_CHUNK].decode("utf-8", "ignore").replace("\0", "")  # those were judged
        return "utf-8" if _is_readable(head) else None
    if declared is not None and (named := _known(declared)) and _decodes(data, named):
        return named
    return _legacy_encoding(_sample(data))


def _known(declared: str) -> str | None:
    """Python's name of a declared encoding; who says GB2312 means what contains it."""
    try:
        codec = codecs.lookup(declared)
    except (LookupError, ValueError):  # also a name that is none
        return None
    if not codec._is_text_encoding or codec.name in _NO_CHARSETS:
        return None
    larger = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932"}
    return larger.get(codec.name, codec.name)


def _wide_encoding(data: Bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, if one of them makes text of usual characters."""
    usual = {codec: _usual(data, codec) for codec in _WIDE if _decodes(data, codec, whole=False)}
    best = max(usual, key=lambda codec: usual[codec], default=None)
    return best if best is not None and usual[best] >= _USUAL else None


def _usual(data: Bytes, codec: str) -> float:
    """How usual the characters of a reading are, at most 1."""
    text = data[: _SAMPLE_LINE * 4].decode(codec, "ignore")
    if not text or not _is_readable(text):
        return 0.0
    return sum(map(likelihood.usual, text)) / len(text)


def _has_few_zeros(data: Bytes) -> bool:
    """A damaged text may hold a few zero bytes; a file of another kind holds many."""
    head = data[:_CHUNK]
    return head.count(b"\0") <= len(head) * _ZEROS


def _legacy_encoding(sample: bytes) -> str | None:
    """The codec whose reading of ``sample`` is the likeliest."""
    foreign = len(_FOREIGN.findall(sample))
    if not foreign:
        return None
    readings = [(*_read(sample, codec, of, prior), codec) for codec, of, prior in _CANDIDATES]
    _total, mean, codec = max(readings, key=lambda reading: reading[0])
    if not codec.startswith("utf-16") and len(_CONTROL.findall(sample)) > len(sample) * 0.01:
        return None
    if mean >= _SURE:
        return _with_euro(codec, sample)
    guess = from_bytes(sample).best()
    if guess is not None and _is_readable(str(guess)):
        return guess.encoding
    return codec if mean >= _HOPEFUL else None


def _with_euro(codec: str, sample: bytes) -> str:
    """Nobody writes the currency sign of Latin-1; Latin-9 has the euro in its place. What Windows
    writes is known by its quotes and dashes, which neither has."""
    is_latin_9 = b"\xa4" in sample and not _WINDOWS.search(sample)
    return "iso8859_15" if codec == "cp1252" and is_latin_9 else codec


def _read(
    sample: bytes, codec: str, likelihood_of: Callable[[str], float], prior: float
) -> tuple[float, float]:
    """How likely a reading is, and how likely the mean byte of what is more than ASCII in it."""
    text = sample.decode(codec, "replace")
    plain = sum(map(str.isascii, text))
    total = likelihood_of(text) + prior
    return total, (total - likelihood.ASCII * plain) / max(1, len(sample) - plain)


def _is_readable(text: str) -> bool:
    """Whether ``text`` is free of what only misread binary data has: what is meant
    for a terminal rings its bell and overstrikes letters."""
    odd = sum(unicodedata.category(character) in ("Cc", "Cn") for character in text)
    known = sum(map(text.count, "\n\r\t\f\x1b\a\b\x85"))
    return odd - known <= len(text) * 0.01


def _sample(data: Bytes) -> bytes:
    """The first lines of ``data`` that are more than ASCII; of a very long one, a stretch."""
    lines: list[bytes] = []
    foreign = 0
    for line in islice(_foreign_lines(data), 2000):
        lines.append(line)
        foreign += len(_FOREIGN.findall(line))
        if foreign >= _SAMPLE_FOREIGN:
            break
    return b"\n".join(lines)


def _foreign_lines(data: Bytes) -> Iterator[bytes]:
    at = 0
    while match := _FOREIGN.search(data, at):
        first = match.start()
        start = max(data.rfind(b"\n", at, first) + 1, at, first - 200)
        end = data.find(b"\n", first, first + _SAMPLE_LINE)
        if end >= 0:
            at = end
        else:
            end = min(first + _SAMPLE_LINE, len(data))
            sure = _NEVER_SECOND.search(data, end)
            at = sure.start() if sure else len(data)
        yield data[start:end]


def _decodes(data: Bytes, codec: str, whole: bool = True) -> bool:
    """Whether ``data`` is valid; where it need not be ``whole``, its end may cut a character."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _CHUNK):
            end = start + _CHUNK
            decoder.decode(data[start:end], whole and end >= len(data))
    except UnicodeDecodeError:
        return False
    return True
