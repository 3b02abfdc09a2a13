"""What is written to a terminal."""

from __future__ import annotations

from app.terminal import harmless, one_line


def test_steering_characters_are_escaped() -> None:
    assert harmless("a\x1b[2Jb\u202egpj.exe\u2028\x85") == "a\\x1b[2Jb\\u202egpj.exe\\u2028\\x85"
    assert harmless("图 naïve 👩\u200d👧\tx\ny") == "图 naïve 👩\u200d👧\tx\ny"


def test_a_name_cannot_begin_a_line() -> None:
    assert one_line("a\nERROR: b\tc") == "a\\nERROR: b c"
