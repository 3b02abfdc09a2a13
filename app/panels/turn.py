"""One turn: the question, the answer, and a line about how it ended."""

from __future__ import annotations

import time
from collections.abc import Collection

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app import rendering
from app.panels.inert_text import InertText
from app.panels.keep_button import KeepButton, can_keep
from app.panels.panel import Panel, name_button, quiet_button
from app.panels.plain_label import readable_label
from app.panels.turn_words import ending_words, refusal_words, waiting_words
from app.panels.usage_details import UsageDetails
from workspaces.core.types import Turn

REST_FACTOR = 3
"""A growing answer rests three times as long as its last rendering took, so that a long one
never takes more than a quarter of the window's time."""


class TurnView(Panel):
    """A widget of its own for each turn, so that a growing answer redraws nothing else."""

    chosen = Signal(str)
    """The id of this turn: the person pressed on it."""

    mark_clicked = Signal(str, int)

    answer_wanted = Signal()
    """From the documents, though they do not seem to answer the question."""

    why_wanted = Signal(str)
    """The id of this turn: how did it come by its passages?"""

    keep_pressed = Signal(str)
    """The id of this turn: keep its question as a test question, or forget that."""

    def __init__(self, turn: Turn, marks: Collection[int], live: bool) -> None:
        super().__init__()
        self._turn = turn
        self._marks = marks
        self._live = live
        self._read = (0, 0)
        self._rested_at = 0.0
        self._question = InertText()
        self._answer = InertText()
        self._answer.setObjectName("answer")
        self._refusal = readable_label(name="refusal")
        self._anyway = QPushButton()
        self._anyway.hide()
        self._footer = QLabel()
        self._footer.setObjectName("turnFooter")
        self._footer.setWordWrap(True)
        self._footer.setTextFormat(Qt.TextFormat.PlainText)
        self._why = QPushButton()
        self._why.setFlat(True)
        self._details = QPushButton()
        self._details.setFlat(True)
        self._details.setCheckable(True)
        self._usage: UsageDetails | None = None
        self.keep = KeepButton()
        self._copy = quiet_button("copy")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._render)
        self._lay_out()
        self._anyway.clicked.connect(self.answer_wanted)
        self._why.clicked.connect(lambda: self.why_wanted.emit(self._turn.id))
        self._details.toggled.connect(lambda _: self._show_usage())
        self.keep.clicked.connect(lambda: self.keep_pressed.emit(self._turn.id))
        self._copy.clicked.connect(self._copy_answer)
        self._answer.anchorClicked.connect(self._follow_link)
        for text in (self._question, self._answer):
            text.pressed.connect(self._choose)
        self._question.setPlainText(turn.question)
        self._render()
        self.retranslate()

    def retranslate(self) -> None:
        name_button(self._copy, self.tr("Copy answer"))
        self._question.setAccessibleName(self.tr("Question"))
        self._answer.setAccessibleName(self.tr("Answer"))
        self._anyway.setText(self.tr("Answer anyway"))
        self._why.setText(self.tr("Why these passages?"))
        self._details.setText(self.tr("Details"))
        self._details.setToolTip(self.tr("What this answer took: tokens, time, memory"))
        refusal = "" if self._live else refusal_words(self._turn)
        self._refusal.setText(refusal)
        self._refusal.setVisible(bool(refusal))
        self._footer.setText(self._footer_words())
        self._why.setVisible(not self._live and self._turn.explanation is not None)
        self._copy.setVisible(not self._live and bool(self._turn.answer))
        self.keep.setVisible(can_keep(self._turn))
        self._details.setVisible(not self._live and self._turn.usage is not None)
        self._show_usage()

    def offer_answer(self, offered: bool) -> None:
        """Whether this refused question may be answered anyway, now."""
        self._anyway.setVisible(offered)

    def show_turn(self, turn: Turn, marks: Collection[int], live: bool) -> None:
        """Show other contents of the same turn."""
        self._turn, self._marks, self._live = turn, marks, live
        self._pause.stop()
        self._render()
        self.retranslate()

    def show_read(self, done: int, total: int) -> None:
        """The model has read ``done`` of ``total`` tokens; zeros where that is not known."""
        self._read = (done, total)
        self._footer.setText(self._footer_words())

    def grow(self, turn: Turn) -> None:
        """Show more of the answer, soon: renderings are spaced out."""
        self._turn = turn
        if not self._pause.isActive():
            rest = self._rested_at - time.monotonic()
            self._pause.start(max(0, round(rest * 1000)))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self._choose()
        super().mousePressEvent(event)

    def _lay_out(self) -> None:
        bubble = QFrame()
        bubble.setObjectName("question")
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.addWidget(self._question)
        footer = QHBoxLayout()
        footer.addWidget(self._footer, 1)
        footer.addWidget(self._why)
        footer.addWidget(self._details)
        footer.addWidget(self.keep)
        footer.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(10)
        column.addWidget(bubble)
        column.addWidget(self._answer)
        column.addWidget(self._refusal)
        column.addWidget(self._anyway, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(footer)
        self._column = column

    def _render(self) -> None:
        began = time.monotonic()
        self._answer.show_html(rendering.to_html(self._turn.answer, self._marks))
        self._answer.setVisible(bool(self._turn.answer))
        ended = time.monotonic()
        self._rested_at = ended + REST_FACTOR * (ended - began)
        if self._live:
            self._footer.setText(self._footer_words())

    def _footer_words(self) -> str:
        if self._live:
            return waiting_words(self._turn, *self._read)
        return ending_words(self._turn)

    def _show_usage(self) -> None:
        shown = self._details.isChecked() and not self._live and self._turn.usage is not None
        if shown and self._usage is None:
            self._usage = UsageDetails()
            self._column.addWidget(self._usage)
        if self._usage is not None:
            self._usage.show_turn(self._turn)
            self._usage.setVisible(shown)

    def _choose(self) -> None:
        self.chosen.emit(self._turn.id)

    def _follow_link(self, link: QUrl) -> None:
        mark = rendering.mark_of(link.toString())
        if mark is not None:
            self.mark_clicked.emit(self._turn.id, mark)

    def _copy_answer(self) -> None:
        QGuiApplication.clipboard().setText(self._turn.answer)
