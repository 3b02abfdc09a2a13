"""Tells once that a workspace's embedding model does not know what most of it is written in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QSettings

from app.panels.embedder_presenter import EmbedderPresenter
from app.panels.notices import Choice, Notices
from app.sentences import sentence
from workspaces.services.views import EmbedderView

translate = QCoreApplication.translate

TOPIC = "embedder"


class EmbedderHint(QObject):
    """``settings`` remember of which workspace and model it was said, over starts too."""

    def __init__(
        self,
        presenter: EmbedderPresenter,
        notices: Notices,
        settings: QSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._notices = notices
        self._settings = settings
        presenter.shown.connect(self._show)

    def _show(self, embedder: EmbedderView) -> None:
        reason = embedder.unfamiliar
        if reason is None or embedder.next or not embedder.is_mostly_unfamiliar:
            self._notices.withdraw(TOPIC)
            return
        told = f"told/{self._presenter.workspace}"
        if self._settings.value(told) == embedder.name:
            return
        self._settings.setValue(told, embedder.name)
        choose = translate("Embedder", "Choose another model…")
        self._notices.ask(TOPIC, sentence(reason), Choice(choose, self._presenter.pick))
