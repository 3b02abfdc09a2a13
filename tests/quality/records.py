"""The figures that search must keep, in ``recorded.json``. After a change that is meant to alter
them, record them anew, and look at the difference before it is committed:
``python -m tests.quality.records``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.quality.slices import figures, measure

PATH = Path(__file__).with_name("recorded.json")

TOLERANCE = 0.015
"""So much a figure may be worse: one question of a slice, which another processor's rounding can
turn over."""

WORSE_WHEN_HIGHER = "refusal"
"""What these figures begin with."""

Records = dict[str, dict[str, float]]
"""For each slice, figures by name."""


def recorded() -> Records:
    records: Records = json.loads(PATH.read_text("utf-8"))
    return records


def fallen(record: Mapping[str, float], now: Mapping[str, float]) -> dict[str, str]:
    """The figures of ``record`` that are worse ``now``, or gone, and what became of them."""
    return {
        name: f"{value:.3f} -> {now[name]:.3f}" if name in now else "gone"
        for name, value in record.items()
        if name not in now or _loss(name, value, now[name]) > TOLERANCE
    }


def record() -> None:
    """Measure, and make that the figures to keep. Prints those that are worse than before."""
    with tempfile.TemporaryDirectory() as room:
        measured = measure(Path(room))
    old = recorded() if PATH.exists() else {}
    records = {
        name: {key: round(value, 4) for key, value in figures(evaluation).items()}
        for name, evaluation in measured.items()
    }
    PATH.write_text(json.dumps(records, indent=2) + "\n", "utf-8")
    for name, figures_now in records.items():
        print(name, fallen(old.get(name, {}), figures_now) or "nothing is worse")


def _loss(name: str, then: float, now: float) -> float:
    return now - then if name.startswith(WORSE_WHEN_HIGHER) else then - now


if __name__ == "__main__":
    record()
