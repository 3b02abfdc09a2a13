"""Where the question is typed: Enter sends, Shift+Enter breaks the line."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton

from app.icons import icon
from app.panels.files import local_paths
from app.panels.panel import Panel, name_button

LEAST_LINES = 1
MOST_LINES = 7
PADDING = 18


class QuestionEdit(QPlainTextEdit):
    """Grows with its text, and leaves Enter to the input method while one composes."""

    sent = Signal()
    files_pasted = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._composing = False
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if enter and not shifted and not self._composing:
            self.sent.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Files are pasted as documents, and dropped on the window behind."""
        return bool(local_paths(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        if paths := local_paths(source):
            self.files_pasted.emit(paths)
        else:
            super().insertFromMimeData(source)

    def _fit(self) -> None:
        lines = min(max(int(self.document().size().height()), LEAST_LINES), MOST_LINES)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + PADDING)


class Composer(Panel):
    """The question, and one button that is Send, or Stop while an answer is written."""

    asked = Signal(str)
    stopped = Signal()
    files_pasted = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._answering = False
        self.setObjectName("composer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.edit = QuestionEdit()
        self.edit.setAcceptDrops(False)
        self.button = QToolButton()
        self.button.setObjectName("sendButton")
        self.button.setIconSize(QSize(20, 20))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 8, 4)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.edit.sent.connect(self._send)
        self.edit.textChanged.connect(self._enable)
        self.edit.files_pasted.connect(self.files_pasted)
        self.button.clicked.connect(self._press)
        self.setFocusProxy(self.edit)
        self.set_answering(False)

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Ask your documents…"))
        self.edit.setAccessibleName(self.tr("Question"))
        name_button(self.button, self.tr("Stop") if self._answering else self.tr("Send"))
        self._enable()

    def set_answering(self, answering: bool) -> None:
        self._answering = answering
        drawing = "stop" if answering else "send"
        self.button.setIcon(icon(drawing, QPalette.ColorRole.HighlightedText))
        self.retranslate()

    def give_back(self, question: str) -> None:
        """Put a question that was not taken back, before what was typed since."""
        typed = self.edit.toPlainText()
        self.edit.setPlainText("\n".join(filter(None, [question, typed])))

    def _enable(self) -> None:
        self.button.setEnabled(self._answering or bool(self.edit.toPlainText().strip()))

    def _press(self) -> None:
        if self._answering:
            self.stopped.emit()
        else:
            self._send()

    def _send(self) -> None:
        question = self.edit.toPlainText().strip()
        if question and not self._answering:
            self.edit.clear()
            self.asked.emit(question)
