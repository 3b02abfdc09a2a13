"""The one object that the window and the command line hold: every use-case is a method of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import BaseFileLock

from workspaces.core.reasons import Problem
from workspaces.core.report import ReportLabels, ReportRow
from workspaces.core.report import to_csv as report_to_csv
from workspaces.core.report import to_markdown as report_to_markdown
from workspaces.core.transcript import Heading, Labels, to_markdown
from workspaces.core.types import OPEN_STATES, Considered, Place, Sides, Source, Turn, Weights
from workspaces.engine.child import Child
from workspaces.library import model_places
from workspaces.library.conversations import Conversation
from workspaces.library.disk import write_whole
from workspaces.library.downloaded import DownloadFolder
from workspaces.library.home import Home
from workspaces.library.workspace_folder import WorkspaceFolder, delete_folder
from workspaces.protocol.messages import Walk, Walked
from workspaces.services.announcer import Announcer
from workspaces.services.asking import Asking
from workspaces.services.clock import new_id, now
from workspaces.services.downloads import Downloads
from workspaces.services.embedding import Embedding
from workspaces.services.golden import Golden
from workspaces.services.importing import Importing
from workspaces.services.indexing import Indexing
from workspaces.services.intake import Intake
from workspaces.services.models import Models
from workspaces.services.noticing import Noticing, view_of
from workspaces.services.removing import Removing
from workspaces.services.repairing import Repairing
from workspaces.services.rescanning import Rescanning
from workspaces.services.searching import Retrieved, Searching
from workspaces.services.shelf import Shelf, find_document
from workspaces.services.supply import Supply
from workspaces.services.switching import Switching
from workspaces.services.trying import Trying
from workspaces.services.views import (
    Change,
    Comparison,
    Contents,
    ConversationsChanged,
    ConversationView,
    DocumentView,
    EmbedderView,
    Finding,
    FoundPassage,
    GoldenFigures,
    GoldenView,
    ImportProgress,
    ModelView,
    PassageLength,
    Removal,
    RerankerChanged,
    RerankerView,
    Surroundings,
    Trouble,
    WatchView,
    WhyNot,
    WorkspacesChanged,
    WorkspaceView,
)
from workspaces.services.watching import Watching

AROUND = 2000
"""Characters shown on each side of a cited passage."""

HEAVIEST = 2.0
"""The most that words, or meaning, may count in a search."""

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
        fetcher: Child,
        embedder: Path | None,
        starter: Path | None,
        make_probe: Callable[[], Child],
        places: Sequence[model_places.Place],
        samples: Samples | None = None,
    ) -> None:
        """``home`` is prepared; ``lock`` holds it until :meth:`close`. ``embedder`` and
        ``starter`` are where the models that come along lie, or None. ``samples`` fill the first
        workspace of a new home. ``make_probe`` makes a generator to look for graphics cards with,
        which may be lost; ``places`` are where other programs keep models."""
        self._lock = lock
        self._samples = samples if not home.settings.exists() else None
        self._reader = reader
        self._children = (reader, indexer, generator, fetcher)
        self._announcer = Announcer()
        self._shelf = Shelf(home.workspaces)
        self._models = Models(home, generator, self._announcer, starter)
        folder = DownloadFolder(home.models)
        self.downloads = Downloads(folder, fetcher, self._models, self._announcer)
        """Models that are, or were, downloaded."""
        self.supply = Supply(home.root, self.downloads, self._models, make_probe, places)
        """All models there are for this machine."""
        self._noticing = Noticing(self._announcer)
        self._indexing = Indexing(indexer, embedder, self._announcer)
        self._embedding = Embedding(self._indexing, self._noticing)
        self._switching = Switching(self._indexing, self._embedding, self._announcer)
        self._intake = Intake(reader, self._noticing)
        self._importing = Importing(
            self._shelf,
            reader,
            self._intake,
            self._indexing,
            self._embedding,
            self._switching,
            self._noticing,
            self._announcer,
        )
        self._removing = Removing(
            self._importing,
            self._indexing,
            self._noticing,
            before=lambda folder: self._trying.discard(folder),
            after=lambda folder: self._reconsider_embedder(folder),
        )
        self._watching = Watching(
            home.root,
            self._shelf,
            reader,
            Rescanning(self._importing, self._removing, self._noticing),
            self._noticing,
            self._announcer,
        )
        self._repairing = Repairing(
            self._intake, self._indexing, self._importing, self._switching, self._announcer
        )
        self._searching = Searching(self._indexing)
        self._golden = Golden(self._searching, self._models, self._announcer)
        self._trying = Trying(
            self._indexing,
            self._embedding,
            self._importing,
            self._golden,
            self._announcer,
        )
        self._asking = Asking(
            self._searching, self._embedding, self._models, generator, self._announcer
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
        """Load the embedding model and look at the indexes, so that neither the first document
        nor the first question waits for that."""
        await asyncio.gather(self._indexing.prepare(), *map(self._indexing.check, self._shelf))
        for folder in self._shelf:
            await self._importing.tidy_later(folder)

    async def close(self) -> None:
        """Stop the children, close every catalogue and leave the home to others."""
        await self._asking.stop()
        await self.downloads.stop()
        await self._watching.stop()
        await self._trying.stop()
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

    async def delete_workspace(self, workspace: str) -> Removal:
        """Everything in it. Returns what was counted afterwards."""
        await self._asking.stop()
        folder = self._shelf.take(workspace)
        await self._watching.leave(folder)
        await self._trying.discard(folder)
        await self._importing.leave(folder)
        with contextlib.suppress(Problem):  # the folder goes, whether the indexer helps or not
            await self._indexing.discard(folder)
        documents = len(folder.documents.ids())
        left = delete_folder(folder)
        self._announcer.announce(WorkspacesChanged())
        return Removal(documents, files_left=left)

    # --- documents ---

    async def list_documents(self, workspace: str) -> list[DocumentView]:
        """In the order they were offered."""
        return [view_of(row) for row in self._shelf.get(workspace).documents.all()]

    async def add_documents(
        self, workspace: str, paths: list[str], passwords: Sequence[str] = ()
    ) -> list[str]:
        """Offer files and folders. Returns the new documents' ids once their rows are safe on
        disk; the import goes on behind it and announces :class:`DocumentChanged`. ``passwords``
        are tried on what is protected, and kept nowhere."""
        folder = self._shelf.get(workspace)
        absolute = [str(Path(path).absolute()) for path in paths]
        # A name that is no text cannot cross the wall; it gets its row, with the reason.
        sayable = [path for path in absolute if printable(path) == path]
        odd = [(printable(path), "odd_name") for path in absolute if printable(path) != path]
        walked = await self._reader.look(Walk(sayable), Walked)
        found = Walked(walked.files, [*walked.problems, *odd])
        return await self._importing.offer(folder, found, tuple(passwords))

    async def wait_for_documents(self, workspace: str, documents: list[str]) -> list[DocumentView]:
        """Wait until each of ``documents`` is in a final state, and say how it ended; one that is
        gone, as the report has it. Raises the Problem that holds the import up."""
        folder = self._shelf.get(workspace)
        await self._importing.settled(folder, documents)
        rows = {row.id: view_of(row) for row in folder.documents.some(documents)}
        return [
            view
            for document in documents
            if (view := rows.get(document) or _reported(folder, document))
        ]

    async def remove_documents(self, workspace: str, documents: Sequence[str]) -> Removal:
        """Delete documents, by id or by name, and count what is left of them. A duplicate inherits
        the content of its twin."""
        folder = self._shelf.get(workspace)
        rows = [find_document(folder, document) for document in documents]
        return await self._removing.remove(folder, rows)

    # --- the import ---

    async def pause_import(self, workspace: str) -> None:
        """Let the import rest, over restarts too, until :meth:`resume_import`."""
        await self._importing.pause(self._shelf.get(workspace))

    async def resume_import(self, workspace: str) -> None:
        await self._importing.resume(self._shelf.get(workspace))

    async def cancel_documents(self, workspace: str, documents: Sequence[str]) -> None:
        """End the import of those that are under way; they can be retried."""
        await self._importing.cancel(self._shelf.get(workspace), documents)

    async def cancel_import(self, workspace: str) -> None:
        """End the import of everything that is under way."""
        folder = self._shelf.get(workspace)
        await self._importing.cancel(folder, folder.documents.in_states(OPEN_STATES))

    async def retry_documents(self, workspace: str, documents: Sequence[str]) -> list[str]:
        """Import once more what has ended without becoming ready. One whose row is gone is offered
        again, from where it was. Returns the ids under which they are imported."""
        folder = self._shelf.get(workspace)
        here = [row.id for row in folder.documents.some(documents)]
        await self._importing.again(folder, here)
        gone = [folder.report.get(each) for each in documents if each not in here]
        paths = [row.path for row in gone if row is not None]
        return here + (await self.add_documents(workspace, paths) if paths else [])

    async def unlock_documents(
        self, workspace: str, documents: Sequence[str], password: str
    ) -> None:
        """Try ``password`` on protected documents; it is kept nowhere."""
        await self._importing.again(self._shelf.get(workspace), documents, (password,))

    async def import_progress(self, workspace: str) -> ImportProgress:
        return self._noticing.progress(self._shelf.get(workspace))

    async def report(self, workspace: str) -> list[ReportRow]:
        """Every file ever offered and how that ended, in that order."""
        return self._shelf.get(workspace).report.all()

    async def export_report(
        self, workspace: str, target: Path, labels: ReportLabels | None = None
    ) -> Path:
        """Write the report to ``target``, which is replaced if it exists: as CSV where its name
        ends in ``.csv``, else as Markdown."""
        folder = self._shelf.get(workspace)
        rows, labels = folder.report.all(), labels or ReportLabels()
        if target.suffix.lower() == ".csv":
            # With a mark, or Excel takes the bytes for another encoding.
            write_whole(target, report_to_csv(rows, labels).encode("utf-8-sig"))
        else:
            text = report_to_markdown(folder.card.name, rows, labels)
            write_whole(target, text.encode("utf-8"))
        return target

    # --- watched folders ---

    async def follow_watches(self) -> None:
        """Look what has changed in every watched folder, and follow each until :meth:`close`.
        Returns when what is new has been offered."""
        await self._watching.follow_all()

    async def list_watches(self, workspace: str) -> list[WatchView]:
        """Oldest first."""
        return self._watching.views(self._shelf.get(workspace))

    async def watch_folder(
        self,
        workspace: str,
        folder: str,
        subfolders: bool = True,
        ignore: Sequence[str] = (),
        follow: bool = False,
    ) -> WatchView:
        """Have the workspace follow the files in ``folder`` from now on. ``ignore`` are patterns
        as in a ``.gitignore``; ``follow``: a document is removed with its file, else the person is
        asked (:meth:`settle_gone`). Returns when what lies in it has been offered. Raises Problem
        ``not_a_folder``, ``odd_name``, ``watch_home`` or ``watch_taken``."""
        owner = self._shelf.get(workspace)
        return await self._watching.add(owner, folder, subfolders, ignore, follow)

    async def change_watch(
        self,
        workspace: str,
        watch: str,
        subfolders: bool,
        ignore: Sequence[str],
        follow: bool,
    ) -> WatchView:
        """Follow it in another way. Raises Problem ``no_watch``."""
        owner = self._shelf.get(workspace)
        return await self._watching.change(owner, watch, subfolders, ignore, follow)

    async def unwatch_folder(self, workspace: str, watch: str) -> None:
        """Follow it no longer; its documents stay. Raises Problem ``no_watch``."""
        await self._watching.remove(self._shelf.get(workspace), watch)

    async def settle_gone(self, workspace: str, watch: str, remove: bool) -> Removal:
        """Decide about the documents whose files have left a watched folder: they are removed, or
        stay without following it. Raises Problem ``no_watch``."""
        return await self._watching.settle(self._shelf.get(workspace), watch, remove)

    # --- check and repair ---

    async def check_workspace(self, workspace: str) -> list[Finding]:
        """Compare catalogue, copies and index, and look whether each is whole. Announces
        CheckProgressed."""
        return await self._repairing.run(self._shelf.get(workspace), repair=False)

    async def tidy(self, workspace: str) -> None:
        """Merge now what an import has left loose in the index, else done in an idle moment."""
        await self._indexing.tidy(self._shelf.get(workspace))

    async def repair_workspace(self, workspace: str) -> list[Finding]:
        """:meth:`check_workspace`, and put right what can be."""
        return await self._repairing.run(self._shelf.get(workspace), repair=True)

    # --- the embedder ---

    async def embedder(self, workspace: str) -> EmbedderView:
        """Which embedding model the workspace has, and how far a change has come."""
        return self._switching.view(self._shelf.get(workspace))

    async def change_embedder(self, workspace: str, folder: str | None) -> None:
        """Embed everything anew, in the background, with the model in ``folder`` (None: the one
        that comes along); search answers from the old vectors until all are there and, where there
        are test questions, until :meth:`accept_embedder`. Announces EmbedderChanged. Raises Problem
        ``not_an_embedder`` or ``embedder_in_use``."""
        model = str(Path(folder).absolute()) if folder else ""
        owner = self._shelf.get(workspace)
        async with self._importing.quiet(owner):
            await self._switching.change(owner, model)

    async def wait_for_embedder(self, workspace: str) -> None:
        """Wait until a change of the embedder is through, or waits for a decision. Raises the
        Problem that holds it up."""
        folder = self._shelf.get(workspace)
        await self._importing.until(lambda: not self._switching.is_due(folder))

    async def compare_embedders(self, workspace: str) -> Comparison:
        """What the test questions say about the embedder that waits. Announces GoldenProgressed.
        Raises Problem ``no_embedder_waits``."""
        folder = self._shelf.get(workspace)
        return await self._golden.compare(folder, space=self._switching.waiting(folder))

    async def accept_embedder(self, workspace: str) -> None:
        """Search with the embedder that waits from now on. Announces EmbedderChanged. Raises
        Problem ``no_embedder_waits``."""
        await self._switching.accept(self._shelf.get(workspace))
        await self._importing.wake()

    async def _reconsider_embedder(self, folder: WorkspaceFolder) -> None:
        self._switching.reconsider(folder)
        await self._importing.wake()

    async def cancel_embedder_change(self, workspace: str) -> None:
        """Stay with the present embedder."""
        folder = self._shelf.get(workspace)
        async with self._importing.quiet(folder):
            await self._switching.cancel(folder)

    async def undo_embedder_change(self, workspace: str) -> None:
        """Go back to the embedder before the last change, at once."""
        folder = self._shelf.get(workspace)
        async with self._importing.quiet(folder):
            await self._switching.go_back(folder)

    # --- the reranker ---

    async def reranker(self, workspace: str) -> RerankerView:
        """Which model puts what is found in order, if one does."""
        folder = self._shelf.get(workspace).card.reranker
        return RerankerView(Path(folder).name, folder)

    async def change_reranker(self, workspace: str, folder: str | None) -> None:
        """Have the cross-encoder in ``folder`` put what is found in order (None: nothing).
        Announces RerankerChanged. Raises Problem ``reranker_gone`` or ``not_a_reranker``."""
        owner = self._shelf.get(workspace)
        model = str(Path(folder).absolute()) if folder else ""
        if model:
            await self._indexing.check_reranker(model)
        owner.change_card(reranker=model)
        self._announcer.announce(RerankerChanged(owner.id, await self.reranker(owner.id)))

    # --- test questions and search settings ---

    async def list_golden(self, workspace: str) -> list[GoldenView]:
        """The test questions, in the order they were added."""
        return self._golden.views(self._shelf.get(workspace))

    async def add_golden(self, workspace: str, conversation: str, turn: str) -> GoldenView:
        """Keep the question of a good answer, with the passages it cites, to measure search with.
        Announces GoldenChanged. Raises Problem ``no_turn``, ``golden_no_answer`` or
        ``golden_no_document``."""
        return self._golden.add(self._shelf.get(workspace), conversation, turn)

    async def remove_golden(self, workspace: str, question: str) -> None:
        """Forget a test question. Announces GoldenChanged."""
        folder = self._shelf.get(workspace)
        self._golden.remove(folder, question)
        await self._reconsider_embedder(folder)

    async def measure_golden(self, workspace: str) -> GoldenFigures:
        """How well search finds what answers the test questions. Announces GoldenProgressed."""
        return await self._golden.measure(self._shelf.get(workspace))

    async def search_settings(self, workspace: str) -> Weights:
        """What words and meaning count in searches."""
        return self._shelf.get(workspace).card.weights

    async def try_weights(self, workspace: str, weights: Weights) -> Comparison:
        """What the test questions say about other weights; nothing changes. Announces
        GoldenProgressed. Raises Problem ``weights_out_of_range``."""
        _check_weights(weights)
        return await self._golden.compare(self._shelf.get(workspace), weights=weights)

    async def change_weights(self, workspace: str, weights: Weights) -> None:
        """Search with other weights from now on. Raises Problem ``weights_out_of_range``."""
        _check_weights(weights)
        self._shelf.get(workspace).change_card(weights=weights)

    async def passage_length(self, workspace: str) -> PassageLength:
        """How long passages are, and may be."""
        return await self._trying.length(self._shelf.get(workspace))

    async def try_passages(self, workspace: str, tokens: int) -> Comparison:
        """Split and embed everything anew with passages of ``tokens`` at most (0: what the model
        reads), beside the present ones, and ask the test questions of both. Announces
        TrialProgressed and GoldenProgressed. What was tried stays until it is accepted or
        discarded, or Quire ends; a cancel discards it. Raises Problem ``passage_length`` or
        ``trial_during_change``."""
        return await self._trying.run(self._shelf.get(workspace), tokens)

    async def accept_passages(self, workspace: str) -> None:
        """Make the passages that were tried those of the workspace. Raises Problem ``no_trial``."""
        await self._trying.accept(self._shelf.get(workspace))

    async def discard_passages(self, workspace: str) -> None:
        """Delete what was tried."""
        await self._trying.discard(self._shelf.get(workspace))

    # --- reading ---

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
        start = source.start
        if text[start : source.end] != source.text:
            start = text.find(source.text)  # a newer version of the file may have moved it
        end = start + len(source.text)
        return Surroundings(
            name=source.name,
            before=text[max(0, start - AROUND) : start] if start >= 0 else "",
            text=source.text,
            after=text[end : end + AROUND] if start >= 0 else "",
            page=source.page,
            heading=source.heading,
            deleted=start < 0,
            line=source.line,
            row=source.row,
        )

    async def surroundings_of(self, workspace: str, considered: Considered) -> Surroundings:
        """A passage that was considered for an answer, with the text around it. Raises Problem
        ``passage_gone``: unlike a source, it has no copy of its text."""
        kept = self._shelf.get(workspace).passages.get([considered.passage])
        passage = kept.get(considered.passage)
        if passage is None or passage.start != considered.start:
            raise Problem("passage_gone", name=considered.name)
        source = Source(
            mark=0,
            passage=passage.id,
            document=passage.document,
            name=considered.name,
            text=passage.text,
            start=passage.start,
            end=passage.end,
            page=passage.page,
            heading=passage.heading,
            line=passage.line,
            row=passage.row,
        )
        return await self.surroundings(workspace, source)

    async def search(
        self,
        workspace: str,
        question: str,
        limit: int = 10,
        at_once: bool = False,
        sides: Sides = Sides.BOTH,
    ) -> list[FoundPassage]:
        """At most ``limit`` passages, best first; ``at_once`` by their words alone where the
        embedding model is not in memory yet; by one side's ranking where ``sides`` says so."""
        folder = self._shelf.get(workspace)
        return await self._searching.search(folder, question, limit, at_once, sides)

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

    async def retrieve(self, workspace: str, question: str, limit: int = 10) -> Retrieved:
        """What an answer to ``question`` would be written from, and the evidence that it can be."""
        return await self._searching.retrieve(self._shelf.get(workspace), question, limit)

    async def why_not(self, workspace: str, question: str, document: str) -> WhyNot:
        """Why an answer to ``question`` is not written from ``document``. Raises Problem
        ``no_document``."""
        folder = self._shelf.get(workspace)
        wanted = self._models.passages(self._models.view())
        return await self._searching.why_not(
            folder, question, find_document(folder, document), wanted
        )

    async def ask(
        self, workspace: str, conversation: str, question: str, anyway: bool = False
    ) -> Turn:
        """Answer a question; ``anyway`` also where the documents do not seem to. Announces
        TurnStarted, TurnSources, TurnGrew…, TurnEnded and returns the saved turn. One question at
        a time: raises ``busy`` while another is answered."""
        folder = self._shelf.get(workspace)
        found = _find_conversation(folder, conversation)
        if not found.title and (title := " ".join(question.split())):
            folder.conversations.rename(found.id, _shorten(title))
            self._announcer.announce(ConversationsChanged(folder.id))
        return await self._asking.ask(folder, found.id, question, anyway)

    async def stop(self) -> None:
        """Stop the answer being written, if there is one; the half answer is kept."""
        await self._asking.stop()

    async def export_conversation(
        self, workspace: str, conversation: str, target: Path, labels: Labels | None = None
    ) -> Path:
        """Write the conversation as Markdown to ``target``, which is replaced if it exists. An
        answer that is still being written is in it as far as it was saved, and says so."""
        folder = self._shelf.get(workspace)
        found = _find_conversation(folder, conversation)
        heading = Heading(found.title, folder.card.name, now()[:16].replace("T", " "))
        turns = folder.conversations.turns(found.id)
        text = to_markdown(heading, turns, labels or Labels(), self._asking.live_turn)
        write_whole(target, text.encode("utf-8"))
        return target

    # --- models ---

    async def model(self) -> ModelView:
        """What answers now."""
        return self._models.view()

    async def choose_model(self, model: str, keep: bool = True, title: str = "") -> ModelView:
        """``model`` is a path to a GGUF file, ``starter`` or ``quotes``; ``title`` is what to call
        it, where its name says nothing. The file's header is checked at once; loading happens at
        the next question. Unless ``keep``, the choice is forgotten at the end."""
        return self._models.choose(model, keep, title)


def printable(path: str) -> str:
    """``path`` with a sign for every byte of it that is no text."""
    return path.encode("utf-8", "replace").decode("utf-8")


def _check_weights(weights: Weights) -> None:
    counts = (weights.keyword, weights.vector)
    if not all(0 <= count <= HEAVIEST for count in counts) or not any(counts):
        raise Problem("weights_out_of_range")


def _reported(folder: WorkspaceFolder, document: str) -> DocumentView | None:
    """A document that has no row any more, as the report has it."""
    row = folder.report.get(document)
    if row is None:
        return None
    return DocumentView(
        row.document, row.name, row.path, row.state, reason=row.reason, twin=row.other
    )


def _find_conversation(folder: WorkspaceFolder, conversation: str) -> Conversation:
    found = folder.conversations.get(conversation)
    if found is None:
        raise Problem("no_conversation", name=conversation)
    return found


def _conversation_view(conversation: Conversation) -> ConversationView:
    return ConversationView(conversation.id, conversation.title, conversation.asked_at)


def _shorten(title: str) -> str:
    return title if len(title) <= TITLE else title[: TITLE - 1].rstrip() + "…"
