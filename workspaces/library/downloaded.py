"""Models that Quire downloaded, each in a folder of its own below ``models``, and what is still to
be downloaded. A folder gets its name when all of its files are there and right."""

from __future__ import annotations

import shutil
from glob import escape
from pathlib import Path

import msgspec

from workspaces.core.mirrors import RemoteFile
from workspaces.core.reasons import Problem
from workspaces.library.disk import disk_problems, sync_folder, write_whole
from workspaces.library.settings import decode_versioned

VERSION = 1

RECORD = "model.json"

COMING = "coming"
"""The folder of those that are on their way."""

GENERATOR = "generator"


class Wanted(msgspec.Struct, frozen=True):
    """A model to download. ``id`` is the name of its folder; ``kind`` is ``generator``,
    ``embedder`` or ``reranker``; ``repository`` is OWNER/NAME on the hub and its copies,
    ``modelscope`` the same there (empty: not there), ``revision`` a commit or empty for the
    newest. Files without a digest get theirs from a mirror's listing."""

    id: str
    title: str
    kind: str
    repository: str
    files: list[RemoteFile]
    revision: str = ""
    modelscope: str = ""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


class Downloaded(msgspec.Struct, frozen=True):
    """A model that is here. ``path`` is what is loaded: a generator's file, else the folder."""

    wanted: Wanted
    path: str


class _List(msgspec.Struct, frozen=True):
    wanted: list[Wanted]
    version: int = VERSION


class _Record(msgspec.Struct, frozen=True):
    wanted: Wanted
    version: int = VERSION


class DownloadFolder:
    """The folder ``root``, which exists. All methods raise Problem for what the disk refuses."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._list = root / "downloads.json"

    def read_wanted(self) -> list[Wanted]:
        """What was still to be downloaded at the end of the last session, in its order."""
        if not self._list.exists():
            return []
        with disk_problems(self._list):
            data = self._list.read_bytes()
        return decode_versioned(data, _List, VERSION, self._list).wanted

    def write_wanted(self, wanted: list[Wanted]) -> None:
        """Remember what is still to be downloaded."""
        write_whole(self._list, msgspec.json.format(msgspec.json.encode(_List(wanted))))

    def staging(self, wanted: Wanted) -> Path:
        """Where its files are put until all are there."""
        return self._root / COMING / wanted.id

    def arrived(self, wanted: Wanted) -> int:
        """Bytes of it that are there."""
        folder = self.staging(wanted)
        paths = [folder / file.path for file in wanted.files]
        found = [
            each
            for path in paths
            for each in (path, *path.parent.glob(f"{escape(path.name)}.*.part"))
        ]
        return sum(path.stat().st_size for path in found if path.is_file())

    def finish(self, wanted: Wanted) -> None:
        """Give the folder its name, when every file of it is there."""
        staging, folder = self.staging(wanted), self._root / wanted.id
        record = msgspec.json.format(msgspec.json.encode(_Record(wanted)))
        write_whole(staging / RECORD, record)
        with disk_problems(folder):
            if folder.exists():
                shutil.rmtree(folder)
            staging.replace(folder)
            sync_folder(self._root)

    def forget(self, wanted: Wanted) -> None:
        """Delete what is there of one that is not finished."""
        self._remove(self.staging(wanted))

    def remove(self, downloaded: Downloaded) -> None:
        """Delete a model that is here."""
        self._remove(self._root / downloaded.wanted.id)

    def all(self) -> list[Downloaded]:
        """Those that are here, by title. A folder without a record that can be read is none."""
        found = []
        for record in self._root.glob(f"*/{RECORD}"):
            try:
                wanted = decode_versioned(record.read_bytes(), _Record, VERSION, record).wanted
            except (OSError, Problem):
                continue
            found.append(_downloaded(record.parent, wanted))
        return sorted(found, key=lambda each: each.wanted.title)

    def _remove(self, folder: Path) -> None:
        with disk_problems(folder):
            if folder.exists():
                shutil.rmtree(folder)


def _downloaded(folder: Path, wanted: Wanted) -> Downloaded:
    path = folder / wanted.files[0].path if wanted.kind == GENERATOR else folder
    return Downloaded(wanted, str(path))
