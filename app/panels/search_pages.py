"""The middle of the window: the conversation or the search, with a tab for each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.panels.panel import Panel


class Pages(Panel):
    """Only one is seen at a time. A page that is turned to gets the keyboard."""

    def __init__(self, conversation: QWidget, search: QWidget) -> None:
        super().__init__()
        self._tabs = QTabBar()
        self._tabs.setObjectName("pageTabs")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedWidget()
        for page in (conversation, search):
            self._tabs.addTab("")
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._turned)
        self.retranslate()

    def retranslate(self) -> None:
        self._tabs.setTabText(0, self.tr("Conversation"))
        self._tabs.setTabText(1, self.tr("Search"))
        self._tabs.setAccessibleName(self.tr("Conversation or search"))

    def show_conversation(self) -> None:
        self._turn_to(0)

    def show_search(self) -> None:
        self._turn_to(1)

    def _turn_to(self, page: int) -> None:
        self._tabs.setCurrentIndex(page)
        self._focus(page)

    def _turned(self, page: int) -> None:
        """Whoever turns with the arrow keys stays at the tabs."""
        self._stack.setCurrentIndex(page)
        if not self._tabs.hasFocus():
            self._focus(page)

    def _focus(self, page: int) -> None:
        if shown := self._stack.widget(page):
            shown.setFocus(Qt.FocusReason.ShortcutFocusReason)
