"""A model from any repository of the hub: its name, its files, one to download."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.models_presenter import ModelsPresenter
from app.panels.models_words import size_words
from app.panels.plain_label import plain_label
from app.sentences import sentence
from workspaces.core.mirrors import RemoteFile
from workspaces.core.reasons import Reason

translate = QCoreApplication.translate

EXAMPLE = "bartowski/Llama-3.2-3B-Instruct-GGUF"


class RepositoryForm(QDialog):
    """Stays open until a file is chosen."""

    def __init__(self, parent: QWidget, presenter: ModelsPresenter) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._repository = ""
        self._found: list[RemoteFile] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("RepositoryForm", "Another repository"))
        self.resize(560, 420)
        self.name = QLineEdit()
        self.name.setPlaceholderText(EXAMPLE)
        self.look = QPushButton(translate("RepositoryForm", "List its files"))
        self.look.setEnabled(False)
        self.files = QListWidget()
        self.files.setAccessibleName(translate("RepositoryForm", "Files"))
        self.words = plain_label(name="windowHint")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        words = translate("RepositoryForm", "Download")
        self.download = self.buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        self.download.setEnabled(False)
        self._lay_out()
        self._connect()

    def accept(self) -> None:
        row = self.files.currentRow()
        if row >= 0:
            self._presenter.download_file(self._repository, self._found[row])
            super().accept()

    def _lay_out(self) -> None:
        name = QLabel(translate("RepositoryForm", "&Owner and name, or the address of its page:"))
        name.setBuddy(self.name)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(10)
        column.addWidget(name)
        column.addLayout(row)
        column.addWidget(self.files, 1)
        column.addWidget(self.words)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.name.textChanged.connect(lambda text: self.look.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self._list)
        self.look.clicked.connect(self._list)
        self.files.currentRowChanged.connect(lambda row: self.download.setEnabled(row >= 0))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _list(self) -> None:
        self._repository = self.name.text().strip()
        self._show([])
        if self._repository:
            self.words.setText(translate("RepositoryForm", "Asking the mirrors…"))
            self._presenter.list_repository(self._repository, self._show, self._complain)

    def _show(self, files: list[RemoteFile]) -> None:
        self._found = files
        self.files.clear()
        for file in files:
            QListWidgetItem(f"{file.path} · {size_words(file.size)}", self.files)
        self.words.setText("")

    def _complain(self, reason: Reason) -> None:
        self.words.setText(sentence(reason))
