"""What the presenters of an open workspace share."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.dialogs import Dialogs
from app.panels.notices import Notices


class WorkspacePresenter(QObject):
    """Follows one workspace at a time, asks in dialogs and speaks in the message bar."""

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._notices = notices
        self._workspace = ""
        bridge.changed.connect(self._follow)

    def _follow(self, change: Paced) -> None:
        """Something changed, in this workspace or another."""
        raise NotImplementedError
