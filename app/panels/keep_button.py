"""The button below an answer that keeps its question as a test question."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QToolButton

from workspaces.core.types import Ending, Turn


class KeepButton(QToolButton):
    """Says whether the question is kept; what a press does is the others' business."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = False
        self.setObjectName("keep")
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.retranslate()

    def retranslate(self) -> None:
        if self._kept:
            self.setText(self.tr("✓ Kept as test question"))
            self.setToolTip(self.tr("Press again to forget this test question."))
        else:
            self.setText(self.tr("Keep as test question"))
            self.setToolTip(
                self.tr(
                    "A good answer? Search is measured with its question before you change "
                    "search settings or the embedding model."
                )
            )

    def show_kept(self, kept: bool) -> None:
        self._kept = kept
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def can_keep(turn: Turn) -> bool:
    """Whether the turn has an answer that rests on passages."""
    return turn.ending is Ending.COMPLETE and bool(turn.answer) and bool(turn.sources)
