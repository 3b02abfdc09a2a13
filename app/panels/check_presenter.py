"""Checks the open workspace for damage, and repairs it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from workspaces.core.reasons import Reason
from workspaces.services.views import CheckProgressed, Finding


class Stage(Enum):
    """How far a check is."""

    IDLE = auto()
    CHECKING = auto()
    CHECKED = auto()
    REPAIRING = auto()
    REPAIRED = auto()
    CANCELLED = auto()
    FAILED = auto()

    @property
    def is_busy(self) -> bool:
        return self in (Stage.CHECKING, Stage.REPAIRING)


class CheckPresenter(QObject):
    """One check of one workspace at a time."""

    shown = Signal()
    """The stage or the findings changed."""

    progressed = Signal(int, int)
    """So many steps are done, of so many."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._workspace = ""
        self._cancel: Callable[[], object] | None = None
        self._run = 0
        self.stage = Stage.IDLE
        self.findings: list[Finding] = []
        self.failure: Reason | None = None
        bridge.changed.connect(self._follow)

    def show_workspace(self, workspace: str) -> None:
        """Forget what was found in the one before."""
        self.cancel()
        self._workspace = workspace
        self._enter(Stage.IDLE, [])

    def check(self) -> None:
        """Look, and change nothing."""
        workspace = self._workspace
        self._begin(Stage.CHECKING)
        self._cancel = self._bridge.run(
            lambda quire: quire.check_workspace(workspace),
            partial(self._end, self._run, Stage.CHECKED),
            partial(self._fail, self._run),
        )

    def repair(self) -> None:
        """Put right what can be."""
        workspace = self._workspace
        self._begin(Stage.REPAIRING)
        self._cancel = self._bridge.run(
            lambda quire: quire.repair_workspace(workspace),
            partial(self._end, self._run, Stage.REPAIRED),
            partial(self._fail, self._run),
        )

    def cancel(self) -> None:
        """Stop what is under way; what was repaired so far stays repaired."""
        if self.stage.is_busy and self._cancel:
            self._cancel()
            self._run += 1
            self._enter(Stage.CANCELLED, [])

    def _begin(self, stage: Stage) -> None:
        self._run += 1
        self._enter(stage, self.findings)
        self.progressed.emit(0, 0)

    def _end(self, run: int, stage: Stage, findings: list[Finding]) -> None:
        if run == self._run:
            self._enter(stage, findings)

    def _fail(self, run: int, reason: Reason) -> None:
        if run == self._run:
            self._enter(Stage.FAILED, [], reason)

    def _enter(self, stage: Stage, findings: list[Finding], failure: Reason | None = None) -> None:
        self.stage, self.findings, self.failure = stage, findings, failure
        self.shown.emit()

    def _follow(self, change: Paced) -> None:
        if isinstance(change, CheckProgressed) and change.workspace == self._workspace:
            self.progressed.emit(change.done, change.total)
