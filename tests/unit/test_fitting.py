"""What a model takes of a machine, and whether that is there."""

from __future__ import annotations

import pytest

from workspaces.core.fitting import (
    DISK_EASY,
    DISK_LEAST,
    EASY,
    GB,
    GIB,
    OTHERS,
    Attention,
    Fit,
    Need,
    Room,
    generator_memory,
    indexer_memory,
    judge,
    order,
)

LLAMA_8B = Attention(layers=32, kv_heads=8, head_size=128)
Q4_K_M = 4_920_734_272


def test_the_memory_of_a_generator_is_what_was_measured() -> None:
    """8B at Q4_K_M and 8 192 tokens of context: 5.8 GB resident."""
    assert LLAMA_8B.cache(8192) == 2**30
    assert generator_memory(Q4_K_M, LLAMA_8B, 8192) / GIB == pytest.approx(5.8, abs=0.05)


def test_the_memory_of_the_starter_model_is_what_was_measured() -> None:
    small = Attention(layers=30, kv_heads=3, head_size=64)
    assert 359_000_000 <= generator_memory(98_362_432, small, 8192) < 560_000_000


def test_the_memory_of_an_embedder_is_no_less_than_was_measured() -> None:
    assert 496_000_000 < indexer_memory(90_900_000) < 750_000_000


@pytest.mark.parametrize(
    ("total", "context", "fit"),
    [(4, 4096, "too_large"), (8, 4096, "tight"), (16, 4096, "fits"), (32, 8192, "fits")],
)
def test_the_model_that_the_guidance_names(total: int, context: int, fit: str) -> None:
    need = Need(generator_memory(Q4_K_M, LLAMA_8B, context), Q4_K_M)
    assert judge(need, Room(total * GIB, 100 * GB)).fit.word == fit


@pytest.mark.parametrize(
    ("memory", "fit"),
    [
        (EASY * 10 * GIB, Fit.FITS),
        (EASY * 10 * GIB + 1, Fit.TIGHT),
        (10 * GIB - OTHERS, Fit.TIGHT),
        (10 * GIB - OTHERS + 1, Fit.TOO_LARGE),
    ],
)
def test_the_thresholds_of_memory(memory: float, fit: Fit) -> None:
    assert judge(Need(int(memory), 0), Room(10 * GIB, 0)).fit is fit


@pytest.mark.parametrize(
    ("left", "fit"),
    [
        (DISK_EASY, Fit.FITS),
        (DISK_EASY - 1, Fit.TIGHT),
        (DISK_LEAST, Fit.TIGHT),
        (DISK_LEAST - 1, Fit.TOO_LARGE),
    ],
)
def test_the_thresholds_of_the_disk(left: int, fit: Fit) -> None:
    assert judge(Need(GIB, 7 * GB), Room(16 * GIB, 7 * GB + left)).fit is fit


def test_a_disk_that_is_not_known_says_nothing() -> None:
    verdict = judge(Need(GIB, 7 * GB), Room(16 * GIB, None))
    assert (verdict.fit, verdict.reason.code) == (Fit.FITS, "model_fits")


@pytest.mark.parametrize(
    ("memory", "disk", "code"),
    [
        (1, 50, "model_fits"),
        (1, 0, "model_here_fits"),
        (5, 50, "memory_tight"),
        (1, 96, "disk_tight"),
        (5, 96, "memory_tight"),
        (9, 50, "memory_too_small"),
        (9, 0, "memory_too_small"),
        (1, 100, "disk_too_small"),
        (5, 100, "disk_too_small"),
        (9, 96, "memory_too_small"),
    ],
)
def test_the_reason_is_that_of_the_worse(memory: int, disk: int, code: str) -> None:
    verdict = judge(Need(memory * GIB, disk * GB), Room(8 * GIB, 100 * GB))
    assert verdict.reason.code == code


def test_a_reason_names_the_figures() -> None:
    need, room = Need(int(5.36 * GIB), Q4_K_M), Room(int(7.7 * GIB), int(3.2 * GB))
    assert judge(need, room).reason.sentence() == (
        "It takes 4.9 GB of the disk and only 3.2 GB are free; "
        "free some space, or choose a smaller model."
    )
    assert (
        judge(need, Room(room.memory, 99 * GB))
        .reason.sentence()
        .startswith("It takes about 5.4 GB of this machine's 7.7 GB of memory;")
    )


def test_what_fits_keeps_its_order_and_of_the_rest_the_smallest_is_first() -> None:
    models = [(Fit.TIGHT, 9), (Fit.FITS, 8), (Fit.TOO_LARGE, 1), (Fit.TIGHT, 3), (Fit.FITS, 5)]
    assert sorted(models, key=lambda model: order(*model)) == [
        (Fit.FITS, 8),
        (Fit.FITS, 5),
        (Fit.TIGHT, 3),
        (Fit.TIGHT, 9),
        (Fit.TOO_LARGE, 1),
    ]
