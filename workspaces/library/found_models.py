"""Models that are on this disk already, found where other programs keep them, to be used in place.

What lies there was written by others. So a folder is looked through with a limit of entries and of
time, a link is followed only from a snapshot of the hub's cache to a blob of the same repository,
and a file counts as a generator only where its header is accepted.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from workspaces.core.gguf import read_header
from workspaces.core.reasons import Problem
from workspaces.library.looking import (
    EnoughError,
    Look,
    folders,
    read_note,
    resolved,
    size_of,
    tree,
)
from workspaces.library.model_places import Layout, Place
from workspaces.library.offers import Offer, OfferKind, all_offers

log = logging.getLogger("quire.found_models")

MOST_ENTRIES = 50_000
"""Names of files and folders that are looked at in all."""

SECONDS = 20.0
"""How long is looked in all. The header of a Llama 3 file takes half a second."""

WEIGHTS = "model.safetensors"

_MODEL_LAYER = "application/vnd.ollama.image.model"
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PART = re.compile(r"-\d{5}-of-\d{5}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A model on this disk. ``path`` is the file of a generator, the folder of another model;
    ``title`` its name in the program ``where``; ``size`` that of its weights, in bytes. ``sha256``
    of the weights is what their store calls them by: it was not computed; None where it does not
    say."""

    path: Path
    title: str
    kind: OfferKind
    where: str
    size: int
    sha256: str | None


def find_models(
    places: Iterable[Place],
    most: int = MOST_ENTRIES,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> list[Found]:
    """The models in ``places``, each once, in the order of the places. Looks at no more than
    ``most`` entries and no longer than about ``seconds``, then gives what was found so far. Takes
    long, so not for the engine's thread."""
    look = Look(most, seconds, clock)
    found: dict[Path, Found] = {}
    for place in places:
        try:
            for weights, model in _SEARCHES[place.layout](place, look):
                found.setdefault(weights, model)
        except EnoughError:
            log.warning("models were looked for in a part of %s only", place.folder)
            break
        except OSError as error:
            log.warning("models were not looked for in all of %s: %s", place.folder, error)
    return list(found.values())


def offer_of(found: Found) -> Offer | None:
    """The offer that ``found`` is the very files of: by digest where both are known, else by name
    and exact size."""
    return next((one for one in all_offers().offers if _is_the_same(found, one)), None)


def _is_the_same(found: Found, offer: Offer) -> bool:
    if found.kind is not offer.kind:
        return False
    if found.sha256 and offer.weights.sha256:
        return found.sha256 == offer.weights.sha256
    # The weights of all embedding models have one name, and those of one make the same size too.
    if offer.kind is OfferKind.GENERATOR:
        same_name = found.path.name == offer.weights.path
    else:
        same_name = found.title == offer.repository
    return same_name and found.size == offer.weights.size


Weighed = Iterator[tuple[Path, Found]]
"""Models, each with the real path of its weights, which tells one from another."""


def _search_plain(place: Place, look: Look) -> Weighed:
    for folder, names in tree(place.folder, look):
        files = {name: folder / name for name in names}
        yield from _models(place.where, folder, folder.name, files, {})


def _search_hub(place: Place, look: Look) -> Weighed:
    for repository in folders(resolved(place.folder), look):
        if repository.name.startswith("models--"):
            title = repository.name.removeprefix("models--").replace("--", "/")
            for snapshot in folders(repository / "snapshots", look):
                for folder, names in tree(snapshot, look, links=True):
                    yield from _snapshot(place.where, repository, folder, names, title)


def _snapshot(
    where: str, repository: Path, folder: Path, names: Iterable[str], title: str
) -> Weighed:
    """The models in a folder of a snapshot, whose files are blobs of the ``repository`` or, where
    the system has no links, lie there themselves."""
    reals = {name: resolved(folder / name) for name in names}
    ours = (repository / "blobs", folder)
    files = {name: real for name, real in reals.items() if real.parent in ours}
    digests = {name: real.name for name, real in files.items() if _SHA256.fullmatch(real.name)}
    yield from _models(where, folder, title, files, digests)


def _search_ollama(place: Place, look: Look) -> Weighed:
    store = resolved(place.folder)
    manifests, blobs = store / "manifests", store / "blobs"
    for folder, names in tree(manifests, look):
        for name in names:
            title = _ollama_title(folder.relative_to(manifests).parts, name)
            for digest in _model_layers(folder / name):
                blob = blobs / f"sha256-{digest}"
                if resolved(blob) == blob:
                    yield from _generator(place.where, blob, blob, title, digest)


def _ollama_title(named: tuple[str, ...], tag: str) -> str:
    """What Ollama calls a model: its own library goes without saying."""
    for usual in ("registry.ollama.ai", "library"):
        named = named[1:] if named[:1] == (usual,) else named
    return f"{'/'.join(named)}:{tag}"


class _Layer(msgspec.Struct, rename="camel"):
    media_type: str
    digest: str


class _Manifest(msgspec.Struct):
    layers: list[_Layer]


def _model_layers(manifest: Path) -> Iterator[str]:
    """The digests of the GGUF files that Ollama's ``manifest`` names."""
    read = read_note(manifest, _Manifest)
    for layer in read.layers if read else []:
        if layer.media_type == _MODEL_LAYER and (named := _DIGEST.fullmatch(layer.digest)):
            yield named[1]


def _models(
    where: str, folder: Path, title: str, files: Mapping[str, Path], digests: Mapping[str, str]
) -> Weighed:
    """The models right in ``folder``, whose ``files`` have names and real paths: GGUF files, and
    the folder itself where it is a model."""
    for name, real in files.items():
        path = folder / name
        if path.suffix.lower() == ".gguf" and not _PART.search(path.stem):
            yield from _generator(where, path, real, path.stem, digests.get(name))
    kind, weights = _folder_kind(files), files.get(WEIGHTS)
    if kind and weights and (size := size_of(weights)):
        yield weights, Found(folder, title, kind, where, size, digests.get(WEIGHTS))


def _generator(where: str, path: Path, real: Path, title: str, digest: str | None) -> Weighed:
    """The GGUF file at ``path``, which is ``real``, where it is one that Quire can run."""
    if not (size := size_of(real)):
        return
    try:
        with real.open("rb") as stream:
            read_header(stream, size, path.name)
    except (OSError, Problem):
        return
    yield real, Found(path, title, OfferKind.GENERATOR, where, size, digest)


class _Settings(msgspec.Struct):
    architectures: list[str] = []


def _folder_kind(files: Mapping[str, Path]) -> OfferKind | None:
    """What the model is whose folder holds ``files``; None for one that is of no use here."""
    config = files.get("config.json")
    settings = read_note(config, _Settings) if config else None
    if settings is None:
        return None
    if any(name.endswith("ForSequenceClassification") for name in settings.architectures):
        return OfferKind.RERANKER
    return OfferKind.EMBEDDER if "modules.json" in files else None


_SEARCHES: Mapping[Layout, Callable[[Place, Look], Weighed]] = {
    Layout.PLAIN: _search_plain,
    Layout.OLLAMA: _search_ollama,
    Layout.HUB: _search_hub,
}
