"""The sources panel: numbered passages beside the answer; a click shows the text around one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtGui import QPalette, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout

from app.panels.cards import Card, CardDelegate
from app.panels.panel import Header, Panel
from app.panels.place_words import place_words
from app.panels.rows import Rows
from app.panels.sources_presenter import SourceRow, SourcesPresenter

MOST_LINES = 5
MOST_LINES_UNCITED = 2
SHOWN_CHARACTERS = 600

translate = QCoreApplication.translate


class SourcesPanel(Panel):
    """Shows what the presenter lists; click or Enter opens a passage."""

    def __init__(self, presenter: SourcesPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._rows: Rows[SourceRow] = Rows(_id_of, _label, parent=self)
        self._header = Header()
        self._empty = QLabel()
        self._empty.setObjectName("emptyHint")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list = _make_list(self._rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._empty, 1)
        column.addWidget(self._list, 1)
        presenter.listed.connect(self._show)
        self._list.clicked.connect(self._open)
        enter = QShortcut(Qt.Key.Key_Return, self._list)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(lambda: self._open(self._list.currentIndex()))
        self._show([])
        self.retranslate()

    def retranslate(self) -> None:
        self._name_list()
        self._empty.setText(self.tr("The passages an answer comes from appear here."))
        self._rows.reword()

    def _show(self, rows: list[SourceRow]) -> None:
        if rows != self._rows.items:
            self._rows.reset(rows)
        self._name_list()
        self._empty.setVisible(not rows)
        self._list.setVisible(bool(rows))

    def _name_list(self) -> None:
        """Nothing stands on the passages below a question that was refused."""
        answered = all(row.answered for row in self._rows.items)
        title = self.tr("Sources") if answered else self.tr("Nearest passages")
        self._header.set_title(title)
        self._list.setAccessibleName(title)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self._presenter.open(self._rows.item(index).source)


def card_of(row: SourceRow) -> Card:
    """How one source is painted."""
    source = row.source
    place = place_words(source)
    passage = " ".join(source.text[:SHOWN_CHARACTERS].split())
    return Card(
        title=source.name,
        faded=place,
        plain=passage,
        most_plain=MOST_LINES if row.cited or not row.answered else MOST_LINES_UNCITED,
        badge=str(source.mark),
        tint=QPalette.ColorRole.Accent if row.cited else QPalette.ColorRole.PlaceholderText,
    )


def _id_of(row: SourceRow) -> str:
    return str(row.source.mark)


def _label(row: SourceRow) -> str:
    source = row.source
    place = place_words(source)
    cited = "" if row.cited or not row.answered else translate("Sources", "not cited in the answer")
    words = " · ".join(filter(None, [source.name, place, cited]))
    return f"[{source.mark}] {words}"


def _make_list(rows: Rows[SourceRow]) -> QListView:
    view = QListView()
    view.setModel(rows)
    view.setItemDelegate(CardDelegate(view, card_of))
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setMouseTracking(True)
    return view
