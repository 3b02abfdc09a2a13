"""A line inside the window that shows the newest notice until it is put away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy

from app.icons import icon
from app.panels.notices import Choice, Notice, Notices
from app.panels.panel import BUTTON_ICON, Panel, name_button, quiet_button


class MessageBar(Panel):
    """Never in the way: it takes no focus and blocks nothing."""

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._notices = notices
        self._notice: Notice | None = None
        self.setObjectName("messageBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._copy = QPushButton()
        self._copy.clicked.connect(self._copy_details)
        self._choices = QHBoxLayout()
        self._choices.setSpacing(6)
        self._close = quiet_button("close")
        self._close.clicked.connect(notices.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addLayout(self._choices)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        notices.changed.connect(self._show_newest)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._copy.setText(self.tr("Copy details"))
        name_button(self._close, self.tr("Close this message"))

    def _show_newest(self) -> None:
        self._notice = self._notices.newest
        if self._notice:
            problem = self._notice.is_problem
            role = QPalette.ColorRole.BrightText if problem else QPalette.ColorRole.Accent
            drawing = icon("warning" if problem else "notice", role)
            self._icon.setPixmap(drawing.pixmap(BUTTON_ICON))
            self._text.setText(self._notice.text)
            self._text.setAccessibleName(self._notice.text)
            self._copy.setVisible(problem)
            self._show_choices(self._notice.choices)
        self.setVisible(self._notice is not None)

    def _show_choices(self, choices: tuple[Choice, ...]) -> None:
        while (item := self._choices.takeAt(0)) is not None:
            if button := item.widget():
                button.hide()
                button.deleteLater()
        for choice in choices:
            made = QPushButton(choice.words)
            made.clicked.connect(partial(self._choose, choice))
            self._choices.addWidget(made)

    def _choose(self, choice: Choice) -> None:
        """Put the question away before its answer may bring the next one."""
        self._notices.put_away()
        choice.take()

    def _copy_details(self) -> None:
        if self._notice:
            parts = [self._notice.text, self._notice.details]
            QGuiApplication.clipboard().setText("\n\n".join(filter(None, parts)))
