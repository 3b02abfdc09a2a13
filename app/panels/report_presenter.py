"""The import report of the open workspace: every file that was ever offered to it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.bridge import Bridge
from app.pacer import DocumentsMoved, Paced
from app.panels.dialogs import Dialogs
from app.panels.document_actions import RETRYABLE
from app.panels.notices import Notices
from app.panels.pieces import InPieces
from app.panels.report_words import ReportLine, labels, line_of, state_words
from app.panels.workspace_presenter import WorkspacePresenter
from workspaces.core.transcript import file_name
from workspaces.core.types import DocumentState
from workspaces.services.views import DocumentsChanged, ReportRow

REST = 1500
"""Milliseconds until a report that is looked at is read again after a change."""

translate = QCoreApplication.translate


class ReportPresenter(WorkspacePresenter):
    """Reads only while somebody looks: between :meth:`open` and :meth:`close`."""

    listed = Signal(object)
    """All rows, as a list of `ReportLine`. There may be ten thousand."""

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(bridge, dialogs, notices, parent)
        self._name = ""
        self._open = False
        self._rows: list[ReportRow] = []
        self._wording: InPieces[ReportRow, ReportLine] = InPieces(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.refresh)

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        self._rows = []
        self._word()
        self.refresh()

    def open(self) -> None:
        """Somebody looks."""
        self._open = True
        self.refresh()

    def close(self) -> None:
        """Nobody looks any more."""
        self._open = False
        self._rest.stop()
        self._wording.stop()

    def refresh(self) -> None:
        workspace = self._workspace
        if self._open and workspace:
            self._bridge.run(lambda quire: quire.report(workspace), partial(self._show, workspace))

    def reword(self) -> None:
        """The language changed."""
        self._word()

    def retry(self, lines: Iterable[ReportLine]) -> None:
        """Take the files up again that did not get through, also those that were removed."""
        workspace = self._workspace
        chosen = [line.row.document for line in lines if can_retry(line.row)]
        if chosen:
            self._bridge.run(
                lambda quire: quire.retry_documents(workspace, chosen), at_end=self.refresh
            )

    def save(self, workspace_name: str) -> None:
        """Ask where to, then write the whole report."""
        title = translate("Report", "Save the import report")
        report = translate("Report", "Import report")
        suggestion = file_name(f"{workspace_name} - {report}")
        target = partial(self._save, self._workspace)
        self._dialogs.pick_target(title, suggestion, ("md", "csv"), target)

    def _save(self, workspace: str, target: Path) -> None:
        words = labels()
        self._bridge.run(
            lambda quire: quire.export_report(workspace, target, words),
            lambda _: self._say_saved(target),
        )

    def _say_saved(self, target: Path) -> None:
        text = translate("Report", "The import report was saved to {path}.")
        self._notices.say(text.format(path=target))

    def _show(self, workspace: str, rows: list[ReportRow]) -> None:
        if workspace == self._workspace and self._open:
            self._rows = rows
            self._word()

    def _word(self) -> None:
        if self._open:
            self._wording.start(self._rows, partial(line_of, state_words()), self.listed.emit)

    def _follow(self, change: Paced) -> None:
        if not isinstance(change, DocumentsMoved | DocumentsChanged) or not self._open:
            return
        # a rest that goes on is not begun anew: a report under constant change is read all the same
        if change.workspace == self._workspace and not self._rest.isActive():
            self._rest.start()


def can_retry(row: ReportRow) -> bool:
    """Whether it makes sense to offer the file once more."""
    return row.state in RETRYABLE or row.state is DocumentState.REMOVED
