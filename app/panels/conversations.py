"""The conversations of the open workspace, newest first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from app.bridge import Bridge
from app.panels.dialogs import Dialogs
from app.panels.named_list import Named, NamedListPresenter, Words
from workspaces.services.views import Change, ConversationsChanged, ConversationView

translate = QCoreApplication.translate


def words() -> Words:
    return Words(
        title=translate("Conversations", "Conversations"),
        new=translate("Conversations", "New conversation"),
        rename=translate("Conversations", "Rename conversation"),
        delete=translate("Conversations", "Delete conversation"),
    )


class ConversationsPresenter(NamedListPresenter):
    """Follows one workspace at a time; opens its newest conversation."""

    def __init__(self, bridge: Bridge, dialogs: Dialogs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._workspace = ""
        self._titles: dict[str, str] = {}
        self._opened = ""
        self._announced: tuple[str, str] | None = None
        bridge.changed.connect(self._follow)

    def show_workspace(self, workspace: str) -> None:
        """Follow ``workspace`` from now on."""
        self._workspace = workspace
        self._opened = ""
        if workspace:
            self.refresh()
        else:
            self._show(workspace, [])

    def refresh(self) -> None:
        workspace = self._workspace
        self._bridge.run(
            lambda quire: quire.list_conversations(workspace), partial(self._show, workspace)
        )

    def open(self, identity: str) -> None:
        self._opened = identity
        if self._announced != (self._workspace, identity):
            self._announced = (self._workspace, identity)
            self.opened.emit(identity)

    def title_of(self, identity: str) -> str:
        return self._titles.get(identity, "") or untitled()

    def create(self) -> None:
        workspace = self._workspace
        if workspace:
            self._bridge.run(lambda quire: quire.create_conversation(workspace), self.open_new)

    def open_new(self, conversation: ConversationView) -> None:
        """Open a conversation that the list may not know yet."""
        self.open(conversation.id)
        self.refresh()

    def rename(self, identity: str) -> None:
        workspace = self._workspace
        self._dialogs.ask_name(
            translate("Conversations", "Rename conversation"),
            translate("Conversations", "New title of the conversation:"),
            self.title_of(identity),
            lambda title: self._bridge.run(
                lambda quire: quire.rename_conversation(workspace, identity, title)
            ),
        )

    def delete(self, identity: str) -> None:
        workspace = self._workspace
        self._dialogs.confirm(
            translate("Conversations", "Delete the conversation “{title}”?").format(
                title=self.title_of(identity)
            ),
            translate("Conversations", "Its questions and answers will be deleted for good."),
            translate("Conversations", "Delete"),
            lambda: self._bridge.run(lambda quire: quire.delete_conversation(workspace, identity)),
        )

    def _follow(self, change: Change) -> None:
        if isinstance(change, ConversationsChanged) and change.workspace == self._workspace:
            self.refresh()

    def _show(self, workspace: str, conversations: list[ConversationView]) -> None:
        if workspace != self._workspace:
            return
        self._titles = {each.id: each.title for each in conversations}
        self.listed.emit([Named(each.id, each.title or untitled()) for each in conversations])
        still_there = self._opened in self._titles
        self.open(self._opened if still_there else next(iter(self._titles), ""))


def untitled() -> str:
    """What a conversation is called before its first question."""
    return translate("Conversations", "New conversation")
