"""The presenters of one window and how they follow each other; no widgets."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.bridge import Bridge
from app.pacer import Paced
from app.panels.check_presenter import CheckPresenter
from app.panels.conversation_presenter import ConversationPresenter
from app.panels.conversations import ConversationsPresenter
from app.panels.decision_presenter import DecisionPresenter
from app.panels.dialogs import Dialogs
from app.panels.documents_presenter import DocumentsPresenter
from app.panels.embedder_presenter import EmbedderPresenter
from app.panels.golden_presenter import GoldenPresenter
from app.panels.import_presenter import ImportPresenter
from app.panels.model_presenter import ModelPresenter
from app.panels.models_presenter import ModelsPresenter
from app.panels.notices import Notices
from app.panels.passages_presenter import PassagesPresenter
from app.panels.passwords_presenter import PasswordsPresenter
from app.panels.report_presenter import ReportPresenter
from app.panels.reranker_presenter import RerankerPresenter
from app.panels.search_presenter import SearchPresenter
from app.panels.search_settings_presenter import SearchSettingsPresenter
from app.panels.sources_presenter import SourcesPresenter
from app.panels.watches_presenter import WatchesPresenter
from app.panels.welcome import Situation
from app.panels.why_not_presenter import WhyNotPresenter
from app.panels.why_presenter import WhyPresenter
from app.panels.workspaces import WorkspacesPresenter
from app.sentences import sentence
from workspaces.core.transcript import Labels, file_name
from workspaces.core.types import Turn
from workspaces.services.views import Removal, Trouble

translate = QCoreApplication.translate


class Desk(QObject):
    """An open workspace leads to its documents and conversations, an open conversation to its
    turns, a chosen turn to its sources."""

    opened = Signal(str, str)
    """The ids of the open workspace and conversation; either may be empty."""

    situation_changed = Signal(Situation)
    """How far the person has come."""

    asked = Signal(bool)
    """Whether anything was asked in the open conversation."""

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, last_workspace: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._workspace = ""
        self._conversation = ""
        self._chosen_turn = ""
        self.notices = Notices(self)
        self.workspaces = WorkspacesPresenter(bridge, dialogs, last_workspace, self)
        self.documents = DocumentsPresenter(bridge, dialogs, self.notices, self)
        self.passwords = PasswordsPresenter(bridge, dialogs, self.notices, self)
        self.importing = ImportPresenter(bridge, dialogs, self)
        self.report = ReportPresenter(bridge, dialogs, self.notices, self)
        self.watches = WatchesPresenter(bridge, dialogs, self.notices, self)
        self.check = CheckPresenter(bridge, self)
        self.embedder = EmbedderPresenter(bridge, dialogs, self)
        self.reranker = RerankerPresenter(bridge, dialogs, self)
        self.decision = DecisionPresenter(bridge, self.embedder, self.notices, self)
        self.golden = GoldenPresenter(bridge, self)
        self.passages = PassagesPresenter(bridge, self)
        self.search_settings = SearchSettingsPresenter(bridge, self.golden, self)
        self.conversations = ConversationsPresenter(bridge, dialogs, self)
        self.conversation = ConversationPresenter(bridge, self)
        self.sources = SourcesPresenter(bridge, self)
        self.why = WhyPresenter(bridge, self)
        self.why_not = WhyNotPresenter(bridge, self)
        self.search = SearchPresenter(bridge, self)
        self.model = ModelPresenter(bridge, dialogs, self)
        self.models = ModelsPresenter(bridge, dialogs, self)
        self._connect()

    def rename_conversation(self) -> None:
        self.conversations.rename(self._conversation)

    def delete_conversation(self) -> None:
        self.conversations.delete(self._conversation)

    def choose_turn(self, turn: str) -> None:
        """Show the sources of this turn."""
        self._chosen_turn = turn
        self._show_sources()

    def open_mark(self, turn: str, mark: int) -> None:
        """Show the passage behind a mark of an answer."""
        self.choose_turn(turn)
        if source := self.conversation.sources().get(mark):
            self.sources.open(source)

    def explain(self, turn: str) -> None:
        """Show how this turn came by its passages."""
        self.choose_turn(turn)
        if found := self.conversation.turn(turn):
            self.why.show_turn(self._workspace, found)

    def doubt_explained(self) -> None:
        """Let the person pick a document that the explained turn was not written from."""
        if turn := self.why.turn:
            self.why_not.begin(self.why.workspace, turn.searched)

    def doubt_last(self, document: str) -> None:
        """Tell why the last turn was not written from this document."""
        self.why_not.begin(self._workspace, self.conversation.last_searched, document)

    def toggle_kept(self, turn: str) -> None:
        """Keep the question of this turn as a test question, or forget that."""
        self.golden.toggle(self._conversation, turn)

    def export(self) -> None:
        """Ask where to, then write the open conversation as Markdown."""
        title = self.conversations.title_of(self._conversation)
        here = (self._workspace, self._conversation)
        self._dialogs.pick_target(
            translate("Desk", "Export the conversation"),
            file_name(title),
            ("md",),
            partial(self._export, *here),
        )

    def _export(self, workspace: str, conversation: str, target: Path) -> None:
        labels = export_labels()
        self._bridge.run(
            lambda quire: quire.export_conversation(workspace, conversation, target, labels),
            self._say_exported,
        )

    def _say_exported(self, target: Path) -> None:
        text = translate("Desk", "The conversation was saved to {path}.")
        self.notices.say(text.format(path=target))

    def _tell_leftovers(self, removal: Removal) -> None:
        """A workspace that went whole needs no words: its row is gone."""
        if not removal.clean:
            text = translate(
                "Desk", "%n file(s) of the workspace could not be deleted.", "", removal.files_left
            )
            self.notices.say(text, is_problem=True)

    def _connect(self) -> None:
        self._bridge.went_wrong.connect(self.notices.problem)
        self._bridge.opened.connect(self._warm_up)
        self._bridge.opened.connect(self._follow_watches)
        self._bridge.changed.connect(self._follow)
        self.passages.accepted.connect(self.search_settings.measure)
        self.workspaces.deleted.connect(self._tell_leftovers)
        self.workspaces.opened.connect(self._open_workspace)
        self.documents.stocked.connect(self._tell_situation)
        self.documents.stocked.connect(self.search.show_stocked)
        self.importing.shown.connect(self.search.show_progress)
        self.conversations.opened.connect(self._open_conversation)
        self.conversation.created.connect(self.conversations.open_new)
        self.conversation.shown.connect(self._choose_last)
        self.conversation.turn_changed.connect(self._choose_changed)

    def _follow_watches(self) -> None:
        self._bridge.run(lambda quire: quire.follow_watches())

    def _warm_up(self) -> None:
        self._bridge.run(lambda quire: quire.warm_up())

    def _open_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        for presenter in (
            self.search,
            self.documents,
            self.passwords,
            self.importing,
            self.report,
            self.watches,
            self.check,
            self.decision,
            self.embedder,
            self.reranker,
            self.search_settings,
            self.passages,
            self.golden,
            self.conversations,
        ):
            presenter.show_workspace(workspace)

    def _tell_situation(self, stocked: bool) -> None:
        without = Situation.NO_DOCUMENTS if self._workspace else Situation.NO_WORKSPACE
        self.situation_changed.emit(Situation.READY if stocked else without)

    def _open_conversation(self, conversation: str) -> None:
        self._conversation = conversation
        self.conversation.show_conversation(self._workspace, conversation)
        self.opened.emit(self._workspace, conversation)

    def _choose_last(self, turns: list[Turn]) -> None:
        self.asked.emit(bool(turns))
        self.choose_turn(turns[-1].id if turns else "")

    def _choose_changed(self, turn: Turn) -> None:
        self.asked.emit(True)
        self.choose_turn(turn.id)

    def _show_sources(self) -> None:
        turn = self.conversation.turn(self._chosen_turn)
        self.sources.show_turn(self._workspace, turn, self.conversation.sources())

    def _follow(self, change: Paced) -> None:
        if isinstance(change, Trouble):
            self.notices.problem(change.reason)


def export_labels() -> Labels:
    """The words of the exported file, in the language of the window."""
    return Labels(
        workspace=translate("Desk", "Workspace"),
        date=translate("Desk", "Date"),
        model=translate("Desk", "Model"),
        sources=translate("Desk", "Sources"),
        page=translate("Desk", "page {page}"),
        writing=translate("Desk", "(unfinished: still being written at the time of the export)"),
        stopped=translate("Desk", "(unfinished: stopped while it was being written)"),
        failed=translate("Desk", "(unfinished: something went wrong)"),
        crashed=translate("Desk", "(unfinished: Quire ended while it was being written)"),
        cut=translate("Desk", "(unfinished: cut off at the longest answer allowed)"),
        untitled=translate("Desk", "Conversation"),
        note=sentence,
    )
