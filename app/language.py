"""The language of the window: installs translators, and can change them while it runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

import resources

SYSTEM = ""
LANGUAGES = ("en", "zh_CN")


class Language(QObject):
    """Holds the translators of one application. Qt tells every widget when they change."""

    def __init__(self, application: QCoreApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._installed: list[QTranslator] = []

    def use(self, code: str) -> None:
        """Speak ``code``, one of :data:`LANGUAGES`, or :data:`SYSTEM` to follow the system."""
        self.remove()
        chosen = code in LANGUAGES
        spoken = code if chosen else system_language()
        # dates and numbers follow the language; unasked, they stay as the system has them
        QLocale.setDefault(QLocale(spoken) if chosen else QLocale.system())
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        ours = str(resources.path("translations"))
        candidates = [(f"qtbase_{spoken}", qt_folder), (f"quire_{spoken}", ours)]
        self._installed = [
            translator
            for name, folder in candidates
            if (translator := QTranslator(self)).load(name, folder)
        ]
        for translator in self._installed:
            self._application.installTranslator(translator)

    def remove(self) -> None:
        """Speak as the source texts do."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []


def system_language() -> str:
    """The first of the system's languages that the window speaks; English if it speaks none."""
    for language in QLocale.system().uiLanguages():
        if language.startswith("zh"):
            return "zh_CN"
        if language.startswith("en"):
            return "en"
    return "en"
