"""The commands of the main window, in its menu bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from app import __version__
from app.beside import Beside
from app.desk import Desk
from app.language import SYSTEM, Language
from app.menus import Menus
from app.panels.dialogs import Dialogs
from app.panels.model_presenter import QUOTES, STARTER
from app.panels.search_pages import Pages
from workspaces.services.views import ModelView

Keys = QKeySequence.StandardKey


class MainMenu(Menus):
    """Every command, and what must be open for it."""

    def __init__(
        self,
        bar: QMenuBar,
        desk: Desk,
        beside: Beside,
        pages: Pages,
        dialogs: Dialogs,
        language: Language,
        settings: QSettings,
        leave: Callable[[], object],
    ) -> None:
        """``leave`` ends the program."""
        super().__init__(bar)
        self._desk = desk
        self._beside = beside
        self._pages = pages
        self._dialogs = dialogs
        self._language = language
        self._settings = settings
        self._needing_workspace: list[QAction] = []
        self._needing_conversation: list[QAction] = []
        self._build_file_menu(leave)
        self._build_view_menu()
        self._build_conversation_menu()
        self._build_model_menu()
        self._build_language_menu()
        self._build_help_menu()

    def allow(self, in_workspace: bool, in_conversation: bool) -> None:
        """Offer what can be done in an open workspace, and in an open conversation."""
        for action in self._needing_workspace:
            action.setEnabled(in_workspace)
        for action in self._needing_conversation:
            action.setEnabled(in_conversation)

    def _build_file_menu(self, leave: Callable[[], object]) -> None:
        documents, beside = self._desk.documents, self._beside
        menu = self.menu(lambda: self.tr("&File"))
        self.action(
            menu, lambda: self.tr("New workspace…"), self._desk.workspaces.create, "Ctrl+Shift+N"
        )
        menu.addSeparator()
        self._needing_workspace += [
            self.action(
                menu, lambda: self.tr("Add documents…"), documents.pick_documents, Keys.Open
            ),
            self.action(
                menu, lambda: self.tr("Add folder…"), documents.pick_folder, "Ctrl+Shift+O"
            ),
        ]
        menu.addSeparator()
        self._needing_workspace += [
            self.action(menu, lambda: self.tr("Import report…"), beside.show_report, "Ctrl+I"),
            self.action(menu, lambda: self.tr("Watched folders…"), beside.show_watches),
            self.action(menu, lambda: self.tr("Check and repair…"), beside.show_check),
            self.action(
                menu,
                lambda: self.tr("Search settings and test questions…"),
                beside.show_search_settings,
            ),
        ]
        menu.addSeparator()
        self._needing_conversation.append(
            self.action(menu, lambda: self.tr("Export conversation…"), self._desk.export, "Ctrl+E")
        )
        menu.addSeparator()
        quit_action = self.action(menu, lambda: self.tr("Quit"), leave, Keys.Quit)
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)

    def _build_view_menu(self) -> None:
        pages = self._pages
        menu = self.menu(lambda: self.tr("&View"))
        self.action(menu, lambda: self.tr("Conversation"), pages.show_conversation, "Ctrl+1")
        # no Ctrl+K: in a text field that deletes the rest of the line
        self.action(menu, lambda: self.tr("Search"), pages.show_search, Keys.Find)

    def _build_conversation_menu(self) -> None:
        desk = self._desk
        menu = self.menu(lambda: self.tr("&Conversation"))
        self._needing_workspace.append(
            self.action(
                menu, lambda: self.tr("New conversation"), self._begin_conversation, Keys.New
            )
        )
        self._needing_conversation += [
            self.action(menu, lambda: self.tr("Rename conversation…"), desk.rename_conversation),
            self.action(menu, lambda: self.tr("Delete conversation…"), desk.delete_conversation),
        ]
        menu.addSeparator()
        stop = self.action(
            menu, lambda: self.tr("Stop the answer"), desk.conversation.stop, Keys.Cancel
        )
        stop.setEnabled(False)
        desk.conversation.answering.connect(stop.setEnabled)

    def _build_model_menu(self) -> None:
        model = self._desk.model
        menu = self.menu(lambda: self.tr("&Model"))
        self.action(menu, lambda: self.tr("Models…"), self._beside.show_models, "Ctrl+Shift+M")
        self.action(menu, lambda: self.tr("Choose a model file…"), model.pick_file)
        self._models = self.choices(
            {
                STARTER: self.action(
                    menu, lambda: self.tr("Use starter model"), lambda: model.choose(STARTER)
                ),
                QUOTES: self.action(
                    menu, lambda: self.tr("Quotes only"), lambda: model.choose(QUOTES)
                ),
            }
        )
        model.shown.connect(self._tick_model)
        menu.addSeparator()
        self._needing_workspace.append(
            self.action(
                menu,
                lambda: self.tr("Embedding model of this workspace…"),
                self._beside.show_embedder,
            )
        )

    def _build_language_menu(self) -> None:
        menu = self.menu(lambda: self.tr("&Language"))
        languages = {
            SYSTEM: self.action(
                menu, lambda: self.tr("As the system"), lambda: self._speak(SYSTEM)
            ),
            # a language is called by its own name in every language
            "en": self.action(menu, lambda: "English", lambda: self._speak("en")),
            "zh_CN": self.action(menu, lambda: "简体中文", lambda: self._speak("zh_CN")),
        }
        self.choices(languages)
        languages[str(self._settings.value("language", SYSTEM))].setChecked(True)

    def _build_help_menu(self) -> None:
        menu = self.menu(lambda: self.tr("&Help"))
        about = self.action(menu, lambda: self.tr("About Quire"), self._tell_about)
        about.setMenuRole(QAction.MenuRole.AboutRole)

    def _begin_conversation(self) -> None:
        self._desk.conversations.create()
        self._pages.show_conversation()

    def _tick_model(self, model: ModelView) -> None:
        for kind, action in self._models.items():
            action.setChecked(kind == model.kind)

    def _speak(self, language: str) -> None:
        self._settings.setValue("language", language)
        self._language.use(language)

    def _tell_about(self) -> None:
        words = self.tr(
            "Quire {version}\n\nAsk your own documents, on your own machine, with citations.\n"
            "Nothing leaves this computer unless you send it."
        )
        self._dialogs.tell(self.tr("About Quire"), words.format(version=__version__))
