"""The length of the passages of the open workspace, and the trial of another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from workspaces.core.reasons import Reason
from workspaces.services.views import (
    Comparison,
    EmbedderChanged,
    GoldenProgressed,
    PassageLength,
    TrialProgressed,
)


class PassagesPresenter(QObject):
    """A trial may take long: it goes on while nobody looks, until it is cancelled, or another
    workspace is opened. What was tried waits to be accepted or discarded."""

    shown = Signal()
    """Anything that is shown changed."""

    settled = Signal()
    """The present length was read anew."""

    accepted = Signal()
    """What was tried has taken the others' place."""

    progressed = Signal(int, int)
    """So much is done, of so much; of 0 while nobody knows."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._workspace = ""
        self._run = 0
        self._cancel: Callable[[], object] | None = None
        self._accepting = False
        self.length = PassageLength(0, 0, 0)
        self.tried: int | None = None
        """The length of which :attr:`comparison` tells; None where nothing is ready."""
        self.comparison: Comparison | None = None
        bridge.changed.connect(self._follow)

    @property
    def is_trying(self) -> bool:
        return self._cancel is not None

    @property
    def is_accepting(self) -> bool:
        """Whether what was tried is taking the others' place."""
        return self._accepting

    def show_workspace(self, workspace: str) -> None:
        if workspace != self._workspace:
            self.discard()
        self._workspace = workspace
        self.length = PassageLength(0, 0, 0)
        self.settled.emit()

    def refresh(self) -> None:
        workspace = self._workspace
        if workspace:
            self._bridge.run(
                lambda quire: quire.passage_length(workspace), partial(self._settle, workspace)
            )

    def try_out(self, tokens: int) -> None:
        """Split and embed everything anew with passages of this length, beside the present ones."""
        self.cancel()
        workspace = self._workspace
        self._cancel = self._bridge.run(
            lambda quire: quire.try_passages(workspace, tokens),
            partial(self._show, self._run, tokens),
            partial(self._fail, self._run),
        )
        self.progressed.emit(0, 0)
        self.shown.emit()

    def cancel(self) -> None:
        """Stop trying; what was made goes."""
        self._run += 1
        self.tried = self.comparison = None
        if self._cancel:
            self._cancel()
            self._cancel = None
        self.shown.emit()

    def accept(self) -> None:
        """Make what was tried the passages of the workspace."""
        workspace = self._workspace
        self._accepting = True
        self.shown.emit()
        self._bridge.run(
            lambda quire: quire.accept_passages(workspace),
            self._tell_accepted,
            at_end=self._end_accepting,
        )

    def discard(self) -> None:
        """Leave everything as it is."""
        workspace, tried = self._workspace, self.tried is not None
        self.cancel()
        if tried:
            self._bridge.run(lambda quire: quire.discard_passages(workspace))
        self.settled.emit()

    def _tell_accepted(self, _: None) -> None:
        self.tried = self.comparison = None
        self.accepted.emit()

    def _end_accepting(self) -> None:
        self._accepting = False
        self.shown.emit()
        self.refresh()

    def _settle(self, workspace: str, length: PassageLength) -> None:
        if workspace == self._workspace:
            self.length = length
            self.settled.emit()

    def _show(self, run: int, tokens: int, comparison: Comparison) -> None:
        if run == self._run:
            self._cancel = None
            self.tried, self.comparison = tokens, comparison
            self.shown.emit()

    def _fail(self, run: int, reason: Reason) -> None:
        if run == self._run:
            self._cancel = None
            self.shown.emit()
            self._bridge.went_wrong.emit(reason, "")

    def _follow(self, change: Paced) -> None:
        match change:
            case TrialProgressed(workspace, done, total) if workspace == self._workspace:
                self.progressed.emit(done, total)
            case GoldenProgressed(workspace, done, total) if workspace == self._workspace:
                self.progressed.emit(done, total)
            case EmbedderChanged(workspace, embedder) if workspace == self._workspace:
                if not embedder.next and self.length.most:
                    self.refresh()  # another model reads more, or less
