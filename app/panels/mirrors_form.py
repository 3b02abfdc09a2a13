"""Where models are downloaded from: the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.panels.plain_label import plain_label
from workspaces.services.views import MirrorsView

translate = QCoreApplication.translate


class MirrorsForm(QDialog):
    """Gives ``then`` the names of the mirrors to ask, in their order (none: the fastest first), and
    the address of a person's own."""

    def __init__(
        self, parent: QWidget, mirrors: MirrorsView, then: Callable[[list[str], str], object]
    ) -> None:
        super().__init__(parent)
        self._then = then
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("MirrorsForm", "Mirrors"))
        self.setMinimumWidth(460)
        self.fastest = QCheckBox(translate("MirrorsForm", "Try all, and begin with the fastest"))
        self.fastest.setChecked(not mirrors.chosen)
        self.names = QListWidget()
        self.names.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.names.setAccessibleName(translate("MirrorsForm", "Mirrors, in their order"))
        for name in dict.fromkeys((*mirrors.chosen, *mirrors.names)):
            item = QListWidgetItem(name, self.names)
            asked = not mirrors.chosen or name in mirrors.chosen
            item.setCheckState(Qt.CheckState.Checked if asked else Qt.CheckState.Unchecked)
        self.names.setDisabled(not mirrors.chosen)
        self.fastest.toggled.connect(self.names.setDisabled)
        self.own = QLineEdit(mirrors.own)
        self.own.setPlaceholderText("https://…")
        self._lay_out()

    def accept(self) -> None:
        items = [self.names.item(row) for row in range(self.names.count())]
        asked = [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]
        super().accept()
        self._then([] if self.fastest.isChecked() else asked, self.own.text().strip())

    def _lay_out(self) -> None:
        own = QLabel(translate("MirrorsForm", "&Address of one more, with the hub's paths:"))
        own.setBuddy(self.own)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = translate("MirrorsForm", "Save")
        buttons.addButton(save, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(10)
        column.addWidget(
            plain_label(
                translate(
                    "MirrorsForm",
                    "Models come from these places, and nothing else is asked of them. Drag one up "
                    "to have it asked first.",
                ),
                "windowHint",
            )
        )
        column.addWidget(self.fastest)
        column.addWidget(self.names)
        column.addWidget(own)
        column.addWidget(self.own)
        column.addWidget(buttons)
