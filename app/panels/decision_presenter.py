"""Another embedding model is ready: what the test questions say about it, and the person's word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.embedder_presenter import EmbedderPresenter
from app.panels.golden_words import comparison_words
from app.panels.notices import Choice, Notices
from workspaces.core.reasons import Reason
from workspaces.services.views import Comparison, EmbedderView, GoldenChanged

TOPIC = "embedder"

translate = QCoreApplication.translate


class DecisionPresenter(QObject):
    """Follows the embedding model of the open workspace. When one waits, both are measured, and
    the message bar asks; :class:`~app.panels.decision.Decision` shows the same at length."""

    shown = Signal()
    """Whether something waits, or what is known of it, changed."""

    def __init__(
        self,
        bridge: Bridge,
        embedder: EmbedderPresenter,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._notices = notices
        self._workspace = ""
        self._waiting = ""
        self._run = 0
        self._cancel: Callable[[], object] | None = None
        self.comparison: Comparison | None = None
        embedder.shown.connect(self._consider)
        bridge.changed.connect(self._follow)

    @property
    def waiting(self) -> str:
        """The name of the model that waits; empty if none does."""
        return self._waiting

    @property
    def is_busy(self) -> bool:
        """Whether it is being measured."""
        return self._cancel is not None

    def show_workspace(self, workspace: str) -> None:
        self._forget()
        self._workspace = workspace

    def accept(self) -> None:
        """Use the new model."""
        workspace = self._workspace
        self._bridge.run(lambda quire: quire.accept_embedder(workspace))

    def keep_present(self) -> None:
        """Keep the present one; what was embedded with the new one goes."""
        workspace = self._workspace
        self._bridge.run(lambda quire: quire.cancel_embedder_change(workspace))

    def _consider(self, embedder: EmbedderView) -> None:
        waiting = embedder.next if embedder.waits else ""
        if waiting != self._waiting:
            self._forget()
            self._waiting = waiting
            self._measure()

    def _measure(self) -> None:
        if self._waiting:
            self._stop()
            self.comparison = None
            workspace = self._workspace
            self._cancel = self._bridge.run(
                lambda quire: quire.compare_embedders(workspace),
                partial(self._show, self._run),
                partial(self._fail, self._run),
            )
        self.shown.emit()

    def _show(self, run: int, comparison: Comparison) -> None:
        if run == self._run:
            self._cancel = None
            self.comparison = comparison
            self._ask(comparison_words(comparison))
            self.shown.emit()

    def _fail(self, run: int, reason: Reason) -> None:
        """Without figures the person decides all the same."""
        if run == self._run:
            self._cancel = None
            self._bridge.went_wrong.emit(reason, "")
            self._ask(translate("Decision", "it could not be measured"))
            self.shown.emit()

    def _ask(self, figures: str) -> None:
        words = translate("Decision", "The embedding model {next} is ready: {figures}.")
        self._notices.ask(
            TOPIC,
            words.format(next=self._waiting, figures=figures),
            Choice(translate("Decision", "Use the new model"), self.accept),
            Choice(translate("Decision", "Keep the present one"), self.keep_present),
        )

    def _stop(self) -> None:
        self._run += 1
        if self._cancel:
            self._cancel()
            self._cancel = None

    def _forget(self) -> None:
        self._stop()
        self._waiting = ""
        self.comparison = None
        self._notices.withdraw(TOPIC)
        self.shown.emit()

    def _follow(self, change: Paced) -> None:
        match change:
            case GoldenChanged(workspace) if workspace == self._workspace:
                self._measure()
