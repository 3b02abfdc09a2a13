"""The one object that the window and the command line hold: every use-case is a method of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock

from workspaces.core.reasons import Problem
from workspaces.core.transcript import Heading, Labels, to_markdown
from workspaces.core.types import Place, Source, Turn
from workspaces.engine.child import Child
from workspaces.library.conversations import Conversation
from workspaces.library.disk import write_whole
from workspaces.library.home import Home
from workspaces.library.workspace_folder import WorkspaceFolder, delete_folder
from workspaces.protocol.messages import Walk, Walked
from workspaces.services.announcer import Announcer
from workspaces.services.asking import Asking
from workspaces.services.clock import new_id, now
from workspaces.services.importing import Importing, view_of
from workspaces.services.indexing import Indexing
from workspaces.services.models import Models
from workspaces.services.searching import Searching
from workspaces.services.shelf import Shelf, find_document
from workspaces.services.views import (
    Change,
    Contents,
    ConversationsChanged,
    ConversationView,
    DocumentRemoved,
    DocumentView,
    FoundPassage,
    ModelView,
    Surroundings,
    Trouble,
    WorkspacesChanged,
    WorkspaceView,
)

AROUND = 2000
"""Characters shown on each side of a cited passage."""

TITLE = 60
"""Characters of a first question that become its conversation's title."""


@dataclass(frozen=True, slots=True)
class Samples:
    """The workspace a first start makes."""

    name: str
    documents: Sequence[Path]


