"""The window program: start, run, and a clean end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app import __version__, style
from app.bridge import Bridge
from app.icons import application_icon
from app.language import Language
from app.main_window import MainWindow
from app.single import SingleWindow
from app.watchdog import Watchdog
from workspaces.services.quire import Quire


def run(make_quire: Callable[[], Awaitable[Quire]], home: Path, argv: list[str]) -> int:
    """Run the window on ``home`` until it is closed. ``argv`` is what Qt may read options from.

    If a window is already open on ``home``, that one comes to the front instead.
    """
    application = make_application(argv)
    single = SingleWindow(home, application)
    if not single.claim():
        return 0
    settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    language = Language(application, application)
    language.use(str(settings.value("language", "")))
    bridge = Bridge(make_quire)
    window = MainWindow(bridge, language, settings)
    single.called.connect(window.come_to_front)
    watchdog = Watchdog()
    window.show()
    bridge.open()
    watchdog.start()
    code = application.exec()
    # the window is hidden by now, so nobody sees this wait
    watchdog.stop()
    bridge.close()
    settings.sync()
    return code


def make_application(argv: list[str]) -> QApplication:
    """The one QApplication, named and dressed."""
    application = QApplication(argv)
    application.setApplicationName("Quire")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("quire")
    application.setWindowIcon(application_icon())
    style.apply(application)
    return application
