"""A workspace is one folder: copy it and it moves."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import msgspec

from workspaces.core.types import PLACE_BREAK, Place
from workspaces.library.conversations import Conversations
from workspaces.library.database import Database
from workspaces.library.disk import disk_problems, sync_folder, write_whole
from workspaces.library.documents import Documents
from workspaces.library.passages import Passages
from workspaces.library.settings import decode_versioned

VERSION = 1
CARD = "workspace.json"


class Card(msgspec.Struct, frozen=True):
    """What a workspace says of itself. ``embedder`` is the model's id, ``dimension`` the length
    of its vectors, 0 before the first was made; ``chunker`` the version of the splitting rules."""

    id: str
    name: str
    created_at: str
    version: int = VERSION
    embedder: str = ""
    dimension: int = 0
    chunker: int = 1


class WorkspaceFolder:
    """An open workspace: its card, its catalogue, and the names of the files inside it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.card = _read_card(root)
        self._database = Database(root / "catalog.sqlite")
        self.documents = Documents(self._database)
        self.passages = Passages(self._database)
        self.conversations = Conversations(self._database)

    @property
    def id(self) -> str:
        return self.card.id

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
        _write_card(self.root, card)
        self.card = card

    def remove_files(self, document: str) -> None:
        """Our copy and the extracted text."""
        path = self.document_folder(document)
        with disk_problems(path):
            if path.exists():
                shutil.rmtree(path)

    def remove_document(self, document: str) -> None:
        """The row, the passages, our copy and the text. The index is another process's."""
        self.documents.remove(document)
        self._database.compact()
        self.remove_files(document)

    def sweep(self) -> None:
        """Remove the files of documents that are no more: a removal was cut off."""
        known = {document.id for document in self.documents.all()}
        for entry in (self.root / "documents").iterdir():
            if entry.name not in known:
                self.remove_files(entry.name)

    def size(self) -> int:
        """Bytes on disk."""
        return sum(entry.stat().st_size for entry in self.root.rglob("*") if entry.is_file())

    def close(self) -> None:
        self._database.close()


def create_folder(parent: Path, name: str, now: str) -> WorkspaceFolder:
    """Make a new workspace below ``parent``. It appears whole: its card is written last."""
    card = Card(id=uuid.uuid4().hex, name=name, created_at=now)
    root = parent / card.id
    with disk_problems(root):
        (root / "documents").mkdir(parents=True)
        sync_folder(parent)
    _write_card(root, card)
    return WorkspaceFolder(root)


def find_folders(parent: Path) -> list[Path]:
    """Every workspace's folder below ``parent``. One without a card is not a workspace yet."""
    with disk_problems(parent):
        return sorted(entry for entry in parent.iterdir() if (entry / CARD).is_file())


def delete_folder(folder: WorkspaceFolder) -> None:
    """Everything in it. The card goes first, so that half a deletion is no workspace."""
    folder.close()
    with disk_problems(folder.root):
        (folder.root / CARD).unlink(missing_ok=True)
        shutil.rmtree(folder.root)


def _read_card(root: Path) -> Card:
    path = root / CARD
    with disk_problems(path):
        data = path.read_bytes()
    return decode_versioned(data, Card, VERSION, path)


def _write_card(root: Path, card: Card) -> None:
    write_whole(root / CARD, msgspec.json.format(msgspec.json.encode(card)))
