"""Bytes to text, whatever they were encoded in: marks first, then UTF-8, then what reads best."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable, Iterator

from charset_normalizer import from_bytes

from workspaces.worker.adapters import familiar
from workspaces.worker.tidy import tidy

_MARKS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_EAST_ASIAN = (  # the last is a bonus: two rare characters are likelier GB18030 than others
    ("gb18030", familiar.CHINESE, 0.15),
    ("big5hkscs", familiar.CHINESE, 0.0),
    ("cp950", familiar.CHINESE, 0.0),
    ("cp932", familiar.JAPANESE, 0.0),
    ("euc_jis_2004", familiar.JAPANESE, 0.0),
    ("cp949", familiar.KOREAN, 0.0),
)
_CYRILLIC = ("cp1251", "koi8-r")
_SAMPLE = 8192
_SURE = 0.5
"""A score from which our own reading counts; below it the library decides."""
_HOPEFUL = 0.4
"""A score that makes text of what the library does not know either."""


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text that ``data`` encodes, tidied, or None when it is no text. ``declared`` is what
    the document says of itself; it counts where neither a mark nor UTF-8 says otherwise."""
    codec = encoding_of(data, declared)
    return None if codec is None else tidy(data.decode(codec, "replace"))


def encoding_of(data: bytes, declared: str | None = None) -> str | None:
    """The name of the codec that reads ``data`` best, or None when it is no text."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    if b"\0" in data:
        return next((codec for codec in _WIDE if _is_wide(data, codec)), None)
    if b"\x1b$" in data and _decodes(data, "iso2022_jp_2", whole=False):
        return "iso2022_jp_2"
    if _decodes(data, "utf-8"):
        return "utf-8" if _is_readable(data.decode("utf-8")) else None
    if declared is not None and (named := _known(declared)) and _decodes(data, named):
        return named
    return _legacy_encoding(_sample(data))


def _known(declared: str) -> str | None:
    """Python's name of a declared encoding; who says GB2312 means what contains it."""
    try:
        codec = codecs.lookup(declared).name
    except LookupError:
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(codec, codec)


def _is_wide(data: bytes, codec: str) -> bool:
    """Whether ``data`` is UTF-16 or UTF-32 without a mark: text of usual characters only."""
    if not _decodes(data, codec, whole=False):
        return False
    text = data[: _SAMPLE * 4].decode(codec, "ignore")
    common = sum(character.isascii() or character in familiar.JAPANESE for character in text)
    return _is_readable(text) and common > len(text) * 0.3


def _legacy_encoding(sample: bytes) -> str | None:
    """The codec whose reading of ``sample`` has most of what people commonly write."""
    scores = dict(_scores(sample))
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] >= _SURE:
        return best
    guess = from_bytes(sample).best()
    if guess is not None and _is_readable(str(guess)):
        return guess.encoding
    return best if scores[best] >= _HOPEFUL else None


def _scores(sample: bytes) -> Iterator[tuple[str, float]]:
    """How much each codec's reading of the sample looks like what people write, at most 1."""
    yield "utf-8", _whole(_read(sample, "utf-8"))
    for codec, alphabet, bonus in _EAST_ASIAN:
        yield codec, _east_asian(_read(sample, codec), alphabet) + bonus
    yield "cp1252", _western(_read(sample, "cp1252"))
    for codec in _CYRILLIC:
        yield codec, _cyrillic(_read(sample, codec))


def _read(sample: bytes, codec: str) -> str:
    return sample.decode(codec, "replace")


def _whole(text: str) -> float:
    """UTF-8 shows by its structure: all but a few sequences of bytes must be whole."""
    return _mean(-8.0 if character == "\ufffd" else 1.0 for character in _foreign(text))


def _east_asian(text: str, alphabet: frozenset[str]) -> float:
    return _mean(
        1.0 if character in alphabet else _unfamiliar(character) for character in _foreign(text)
    )


def _unfamiliar(character: str) -> float:
    """Rare characters speak for nothing, those that nobody writes speak against the codec."""
    if "\u4e00" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3":
        return 0.25
    return -2.0 if character == "\ufffd" or "\ue000" <= character <= "\uf8ff" else 0.0


def _western(text: str) -> float:
    """Accented letters stand among plain ones; in a row they are another script, misread."""
    following = text[1:] + " "
    return _mean(
        1.0 if character in familiar.WESTERN and not _is_foreign_letter(after) else -0.5
        for character, after in zip(text, following, strict=True)
        if not character.isascii()
    )


def _cyrillic(text: str) -> float:
    """Small letters, and capitals only where a word begins: that tells the code pages apart."""
    preceding = " " + text[:-1]
    return _mean(
        _cyrillic_weight(character, before)
        for character, before in zip(text, preceding, strict=True)
        if not character.isascii()
    )


def _cyrillic_weight(character: str, before: str) -> float:
    if character in familiar.CYRILLIC:
        return 1.0
    if character in familiar.CYRILLIC_CAPITALS:
        return -2.0 if before.islower() else 0.5
    return 0.5 if character in "«»—–№…\xa0" else -1.0


def _is_foreign_letter(character: str) -> bool:
    return character.isalpha() and not character.isascii() and character != "ß"


def _foreign(text: str) -> str:
    return "".join(character for character in text if not character.isascii())


def _mean(weights: Iterable[float]) -> float:
    known = list(weights)
    return sum(known) / len(known) if known else 0.0


def _is_readable(text: str) -> bool:
    """Whether ``text`` is free of what only misread binary data has."""
    odd = sum(unicodedata.category(character) in ("Cc", "Cn") for character in text)
    spaces = sum(map(text.count, "\n\r\t\f\x1b"))
    return odd - spaces <= len(text) * 0.01


def _sample(data: bytes) -> bytes:
    """The first lines of ``data`` that are more than ASCII."""
    lines: list[bytes] = []
    size = 0
    for line in data.splitlines():
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            size += len(line)
        if size >= _SAMPLE:
            break
    return b"\n".join(lines)


def _decodes(data: bytes, codec: str, whole: bool = True) -> bool:
    """Whether ``data`` is valid; where it need not be ``whole``, its end may cut a character."""
    try:
        codecs.getincrementaldecoder(codec)().decode(data, whole)
    except UnicodeDecodeError:
        return False
    return True
