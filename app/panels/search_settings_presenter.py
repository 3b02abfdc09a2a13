"""The search settings of the open workspace, and what its test questions say about others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.golden_presenter import GoldenPresenter
from workspaces.core.reasons import Reason
from workspaces.core.types import Weights
from workspaces.services.views import (
    Comparison,
    EmbedderChanged,
    GoldenFigures,
    GoldenProgressed,
    GoldenView,
)


class SearchSettingsPresenter(QObject):
    """Works only while somebody looks: between :meth:`open` and :meth:`close`. It measures one
    thing at a time; the next ends the one before."""

    shown = Signal()
    """Anything that is shown changed."""

    settled = Signal(object)
    """The `Weights` that search has, when they were read or have changed."""

    progressed = Signal(int, int)
    """So many questions were asked, of so many."""

    def __init__(
        self, bridge: Bridge, golden: GoldenPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._golden = golden
        self._workspace = ""
        self._open = False
        self._run = 0
        self._cancel: Callable[[], object] | None = None
        self.present = Weights()
        self.figures: GoldenFigures | None = None
        """How well search finds the test questions' answers now; None until that is measured."""
        self.tried: Weights | None = None
        """What :attr:`comparison` compares with the present weights."""
        self.comparison: Comparison | None = None
        golden.listed.connect(self._measure_changed)
        bridge.changed.connect(self._follow)

    @property
    def questions(self) -> list[GoldenView]:
        return self._golden.questions

    @property
    def is_busy(self) -> bool:
        """Whether questions are being asked."""
        return self._cancel is not None

    def show_workspace(self, workspace: str) -> None:
        self.cancel()
        self._workspace = workspace
        self.figures = None
        self._forget_trial()
        self.settled.emit(self.present)
        self._read()

    def open(self) -> None:
        """Somebody looks."""
        self._open = True
        self._read()
        self.measure()

    def close(self) -> None:
        """Nobody looks any more."""
        self._open = False
        self.cancel()
        self.figures = None
        self._forget_trial()

    def measure(self) -> None:
        """Ask the test questions as search is."""
        self.cancel()
        if not (self._open and self._workspace and self.questions):
            self.figures = None
            self.shown.emit()
            return
        workspace = self._workspace
        self._cancel = self._bridge.run(
            lambda quire: quire.measure_golden(workspace),
            partial(self._show_figures, self._run),
            partial(self._fail, self._run),
        )
        self.shown.emit()

    def try_out(self, weights: Weights) -> None:
        """Ask the test questions as search is, and with ``weights``; nothing changes."""
        self.cancel()
        self._forget_trial()
        workspace = self._workspace
        self._cancel = self._bridge.run(
            lambda quire: quire.try_weights(workspace, weights),
            partial(self._show_comparison, self._run, weights),
            partial(self._fail, self._run),
        )
        self.shown.emit()

    def may_accept(self, weights: Weights) -> bool:
        """Whether it was seen what ``weights`` change; without test questions that cannot be."""
        if weights == self.present or self.is_busy:
            return False
        return self.tried == weights or not self.questions

    def accept(self, weights: Weights) -> None:
        """Search with ``weights`` from now on."""
        workspace = self._workspace
        self._bridge.run(
            lambda quire: quire.change_weights(workspace, weights), at_end=self._read_changed
        )

    def discard(self) -> None:
        """Leave everything as it is."""
        self.cancel()
        self._forget_trial()
        self.settled.emit(self.present)
        self.shown.emit()

    def remove(self, question: GoldenView) -> None:
        self._golden.remove(question)

    def cancel(self) -> None:
        """Ask no more."""
        self._run += 1
        if self._cancel:
            self._cancel()
            self._cancel = None
            self.shown.emit()

    def _forget_trial(self) -> None:
        self.tried = self.comparison = None

    def _read(self) -> None:
        workspace = self._workspace
        if self._open and workspace:
            self._bridge.run(
                lambda quire: quire.search_settings(workspace), partial(self._settle, workspace)
            )

    def _read_changed(self) -> None:
        self._forget_trial()
        self._read()
        self.measure()

    def _settle(self, workspace: str, weights: Weights) -> None:
        if workspace == self._workspace:
            changed, self.present = weights != self.present, weights
            if changed:  # what the person chooses meanwhile is not overwritten for nothing
                self.settled.emit(weights)
            self.shown.emit()

    def _show_figures(self, run: int, figures: GoldenFigures) -> None:
        if run == self._run:
            self._cancel = None
            self.figures = figures
            self.shown.emit()

    def _show_comparison(self, run: int, weights: Weights, comparison: Comparison) -> None:
        if run == self._run:
            self._cancel = None
            self.tried, self.comparison = weights, comparison
            self.figures = comparison.before
            self.shown.emit()

    def _fail(self, run: int, reason: Reason) -> None:
        if run == self._run:
            self._cancel = None
            self.shown.emit()
            self._bridge.went_wrong.emit(reason, "")

    def _measure_changed(self, _: list[GoldenView]) -> None:
        if self._open:
            self._forget_trial()
            self.measure()

    def _follow(self, change: Paced) -> None:
        match change:
            case GoldenProgressed(workspace, done, total) if workspace == self._workspace:
                self.progressed.emit(done, total)
            case EmbedderChanged(workspace, embedder) if workspace == self._workspace:
                if self._open and not embedder.next:
                    self.measure()  # it may be another one by now
