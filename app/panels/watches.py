"""The window that lists the watched folders of a workspace."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from app.panels.cards import Card, CardDelegate
from app.panels.dialogs import Dialogs
from app.panels.panel import SideWindow
from app.panels.plain_label import plain_label
from app.panels.rows import Rows
from app.panels.watch_form import WatchForm
from app.panels.watches_presenter import WatchesPresenter
from app.sentences import sentence
from workspaces.services.views import WatchView

translate = QCoreApplication.translate


class WatchesWindow(SideWindow):
    """Add a folder, change how it is watched, or stop watching it."""

    def __init__(self, parent: QWidget, presenter: WatchesPresenter, dialogs: Dialogs) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._dialogs = dialogs
        self._rows: Rows[WatchView] = Rows(
            lambda each: each.id, lambda each: f"{each.folder}: {watch_words(each)}", parent=self
        )
        self._hint = plain_label(name="windowHint")
        self._list = QListView()
        self._list.setObjectName("boxed")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(CardDelegate(self._list, card_of))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._add = QPushButton()
        self._change = QPushButton()
        self._stop = QPushButton()
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()
        presenter.refresh()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Watched folders"))
        self._hint.setText(
            self.tr(
                "New and changed files in these folders become documents of this workspace by "
                "themselves."
            )
        )
        self._list.setAccessibleName(self.tr("Watched folders"))
        self._add.setText(self.tr("Add folder…"))
        self._change.setText(self.tr("Change…"))
        self._stop.setText(self.tr("Stop watching…"))
        self._close.setText(self.tr("Close"))
        self._rows.reword()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self._add, self._change, self._stop):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addWidget(self._hint)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self.resize(640, 420)

    def _connect(self) -> None:
        self._presenter.listed.connect(self._show)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._list.activated.connect(lambda _: self._ask_change())
        self._add.clicked.connect(self._pick)
        self._change.clicked.connect(self._ask_change)
        self._stop.clicked.connect(self._ask_stop)
        self._close.clicked.connect(self.close)
        self._enable()

    def _show(self, watches: list[WatchView]) -> None:
        chosen = self._chosen()
        self._rows.reset(watches)
        self._list.setCurrentIndex(self._rows.index_of(chosen.id if chosen else ""))
        self._enable()

    def _chosen(self) -> WatchView | None:
        index = self._list.currentIndex()
        return self._rows.item(index) if index.isValid() else None

    def _enable(self) -> None:
        for button in (self._change, self._stop):
            button.setEnabled(self._chosen() is not None)

    def _pick(self) -> None:
        self._dialogs.pick_directory(self.tr("Choose a folder to watch"), self._ask_new)

    def _ask_new(self, folder: str) -> None:
        WatchForm(self, WatchView("", folder), self._presenter.watch).open()

    def _ask_change(self) -> None:
        if watch := self._chosen():
            WatchForm(self, watch, self._presenter.change).open()

    def _ask_stop(self) -> None:
        if watch := self._chosen():
            self._presenter.stop(watch)


def watch_words(watch: WatchView) -> str:
    """How it is watched, or why it cannot be now."""
    if watch.problem:
        return sentence(watch.problem)
    parts = [
        translate("Watches", "with subfolders")
        if watch.subfolders
        else translate("Watches", "without subfolders"),
        translate("Watches", "deleted files: remove their documents")
        if watch.follow
        else translate("Watches", "deleted files: ask"),
    ]
    if watch.ignore:
        left_out = translate("Watches", "leaves out {patterns}")
        parts.append(left_out.format(patterns=", ".join(watch.ignore)))
    if count := watch.gone:
        parts.append(translate("Watches", "%n file(s) gone", "", count))
    return " · ".join(parts)


def card_of(watch: WatchView) -> Card:
    """How one watched folder is painted."""
    return Card(
        title=PurePath(watch.folder).name or watch.folder,
        faded=watch_words(watch),
        most_faded=3,
        place=watch.folder,
        icon="warning" if watch.problem else "watch",
        tint=QPalette.ColorRole.BrightText if watch.problem else QPalette.ColorRole.Accent,
    )
