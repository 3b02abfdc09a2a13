"""The figures of a measurement as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SIDES = ("keyword", "vector", "fused")


def table(result: Mapping[str, Any]) -> str:
    """``result`` is an :class:`~workspaces.services.evaluating.Evaluation` as a dictionary."""
    names = list(result[SIDES[0]])
    lines = [["", *names]]
    lines += [[side, *(_figure(name, result[side][name]) for name in names)] for side in SIDES]
    refusal = ", ".join(
        f"{name} {_figure(name, share)}" for name, share in result["refusal"].items()
    )
    return "\n".join([*_aligned(lines), "", f"{result['questions']} questions; {refusal}"])


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if name.startswith("ms") else f"{value:.3f}"


def _aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    """Columns of one width each: the first to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            [line[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        )
        for line in lines
    ]
