"""A thin bar that shows how much is done."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

STEPS = 1000


class ThinBar(QProgressBar):
    """Has no words of its own: what stands beside it says more."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setFixedHeight(6)
        self.setRange(0, STEPS)

    def show_fraction(self, fraction: float | None) -> None:
        """From 0 to 1; None while nobody knows how much there is."""
        self.setRange(0, STEPS if fraction is not None else 0)
        self.setValue(round((fraction or 0.0) * STEPS))
