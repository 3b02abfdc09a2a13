"""Which of llama.cpp's devices are graphics cards."""

from __future__ import annotations

from dataclasses import dataclass, field

from workspaces.protocol.messages import Card, Probe, Probed
from workspaces.worker.adapters.graphics import cards
from workspaces.worker.generator import GeneratorRole
from workspaces.worker.role import Talk

CPU, GPU, INTEGRATED, ACCELERATOR, SEVERAL = range(5)


@dataclass
class FakeDevices:
    """Devices of (ggml's number of the kind, description, bytes)."""

    there: list[tuple[int, bytes, int]] = field(default_factory=list)

    def count(self) -> int:
        return len(self.there)

    def kind(self, number: int) -> int:
        return self.there[number][0]

    def description(self, number: int) -> bytes:
        return self.there[number][1]

    def memory(self, number: int) -> int:
        return self.there[number][2]


def test_processors_and_accelerators_are_no_cards() -> None:
    devices = FakeDevices(
        [
            (GPU, b"NVIDIA GeForce RTX 4060", 8 << 30),
            (INTEGRATED, "集成显卡\u2122".encode(), 2 << 30),
            (ACCELERATOR, b"BLAS", 0),
            (CPU, b"AMD EPYC", 16 << 30),
            (SEVERAL, b"both", 10 << 30),
        ]
    )
    assert cards(devices) == [
        Card("NVIDIA GeForce RTX 4060", 8 << 30),
        Card("集成显卡\u2122", 2 << 30),
    ]


def test_a_name_that_is_no_text() -> None:
    assert cards(FakeDevices([(GPU, b"\xff\xfe", 1)])) == [Card("\ufffd\ufffd", 1)]


def test_nothing_to_compute_on() -> None:
    assert cards(FakeDevices()) == []


def test_the_real_list_can_be_read() -> None:
    """Its functions are declared by us, so they must be there in the library that is pinned."""
    assert all(card.name and card.memory >= 0 for card in cards())


def test_the_generator_tells_without_a_model() -> None:
    def no_model(*_: object) -> object:
        raise AssertionError("a model was asked for")

    found = [Card("a card", 1)]
    role = GeneratorRole(no_model, lambda: found)  # type: ignore[arg-type]
    talk = Talk(lambda _: None, lambda _: None, lambda: False)
    assert role.handle(Probe(), talk) == Probed(found)
