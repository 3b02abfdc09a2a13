"""A workspace is one folder: copy it and it moves."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

import msgspec

from workspaces.core.types import PLACE_BREAK, Place, Weights
from workspaces.library.conversations import Conversations
from workspaces.library.database import Database
from workspaces.library.disk import disk_problems, sync_folder, write_whole
from workspaces.library.documents import Document, Documents
from workspaces.library.golden import GoldenQuestions
from workspaces.library.passages import Passages
from workspaces.library.report import Report
from workspaces.library.settings import decode_versioned
from workspaces.library.spaces import Spaces
from workspaces.library.watches import Watches

VERSION = 1
CARD = "workspace.json"
DELETED = ".deleted"
UNFINISHED = ".unfinished"
TRIAL = "trial"
"""Folder inside a workspace in which passages of another length are tried."""


class Card(msgspec.Struct, frozen=True):
    """What a workspace says of itself. ``paused`` is true while its import rests; ``chunker`` is
    the version of the splitting rules; ``weights`` is what each side of its searches counts;
    ``reranker`` is the folder of the model that puts what was found in order, empty for none;
    ``passage_tokens`` is the length of a passage, 0 for as much as the embedding model reads."""

    id: str
    name: str
    created_at: str
    version: int = VERSION
    paused: bool = False
    chunker: int = 1
    weights: Weights = Weights()
    reranker: str = ""
    passage_tokens: int = 0


class WorkspaceFolder:
    """An open workspace: its card, its catalogue, and the names of the files inside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.card = _read_card(root)
        self._database = Database(self.catalogue)
        self.documents = Documents(self._database)
        self.passages = Passages(self._database)
        self.conversations = Conversations(self._database)
        self.spaces = Spaces(self._database)
        self.report = Report(self._database)
        self.watches = Watches(self._database)
        self.golden = GoldenQuestions(self._database)

    @property
    def id(self) -> str:
        """The folder's name: a copy beside it is another workspace."""
        return self.root.name

    @property
    def catalogue(self) -> Path:
        return self.root / "catalog.sqlite"

    @property
    def index(self) -> Path:
        return self.root / "index.lance"

    def document_folder(self, document: str) -> Path:
        return self.root / "documents" / document

    def original(self, document: str) -> Path:
        """Our copy. It carries no name from outside: what a file is was decided by content."""
        return self.document_folder(document) / "original"

    def text(self, document: str) -> Path:
        """The extracted text, one place a line."""
        return self.document_folder(document) / "text.jsonl"

    def places(self, document: str) -> list[Place]:
        """The extracted text; empty when there is none."""
        path = self.text(document)
        if not path.exists():
            return []
        with disk_problems(path):
            lines = path.read_bytes().splitlines()
        return [msgspec.json.decode(line, type=Place) for line in lines]

    def stored_text(self, document: str) -> str:
        return PLACE_BREAK.join(place.text for place in self.places(document))

    def change_card(self, **changes: object) -> None:
        """Write a changed card."""
        card = msgspec.structs.replace(self.card, **changes)
        write_card(self.root, card)
        self.card = card

    def remove_files(self, document: str) -> None:
        """Our copy and the extracted text."""
        path = self.document_folder(document)
        with disk_problems(path):
            if path.exists():
                shutil.rmtree(path)

    def remove_documents(self, documents: Sequence[str]) -> None:
        """Rows, passages, our copies and the texts. The index is another process's."""
        self.documents.remove(documents)
        self.conversations.leave_out(documents)
        self.compact()
        for document in documents:
            self.remove_files(document)

    def compact(self) -> None:
        """Leave nothing of what was deleted in the catalogue's files."""
        self._database.compact()

    def hand_over(self, document: Document, heir: str) -> None:
        """Give the content of ``document``, which is about to go, to its duplicate ``heir``."""
        target = self.original(heir)
        with disk_problems(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            self.original(document.id).replace(target)
        self.documents.inherit(heir, document)

    def sweep(self) -> None:
        """Remove the files of documents that are no more (a removal was cut off) and half copies
        (their writer was), and a trial that nobody goes on with. What is not named like a document
        is not ours and stays."""
        for document in self.orphans():
            self.remove_files(document)
        with disk_problems(self.root):
            for part in (self.root / "documents").glob("*/*.part"):
                part.unlink()
            if (self.root / TRIAL).exists():
                shutil.rmtree(self.root / TRIAL)

    def orphans(self) -> list[str]:
        """Ids of documents that are no more but whose files are."""
        known = self.documents.ids()
        with disk_problems(self.root):
            (self.root / "documents").mkdir(exist_ok=True)
            found = [entry.name for entry in (self.root / "documents").iterdir()]
        return [name for name in found if _is_id(name) and name not in known]

    def damage(self) -> str:
        """What is wrong with the catalogue; empty where it is whole."""
        return self._database.damage()

    def size(self) -> int:
        """Bytes on disk."""
        return sum(entry.stat().st_size for entry in self.root.rglob("*") if entry.is_file())

    def close(self) -> None:
        self._database.close()


def create_folder(parent: Path, name: str, now: str) -> WorkspaceFolder:
    """Make a new workspace below ``parent``. It appears whole: its folder gets its name last."""
    card = Card(id=uuid.uuid4().hex, name=name, created_at=now)
    root = parent / card.id
    unfinished = parent / (card.id + UNFINISHED)
    with disk_problems(root):
        (unfinished / "documents").mkdir(parents=True)
        write_card(unfinished, card)
        WorkspaceFolder(unfinished).close()
        unfinished.rename(root)
        sync_folder(parent)
    return WorkspaceFolder(root)


def find_folders(parent: Path) -> list[Path]:
    """Every workspace's folder below ``parent``. One without a card is no workspace; what a
    making or a deletion that was cut off has left is deleted."""
    with disk_problems(parent):
        for rest in (*parent.glob(f"*{DELETED}"), *parent.glob(f"*{UNFINISHED}")):
            shutil.rmtree(rest)
        return sorted(entry for entry in parent.iterdir() if (entry / CARD).is_file())


def delete_folder(folder: WorkspaceFolder) -> int:
    """Everything in it. It gets another name first, so that half a deletion is no workspace.
    Returns how many files are left."""
    folder.close()
    with disk_problems(folder.root):
        rest = folder.root.rename(folder.root.with_name(folder.root.name + DELETED))
        shutil.rmtree(rest)
    return sum(1 for _ in rest.rglob("*")) if rest.exists() else 0


def _is_id(name: str) -> bool:
    return re.fullmatch("[0-9a-f]{32}", name) is not None


def _read_card(root: Path) -> Card:
    path = root / CARD
    with disk_problems(path):
        data = path.read_bytes()
    return decode_versioned(data, Card, VERSION, path)


def write_card(root: Path, card: Card) -> None:
    """Write ``card`` into the folder ``root``, whole or not at all."""
    write_whole(root / CARD, msgspec.json.format(msgspec.json.encode(card)))
