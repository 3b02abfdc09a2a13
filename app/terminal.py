"""What may be written to a terminal: a file's name, or a text, must not steer it."""

from __future__ import annotations

import unicodedata

_STEERING = ("Cc", "Cf", "Zl", "Zp")
"""Unicode's categories of controls, of invisible format characters (which turn the writing
direction round), and of separators of lines."""

_KEPT = "\n\t\u200c\u200d"
"""Line ends, tabs, and the joiners that scripts and emoji need."""


def harmless(text: str) -> str:
    """``text`` with each steering character as its escape (``\\x1b``)."""
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if unicodedata.category(character) in _STEERING and character not in _KEPT
        else character
        for character in text
    )


def one_line(text: str) -> str:
    """:func:`harmless`, and on one line."""
    return harmless(text).replace("\n", "\\n").replace("\t", " ")
