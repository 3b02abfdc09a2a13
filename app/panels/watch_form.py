"""How a folder is watched: the form for a new one and for a known one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.plain_label import plain_label
from workspaces.services.views import WatchView

translate = QCoreApplication.translate


class WatchForm(QDialog):
    """Gives ``then`` the watch as the person wants it. A new one has no id yet."""

    def __init__(
        self, parent: QWidget, watch: WatchView, then: Callable[[WatchView], object]
    ) -> None:
        super().__init__(parent)
        self._watch = watch
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("WatchForm", "Watch a folder"))
        self.setMinimumWidth(480)
        self.subfolders = QCheckBox(translate("WatchForm", "Also its subfolders"))
        self.subfolders.setChecked(watch.subfolders)
        self.ignore = QPlainTextEdit("\n".join(watch.ignore))
        self.ignore.setPlaceholderText("*.tmp\ndrafts/\n~$*")
        self.ignore.setTabChangesFocus(True)
        self.ignore.setFixedHeight(6 * self.ignore.fontMetrics().lineSpacing() + 24)
        self.ask = QRadioButton(translate("WatchForm", "Ask me"))
        self.follow = QRadioButton(translate("WatchForm", "Remove its document as well"))
        (self.follow if watch.follow else self.ask).setChecked(True)
        self._lay_out()

    def accept(self) -> None:
        lines = self.ignore.toPlainText().splitlines()
        patterns = tuple(stripped for line in lines if (stripped := line.strip()))
        super().accept()
        self._then(
            replace(
                self._watch,
                subfolders=self.subfolders.isChecked(),
                ignore=patterns,
                follow=self.follow.isChecked(),
            )
        )

    def _lay_out(self) -> None:
        patterns = QLabel(translate("WatchForm", "&Leave out (patterns, one a line):"))
        patterns.setBuddy(self.ignore)
        deleted = QLabel(translate("WatchForm", "When a file is deleted there:"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        known = bool(self._watch.id)
        words = translate("WatchForm", "Save") if known else translate("WatchForm", "Watch")
        buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(self._watch.folder, "windowTitle"))
        column.addWidget(self.subfolders)
        column.addSpacing(4)
        column.addWidget(patterns)
        column.addWidget(self.ignore)
        column.addSpacing(4)
        column.addWidget(deleted)
        column.addWidget(self.ask)
        column.addWidget(self.follow)
        column.addSpacing(6)
        column.addWidget(buttons)
