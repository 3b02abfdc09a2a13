"""A text that ends where something stands in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence


class Until:
    """Hands on a text that comes in pieces, up to before the one of ``ends`` that is whole first.
    What may be the beginning of one waits until that is known."""

    def __init__(self, ends: Sequence[str], emit: Callable[[str], None]) -> None:
        self._ends = ends
        self._emit = emit
        self._waiting = ""
        self.reached = False

    def add(self, piece: str) -> None:
        if self.reached:
            return
        text = self._waiting + piece
        found = [(place + len(end), place) for end in self._ends if (place := text.find(end)) >= 0]
        self.reached = bool(found)
        _, sure = min(found, default=(0, len(text) - self._possible(text)))
        self._waiting = "" if found else text[sure:]
        if sure:
            self._emit(text[:sure])

    def finish(self) -> None:
        """The text is over: what waited was not the beginning of an end."""
        if self._waiting:
            self._emit(self._waiting)
            self._waiting = ""

    def _possible(self, text: str) -> int:
        """Characters at the end of ``text`` that one of the ends may begin with."""
        longest = max(map(len, self._ends), default=0)
        for start in range(max(0, len(text) - longest), len(text)):
            if any(end.startswith(text[start:]) for end in self._ends):
                return len(text) - start
        return 0
