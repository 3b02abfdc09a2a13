"""What stands where no question was asked yet: what to do next, and a button for it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from app.icons import application_icon
from app.panels.panel import Panel


class Situation(Enum):
    """How far the person has come."""

    NO_WORKSPACE = auto()
    NO_DOCUMENTS = auto()
    READY = auto()


class Welcome(Panel):
    """Says what to do next. The first two situations have a button that does it."""

    workspace_wanted = Signal()
    documents_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._situation = Situation.READY
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(72, 72))
        self._title = QLabel()
        self._title.setObjectName("welcomeTitle")
        self._hint = QLabel()
        self._hint.setObjectName("emptyHint")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton()
        self._button.setObjectName("primary")
        self._button.clicked.connect(self._press)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch()
        for widget in (picture, self._title):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._hint)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self.retranslate()

    def show_situation(self, situation: Situation) -> None:
        self._situation = situation
        self.retranslate()

    def retranslate(self) -> None:
        describe: dict[Situation, Callable[[], tuple[str, str, str]]] = {
            Situation.NO_WORKSPACE: self._no_workspace,
            Situation.NO_DOCUMENTS: self._no_documents,
            Situation.READY: self._ready,
        }
        title, hint, button = describe[self._situation]()
        self._title.setText(title)
        self._hint.setText(hint)
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def _no_workspace(self) -> tuple[str, str, str]:
        return (
            self.tr("Make a workspace"),
            self.tr("A workspace keeps the documents and conversations of one subject together."),
            self.tr("New workspace…"),
        )

    def _no_documents(self) -> tuple[str, str, str]:
        return (
            self.tr("Add your documents"),
            self.tr(
                "Drag files or folders onto this window. They are read and indexed on this "
                "computer, and stay on it."
            ),
            self.tr("Add documents…"),
        )

    def _ready(self) -> tuple[str, str, str]:
        return (
            self.tr("Ask your documents"),
            self.tr("Every answer says where it comes from: click a mark such as [1] to see it."),
            "",
        )

    def _press(self) -> None:
        if self._situation is Situation.NO_WORKSPACE:
            self.workspace_wanted.emit()
        else:
            self.documents_wanted.emit()
