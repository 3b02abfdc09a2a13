"""The one object that the window and the command line hold: every use-case is a method of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workspaces.core.types import Place, Source, Turn
from workspaces.services.views import (
    Change,
    Contents,
    ConversationView,
    DocumentView,
    FoundPassage,
    ModelView,
    Surroundings,
    WorkspaceView,
)


class Quire:
    """All methods raise :class:`~workspaces.core.reasons.Problem` for what a person can mend."""

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call ``listener`` with every change, on the loop's thread. Returns its unsubscriber."""
        raise NotImplementedError

    async def start(self) -> None:
        """Resume imports that were cut off; at the very first start, make the sample workspace."""
        raise NotImplementedError

    async def close(self) -> None:
        """Stop the children and close every catalogue."""
        raise NotImplementedError

    async def list_workspaces(self) -> list[WorkspaceView]:
        raise NotImplementedError

    async def create_workspace(self, name: str) -> WorkspaceView:
        raise NotImplementedError

    async def rename_workspace(self, workspace: str, name: str) -> None:
        raise NotImplementedError

    async def workspace_contents(self, workspace: str) -> Contents:
        raise NotImplementedError

    async def delete_workspace(self, workspace: str) -> None:
        raise NotImplementedError

    async def list_documents(self, workspace: str) -> list[DocumentView]:
        raise NotImplementedError

    async def add_documents(self, workspace: str, paths: list[str]) -> list[str]:
        """Offer files and folders. Returns the new documents' ids once their rows are safe on
        disk; the import goes on behind it and announces :class:`DocumentChanged`."""
        raise NotImplementedError

    async def wait_for_documents(self, workspace: str, documents: list[str]) -> list[DocumentView]:
        """Wait until each of ``documents`` is in a final state."""
        raise NotImplementedError

    async def remove_document(self, workspace: str, document: str) -> None:
        raise NotImplementedError

    async def document_places(self, workspace: str, document: str) -> list[Place]:
        raise NotImplementedError

    async def surroundings(self, workspace: str, source: Source) -> Surroundings:
        """A cited passage with the text around it (up to about 2 000 characters each side)."""
        raise NotImplementedError

    async def search(self, workspace: str, question: str, limit: int = 10) -> list[FoundPassage]:
        raise NotImplementedError

    async def list_conversations(self, workspace: str) -> list[ConversationView]:
        """Newest first."""
        raise NotImplementedError

    async def create_conversation(self, workspace: str) -> ConversationView:
        raise NotImplementedError

    async def rename_conversation(self, workspace: str, conversation: str, title: str) -> None:
        raise NotImplementedError

    async def delete_conversation(self, workspace: str, conversation: str) -> None:
        raise NotImplementedError

    async def list_turns(self, workspace: str, conversation: str) -> list[Turn]:
        raise NotImplementedError

    async def ask(self, workspace: str, conversation: str, question: str) -> Turn:
        """Answer a question. Announces TurnStarted, TurnSources, TurnGrew…, TurnEnded and returns
        the saved turn. One question at a time: raises ``busy`` while another is answered."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Stop the answer being written, if there is one; the half answer is kept."""
        raise NotImplementedError

    async def export_conversation(self, workspace: str, conversation: str, target: Path) -> Path:
        """Write the conversation as Markdown to ``target``."""
        raise NotImplementedError

    async def model(self) -> ModelView:
        raise NotImplementedError

    async def choose_model(self, model: str) -> ModelView:
        """``model`` is a path to a GGUF file, ``starter`` or ``quotes``. The file's header is
        checked at once; loading happens at the next question."""
        raise NotImplementedError
