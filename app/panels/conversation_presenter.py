"""One conversation: its turns, the answer being written, and what is asked next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.bridge import Bridge
from workspaces.core.reasons import Reason
from workspaces.core.types import Ending, Source, Turn
from workspaces.services.views import (
    Change,
    ConversationView,
    TurnEnded,
    TurnGrew,
    TurnRead,
    TurnSources,
    TurnStarted,
)


class ConversationPresenter(QObject):
    """Follows one conversation at a time, and the one answer that may be written in any."""

    shown = Signal(list)
    """All turns of the conversation that was opened."""

    turn_changed = Signal(object)
    """A new turn, or a known one with other contents."""

    turn_read = Signal(str)
    """The id of the turn for which the model has read more, see :attr:`read`."""

    turn_grew = Signal(object)
    """The turn whose answer became longer."""

    answering = Signal(bool)
    """Whether an answer is being written, here or in another conversation."""

    given_back = Signal(str)
    """A question that was not taken."""

    created = Signal(object)
    """A `ConversationView` that was made for a first question."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._workspace = ""
        self._conversation = ""
        self._turns: dict[str, Turn] = {}
        self._live: tuple[str, Turn] | None = None
        self._read = (0, 0)
        self._question = ""
        self._busy = False
        bridge.changed.connect(self._follow)

    @property
    def live_turn(self) -> str:
        """The id of the turn that is being answered; empty if none is."""
        return self._live[1].id if self._live else ""

    @property
    def read(self) -> tuple[int, int]:
        """How many tokens the model has read for :attr:`live_turn`, and how many there are; zeros
        until that is known."""
        return self._read

    @property
    def refused_turn(self) -> str:
        """The id of the turn that :meth:`answer_anyway` would answer; empty if there is none."""
        last = self._last
        refused = last is not None and last.ending is Ending.REFUSED
        return last.id if last and refused and not self._busy and not self._live else ""

    @property
    def last_question(self) -> str:
        """What was asked last in this conversation; empty if nothing was."""
        return self._last.question if self._last else ""

    @property
    def last_searched(self) -> str:
        """What was searched for then."""
        return self._last.searched if self._last else ""

    @property
    def _last(self) -> Turn | None:
        return next(reversed(self._turns.values()), None)

    def sources(self) -> dict[int, Source]:
        """Every source of the conversation by its mark: an answer may cite an earlier one's."""
        return {source.mark: source for turn in self._turns.values() for source in turn.sources}

    def turn(self, identity: str) -> Turn | None:
        return self._turns.get(identity)

    def show_conversation(self, workspace: str, conversation: str) -> None:
        """Follow this one from now on; an empty id means none yet."""
        self._workspace = workspace
        self._conversation = conversation
        self._turns = {}
        if self._live and self._live[0] == conversation:
            self._turns[self._live[1].id] = self._live[1]
        if conversation:
            self._bridge.run(
                lambda quire: quire.list_turns(workspace, conversation),
                partial(self._show, conversation),
            )
        else:
            self.shown.emit([])

    def ask(self, question: str) -> None:
        """Ask; in a new conversation if none is open."""
        workspace, conversation = self._workspace, self._conversation
        self._question = question
        self._set_busy(True)
        if not workspace:
            self._settle()
        elif conversation:
            self._ask_in(workspace, conversation, question)
        else:
            self._bridge.run(
                lambda quire: quire.create_conversation(workspace),
                partial(self._ask_in_new, workspace),
                self._refuse,
            )

    def answer_anyway(self) -> None:
        """Have the last question answered that was refused; its turn becomes the answer's."""
        if self.refused_turn:
            self._set_busy(True)
            self._ask_in(self._workspace, self._conversation, self.last_question, anyway=True)

    def stop(self) -> None:
        self._bridge.run(lambda quire: quire.stop())

    def _ask_in_new(self, workspace: str, conversation: ConversationView) -> None:
        self.created.emit(conversation)
        self._ask_in(workspace, conversation.id, self._question)

    def _ask_in(
        self, workspace: str, conversation: str, question: str, anyway: bool = False
    ) -> None:
        self._bridge.run(
            lambda quire: quire.ask(workspace, conversation, question, anyway),
            at_end=self._settle,
        )

    def _refuse(self, reason: Reason) -> None:
        self._bridge.went_wrong.emit(reason, "")
        self._settle()

    def _settle(self) -> None:
        self._live = None
        self._set_busy(False)
        if self._question:
            self.given_back.emit(self._question)
            self._question = ""

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.answering.emit(busy)

    def _show(self, conversation: str, listed: list[Turn]) -> None:
        if conversation == self._conversation:
            # what was announced since the list was asked for is newer than the list
            self._turns = {turn.id: turn for turn in listed} | self._turns
            self.shown.emit(list(self._turns.values()))

    def _follow(self, change: Change) -> None:
        match change:
            case TurnStarted(conversation, turn):
                self._question = ""
                self._read = (0, 0)
                self._set_live(conversation, turn)
            case TurnSources(conversation, turn):
                self._set_live(conversation, turn)
            case TurnRead(_, turn_id, done, total):
                self._read = (done, total)
                self.turn_read.emit(turn_id)
            case TurnGrew(conversation, _, text):
                self._grow(conversation, text)
            case TurnEnded(conversation, turn):
                self._live = None
                self._keep(conversation, turn)

    def _set_live(self, conversation: str, turn: Turn) -> None:
        self._live = (conversation, turn)
        self._keep(conversation, turn)

    def _keep(self, conversation: str, turn: Turn) -> None:
        if conversation == self._conversation:
            self._turns[turn.id] = turn
            self.turn_changed.emit(turn)

    def _grow(self, conversation: str, text: str) -> None:
        if self._live:
            turn = replace(self._live[1], answer=self._live[1].answer + text)
            self._live = (conversation, turn)
            if conversation == self._conversation:
                self._turns[turn.id] = turn
                self.turn_grew.emit(turn)
