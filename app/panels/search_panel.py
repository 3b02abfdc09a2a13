"""The search: a field, what it found below it, or what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.panel import WIDEST, Panel
from app.panels.plain_label import plain_label
from app.panels.search_field import SearchField
from app.panels.search_list import SearchList
from app.panels.search_presenter import SearchPresenter, SearchState
from app.panels.search_rows import SearchRow
from app.panels.search_words import hint_words, status_words


class SearchPanel(Panel):
    """Shows what the presenter finds; Enter or a click opens a passage where it stands."""

    def __init__(self, presenter: SearchPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._state = presenter.state
        self.field = SearchField()
        self.list = SearchList()
        self._status = plain_label(name="searchStatus")
        self._hint = plain_label(name="emptyHint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusProxy(self.field)
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Search your documents…"))
        self.field.setAccessibleName(self.tr("Search your documents"))
        self.field.name_buttons(self.tr("Search"), self.tr("Clear the search"))
        self.list.setAccessibleName(self.tr("Passages found"))
        self.list.reword()
        self._say()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 8)
        column.setSpacing(8)
        for widget in (self.field, self._status):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self._hint, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)

    def _connect(self) -> None:
        self._presenter.shown.connect(self._show)
        self.field.sought.connect(self._presenter.search)
        self.field.left_down.connect(self.list.enter)
        self.field.entered.connect(self.list.open_current)
        self.list.chosen.connect(self._presenter.open)
        self.list.left_up.connect(self.field.setFocus)
        self.list.escaped.connect(self._clear)
        self.list.typed.connect(self._type)

    def _show(self, state: SearchState) -> None:
        """Newer results of the same question must not move what the person looks at."""
        rows = [SearchRow(source, state.asked.question) for source in state.results]
        if state.asked == self._state.asked:
            self.list.renew_rows(rows)
        else:
            self.list.show_rows(rows)
        self._state = state
        self._say()

    def _say(self) -> None:
        state = self._state
        self._hint.setText(hint_words(state))
        self._status.setText(status_words(state))
        self._hint.setVisible(not state.results)
        self.list.setVisible(bool(state.results))

    def _clear(self) -> None:
        self.field.clear()
        self.field.setFocus()

    def _type(self, text: str) -> None:
        self.field.setFocus()
        self.field.insert(text)
