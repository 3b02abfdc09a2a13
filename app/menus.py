"""A menu bar whose commands are named again when the language changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

Words = Callable[[], str]
Shortcut = QKeySequence.StandardKey | str | None


class Menus(QObject):
    """Menus and actions that are named again when the language changes."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._named: list[tuple[QAction, Words]] = []

    def menu(self, words: Words) -> QMenu:
        """A new menu at the end of the bar."""
        made = QMenu(self._bar)
        self._bar.addMenu(made)
        self._name(made.menuAction(), words)
        return made

    def action(
        self, menu: QMenu, words: Words, run: Callable[[], object], shortcut: Shortcut = None
    ) -> QAction:
        """A new action at the end of ``menu``."""
        made = QAction(menu)
        if shortcut is not None:
            made.setShortcut(shortcut)
        made.triggered.connect(lambda: run())
        menu.addAction(made)
        self._name(made, words)
        return made

    def choices(self, actions: dict[str, QAction]) -> dict[str, QAction]:
        """Of these actions, at most one at a time is ticked."""
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for action in actions.values():
            action.setCheckable(True)
            group.addAction(action)
        return actions

    def retranslate(self) -> None:
        for action, words in self._named:
            action.setText(words())

    def _name(self, action: QAction, words: Words) -> None:
        self._named.append((action, words))
        action.setText(words())
