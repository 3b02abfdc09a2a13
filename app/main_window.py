"""The main window: its layout and what it remembers, nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from app.beside import Beside
from app.bridge import Bridge
from app.desk import Desk
from app.icons import application_icon
from app.language import Language
from app.main_menu import MainMenu
from app.panels import conversations, workspaces
from app.panels.conversation import ConversationPanel
from app.panels.dialogs import Dialogs, WindowDialogs
from app.panels.documents import DocumentsPanel
from app.panels.drop_hint import DropHint
from app.panels.embedder_bar import EmbedderBar
from app.panels.embedder_hint import EmbedderHint
from app.panels.files import local_paths
from app.panels.import_bar import ImportBar
from app.panels.import_words import at_rest, fraction
from app.panels.message_bar import MessageBar
from app.panels.model_line import ModelLine
from app.panels.named_list import NamedList
from app.panels.panel import centred
from app.panels.search_pages import Pages
from app.panels.search_panel import SearchPanel
from app.panels.sources import SourcesPanel
from app.taskbar import Taskbar
from workspaces.services.views import ImportProgress


class MainWindow(QMainWindow):
    """Left: workspaces and conversations. Middle: the conversation, or the search. Right:
    documents, sources."""

    def __init__(
        self,
        bridge: Bridge,
        language: Language,
        settings: QSettings,
        make_dialogs: Callable[[QWidget], Dialogs] = WindowDialogs,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._dialogs = make_dialogs(self)
        self.desk = Desk(bridge, self._dialogs, _text(settings, "workspace"), self)
        self._embedder_hint = EmbedderHint(self.desk.embedder, self.desk.notices, settings, self)
        self._beside = Beside(self, self.desk, self._dialogs)
        self._taskbar = Taskbar("quire")
        self._progress = ImportProgress()
        self.setWindowTitle("Quire")
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self._build_panels()
        self._lay_out()
        self._menu = MainMenu(
            self.menuBar(),
            self.desk,
            self._beside,
            self.pages,
            self._dialogs,
            language,
            settings,
            self.close,
        )
        self._drop_hint = DropHint(self)
        self._connect()
        self._restore()

    # --- layout ------------------------------------------------------------------------------

    def _build_panels(self) -> None:
        desk = self.desk
        self.message_bar = MessageBar(desk.notices)
        self.workspaces = NamedList(desk.workspaces, workspaces.words)
        self.conversations = NamedList(desk.conversations, conversations.words)
        self.conversation = ConversationPanel(desk.conversation)
        self.model_line = ModelLine(desk.model, self._beside.show_models)
        self.search = SearchPanel(desk.search)
        self.documents = DocumentsPanel(
            desk.documents,
            desk.passwords,
            self._beside.show_report,
            ImportBar(desk.importing),
            EmbedderBar(desk.embedder),
        )
        self.sources = SourcesPanel(desk.sources)

    def _lay_out(self) -> None:
        left = _splitter(Qt.Orientation.Vertical, self.workspaces, self.conversations)
        left.setObjectName("sidebar")
        left.setSizes([280, 420])
        self.pages = Pages(self._lay_out_conversation(), self.search)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.pages, 1)
        right = _splitter(Qt.Orientation.Vertical, self.documents, self.sources)
        right.setObjectName("aside")
        right.setSizes([440, 260])
        whole = _splitter(Qt.Orientation.Horizontal, left, middle, right)
        whole.setSizes([220, 700, 340])
        whole.setStretchFactor(1, 1)
        self._splitters = {"left": left, "right": right, "whole": whole}
        self.setCentralWidget(whole)
        self.resize(1260, 800)

    def _lay_out_conversation(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.conversation, 1)
        column.addLayout(centred(self.model_line))
        page.setFocusProxy(self.conversation.composer)
        return page

    def _connect(self) -> None:
        desk = self.desk
        desk.opened.connect(self._remember)
        desk.workspaces.listed.connect(lambda _: self._name_window())
        desk.documents.text_ready.connect(self._beside.show_text)
        desk.sources.found.connect(self._beside.show_passage)
        for finder in (desk.search, desk.why, desk.why_not):
            finder.found.connect(self._beside.show_passage)
        desk.asked.connect(self.documents.allow_why_not)
        self.documents.why_not_wanted.connect(self._beside.show_why_not)
        desk.importing.shown.connect(self._show_progress)
        self.conversations.picked.connect(self.pages.show_conversation)
        turns = self.conversation.turns
        desk.situation_changed.connect(turns.welcome.show_situation)
        turns.welcome.workspace_wanted.connect(desk.workspaces.create)
        turns.welcome.documents_wanted.connect(desk.documents.pick_documents)
        turns.why_wanted.connect(self._beside.show_why)
        turns.chosen.connect(desk.choose_turn)
        turns.mark_clicked.connect(desk.open_mark)
        turns.keep_pressed.connect(desk.toggle_kept)
        desk.golden.kept.connect(turns.show_kept)
        self.conversation.composer.files_pasted.connect(desk.documents.add)

    # --- events ------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self._menu.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if self.desk.documents.is_open and local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._drop_hint.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self._drop_hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._drop_hint.hide()
        event.acceptProposedAction()
        self.desk.documents.add(local_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._settings.setValue("geometry", self.saveGeometry())
        for name, splitter in self._splitters.items():
            self._settings.setValue(f"splitter/{name}", splitter.saveState())
        super().closeEvent(event)

    def come_to_front(self) -> None:
        """Show the window over all others, also when it was minimized."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # --- what is remembered ------------------------------------------------------------------

    def _restore(self) -> None:
        if geometry := self._settings.value("geometry"):
            self.restoreGeometry(geometry)
        for name, splitter in self._splitters.items():
            if state := self._settings.value(f"splitter/{name}"):
                splitter.restoreState(state)
        self._remember("", "")
        self.conversation.composer.setFocus()

    def _remember(self, workspace: str, conversation: str) -> None:
        if workspace:
            self._settings.setValue("workspace", workspace)
        self._menu.allow(bool(workspace), bool(conversation))
        self._name_window()

    def _name_window(self) -> None:
        name = self.desk.workspaces.open_name
        progress = self._progress
        count = f"({progress.documents_done}/{progress.documents}) " if progress.busy else ""
        self.setWindowTitle(f"{count}{name} – Quire" if name else "Quire")

    def _show_progress(self, progress: ImportProgress) -> None:
        """Where the window is seen while it is not looked at."""
        self._progress = progress
        self._name_window()
        self._taskbar.show(fraction(progress) if progress.busy and not at_rest(progress) else None)


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def _text(settings: QSettings, key: str) -> str:
    return str(settings.value(key, ""))
