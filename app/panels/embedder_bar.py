"""The bar that shows how far the passages are embedded with another model."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.panels.embedder_presenter import EmbedderPresenter
from app.panels.embedder_words import change_words, fraction
from app.panels.panel import Panel, name_button, quiet_button
from app.panels.plain_label import plain_label
from app.panels.progress_bar import ThinBar
from workspaces.services.views import EmbedderView


class EmbedderBar(Panel):
    """There only while the embedding model changes. ``margin`` is left at its sides."""

    def __init__(self, presenter: EmbedderPresenter, margin: int = 14) -> None:
        super().__init__()
        self._presenter = presenter
        self._bar = ThinBar()
        self._words = plain_label(name="progressWords")
        self._cancel = quiet_button("close")
        self._cancel.clicked.connect(presenter.cancel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        above = QHBoxLayout()
        above.addWidget(self._bar, 1)
        above.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, 0, margin // 2, 10)
        column.setSpacing(3)
        column.addLayout(above)
        column.addWidget(self._words)
        presenter.shown.connect(self._follow)
        self.retranslate()

    def retranslate(self) -> None:
        embedder = self._presenter.embedder
        self._bar.show_fraction(fraction(embedder))
        self._bar.setAccessibleName(self.tr("Change of the embedding model"))
        self._words.setText(change_words(embedder))
        name_button(self._cancel, self.tr("Cancel: keep the old model"))
        self.setVisible(bool(embedder.next))

    def _follow(self, _: EmbedderView) -> None:
        self.retranslate()
