"""ZIP files of XML parts, as documents are made of them, and damage done to them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.reading import extract
from workspaces.core.reasons import Problem


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A ZIP file of ``parts`` at ``path``; its media type, if it has one, is stored first."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, compress_type=method)
    return path


def parts_of(path: Path) -> dict[str, str | bytes]:
    """The parts of the ZIP file at ``path``."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(path: Path, changes: Mapping[str, str | bytes | None]) -> Path:
    """The file at ``path`` with some of its parts replaced or (None) left out."""
    parts = {**parts_of(path), **changes}
    return packed(path, {name: part for name, part in parts.items() if part is not None})


def edited(path: Path, part: str, old: str, new: str) -> Path:
    """The file at ``path`` with words of one part replaced."""
    content = parts_of(path)[part]
    assert isinstance(content, bytes)
    assert old.encode() in content
    return changed(path, {part: content.replace(old.encode(), new.encode())})


def cut(path: Path) -> Path:
    """The file at ``path`` without its second half."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def refused(path: Path, folder: Path) -> str:
    """The code of the reason why the file at ``path`` is not read."""
    with pytest.raises(Problem) as caught:
        extract(path, folder)
    assert "…" not in caught.value.reason.sentence()
    return caught.value.reason.code
