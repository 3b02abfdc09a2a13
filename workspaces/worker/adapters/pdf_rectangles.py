"""Where text stands on a page as it is shown: no library, only geometry. Lengths are in points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, counted from the upper left corner of the page as it is shown."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in the coordinates of its content, which count upwards, and how
    often it is turned by 90 degrees clockwise to be shown."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box | None:
        """A rectangle of the content as it is shown, cut to the page; None where nothing of it is
        to be seen."""
        one, other = self._point(left, bottom), self._point(right, top)
        width, height = self.size
        box = (
            max(0.0, min(one[0], other[0])),
            max(0.0, min(one[1], other[1])),
            min(width, max(one[0], other[0])),
            min(height, max(one[1], other[1])),
        )
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _point(self, x: float, y: float) -> tuple[float, float]:
        match self.turns % 4:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x


def lines(boxes: Iterable[Box | None]) -> list[Box]:
    """The boxes of characters in reading order, joined to one a line; None ends a line."""
    joined: list[Box] = []
    is_open = False
    for box in boxes:
        if box is not None and is_open and _goes_on(joined[-1], box):
            joined[-1] = _around(joined[-1], box)
        elif box is not None:
            joined.append(box)
        is_open = box is not None
    return joined


def _goes_on(line: Box, box: Box) -> bool:
    """Whether a character goes on with a line, be it a row or a column."""
    return _overlap(line, box, 1) >= 0.5 or (_overlap(line, box, 0) >= 0.5 and _is_below(line, box))


def _is_below(column: Box, box: Box) -> bool:
    """Whether ``box`` goes on with a column: one that is no wider than characters are."""
    width, height = box[2] - box[0], box[3] - box[1]
    gap = max(box[1] - column[3], column[1] - box[3])
    return column[2] - column[0] < 2 * max(width, height) and gap < height / 2


def _overlap(one: Box, other: Box, axis: int) -> float:
    """The share of the smaller extent along ``axis`` that both have in common."""
    common = min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])
    return common / min(one[axis + 2] - one[axis], other[axis + 2] - other[axis])


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
