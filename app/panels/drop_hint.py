"""What covers the window while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.panels.panel import Panel


class DropHint(Panel):
    """Lies over ``parent`` and grows with it; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setObjectName("dropHint")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words.setObjectName("dropWords")
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        parent.installEventFilter(self)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._words.setText(self.tr("Drop to add to this workspace"))

    def cover(self) -> None:
        """Show it over everything else."""
        self.setGeometry(self._covered.rect().adjusted(12, 12, -12, -12))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.cover()
        return super().eventFilter(watched, event)
