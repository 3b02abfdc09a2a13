"""The questions the window asks in dialogs, behind one seam.

No method waits: each answer comes through ``then``, which is not called when the person cancels.
Tests put a scripted `Dialogs` in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from app.panels.password_dialog import PasswordDialog

translate = QCoreApplication.translate


DOCUMENT_PATTERNS = (
    "*.pdf *.docx *.docm *.xlsx *.xlsm *.pptx *.odt *.ods *.odp *.epub *.rtf *.md *.markdown "
    "*.rst *.org *.adoc *.tex *.txt *.csv *.tsv *.json *.jsonl *.ipynb *.xml *.eml *.mbox "
    "*.html *.htm *.xhtml"
)


class Dialogs(Protocol):
    """What presenters may ask."""

    def ask_name(self, title: str, label: str, old: str, then: Callable[[str], object]) -> None:
        """A line of text, ``old`` to begin with."""

    def confirm(self, question: str, warning: str, action: str, then: Callable[[], object]) -> None:
        """Yes, named ``action``, or no."""

    def pick_documents(self, then: Callable[[list[str]], object]) -> None:
        """Files to add."""

    def ask_password(self, question: str, then: Callable[[str], object]) -> None:
        """A password, typed unseen."""

    def pick_directory(self, title: str, then: Callable[[str], object]) -> None:
        """A folder."""

    def pick_model(self, then: Callable[[str], object]) -> None:
        """A GGUF file."""

    def pick_target(
        self, title: str, suggestion: str, suffixes: Sequence[str], then: Callable[[Path], object]
    ) -> None:
        """Where to write a file that ends in one of ``suffixes``, ``md`` or ``csv``."""

    def tell(self, title: str, text: str) -> None:
        """Something to read and close."""


class WindowDialogs:
    """The real ones, over the window. They close with it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def ask_name(self, title: str, label: str, old: str, then: Callable[[str], object]) -> None:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.setTextValue(old)
        dialog.textValueSelected.connect(then)
        _open(dialog)

    def confirm(self, question: str, warning: str, action: str, then: Callable[[], object]) -> None:
        dialog = QMessageBox(self._window)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setTextFormat(Qt.TextFormat.PlainText)
        dialog.setText(question)
        dialog.setInformativeText(warning)
        yes = dialog.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
        dialog.setDefaultButton(dialog.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: then())
        _open(dialog)

    def pick_documents(self, then: Callable[[list[str]], object]) -> None:
        dialog = QFileDialog(self._window, translate("Dialogs", "Add documents"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        documents = translate("Dialogs", "Documents")
        everything = translate("Dialogs", "All files")
        dialog.setNameFilters([f"{documents} ({DOCUMENT_PATTERNS})", f"{everything} (*)"])
        dialog.filesSelected.connect(then)
        _open(dialog)

    def ask_password(self, question: str, then: Callable[[str], object]) -> None:
        _open(PasswordDialog(self._window, question, then))

    def pick_directory(self, title: str, then: Callable[[str], object]) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(then)
        _open(dialog)

    def pick_model(self, then: Callable[[str], object]) -> None:
        dialog = QFileDialog(self._window, translate("Dialogs", "Choose a model file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        models = translate("Dialogs", "GGUF models")
        everything = translate("Dialogs", "All files")
        dialog.setNameFilters([f"{models} (*.gguf)", f"{everything} (*)"])
        dialog.fileSelected.connect(then)
        _open(dialog)

    def pick_target(
        self, title: str, suggestion: str, suffixes: Sequence[str], then: Callable[[Path], object]
    ) -> None:
        words = {"md": "Markdown", "csv": translate("Dialogs", "Table (CSV)")}
        filters = {f"{words[suffix]} (*.{suffix})": suffix for suffix in suffixes}
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffixes[0])
        dialog.setNameFilters(list(filters))
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen]))
        dialog.selectFile(suggestion)
        dialog.fileSelected.connect(lambda file: then(Path(file)))
        _open(dialog)

    def tell(self, title: str, text: str) -> None:
        dialog = QMessageBox(self._window)
        dialog.setWindowTitle(title)
        dialog.setIconPixmap(self._window.windowIcon().pixmap(64, 64))
        dialog.setTextFormat(Qt.TextFormat.PlainText)
        dialog.setText(text)
        _open(dialog)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
