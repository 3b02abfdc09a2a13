"""The part of the embedding model's window that is about reranking."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from app.panels.panel import Panel
from app.panels.plain_label import plain_label
from app.panels.reranker_presenter import RerankerPresenter


class RerankerSection(Panel):
    """Says whether a model puts what is found in order, which one, and changes that."""

    def __init__(self, presenter: RerankerPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._title = plain_label(name="rerankerTitle")
        self._hint = plain_label(name="windowHint")
        self._choose = QPushButton()
        self._off = QPushButton()
        self._choose.clicked.connect(presenter.pick)
        self._off.clicked.connect(presenter.turn_off)
        buttons = QHBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._off)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        presenter.shown.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        reranker, trying = self._presenter.reranker, self._presenter.trying
        self._title.setText(self._words(reranker.name, trying))
        self._title.setToolTip(reranker.folder)
        self._hint.setText(
            self.tr(
                "A reranking model reads the question together with each passage that was found, "
                "and puts the best first. It finds better, and each search takes longer, seconds "
                "on a slow machine. None comes along with Quire."
            )
        )
        self._choose.setText(self.tr("Choose a folder…"))
        self._choose.setEnabled(not trying)
        self._off.setText(self.tr("Turn off"))
        self._off.setVisible(bool(reranker.folder))
        self._off.setEnabled(not trying)

    def _words(self, name: str, trying: str) -> str:
        if trying:
            return self.tr("Reranking: trying {name}…").format(name=trying)
        if name:
            return self.tr("Reranking: {name}").format(name=name)
        return self.tr("Reranking: off")
