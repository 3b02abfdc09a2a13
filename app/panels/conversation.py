"""The conversation: its turns, and the composer below them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.composer import Composer
from app.panels.conversation_presenter import ConversationPresenter
from app.panels.panel import centred
from app.panels.turns import Turns


class ConversationPanel(QWidget):
    """Joins the turns and the composer with their presenter."""

    def __init__(self, presenter: ConversationPresenter) -> None:
        super().__init__()
        self.turns = Turns(presenter)
        self.composer = Composer()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.turns, 1)
        column.addLayout(centred(self.composer))
        presenter.answering.connect(self.composer.set_answering)
        presenter.given_back.connect(self.composer.give_back)
        self.composer.asked.connect(presenter.ask)
        self.composer.stopped.connect(presenter.stop)
