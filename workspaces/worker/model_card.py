"""What a model's files say it is: its names, and the languages it was made for.

The card (``README.md``) begins with YAML of which only plain keys and lists are read: those of the
well-known models are up to 200 KB of figures, and a strange one must not be able to do harm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LARGEST = 4_000_000
"""Bytes of a card that are read."""

_KEYS = frozenset({"language", "model-index", "base_model"})


@dataclass(frozen=True, slots=True)
class ModelCard:
    """``names`` are what the model or the one it was made of is called, the most trustworthy first
    and the folder's last; in lower case, with hyphens. ``languages`` are the codes the card
    declares, in lower case and without a region."""

    names: tuple[str, ...]
    languages: tuple[str, ...]


def read_card(folder: Path) -> ModelCard:
    """The card of the model in ``folder``; what cannot be read is left out."""
    front, rest = _parted(_text(folder / "README.md").splitlines())
    declared = _front_matter(front)
    names = [
        *(name.removeprefix("name:") for name in declared.get("model-index", [])[:1]),
        *_configured(folder),
        *_heading(rest),
        *declared.get("base_model", []),
        *_places(folder),
    ]
    languages = (re.split("[-_]", code)[0].lower() for code in declared.get("language", []))
    return ModelCard(tuple(_named(name) for name in names), tuple(filter(None, languages)))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST).decode("utf-8", "replace")
    except OSError:
        return ""


def _parted(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """The lines of the YAML at the top, and those after it."""
    if not lines or lines[0].strip() != "---":
        return [], lines
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), len(lines))
    return lines[1:end], lines[end + 1 :]


def _front_matter(lines: Sequence[str]) -> dict[str, list[str]]:
    """The values of the keys we ask for; of a list of tables, its lines."""
    values: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        if begins := re.match(r"([\w-]+):(.*)", line):
            key = begins[1]
            if key in _KEYS:
                values[key] = list(_inline(begins[2]))
        elif key in values and (item := re.match(r"\s*-\s+(.*)", line)):
            values[key].append(_plain(item[1]))
    return values


def _inline(value: str) -> Iterator[str]:
    """The values that stand behind a key: one, or a list in brackets."""
    inner = value.strip()
    parts = inner[1:-1].split(",") if inner.startswith("[") else [inner]
    yield from filter(None, map(_plain, parts))


def _plain(value: str) -> str:
    return value.split(" #")[0].strip().strip("\"'")


def _heading(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if heading := re.match(r"#\s+(.+)|<h1[^>]*>(.+?)</h1>", line.strip()):
            yield heading[1] or heading[2]
            return


def _configured(folder: Path) -> Iterator[str]:
    """The name in the settings of the transformer: where it came from when it was saved."""
    try:
        settings = json.loads(_text(folder / "config.json"))
    except ValueError:
        return
    if isinstance(settings, dict) and (name := settings.get("_name_or_path")):
        yield str(name)


def _places(folder: Path) -> Iterator[str]:
    """The folder's name; in the cache of the model hub, that of the folder which says the name."""
    if folder.parent.name == "snapshots":
        yield folder.parent.parent.name.removeprefix("models--")
    yield folder.name


def _named(name: str) -> str:
    return name.strip().lower().replace("_", "-")
