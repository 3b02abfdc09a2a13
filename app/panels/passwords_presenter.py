"""Asks for the password of documents that are protected by one.

A password goes from the dialog to the engine and is kept nowhere: not here, not in a log.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from app.bridge import Bridge
from app.pacer import DocumentsMoved, Paced
from app.panels.dialogs import Dialogs
from app.panels.document_actions import can_unlock
from app.panels.notices import Choice, Notices
from app.panels.workspace_presenter import WorkspacePresenter
from workspaces.services.views import DocumentView

TOPIC = "passwords"

translate = QCoreApplication.translate


class PasswordsPresenter(WorkspacePresenter):
    """Gathers the protected documents as they turn up, and asks once for all of them. After a
    wrong password it says so and asks again."""

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(bridge, dialogs, notices, parent)
        self._locked: dict[str, str] = {}
        """The names of protected documents that were not asked about yet, by id."""
        self._tried: dict[str, str] = {}
        """Those whose password was given, and what came of it is not known yet."""
        self._wrong: dict[str, str] = {}
        """Those that the password just given does not open."""

    def show_workspace(self, workspace: str) -> None:
        self._workspace = workspace
        for names in (self._locked, self._tried, self._wrong):
            names.clear()
        self._notices.withdraw(TOPIC)

    def ask(self, documents: Iterable[DocumentView]) -> None:
        """Ask for the password of these documents, as far as they are protected."""
        names = {each.id: each.name for each in documents if can_unlock(each)}
        if names:
            self._ask(names, wrong=False)

    def _ask_for_all(self) -> None:
        self._ask(dict(self._locked), wrong=False)

    def _ask(self, names: dict[str, str], wrong: bool) -> None:
        for document in names:
            self._locked.pop(document, None)
        self._tell()
        question = wrong_words(names) if wrong else question_words(names)
        self._dialogs.ask_password(question, partial(self._unlock, self._workspace, names))

    def _unlock(self, workspace: str, names: dict[str, str], password: str) -> None:
        if workspace == self._workspace:
            self._tried.update(names)
        documents = list(names)
        self._bridge.run(lambda quire: quire.unlock_documents(workspace, documents, password))

    def _follow(self, change: Paced) -> None:
        if not isinstance(change, DocumentsMoved) or change.workspace != self._workspace:
            return
        before = dict(self._locked)
        for document in change.removed:
            self._forget(document)
        for row in change.rows:
            self._note(row)
        if self._locked != before:
            self._tell()
        if self._wrong and not self._tried:
            wrong, self._wrong = self._wrong, {}
            self._ask(wrong, wrong=True)

    def _note(self, row: DocumentView) -> None:
        if can_unlock(row):
            tried = self._tried.pop(row.id, None)
            (self._locked if tried is None else self._wrong)[row.id] = row.name
        else:
            self._locked.pop(row.id, None)
            if row.state.is_final or row.state.is_searchable:
                self._tried.pop(row.id, None)

    def _forget(self, document: str) -> None:
        for names in (self._locked, self._tried, self._wrong):
            names.pop(document, None)

    def _tell(self) -> None:
        if self._locked:
            enter = Choice(translate("Passwords", "Enter password…"), self._ask_for_all)
            self._notices.ask(TOPIC, locked_words(self._locked), enter)
        else:
            self._notices.withdraw(TOPIC)


def question_words(names: dict[str, str]) -> str:
    """What the dialog asks."""
    enter = translate(
        "Passwords", "Enter the password. It is used once to read the text and is not kept."
    )
    return f"{locked_words(names)}\n{enter}"


def wrong_words(names: dict[str, str]) -> str:
    """What the dialog asks after a wrong password."""
    if len(names) == 1:
        words = translate("Passwords", "That password does not open {name}. Try another.")
        return words.format(name=next(iter(names.values())))
    count = len(names)
    return translate(
        "Passwords", "That password does not open %n document(s). Try another.", "", count
    )


def locked_words(names: dict[str, str]) -> str:
    """How many documents wait for a password."""
    if len(names) == 1:
        words = translate("Passwords", "{name} is protected by a password.")
        return words.format(name=next(iter(names.values())))
    count = len(names)
    return translate("Passwords", "%n document(s) are protected by a password.", "", count)
