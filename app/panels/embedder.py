"""The window in which a workspace gets another embedding model."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.panels.decision import Decision
from app.panels.decision_presenter import DecisionPresenter
from app.panels.embedder_bar import EmbedderBar
from app.panels.embedder_presenter import EmbedderPresenter
from app.panels.panel import SideWindow
from app.panels.plain_label import ElidedLabel, plain_label
from app.panels.reranker_presenter import RerankerPresenter
from app.panels.reranker_section import RerankerSection
from app.sentences import sentence
from workspaces.services.views import EmbedderView


class EmbedderWindow(SideWindow):
    """Says which model finds passages by their meaning, and offers another one or the last one;
    below, the same of the model that puts them in order."""

    def __init__(
        self,
        parent: QWidget,
        presenter: EmbedderPresenter,
        decision: DecisionPresenter,
        reranker: RerankerPresenter,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._reranking = RerankerSection(reranker)
        self._title = plain_label(name="windowTitle")
        self._folder = ElidedLabel("windowHint")
        self._hint = plain_label(name="windowHint")
        self._coverage = plain_label(name="coverageWords")
        self._choose = QPushButton()
        self._own = QPushButton()
        self._back = QPushButton()
        self._choose.clicked.connect(presenter.pick)
        self._own.clicked.connect(presenter.use_own)
        self._back.clicked.connect(presenter.go_back)
        self._decision = Decision(decision)
        self._lay_out()
        presenter.shown.connect(self._follow)
        presenter.refresh()
        self.retranslate()

    def retranslate(self) -> None:
        embedder = self._presenter.embedder
        self.setWindowTitle(self.tr("Embedding model"))
        self._title.setText(embedder.name or self.tr("No embedding model yet"))
        self._folder.setText(embedder.folder or self.tr("It came along with Quire."))
        self._folder.setToolTip(embedder.folder)
        self._folder.setVisible(bool(embedder.name))
        self._hint.setText(
            self.tr(
                "With this model Quire finds passages by what they mean. Another one may know your "
                "language better. All passages are embedded again in the background; until that "
                "is done, search goes on with the old model, and you can go back afterwards."
            )
        )
        unfamiliar = embedder.unfamiliar
        self._coverage.setText(sentence(unfamiliar) if unfamiliar else "")
        self._coverage.setVisible(unfamiliar is not None)
        self._choose.setText(self.tr("Choose another model…"))
        self._own.setText(self.tr("Use the one that came along"))
        self._own.setVisible(bool(embedder.folder))
        self._back.setText(self.tr("Go back to {name}").format(name=embedder.previous))
        self._back.setVisible(bool(embedder.previous))
        for button in (self._choose, self._own, self._back):
            button.setEnabled(not embedder.next)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (self._choose, self._own, self._back):
            buttons.addWidget(button)
        buttons.addStretch()
        closing = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        closing.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(10)
        for widget in (self._title, self._folder, self._hint, self._coverage):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(EmbedderBar(self._presenter, margin=0))
        column.addWidget(self._decision)
        column.addWidget(self._reranking)
        column.addStretch()
        column.addWidget(closing)
        self.resize(600, 500)

    def _follow(self, _: EmbedderView) -> None:
        self.retranslate()