class Quire:
    """All methods raise :class:`~workspaces.core.reasons.Problem` for what a person can mend."""

    def __init__(
        self,
        home: Home,
        lock: BaseFileLock,
        reader: Child,
        indexer: Child,
        generator: Child,
        embedder: Path | None,
        starter: Path | None,
        samples: Samples | None = None,
    ) -> None:
        """``home`` is prepared; ``lock`` holds it until :meth:`close`. ``embedder`` and
        ``starter`` are where the models that come along lie, or None. ``samples`` fill the first
        workspace of a new home."""
        self._lock = lock
        self._samples = samples if not home.settings.exists() else None
        self._reader = reader
        self._children = (reader, indexer, generator)
        self._announcer = Announcer()
        self._shelf = Shelf(home.workspaces)
        self._models = Models(home, generator, self._announcer, starter)
        self._indexing = Indexing(indexer, embedder, self._announcer)
        self._importing = Importing(self._shelf, reader, self._indexing, self._announcer)
        self._searching = Searching(self._indexing)
        self._asking = Asking(
            self._searching, self._importing, self._models, generator, self._announcer
        )

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call ``listener`` with every change, on the loop's thread. Returns its unsubscriber."""
        return self._announcer.subscribe(listener)

    async def start(self) -> None:
        """Resume imports that were cut off; at the very first start, make the sample workspace,
        so that there is something to ask at once."""
        for problem in self._shelf.unreadable:
            self._announcer.announce(Trouble(problem.reason))
        for folder in self._shelf:
            try:
                folder.sweep()
            except Problem as problem:
                self._announcer.announce(Trouble(problem.reason))
        self._importing.start()
        if self._samples is not None:
            self._models.keep_settings()
            if not list(self._shelf):
                workspace = await self.create_workspace(self._samples.name)
                await self.add_documents(workspace.id, [str(p) for p in self._samples.documents])

    async def warm_up(self) -> None:
        """Load the embedding model, so that the first question does not wait for it."""
        await self._indexing.prepare()

    async def close(self) -> None:
        """Stop the children, close every catalogue and leave the home to others."""
        await self._asking.stop()
        await self._importing.stop()
        await asyncio.gather(*(child.stop() for child in self._children))
        self._shelf.close()
        self._lock.release()

    # --- workspaces ---

    async def list_workspaces(self) -> list[WorkspaceView]:
        """Oldest first."""
        return [WorkspaceView(folder.id, folder.card.name) for folder in self._shelf]

    async def find_workspace(self, workspace: str) -> WorkspaceView:
        """By id or by name. Raises Problem ``no_workspace``."""
        folder = self._shelf.get(workspace)
        return WorkspaceView(folder.id, folder.card.name)

    async def create_workspace(self, name: str) -> WorkspaceView:
        """Raises Problem ``name_empty`` or ``name_taken``."""
        folder = self._shelf.create(name, now())
        self._announcer.announce(WorkspacesChanged())
        return WorkspaceView(folder.id, folder.card.name)

    async def rename_workspace(self, workspace: str, name: str) -> None:
        """Raises Problem ``name_empty`` or ``name_taken``."""
        self._shelf.rename(workspace, name)
        self._announcer.announce(WorkspacesChanged())

    async def workspace_contents(self, workspace: str) -> Contents:
        """What deleting it would take along."""
        folder = self._shelf.get(workspace)
        return Contents(
            documents=len(folder.documents.all()),
            conversations=len(folder.conversations.all()),
            size=folder.size(),
        )

    async def delete_workspace(self, workspace: str) -> None:
        """Everything in it."""
        await self._asking.stop()
        folder = self._shelf.take(workspace)
        async with self._importing.leaving([row.id for row in folder.documents.all()]):
            with contextlib.suppress(Problem):  # the folder goes, whether the indexer helps or not
                await self._indexing.discard(folder)
            delete_folder(folder)
        self._announcer.announce(WorkspacesChanged())

    # --- documents ---

    async def list_documents(self, workspace: str) -> list[DocumentView]:
        """In the order they were offered."""
        folder = self._shelf.get(workspace)
        return [self._importing.view(folder, row) for row in folder.documents.all()]

    async def add_documents(self, workspace: str, paths: list[str]) -> list[str]:
        """Offer files and folders. Returns the new documents' ids once their rows are safe on
        disk; the import goes on behind it and announces :class:`DocumentChanged`."""
        folder = self._shelf.get(workspace)
        absolute = [str(Path(path).absolute()) for path in paths]
        # A name that is no text cannot cross the wall; it gets its row, with the reason.
        sayable = [path for path in absolute if printable(path) == path]
        odd = [(printable(path), "odd_name") for path in absolute if printable(path) != path]
        walked = await self._reader.look(Walk(sayable), Walked)
        return await self._importing.offer(folder, Walked(walked.files, [*walked.problems, *odd]))

    async def wait_for_documents(self, workspace: str, documents: list[str]) -> list[DocumentView]:
        """Wait until each of ``documents`` is in a final state. Raises the Problem that holds
        the import up."""
        folder = self._shelf.get(workspace)
        await self._importing.settled(folder, documents)
        rows = [folder.documents.get(document) for document in documents]
        return [view_of(row) for row in rows if row is not None]

    async def remove_document(self, workspace: str, document: str) -> None:
        """The catalogue first: it is the truth, and a removal cut off is finished at the start.
        A duplicate of the document inherits its content."""
        folder = self._shelf.get(workspace)
        row = find_document(folder, document)
        async with self._importing.leaving([row.id]):
            twins = folder.documents.twins(row.id)
            if twins:
                folder.hand_over(row, twins[0].id)
            folder.remove_document(row.id)
            self._announcer.announce(DocumentRemoved(folder.id, row.id))
            for twin in twins:
                self._importing.announce(folder, twin.id)
        await self._indexing.forget(folder, row.id)

    async def document_places(self, workspace: str, document: str) -> tuple[str, list[Place]]:
        """A document's name and its extracted text; a duplicate's is that of its twin. Raises
        Problem ``no_document``, or the reason why there is no text."""
        folder = self._shelf.get(workspace)
        found = find_document(folder, document)
        holder = find_document(folder, found.twin) if found.twin else found
        if holder.reason is not None:
            raise Problem.of(holder.reason)
        return found.name, folder.places(holder.id)

    async def surroundings(self, workspace: str, source: Source) -> Surroundings:
        """A cited passage with the text around it."""
        text = self._shelf.get(workspace).stored_text(source.document)
        found = text[source.start : source.end] == source.text
        return Surroundings(
            name=source.name,
            before=text[max(0, source.start - AROUND) : source.start] if found else "",
            text=source.text,
            after=text[source.end : source.end + AROUND] if found else "",
            page=source.page,
            heading=source.heading,
            deleted=not found,
        )

    async def search(self, workspace: str, question: str, limit: int = 10) -> list[FoundPassage]:
        """At most ``limit`` passages, best first."""
        return await self._searching.search(self._shelf.get(workspace), question, limit)

    # --- conversations ---

    async def list_conversations(self, workspace: str) -> list[ConversationView]:
        """Newest first."""
        conversations = self._shelf.get(workspace).conversations.all()
        return [_conversation_view(conversation) for conversation in conversations]

    async def create_conversation(self, workspace: str) -> ConversationView:
        """One without a title: its first question becomes that."""
        folder = self._shelf.get(workspace)
        conversation = Conversation(new_id(), "", now())
        folder.conversations.create(conversation)
        self._announcer.announce(ConversationsChanged(folder.id))
        return _conversation_view(conversation)

    async def rename_conversation(self, workspace: str, conversation: str, title: str) -> None:
        """Raises Problem ``name_empty``."""
        folder = self._shelf.get(workspace)
        title = " ".join(title.split())
        if not title:
            raise Problem("name_empty")
        folder.conversations.rename(_find_conversation(folder, conversation).id, title)
        self._announcer.announce(ConversationsChanged(folder.id))

    async def delete_conversation(self, workspace: str, conversation: str) -> None:
        """Its turns go with it."""
        folder = self._shelf.get(workspace)
        await self._asking.stop()
        folder.conversations.remove(_find_conversation(folder, conversation).id)
        folder.compact()
        self._announcer.announce(ConversationsChanged(folder.id))

    async def list_turns(self, workspace: str, conversation: str) -> list[Turn]:
        """In the order they were asked."""
        folder = self._shelf.get(workspace)
        return folder.conversations.turns(_find_conversation(folder, conversation).id)

    async def ask(self, workspace: str, conversation: str, question: str) -> Turn:
        """Answer a question. Announces TurnStarted, TurnSources, TurnGrew…, TurnEnded and returns
        the saved turn. One question at a time: raises ``busy`` while another is answered."""
        folder = self._shelf.get(workspace)
        found = _find_conversation(folder, conversation)
        if not found.title and (title := " ".join(question.split())):
            folder.conversations.rename(found.id, _shorten(title))
            self._announcer.announce(ConversationsChanged(folder.id))
        return await self._asking.ask(folder, found.id, question)

    async def stop(self) -> None:
        """Stop the answer being written, if there is one; the half answer is kept."""
        await self._asking.stop()

    async def export_conversation(
        self, workspace: str, conversation: str, target: Path, labels: Labels | None = None
    ) -> Path:
        """Write the conversation as Markdown to ``target``, which is replaced if it exists."""
        folder = self._shelf.get(workspace)
        found = _find_conversation(folder, conversation)
        heading = Heading(found.title, folder.card.name, now()[:16].replace("T", " "))
        text = to_markdown(heading, folder.conversations.turns(found.id), labels or Labels())
        write_whole(target, text.encode("utf-8"))
        return target

    # --- models ---

    async def model(self) -> ModelView:
        """What answers now."""
        return self._models.view()

    async def choose_model(self, model: str, keep: bool = True) -> ModelView:
        """``model`` is a path to a GGUF file, ``starter`` or ``quotes``. The file's header is
        checked at once; loading happens at the next question. Unless ``keep``, the choice is
        forgotten at the end."""
        return self._models.choose(model, keep)


def printable(path: str) -> str:
    """``path`` with a sign for every byte of it that is no text."""
    return path.encode("utf-8", "replace").decode("utf-8")


def _find_conversation(folder: WorkspaceFolder, conversation: str) -> Conversation:
    found = folder.conversations.get(conversation)
    if found is None:
        raise Problem("no_conversation", name=conversation)
    return found


def _conversation_view(conversation: Conversation) -> ConversationView:
    return ConversationView(conversation.id, conversation.title, conversation.asked_at)


def _shorten(title: str) -> str:
    return title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + "…"
