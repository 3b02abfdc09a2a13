"""The turns of a conversation, one below the other, in a page that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.panels.conversation_presenter import ConversationPresenter
from app.panels.panel import WIDEST, Panel
from app.panels.turn import TurnView
from app.panels.welcome import Welcome
from workspaces.core.types import Turn

TURNS_AT_ONCE = 8
"""How many turns are shown at first, and by each press on *Show earlier*."""

NEAR_BOTTOM = 24
"""Pixels from the end within which the page still follows a growing answer."""


class Turns(Panel):
    """Shows what the presenter follows. Turns come one at a time, the last one first, so that a
    long conversation does not hold the window up."""

    chosen = Signal(str)
    mark_clicked = Signal(str, int)
    why_wanted = Signal(str)
    keep_pressed = Signal(str)

    def __init__(self, presenter: ConversationPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._views: dict[str, TurnView] = {}
        self._kept: frozenset[str] = frozenset()
        self._earlier: list[Turn] = []
        self._wanted = 0
        self._follows_bottom = True
        self._most = 0
        self.welcome = Welcome()
        self._show_earlier = QPushButton()
        self._show_earlier.setFlat(True)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._add_next)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show([])

    def retranslate(self) -> None:
        self._show_earlier.setText(self.tr("Show earlier questions"))

    def show_kept(self, turns: frozenset[str]) -> None:
        """The questions of these turns are kept as test questions."""
        self._kept = turns
        for name, view in self._views.items():
            view.keep.show_kept(name in turns)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(24, 16, 24, 8)
        self._column.setSpacing(14)
        self._column.addWidget(self._show_earlier)
        self._column.addWidget(self.welcome, 1)
        self._column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def _connect(self) -> None:
        self._presenter.shown.connect(self._show)
        self._presenter.turn_changed.connect(self._put)
        self._presenter.turn_read.connect(self._show_read)
        self._presenter.turn_grew.connect(self._grow)
        self._presenter.answering.connect(lambda _: self._offer())
        self._show_earlier.clicked.connect(self._want_more)
        bar = self._scroll.verticalScrollBar()
        bar.valueChanged.connect(self._notice_scrolling)
        bar.rangeChanged.connect(self._keep_place)

    def _show(self, turns: list[Turn]) -> None:
        for view in self._views.values():
            view.hide()
            view.deleteLater()
        self._views = {}
        self._earlier = list(turns)
        self._wanted = TURNS_AT_ONCE
        self._follows_bottom = True
        self._add_next()

    def _want_more(self) -> None:
        self._wanted += TURNS_AT_ONCE
        self._follows_bottom = False
        self._add_next()

    def _add_next(self) -> None:
        if self._earlier and len(self._views) < self._wanted:
            self._insert(self._earlier.pop(), 2)
            self._next.start(0)
            self._offer()
        self.welcome.setVisible(not self._views)
        self._show_earlier.setVisible(bool(self._earlier) and not self._next.isActive())

    def _put(self, turn: Turn) -> None:
        view = self._views.get(turn.id)
        if view:
            view.show_turn(turn, self._presenter.sources(), self._is_live(turn))
        else:
            self._follows_bottom = True
            self._wanted += 1
            self._insert(turn, self._column.count() - 1)
            self.welcome.hide()
        self._offer()

    def _show_read(self, turn: str) -> None:
        if view := self._views.get(turn):
            view.show_read(*self._presenter.read)

    def _grow(self, turn: Turn) -> None:
        if view := self._views.get(turn.id):
            view.grow(turn)

    def _insert(self, turn: Turn, place: int) -> None:
        view = TurnView(turn, self._presenter.sources(), self._is_live(turn))
        view.chosen.connect(self.chosen)
        view.mark_clicked.connect(self.mark_clicked)
        view.why_wanted.connect(self.why_wanted)
        view.answer_wanted.connect(self._presenter.answer_anyway)
        view.keep_pressed.connect(self.keep_pressed)
        view.keep.show_kept(turn.id in self._kept)
        if self._is_live(turn):
            view.show_read(*self._presenter.read)
        self._views[turn.id] = view
        self._column.insertWidget(place, view)

    def _offer(self) -> None:
        """Only the last question can be answered anyway, and only while no other is."""
        refused = self._presenter.refused_turn
        for identity, view in self._views.items():
            view.offer_answer(identity == refused)

    def _is_live(self, turn: Turn) -> bool:
        return turn.id == self._presenter.live_turn

    def _notice_scrolling(self, value: int) -> None:
        self._follows_bottom = value >= self._scroll.verticalScrollBar().maximum() - NEAR_BOTTOM

    def _keep_place(self, _least: int, most: int) -> None:
        bar = self._scroll.verticalScrollBar()
        if self._follows_bottom:
            bar.setValue(most)
        elif self._next.isActive():
            # what is read stays where it is while earlier turns come in above it
            bar.setValue(bar.value() + most - self._most)
        self._most = most
