"""A `Quire` in memory, for tests of the window: scripted answers, and a history of the calls."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.fake_golden import FakeGolden
from tests.fake_supply import FakeSupply
from workspaces.core.reasons import Problem, Reason
from workspaces.core.transcript import Labels
from workspaces.core.types import Considered, Ending, Explanation, Sides, Source, Turn
from workspaces.services.views import (
    Change,
    Contents,
    ConversationsChanged,
    ConversationView,
    FoundPassage,
    ModelChanged,
    ModelView,
    Removal,
    Surroundings,
    TurnEnded,
    TurnGrew,
    TurnRead,
    TurnSources,
    TurnStarted,
    WhyNot,
    WorkspacesChanged,
    WorkspaceView,
)

ASKED_AT = "2026-03-01T09:30:00+00:00"


class FakeQuire(FakeGolden):
    """Everything answers at once."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self.pause = 0.0
        """Seconds between two pieces of an answer."""
        self.found: dict[str, list[FoundPassage]] = {}
        """What is found for a question; nothing for any other."""
        self.search_pause = 0.0
        """Seconds until a search answers."""
        self.standings: dict[str, WhyNot | Problem] = {}
        """Why a document was not used, by its id."""
        self.standing_pause = 0.0
        """Seconds until that is told."""
        self.reading: list[tuple[int, int]] = []
        """Tokens read, and to read, before each answer."""
        self._answers: deque[tuple[list[str], list[Source]]] = deque()
        self._refusals: deque[tuple[list[Source], Explanation | None]] = deque()
        self._workspaces: dict[str, WorkspaceView] = {}
        self._conversations: dict[str, dict[str, ConversationView]] = {}
        self._model = ModelView("starter", "SmolLM2-135M-Instruct")
        self._stop = asyncio.Event()
        self._busy = False
        self.stock = FakeSupply(self.announce)
        self.supply: Any = self.stock
        self.downloads: Any = self.stock

    # --- scripting ---------------------------------------------------------------------------

    def enqueue(self, pieces: list[str], sources: list[Source] | None = None) -> None:
        """The next answer: its pieces, and what it stands on."""
        self._answers.append((pieces, sources or []))

    def refuse(self, nearest: list[Source], explanation: Explanation | None = None) -> None:
        """The next question is refused, unless it is to be answered anyway."""
        self._refusals.append((nearest, explanation))

    def with_workspace(self, name: str) -> str:
        """A workspace that is there from the start."""
        view = WorkspaceView(f"w{next(self._ids)}", name)
        self._workspaces[view.id] = view
        self._documents[view.id] = {}
        self._conversations[view.id] = {}
        return view.id

    def with_conversation(self, workspace: str, title: str, *turns: Turn) -> str:
        """A conversation that is there from the start."""
        view = ConversationView(f"c{next(self._ids)}", title, ASKED_AT)
        self._conversations[workspace] = {view.id: view, **self._conversations[workspace]}
        self._turns[view.id] = list(turns)
        return view.id

    # --- Quire -------------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def start(self) -> None:
        self._note("start")

    async def close(self) -> None:
        self.closed = True

    async def list_workspaces(self) -> list[WorkspaceView]:
        return list(self._workspaces.values())

    async def create_workspace(self, name: str) -> WorkspaceView:
        self._note("create_workspace", name)
        view = self._workspaces[self.with_workspace(name)]
        self.announce(WorkspacesChanged())
        return view

    async def rename_workspace(self, workspace: str, name: str) -> None:
        self._note("rename_workspace", workspace, name)
        self._workspaces[workspace] = WorkspaceView(workspace, name)
        self.announce(WorkspacesChanged())

    async def workspace_contents(self, workspace: str) -> Contents:
        documents = len(self._documents[workspace])
        return Contents(documents, len(self._conversations[workspace]), 1_500_000)

    async def delete_workspace(self, workspace: str) -> Removal:
        self._note("delete_workspace", workspace)
        del self._workspaces[workspace]
        self.announce(WorkspacesChanged())
        return replace(self.removal, documents=len(self._documents[workspace]))

    async def surroundings(self, workspace: str, source: Source) -> Surroundings:
        self._note("surroundings", source.mark)
        before, after = "What stands before it.\n\n", "\n\nWhat stands after it."
        return Surroundings(
            source.name,
            before,
            source.text,
            after,
            source.page,
            source.heading,
            line=source.line,
            row=source.row,
        )

    async def surroundings_of(self, workspace: str, passage: Considered) -> Surroundings:
        self._note("surroundings_of", passage.passage)
        return Surroundings(
            passage.name,
            "Before. ",
            "The passage itself.",
            " After.",
            passage.page,
            passage.heading,
        )

    async def why_not(self, workspace: str, question: str, document: str) -> WhyNot:
        self._note("why_not", workspace, question, document)
        await asyncio.sleep(self.standing_pause)
        told = self.standings[document]
        if isinstance(told, Problem):
            raise told
        return told

    async def search(
        self,
        workspace: str,
        question: str,
        limit: int = 10,
        at_once: bool = False,
        sides: Sides = Sides.BOTH,
    ) -> list[FoundPassage]:
        self._note("search", workspace, question, at_once)
        await asyncio.sleep(self.search_pause)
        return self.found.get(question, [])[:limit]

    async def list_conversations(self, workspace: str) -> list[ConversationView]:
        return list(self._conversations[workspace].values())

    async def create_conversation(self, workspace: str) -> ConversationView:
        self._note("create_conversation", workspace)
        identity = self.with_conversation(workspace, "")
        view = self._conversations[workspace][identity]
        self.announce(ConversationsChanged(workspace))
        return view

    async def rename_conversation(self, workspace: str, conversation: str, title: str) -> None:
        self._note("rename_conversation", conversation, title)
        known = self._conversations[workspace]
        known[conversation] = replace(known[conversation], title=title)
        self.announce(ConversationsChanged(workspace))

    async def delete_conversation(self, workspace: str, conversation: str) -> None:
        self._note("delete_conversation", conversation)
        del self._conversations[workspace][conversation]
        self.announce(ConversationsChanged(workspace))

    async def list_turns(self, workspace: str, conversation: str) -> list[Turn]:
        return list(self._turns[conversation])

    async def ask(
        self, workspace: str, conversation: str, question: str, anyway: bool = False
    ) -> Turn:
        self._note("ask", conversation, question, *(["anyway"] if anyway else []))
        if self._busy:
            raise Problem("busy")
        self._busy = True
        try:
            turn = await self._answer(conversation, question, anyway)
        finally:
            self._busy = False
        self._turns[conversation].append(turn)
        self.announce(TurnEnded(conversation, turn))
        self.announce(ConversationsChanged(workspace))
        return turn

    async def stop(self) -> None:
        self._note("stop")
        self._stop.set()

    async def export_conversation(
        self, workspace: str, conversation: str, target: Path, labels: Labels | None = None
    ) -> Path:
        self._note("export_conversation", conversation, target, labels)
        return target

    async def model(self) -> ModelView:
        return self._model

    async def choose_model(self, model: str, keep: bool = True, title: str = "") -> ModelView:
        self._note("choose_model", model)
        named = model in ("starter", "quotes")
        self._model = (
            ModelView(model, model) if named else ModelView("file", Path(model).name, model)
        )
        self.announce(ModelChanged(self._model))
        return self._model

    async def warm_up(self) -> None:
        """Nothing to load."""

    async def follow_watches(self) -> None:
        """Nothing happens in folders that are not there."""

    # --- inside ------------------------------------------------------------------------------

    async def _answer(self, conversation: str, question: str, anyway: bool) -> Turn:
        self._stop.clear()
        identity = self._take_back(conversation, question) if anyway else ""
        identity = identity or f"t{next(self._ids)}"
        turn = Turn(identity, question, "", Ending.COMPLETE, self._model.name, ASKED_AT)
        self.announce(TurnStarted(conversation, turn))
        await asyncio.sleep(self.pause)
        if self._refusals and not anyway:
            nearest, explanation = self._refusals.popleft()
            turn = replace(turn, sources=tuple(nearest), explanation=explanation)
            self.announce(TurnSources(conversation, turn))
            return replace(turn, ending=Ending.REFUSED, note=Reason("not_in_documents"))
        pieces, sources = self._answers.popleft() if self._answers else (["Yes."], [])
        turn = replace(turn, sources=tuple(sources))
        self.announce(TurnSources(conversation, turn))
        for done, total in self.reading:
            await asyncio.sleep(self.pause)
            self.announce(TurnRead(conversation, turn.id, done, total))
        for piece in pieces:
            await asyncio.sleep(self.pause)
            if self._stop.is_set():
                return replace(turn, ending=Ending.STOPPED)
            turn = replace(turn, answer=turn.answer + piece)
            self.announce(TurnGrew(conversation, turn.id, piece))
        return turn

    def _take_back(self, conversation: str, question: str) -> str:
        """The id of the refused turn that is answered after all; empty where there is none."""
        turns = self._turns[conversation]
        if not turns or (turns[-1].ending, turns[-1].question) != (Ending.REFUSED, question):
            return ""
        return turns.pop().id
