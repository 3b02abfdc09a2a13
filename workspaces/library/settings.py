"""The settings of a home, one small JSON file."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from workspaces.core.reasons import Problem
from workspaces.library.disk import disk_problems, write_whole

VERSION = 1


class Settings(msgspec.Struct, frozen=True):
    """``model`` is a path to a GGUF file, ``starter``, ``quotes`` or empty for the best there is;
    ``model_title`` is what a person calls that file, empty for its name.
    ``context`` is in tokens; ``threads`` 0 means the machine's; ``answer`` is the longest answer
    in tokens; ``passages`` is how many are found for a question. ``mirrors`` are the names of those
    that models are downloaded from, in their order, empty for whichever is fastest; ``own_mirror``
    is the address of one more. ``licences`` are the ids of those that were accepted."""

    version: int = VERSION
    model: str = ""
    model_title: str = ""
    context: int = 4096
    threads: int = 0
    answer: int = 768
    passages: int = 6
    mirrors: list[str] = []
    own_mirror: str = ""
    licences: list[str] = []


def read_settings(path: Path) -> Settings:
    """The settings at ``path``, or the defaults where there are none yet. Raises Problem
    ``home_newer`` or ``home_damaged``: settings are never thrown away silently."""
    if not path.exists():
        return Settings()
    with disk_problems(path):
        data = path.read_bytes()
    return decode_versioned(data, Settings, VERSION, path)


def write_settings(path: Path, settings: Settings) -> None:
    """Replace the file at ``path``."""
    write_whole(path, msgspec.json.format(msgspec.json.encode(settings)))


class _Versioned(msgspec.Struct):
    version: int


T = TypeVar("T")


def decode_versioned(data: bytes, kind: type[T], newest: int, path: Path) -> T:
    """Decode a JSON file that carries its version. Raises Problem ``home_newer`` when it was
    written by a newer Quire, ``home_damaged`` when it cannot be understood."""
    try:
        if msgspec.json.decode(data, type=_Versioned).version > newest:
            raise Problem("home_newer", name=path)
        return msgspec.json.decode(data, type=kind)
    except msgspec.MsgspecError as error:
        raise Problem("home_damaged", name=path, details=error) from error
