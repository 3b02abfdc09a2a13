"""What an answer took: below it, when the person wants to see it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.panels.budget_bar import BudgetBar
from app.panels.panel import Panel
from app.panels.plain_label import readable_label
from app.panels.usage_words import usage_words
from workspaces.core.types import Turn


class UsageDetails(Panel):
    """Empty for a turn whose answer no model wrote."""

    def __init__(self) -> None:
        super().__init__()
        self._turn: Turn | None = None
        self._words = readable_label(name="usage")
        self._bar = BudgetBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        column.addWidget(self._bar)

    def retranslate(self) -> None:
        usage = self._turn and self._turn.usage
        self._words.setText(usage_words(usage) if usage else "")
        budget = self._turn and self._turn.budget
        self._bar.setVisible(budget is not None)
        if budget:
            self._bar.show_budget(budget)

    def show_turn(self, turn: Turn) -> None:
        self._turn = turn
        self.retranslate()
