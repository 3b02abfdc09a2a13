"""Where other programs keep models on this machine, and how they lay them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Layout(Enum):
    """How a store names its files."""

    PLAIN = auto()
    """Files and folders with the names of the hub, at any depth."""
    OLLAMA = auto()
    """Manifests that name blobs by their digests."""
    HUB = auto()
    """The hub's cache: snapshots of names that are links to blobs."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of models. ``where`` is the program it belongs to, as it calls itself."""

    where: str
    folder: Path
    layout: Layout = Layout.PLAIN


def places(home: Path, environment: Mapping[str, str], platform: str) -> list[Place]:
    """Where the person whose folder is ``home`` may have models, whether or not there are any.
    ``platform`` is ``sys.platform``'s; ``environment`` may have moved some."""
    data = _data_folder(home, environment, platform)
    return [
        *(
            Place("Ollama", folder, Layout.OLLAMA)
            for folder in _ollama(home, environment, platform)
        ),
        Place("LM Studio", home / ".lmstudio" / "models"),
        Place("LM Studio", home / ".cache" / "lm-studio" / "models"),
        Place("GPT4All", _gpt4all(home, environment, platform)),
        Place("GPT4All", home / ".cache" / "gpt4all"),
        *(Place("Jan", folder / models) for folder in _jan(home, data, platform) for models in JAN),
        Place("Hugging Face", _hub_cache(home, environment), Layout.HUB),
    ]


JAN = ("llamacpp/models", "models")
"""Where Jan keeps models in its data folder, now and before."""


def _data_folder(home: Path, environment: Mapping[str, str], platform: str) -> Path:
    """The folder for what programs keep of a person, roaming on Windows."""
    if platform == "win32":
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    if platform == "darwin":
        return home / "Library" / "Application Support"
    return home / ".local" / "share"


def _ollama(home: Path, environment: Mapping[str, str], platform: str) -> list[Path]:
    if moved := environment.get("OLLAMA_MODELS"):
        return [Path(moved)]
    own = home / ".ollama" / "models"
    service = Path("/usr/share/ollama/.ollama/models")
    return [own, service] if platform.startswith("linux") else [own]


def _gpt4all(home: Path, environment: Mapping[str, str], platform: str) -> Path:
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return local / "nomic.ai" / "GPT4All"
    return _data_folder(home, environment, platform) / "nomic.ai" / "GPT4All"


def _jan(home: Path, data: Path, platform: str) -> list[Path]:
    older = [home / ".config" / "Jan" / "data"] if platform.startswith("linux") else []
    return [data / "Jan" / "data", *older, home / "jan"]


def _hub_cache(home: Path, environment: Mapping[str, str]) -> Path:
    if cache := environment.get("HF_HUB_CACHE"):
        return Path(cache)
    if moved := environment.get("HF_HOME"):
        return Path(moved) / "hub"
    return home / ".cache" / "huggingface" / "hub"
