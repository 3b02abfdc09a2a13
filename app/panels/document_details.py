"""The strip below the documents: the full sentence about the chosen one, and what helps."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from app.panels.document_actions import can_retry, can_unlock
from app.panels.document_words import remarks
from app.panels.panel import Panel
from workspaces.services.views import DocumentView


class DocumentDetails(Panel):
    """Shown only for a document about which there is something to say."""

    appeared = Signal()
    unlock_wanted = Signal(object)
    retry_wanted = Signal(object)
    twin_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._document: DocumentView | None = None
        self.setObjectName("details")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.clicked.connect(self._help)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch()
        column.addLayout(row)
        self.show_document(None)

    def show_document(self, document: DocumentView | None) -> None:
        """Speak of ``document``, or of nothing."""
        if document != self._document or document is None:
            self._document = document
            self.retranslate()

    def retranslate(self) -> None:
        words = remarks(self._document) if self._document else ""
        self.setVisible(bool(words))
        first, _, more = words.partition("\n")
        if more:
            count = more.count("\n") + 1
            first += " " + self.tr("(%n more: see Show text)", "", count)
        self._words.setText(first)
        self._words.setToolTip(words if more else "")
        self._words.setAccessibleName(words)
        help_words = self._help_words()
        self._button.setText(help_words)
        self._button.setVisible(bool(help_words))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.appeared.emit()

    def _help_words(self) -> str:
        document = self._document
        if document is None:
            return ""
        if document.twin:
            return self.tr("Show that document")
        if can_unlock(document):
            return self.tr("Enter password…")
        return self.tr("Retry") if can_retry(document) else ""

    def _help(self) -> None:
        document = self._document
        if document is None:
            return
        if document.twin:
            self.twin_wanted.emit(document)
        elif can_unlock(document):
            self.unlock_wanted.emit(document)
        else:
            self.retry_wanted.emit(document)
