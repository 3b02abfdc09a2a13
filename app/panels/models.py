"""The window of models: what this computer can run, what is on its way, and what is here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QTabBar, QVBoxLayout, QWidget

from app.panels.cards import CardDelegate
from app.panels.embedder_presenter import EmbedderPresenter
from app.panels.mirrors_form import MirrorsForm
from app.panels.model_presenter import ModelPresenter
from app.panels.models_presenter import ModelsPresenter
from app.panels.models_words import card_of, machine_words, standing_words
from app.panels.panel import SideWindow
from app.panels.plain_label import plain_label
from app.panels.repository_form import RepositoryForm
from app.panels.reranker_presenter import RerankerPresenter
from app.panels.rows import Rows
from workspaces.services.machine import Machine
from workspaces.services.views import DownloadState, MirrorsView, ModelRow, Standing

translate = QCoreApplication.translate

KINDS = ("generator", "embedder", "reranker")

RESTING = (DownloadState.PAUSED, DownloadState.FAILED)


class ModelsWindow(SideWindow):
    """Three lists of one kind of model each."""

    def __init__(
        self,
        parent: QWidget,
        presenter: ModelsPresenter,
        model: ModelPresenter,
        embedder: EmbedderPresenter,
        reranker: RerankerPresenter,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._use: dict[str, Callable[[ModelRow], object]] = {
            "generator": lambda row: model.choose(row.path, row.title),
            "embedder": lambda row: embedder.use(row.path),
            "reranker": lambda row: reranker.use(row.path),
        }
        self._embedder = embedder
        self._machine: Machine | None = None
        self._models: list[ModelRow] = []
        self._rows: Rows[ModelRow] = Rows(
            lambda row: row.id, lambda row: f"{row.title}: {standing_words(row)}", parent=self
        )
        self._hint = plain_label(name="windowHint")
        self._tabs = QTabBar()
        for _ in KINDS:
            self._tabs.addTab("")
        self._list = QListView()
        self._list.setObjectName("boxed")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(CardDelegate(self._list, card_of))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._main = QPushButton()
        self._main.setDefault(True)
        self._drop = QPushButton()
        self._other = QPushButton()
        self._mirrors = QPushButton()
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()
        presenter.refresh()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Models"))
        words = (self.tr("Answers"), self.tr("Search by meaning"), self.tr("Reranking"))
        for place, word in enumerate(words):
            self._tabs.setTabText(place, word)
        self._hint.setText(
            machine_words(self._machine) if self._machine else self.tr("Looking at this computer…")
        )
        self._list.setAccessibleName(self.tr("Models"))
        self._other.setText(self.tr("Another repository…"))
        self._mirrors.setText(self.tr("Mirrors…"))
        self._close.setText(self.tr("Close"))
        self._rows.reword()
        self._enable()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._presenter.rest()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self._main, self._drop):
            buttons.addWidget(button)
        buttons.addStretch()
        for button in (self._other, self._mirrors, self._close):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addWidget(self._hint)
        column.addWidget(self._tabs)
        column.addWidget(self._list, 1)
        column.addLayout(buttons)
        self.resize(760, 620)

    def _connect(self) -> None:
        self._presenter.listed.connect(self._show)
        self._presenter.moved.connect(self._move)
        self._presenter.measured.connect(self._measure)
        self._tabs.currentChanged.connect(lambda _: self._fill())
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._list.activated.connect(lambda _: self._do())
        self._main.clicked.connect(self._do)
        self._drop.clicked.connect(self._do_drop)
        self._other.clicked.connect(self._ask_repository)
        self._mirrors.clicked.connect(self._ask_mirrors)
        self._close.clicked.connect(self.close)

    def _measure(self, machine: Machine) -> None:
        self._machine = machine
        self.retranslate()

    def _show(self, models: list[ModelRow]) -> None:
        self._models = models
        self._fill()

    def _fill(self) -> None:
        kind = KINDS[self._tabs.currentIndex()]
        chosen = self._chosen()
        self._rows.reset(row for row in self._models if row.kind == kind)
        self._list.setCurrentIndex(self._rows.index_of(chosen.id if chosen else ""))
        if self._chosen() is None and len(self._rows):
            self._list.setCurrentIndex(self._rows.index(0))
        self._enable()

    def _move(self, moved: list[ModelRow]) -> None:
        by_id = {row.id: row for row in moved}
        self._models = [by_id.get(row.id, row) for row in self._models]
        kind = KINDS[self._tabs.currentIndex()]
        self._rows.apply(row for row in moved if row.kind == kind)
        self._enable()

    def _chosen(self) -> ModelRow | None:
        index = self._list.currentIndex()
        return self._rows.item(index) if index.isValid() else None

    def _enable(self) -> None:
        row = self._chosen()
        self._main.setText(self._main_words(row))
        self._main.setEnabled(row is not None and self._can_use(row))
        self._drop.setText(
            self.tr("Delete…") if row and row.standing is Standing.HERE else self.tr("Give up…")
        )
        self._drop.setVisible(row is not None and row.standing in (Standing.COMING, Standing.HERE))
        self._other.setVisible(self._tabs.currentIndex() == 0)

    def _main_words(self, row: ModelRow | None) -> str:
        if row is None or row.standing is Standing.OFFERED:
            return self.tr("Download")
        if row.download:
            resting = row.download.state in RESTING
            return self.tr("Resume") if resting else self.tr("Pause")
        return self.tr("Use") if row.kind == KINDS[0] else self.tr("Use in this workspace")

    def _can_use(self, row: ModelRow) -> bool:
        """A model that finds passages is used by a workspace."""
        is_here = row.standing in (Standing.HERE, Standing.FOUND)
        return not is_here or row.kind == KINDS[0] or bool(self._embedder.workspace)

    def _do(self) -> None:
        row = self._chosen()
        if row is None or not self._can_use(row):
            return
        if row.standing is Standing.OFFERED:
            self._presenter.download(row)
        elif row.download is None:
            self._use[row.kind](row)
        elif row.download.state in RESTING:
            self._presenter.resume(row)
        else:
            self._presenter.pause(row)

    def _do_drop(self) -> None:
        if row := self._chosen():
            if row.standing is Standing.HERE:
                self._presenter.remove(row)
            else:
                self._presenter.give_up(row)

    def _ask_repository(self) -> None:
        RepositoryForm(self, self._presenter).open()

    def _ask_mirrors(self) -> None:
        self._presenter.ask_mirrors(self._open_mirrors)

    def _open_mirrors(self, mirrors: MirrorsView) -> None:
        MirrorsForm(self, mirrors, self._presenter.change_mirrors).open()
