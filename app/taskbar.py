"""How far the import is, on the button of the window in the taskbar.

On Linux this is a signal on the session bus that docks understand (Unity's LauncherEntry, also
KDE's panel and Dash to Dock). Where there is no session bus nothing is done. On Windows and macOS
nothing is shown either: what Qt 5 had for them (QtWinExtras, QtMacExtras) is not in Qt 6, and the
count in the window's title, which both show in their taskbar, has to do.
"""

from __future__ import annotations

import os
import sys
from zlib import crc32

INTERFACE = "com.canonical.Unity.LauncherEntry"


class Taskbar:
    """Shows the progress of the program whose desktop file is ``desktop``."""

    def __init__(self, desktop: str) -> None:
        self._entry = f"application://{desktop}.desktop"
        self._shown: float | None = None

    def show(self, fraction: float | None) -> None:
        """From 0 to 1; None for no progress. The same again is not said again."""
        if fraction == self._shown or not has_session_bus():
            return
        # only who has a bus needs the library
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        self._shown = fraction
        signal = QDBusMessage.createSignal(launcher_path(self._entry), INTERFACE, "Update")
        properties = {"progress": fraction or 0.0, "progress-visible": fraction is not None}
        signal.setArguments([self._entry, properties])
        QDBusConnection.sessionBus().send(signal)


def has_session_bus() -> bool:
    """Whether there is one already: none is started for this."""
    return sys.platform == "linux" and bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


def launcher_path(entry: str) -> str:
    """The object path of an entry; its last part has to be a number that is always the same."""
    return f"/com/canonical/unity/launcherentry/{crc32(entry.encode())}"
