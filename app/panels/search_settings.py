"""The window of the search settings and the test questions that they are measured with."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from app.panels.cards import Card, CardDelegate
from app.panels.golden_words import GoldenRow, figures_words, row_of
from app.panels.panel import SideWindow
from app.panels.passages_form import PassagesForm
from app.panels.passages_presenter import PassagesPresenter
from app.panels.plain_label import plain_label
from app.panels.progress_bar import ThinBar
from app.panels.rows import Rows
from app.panels.search_settings_presenter import SearchSettingsPresenter
from app.panels.weights_form import WeightsForm


class SearchSettingsWindow(SideWindow):
    """Measures when it opens, and stops when it closes."""

    def __init__(
        self, parent: QWidget, presenter: SearchSettingsPresenter, passages: PassagesPresenter
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = plain_label(name="windowTitle")
        self._hint = plain_label(name="windowHint")
        self._rows: Rows[GoldenRow] = Rows(
            lambda row: row.question.id,
            lambda row: f"{row.question.question}: {row.words}",
            parent=self,
        )
        self._list = QListView()
        self._list.setObjectName("boxed")
        self._list.setModel(self._rows)
        self._list.setItemDelegate(CardDelegate(self._list, card_of, lines=1))
        self._list.setUniformItemSizes(True)
        self._figures = plain_label(name="progressWords")
        self._bar = ThinBar()
        self._remove = QPushButton()
        self._stop = QPushButton()
        self.form = WeightsForm(presenter)
        self.passages = PassagesForm(passages)
        self._close = QPushButton()
        self._lay_out()
        self._connect()
        self.retranslate()
        presenter.open()
        passages.refresh()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Search settings and test questions"))
        self._title.setText(self.tr("Test questions"))
        self._hint.setText(
            self.tr(
                "Questions with a known answer show whether search finds it. Press Keep as test "
                "question below a good answer to add one; it stays right when documents are "
                "imported again or the embedding model changes."
            )
        )
        self._list.setAccessibleName(self.tr("Test questions"))
        self._bar.setAccessibleName(self.tr("Asking the test questions"))
        self._remove.setText(self.tr("Remove"))
        self._stop.setText(self.tr("Stop"))
        self._close.setText(self.tr("Close"))
        self._follow()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._presenter.close()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self._figures, 1)
        below.addWidget(self._bar, 1)
        below.addWidget(self._stop)
        below.addWidget(self._remove)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._title)
        left.addWidget(self._hint)
        left.addWidget(self._list, 1)
        left.addLayout(below)
        right = QVBoxLayout()
        right.setSpacing(18)
        right.addWidget(self.form)
        right.addWidget(self.passages)
        right.addStretch()
        both = QHBoxLayout()
        both.setSpacing(28)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        closing = QHBoxLayout()
        closing.addStretch()
        closing.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addLayout(both, 1)
        column.addLayout(closing)
        self.resize(1060, 700)

    def _connect(self) -> None:
        self._presenter.shown.connect(self._follow)
        self._presenter.progressed.connect(self._progress)
        self._list.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._remove.clicked.connect(self._remove_chosen)
        self._stop.clicked.connect(self._presenter.cancel)
        self._close.clicked.connect(self.close)

    def _follow(self) -> None:
        presenter = self._presenter
        chosen = self._chosen()
        rows = [row_of(each, presenter.figures) for each in presenter.questions]
        if rows != self._rows.items:
            self._rows.reset(rows)
            self._list.setCurrentIndex(self._rows.index_of(chosen.question.id if chosen else ""))
        self._figures.setText(figures_words(presenter.figures) if presenter.figures else "")
        self._figures.setVisible(not presenter.is_busy)
        if presenter.is_busy and not self._bar.isVisibleTo(self):
            self._progress(0, 0)
        self._bar.setVisible(presenter.is_busy)
        self._stop.setVisible(presenter.is_busy)
        self._enable()

    def _progress(self, done: int, total: int) -> None:
        self._bar.show_fraction(done / total if total else None)

    def _chosen(self) -> GoldenRow | None:
        index = self._list.currentIndex()
        return self._rows.item(index) if index.isValid() else None

    def _enable(self) -> None:
        self._remove.setEnabled(self._chosen() is not None)

    def _remove_chosen(self) -> None:
        if row := self._chosen():
            self._presenter.remove(row.question)


def card_of(row: GoldenRow) -> Card:
    """How one test question is painted."""
    missed = row.badge in ("–", "?")
    return Card(
        title=row.question.question,
        faded=row.words,
        badge=row.badge,
        tint=QPalette.ColorRole.BrightText if missed else QPalette.ColorRole.Accent,
    )
