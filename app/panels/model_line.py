"""The line below the conversation that names the model, and says what would be better."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from app.panels.model_presenter import QUOTES, STARTER, ModelPresenter
from app.panels.panel import Panel
from workspaces.services.views import ModelView


class ModelLine(Panel):
    """Shows what the presenter follows; ``show_models`` opens the window of models."""

    def __init__(self, presenter: ModelPresenter, show_models: Callable[[], object]) -> None:
        super().__init__()
        self._model: ModelView | None = None
        self._words = QLabel()
        self._words.setObjectName("modelWords")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._choose = QPushButton()
        self._choose.setFlat(True)
        self._choose.clicked.connect(lambda: show_models())
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self._choose)
        presenter.shown.connect(self._show)
        self.retranslate()

    def retranslate(self) -> None:
        self._choose.setText(self.tr("Get a model…"))
        if self._model:
            self._show(self._model)

    def _show(self, model: ModelView) -> None:
        self._model = model
        self._words.setText(self._describe(model))
        self._words.setToolTip(model.path)
        self._choose.setVisible(model.kind in (STARTER, QUOTES))

    def _describe(self, model: ModelView) -> str:
        if model.kind == QUOTES:
            return self.tr(
                "No model: answers are the best passages, quoted. "
                "For written answers, get a Llama model."
            )
        if model.kind == STARTER:
            return self.tr("Starter model, small: for real work add Llama 3 8B")
        return self.tr("Model: {name}").format(name=model.name)
