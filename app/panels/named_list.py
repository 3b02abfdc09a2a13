"""A list of named things that can be made, renamed and deleted: workspaces, conversations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QListView, QMenu, QVBoxLayout

from app.icons import icon
from app.panels.panel import Header, Panel, name_button, quiet_button
from app.panels.rows import Rows


@dataclass(frozen=True, slots=True)
class Named:
    """One row."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the list and its actions are called."""

    title: str
    new: str
    rename: str
    delete: str


class NamedListPresenter(QObject):
    """What such a list needs behind it."""

    listed = Signal(list)
    """All rows, as `Named`."""

    opened = Signal(str)
    """The id of the open one; empty if there is none."""

    def open(self, identity: str) -> None:
        raise NotImplementedError

    def create(self) -> None:
        raise NotImplementedError

    def rename(self, identity: str) -> None:
        raise NotImplementedError

    def delete(self, identity: str) -> None:
        raise NotImplementedError


class NamedList(Panel):
    """The view: a title with buttons, the list, and the same actions in its context menu."""

    picked = Signal()
    """A person chose a row, or asked for a new one."""

    def __init__(self, presenter: NamedListPresenter, words: Callable[[], Words]) -> None:
        super().__init__()
        self._presenter = presenter
        self._words = words
        self._opened = ""
        self._rows: Rows[Named] = Rows(lambda row: row.id, lambda row: row.name, parent=self)
        self._new = quiet_button("add")
        self._rename = quiet_button("rename")
        self._delete = quiet_button("delete")
        self._header = Header(self._rename, self._delete, self._new)
        self._list = QListView()
        self._list.setModel(self._rows)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._list)
        self._make_actions()
        self._connect()
        self._select("")
        self.retranslate()

    def retranslate(self) -> None:
        words = self._words()
        self._header.set_title(words.title)
        self._list.setAccessibleName(words.title)
        name_button(self._new, words.new)
        name_button(self._rename, words.rename)
        name_button(self._delete, words.delete)
        self._rename_action.setText(words.rename)
        self._delete_action.setText(words.delete)
        self._rows.reword()

    def _make_actions(self) -> None:
        self._rename_action = QAction(icon("rename"), "", self._list)
        self._rename_action.setShortcut(Qt.Key.Key_F2)
        self._delete_action = QAction(icon("delete"), "", self._list)
        self._delete_action.setShortcut(QKeySequence.StandardKey.Delete)
        for action in (self._rename_action, self._delete_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._list.addAction(action)

    def _connect(self) -> None:
        self._presenter.listed.connect(self._show)
        self._presenter.opened.connect(self._select)
        self._list.selectionModel().currentChanged.connect(self._open)
        self._list.customContextMenuRequested.connect(self._show_menu)
        self._new.clicked.connect(self._presenter.create)
        for picked in (self._list.clicked, self._new.clicked):
            picked.connect(lambda: self.picked.emit())
        for trigger in (self._rename.clicked, self._rename_action.triggered):
            trigger.connect(lambda: self._presenter.rename(self._opened))
        for trigger in (self._delete.clicked, self._delete_action.triggered):
            trigger.connect(lambda: self._presenter.delete(self._opened))

    def _show(self, rows: list[Named]) -> None:
        with QSignalBlocker(self._list.selectionModel()):
            self._rows.reset(rows)
        self._select(self._opened)

    def _select(self, identity: str) -> None:
        self._opened = identity
        index = self._rows.index_of(identity)
        with QSignalBlocker(self._list.selectionModel()):
            self._list.setCurrentIndex(index)
        self._list.viewport().update()
        for button in (self._rename, self._delete):
            button.setEnabled(index.isValid())
        for action in (self._rename_action, self._delete_action):
            action.setEnabled(index.isValid())

    def _open(self, current: QModelIndex) -> None:
        if current.isValid():
            self._presenter.open(self._rows.item(current).id)

    def _show_menu(self, position: QPoint) -> None:
        if self._list.indexAt(position).isValid():
            menu = QMenu(self._list)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(self._list.actions())
            menu.popup(self._list.viewport().mapToGlobal(position))
