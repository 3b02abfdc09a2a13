"""The question for a password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.panels.plain_label import plain_label

translate = QCoreApplication.translate


class PasswordDialog(QDialog):
    """Hides what is typed, and forgets it as soon as it was handed on."""

    def __init__(self, parent: QWidget, question: str, then: Callable[[str], object]) -> None:
        super().__init__(parent)
        self._then = then
        self.setWindowTitle(translate("PasswordDialog", "Password"))
        self.setMinimumWidth(440)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(translate("PasswordDialog", "Password"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._open = buttons.addButton(
            translate("PasswordDialog", "Open"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._open.setDefault(True)
        self._open.setEnabled(False)
        self.field.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(plain_label(question))
        column.addWidget(self.field)
        column.addWidget(buttons)

    def accept(self) -> None:
        password = self.field.text()
        self.field.clear()
        super().accept()
        self._then(password)
