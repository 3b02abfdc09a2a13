"""One window for one home: a second start brings the first window to the front."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 1000


class SingleWindow(QObject):
    """Holds the name of a home. ``called`` is emitted when another start asked for the window."""

    called = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name_of(home)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def claim(self) -> bool:
        """True if this is the only window; else the other one was asked to come to the front."""
        if self._call_other():
            return False
        # takes over a name that a crash left behind, because of the access option; if two start
        # in the same moment, the lock of the home lets only one of them work
        self._server.listen(self._name)
        return True

    def _call_other(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(PATIENCE_MS)
        socket.abort()
        return reached

    def _answer(self) -> None:
        while connection := self._server.nextPendingConnection():
            connection.deleteLater()
            self.called.emit()


def name_of(home: Path) -> str:
    """A short name that is the same for every way to write the same folder."""
    digest = sha256(str(home.expanduser().resolve()).encode()).hexdigest()
    return f"quire-{digest[:16]}"
