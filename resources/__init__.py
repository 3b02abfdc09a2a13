"""Data that comes with the program, read only through the helpers here."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def path(name: str) -> Path:
    """Where the resource is on disk, for libraries that open files themselves."""
    return Path(str(files(__name__).joinpath(name)))


def text(name: str) -> str:
    """The whole resource as text."""
    return path(name).read_text(encoding="utf-8")
