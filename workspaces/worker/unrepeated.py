"""A text that ends where it repeats itself: small models run in circles."""

from __future__ import annotations

import re
from collections.abc import Callable

LONG = 80
"""Characters of a line that does not come twice in an answer by chance. Shorter ones do: rows of a
table, the words of a refrain."""


class Unrepeated:
    """Hands on a text that comes in pieces, up to before a line of at least :data:`LONG` characters
    that was there already. What may become such a line waits until that is known."""

    def __init__(self, emit: Callable[[str], None]) -> None:
        self._emit = emit
        self._lines: set[str] = set()
        self._line = ""
        self._sent = 0
        self.reached = False

    def add(self, piece: str) -> None:
        for part in re.findall(r"[^\n]*\n|[^\n]+", piece):
            if not self.reached:
                self._add(part)

    def finish(self) -> None:
        """The text is over."""
        if not self._is_known(self._line):
            self._send()

    def _add(self, part: str) -> None:
        self._line += part
        if not self._line.endswith("\n"):
            if not any(line.startswith(self._line) for line in self._lines):
                self._send()
            return
        line = self._line[:-1]
        self.reached = self._is_known(line)
        if not self.reached:
            self._send()
            if len(line) >= LONG:
                self._lines.add(line)
        self._line, self._sent = "", 0

    def _is_known(self, line: str) -> bool:
        return line in self._lines

    def _send(self) -> None:
        if len(self._line) > self._sent:
            self._emit(self._line[self._sent :])
            self._sent = len(self._line)
