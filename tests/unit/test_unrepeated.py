"""An answer that runs in circles ends after the first round."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workspaces.worker.unrepeated import LONG, Unrepeated

LINE = (
    "The pump primes itself from 5 metres below the inlet in under 90 seconds, and needs no help."
)
assert len(LINE) >= LONG


def heard(*pieces: str) -> tuple[str, bool]:
    said: list[str] = []
    text = Unrepeated(said.append)
    for piece in pieces:
        text.add(piece)
    text.finish()
    return "".join(said), text.reached


def test_a_long_line_comes_once() -> None:
    assert heard(f"{LINE}\n\n{LINE}\n\nand so on") == (f"{LINE}\n\n", True)
    assert heard(f"{LINE}\n{LINE}") == (f"{LINE}\n", False)  # over before that was known


def test_short_lines_and_lines_that_only_begin_alike_come_again() -> None:
    for text in ("- yes\n- yes\n- yes\n", f"{LINE}\n{LINE} Or does it?\n", f"{LINE}\n{LINE[:-5]}"):
        assert heard(text) == (text, False)


def test_only_what_may_be_a_repetition_waits() -> None:
    said: list[str] = []
    text = Unrepeated(said.append)
    text.add(f"{LINE}\nThe pump ")
    assert "".join(said) == f"{LINE}\n"
    text.add("is red")
    assert "".join(said) == f"{LINE}\nThe pump is red"


@given(st.lists(st.sampled_from(["a", "\n", LINE, LINE[:30], LINE[30:], "b\r"]), max_size=12))
def test_however_it_is_cut_the_same_is_heard(pieces: list[str]) -> None:
    assert heard(*pieces) == heard("".join(pieces)) == heard(*"".join(pieces))
