"""Long work on the window's thread, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

PIECE = 250
"""Values at once: a few milliseconds."""

T = TypeVar("T")
R = TypeVar("R")


class InPieces(QObject, Generic[T, R]):
    """Makes an R of each T and gives all of them at the end; the window stays alive meanwhile."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)
        self._pieces: Iterator[Sequence[T]] = iter(())
        self._made: list[R] = []
        self._make: Callable[[T], R] | None = None
        self._then: Callable[[list[R]], object] | None = None

    def start(
        self, values: Sequence[T], make: Callable[[T], R], then: Callable[[list[R]], object]
    ) -> None:
        """Work on ``values``; what was under way is dropped. At most one piece is done at once."""
        self._make = make
        starts = range(0, len(values), PIECE)
        self._pieces = (values[start : start + PIECE] for start in starts)
        self._made = []
        self._then = then
        self._timer.start()
        self._step()

    def stop(self) -> None:
        """Drop what is under way."""
        self._timer.stop()

    def _step(self) -> None:
        piece = next(self._pieces, None)
        if piece is not None and self._make:
            self._made += map(self._make, piece)
            if len(piece) == PIECE:
                return
        self._timer.stop()
        if self._then:
            self._then(self._made)
