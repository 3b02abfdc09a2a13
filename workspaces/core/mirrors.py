"""Where models are downloaded from: the addresses of a mirror's files, and what its listings say.

The paths are those of the Hugging Face hub (https://huggingface.co/docs/hub/api), which others
copy, and of ModelScope (https://modelscope.cn/docs). Nothing here touches a network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from workspaces.core.reasons import Problem


class Kind(StrEnum):
    """Whose paths a mirror has."""

    HUB = "hub"
    MODELSCOPE = "modelscope"


@dataclass(frozen=True, slots=True)
class Mirror:
    """A place that serves models. ``base`` is the beginning of its addresses; ``hosts`` are where
    it sends those who ask, besides its own: a name, or the end of one with a dot before it."""

    name: str
    base: str
    kind: Kind = Kind.HUB
    hosts: tuple[str, ...] = ()


HUGGING_FACE = Mirror("Hugging Face", "https://huggingface.co", hosts=(".hf.co", ".huggingface.co"))
HF_MIRROR = Mirror(
    "hf-mirror", "https://hf-mirror.com", hosts=("huggingface.co", *HUGGING_FACE.hosts)
)
MODELSCOPE = Mirror("ModelScope", "https://modelscope.cn", Kind.MODELSCOPE, (".modelscope.cn",))

MIRRORS = (MODELSCOPE, HF_MIRROR, HUGGING_FACE)

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

BRANCHES = {Kind.HUB: "main", Kind.MODELSCOPE: "master"}
"""What the newest revision is called."""

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA1 = re.compile(r"[0-9a-f]{40}")
_ODD = re.compile(r'[\x00-\x1f<>:"|?*\\]')


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository: ``path`` inside it, ``size`` in bytes, and its ``digest``:
    ``sha256:`` and 64 hexadecimal digits, or, of small files of the hub, ``git:`` and the 40 of
    Git's SHA-1 of the blob. Empty where the listing has none."""

    path: str
    size: int
    digest: str = ""


def own_mirror(base: str) -> Mirror:
    """The mirror at an address that a person gave, with the hub's paths. Raises Problem
    ``mirror_address`` unless it is ``https://`` and a host, or ``http://`` on this machine."""
    address = base.strip().rstrip("/")
    host = urlsplit(address).hostname or ""
    if not is_private_enough(address) or urlsplit(address).query or not host:
        raise Problem("mirror_address", name=base)
    return Mirror(host, address, hosts=HF_MIRROR.hosts)


def is_private_enough(address: str) -> bool:
    """Whether nobody on the way can read or change what comes from ``address``."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def may_be_asked(address: str, mirror: Mirror) -> bool:
    """Whether ``address`` is a place of ``mirror``: its own host, or one it sends people to."""
    host = (urlsplit(address).hostname or "").lower()
    own = (urlsplit(mirror.base).hostname or "").lower()
    is_known = host == own or any(
        host.endswith(each) if each.startswith(".") else host == each for each in mirror.hosts
    )
    return is_known and is_private_enough(address)


def check_repository(name: str) -> str:
    """``name`` as ``owner/name``, also from an address of a hub's page. Raises Problem
    ``no_repository``."""
    parts = urlsplit(name.strip())
    path = parts.path if parts.scheme else name.strip()
    found = _REPOSITORY.match(path.strip("/").removeprefix("models/"))
    if found is None or ".." in found[0]:
        raise Problem("no_repository", name=name)
    return found[0]


def file_address(mirror: Mirror, repository: str, revision: str, path: str) -> str:
    """Where ``mirror`` has a file; ``revision`` empty is the newest one."""
    place = f"{quote(_revision(mirror, revision), safe='')}/{quote(path)}"
    folder = "models/" if mirror.kind is Kind.MODELSCOPE else ""
    return f"{mirror.base}/{folder}{repository}/resolve/{place}"


def listing_address(mirror: Mirror, repository: str, revision: str) -> str:
    """Where ``mirror`` lists the files of a repository."""
    at = quote(_revision(mirror, revision), safe="")
    if mirror.kind is Kind.MODELSCOPE:
        query = f"Revision={at}&Recursive=true"
        return f"{mirror.base}/api/v1/models/{repository}/repo/files?{query}"
    return f"{mirror.base}/api/models/{repository}/tree/{at}?recursive=true"


def read_listing(mirror: Mirror, listing: Any) -> list[RemoteFile]:
    """The files that a listing, decoded from JSON, names. Those whose path could lead out of a
    folder, or cannot be a name on every system, are left out. Raises Problem ``listing_strange``
    where it is no listing."""
    try:
        if mirror.kind is Kind.MODELSCOPE:
            found = [_of_modelscope(each) for each in listing["Data"]["Files"]]
        elif isinstance(listing, list):
            found = [_of_hub(each) for each in listing]
        else:
            raise TypeError(type(listing))
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise Problem("listing_strange", name=mirror.name) from error
    return [each for each in found if each is not None and is_safe(each.path)]


def is_safe(path: str) -> bool:
    """Whether a path from a listing stays below the folder it is put into, on every system."""
    parts = path.split("/")
    return (
        bool(path)
        and not PurePosixPath(path).is_absolute()
        and not _ODD.search(path)
        and all(part and part.strip(". ") and part == part.rstrip(". ") for part in parts)
    )


def model_files(files: Iterable[RemoteFile]) -> list[RemoteFile]:
    """The GGUF files of a repository, the smallest first; parts of split ones are left out."""
    whole = [
        each
        for each in files
        if each.path.lower().endswith(".gguf") and not re.search(r"-\d{5}-of-\d{5}\.", each.path)
    ]
    return sorted(whole, key=lambda each: (each.size, each.path))


def _revision(mirror: Mirror, revision: str) -> str:
    """ModelScope has commits of its own: only the newest one can be asked for."""
    if mirror.kind is Kind.MODELSCOPE:
        return BRANCHES[mirror.kind]
    return revision or BRANCHES[mirror.kind]


def _of_hub(entry: Mapping[str, Any]) -> RemoteFile | None:
    if entry["type"] != "file":
        return None
    if large := entry.get("lfs"):
        return RemoteFile(
            str(entry["path"]), _whole(large["size"]), _named("sha256", large["oid"], _SHA256)
        )
    digest = _named("git", entry.get("oid", ""), _SHA1)
    return RemoteFile(str(entry["path"]), _whole(entry["size"]), digest)


def _of_modelscope(entry: Mapping[str, Any]) -> RemoteFile | None:
    if entry["Type"] != "blob":
        return None
    digest = _named("sha256", entry.get("Sha256", ""), _SHA256)
    return RemoteFile(str(entry["Path"]), _whole(entry["Size"]), digest)


def _named(kind: str, digest: object, pattern: re.Pattern[str]) -> str:
    found = str(digest).removeprefix("sha256:").lower()
    return f"{kind}:{found}" if pattern.fullmatch(found) else ""


def _whole(size: object) -> int:
    if not isinstance(size, int) or size < 0:
        raise ValueError(f"no size: {size!r}")
    return size
