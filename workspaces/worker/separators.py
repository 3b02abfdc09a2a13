"""What separates the fields of a table that is written as text."""

from __future__ import annotations

import csv
from collections import Counter

SEPARATORS = ",;\t|"
_RECORDS = 50


def separator_of(text: str) -> str | None:
    """The one of :data:`SEPARATORS` that cuts the records of ``text`` most evenly, or None where
    none cuts most of them into the same number of fields."""
    best = max(SEPARATORS, key=lambda separator: evenness(text, separator))
    return best if evenness(text, best) > (0.0, 0) else None


def evenness(text: str, separator: str) -> tuple[float, int]:
    """The share of records that have the usual number of fields, and that number; zeros where it
    is one field, or of less than half of the records."""
    lines = text.splitlines()[:_RECORDS]
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    width, count = widths.most_common(1)[0]
    share = count / widths.total()
    return (share, width) if width > 1 and share > 0.5 else (0.0, 0)
