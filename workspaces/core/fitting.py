"""Whether a model fits a machine, and why: from its files, its shape and what there is.

Memory is counted in GB of 2^30 bytes, as machines are sold, disks in GB of 10^9, as downloads are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from workspaces.core.reasons import Reason

GIB = 2**30
GB = 10**9

CACHED = 2
"""Bytes of a number in the cache of keys and values (float16)."""

BUFFERS = 250_000_000
"""Bytes that llama.cpp and Python around it take besides the file and the cache. Measured: 8B at
Q4_K_M with 8 192 tokens of context takes 5.8 GiB without mmap, which are 4.92 GB of the file,
1.07 GB of cache and 0.23 GB. A model of 135M, with a smaller vocabulary, takes 0.07 GB besides."""

LIBRARIES = 600_000_000
"""Bytes that the indexer takes besides the weights of an embedding or reranking model. Measured:
496 MB with 91 MB of weights; longer texts take more."""

EASY = 0.4
"""A model that takes at most so much of all memory leaves room for other programs. So 8B at Q4_K_M
fits from 16 GB, 3B from 8 GB."""

OTHERS = 2 * GIB
"""Bytes that the system, the window and the other processes of Quire need beside a model: with less
left to them, the machine would move memory to the disk instead of answering."""

DISK_EASY = 5 * GB
DISK_LEAST = GB // 2
"""Bytes that stay free on the disk after a download: with less than the first it is tight for
documents and their index, with less than the second it is not begun."""


class Fit(IntEnum):
    """How well a model fits: the lower, the better."""

    FITS = 0
    TIGHT = 1
    TOO_LARGE = 2

    @property
    def word(self) -> str:
        """``fits``, ``tight`` or ``too_large``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Attention:
    """The shape of a generator that its cache depends on: numbers of layers and of heads for keys
    and values, and how many numbers a head has."""

    layers: int
    kv_heads: int
    head_size: int

    def cache(self, context: int) -> int:
        """Bytes of keys and values of ``context`` tokens."""
        return 2 * self.layers * self.kv_heads * self.head_size * CACHED * context


@dataclass(frozen=True, slots=True)
class Need:
    """What a model takes, in bytes: of ``memory`` while it works, of ``disk`` until it is here; 0
    where it already is."""

    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class Room:
    """What a machine has, in bytes: all its ``memory``, and what is free on the ``disk`` of the
    home, None where that is not known."""

    memory: int
    disk: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a model fits, and the figures that say so."""

    fit: Fit
    reason: Reason


def generator_memory(file: int, attention: Attention, context: int) -> int:
    """Bytes that a generator takes, loaded whole: its ``file`` of so many bytes, and ``context``
    tokens."""
    return file + attention.cache(context) + BUFFERS


def indexer_memory(weights: int) -> int:
    """Bytes that the indexer takes with an embedding or a reranking model of ``weights`` bytes,
    which are kept as they are in the file."""
    return weights + LIBRARIES


def judge(need: Need, room: Room) -> Verdict:
    """The worse of what memory and disk say; memory where they are equally bad."""
    memory, disk = _memory_fit(need, room), _disk_fit(need, room)
    return Verdict(max(memory, disk), Reason(_code(memory, disk, need), _figures(need, room)))


def order(fit: Fit, memory: int) -> tuple[Fit, int]:
    """The sort key of a model that fits so and takes ``memory`` bytes: what fits comes first and
    stays in the order it has, of the rest the smallest is first."""
    return fit, 0 if fit is Fit.FITS else memory


def _memory_fit(need: Need, room: Room) -> Fit:
    if need.memory <= EASY * room.memory:
        return Fit.FITS
    return Fit.TIGHT if need.memory + OTHERS <= room.memory else Fit.TOO_LARGE


def _disk_fit(need: Need, room: Room) -> Fit:
    if not need.disk or room.disk is None:
        return Fit.FITS
    left = room.disk - need.disk
    if left >= DISK_EASY:
        return Fit.FITS
    return Fit.TIGHT if left >= DISK_LEAST else Fit.TOO_LARGE


def _code(memory: Fit, disk: Fit, need: Need) -> str:
    match max(memory, disk):
        case Fit.FITS:
            return "model_fits" if need.disk else "model_here_fits"
        case Fit.TIGHT:
            return "memory_tight" if memory is Fit.TIGHT else "disk_tight"
        case Fit.TOO_LARGE:
            return "memory_too_small" if memory is Fit.TOO_LARGE else "disk_too_small"


def _figures(need: Need, room: Room) -> dict[str, str]:
    figures = {
        "memory": f"{need.memory / GIB:.1f}",
        "memory_there": f"{room.memory / GIB:.1f}",
        "disk": f"{need.disk / GB:.1f}",
    }
    if room.disk is not None:
        figures["disk_free"] = f"{room.disk / GB:.1f}"
    return figures
