"""The header check: real models pass, anything hostile is refused quickly and by name."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import shared_folder
from tests.starter import smollm2_file
from workspaces.core.gguf import GgufFacts, read_header
from workspaces.core.reasons import Problem

UINT32, STRING, ARRAY, HUGE = 4, 8, 9, 2**64 - 1


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def value(key: str, kind: int, packed: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + packed


def tensor(dimensions: list[int], kind: int = 0, offset: int = 0) -> bytes:
    return (
        text("weights")
        + struct.pack(f"<I{len(dimensions)}Q", len(dimensions), *dimensions)
        + struct.pack("<IQ", kind, offset)
    )


LLAMA = value("general.architecture", STRING, text("llama"))
NAME = value("general.name", STRING, text("Tiny"))
CONTEXT = value("llama.context_length", UINT32, struct.pack("<I", 2048))
WORDS = value("tokenizer.ggml.tokens", ARRAY, struct.pack("<IQ", STRING, 2) + text("a") + text("b"))
TEMPLATE = value("tokenizer.chat_template", STRING, text("{{ messages }}"))


def gguf(
    *values: bytes, tensors: tuple[bytes, ...] = (), data: int = 64, version: int = 3, **counts: int
) -> bytes:
    header = b"GGUF" + struct.pack(
        "<IQQ", version, counts.get("tensors_said", len(tensors)), counts.get("said", len(values))
    )
    header += b"".join(values) + b"".join(tensors)
    return header + bytes(-len(header) % 32 + data)


def read(content: bytes) -> GgufFacts:
    return read_header(io.BytesIO(content), len(content), "model.gguf")


def refusal(content: bytes) -> str:
    with pytest.raises(Problem) as refused:
        read(content)
    assert refused.value.reason.details["name"] == "model.gguf"
    return refused.value.reason.code


def read_file(path: Path) -> GgufFacts:
    with path.open("rb") as stream:
        return read_header(stream, path.stat().st_size, path.name)


def test_the_facts_of_a_sound_header() -> None:
    facts = read(gguf(LLAMA, NAME, CONTEXT, WORDS, TEMPLATE, tensors=(tensor([4, 4]),)))
    assert facts == GgufFacts("llama", "Tiny", 2048, None, True)
    assert read(gguf(LLAMA)) == GgufFacts("llama", "", 0, None, False)


def test_real_models() -> None:
    facts = read_file(smollm2_file())
    assert (facts.architecture, facts.context, facts.has_chat_template) == ("llama", 8192, True)
    assert facts.file_type == 3  # mostly Q4_1


@pytest.mark.parametrize(
    ("name", "context", "template"),
    [("stories260K", 512, False), ("llama3-tokenizer-random", 8192, True)],
)
def test_shared_models(name: str, context: int, template: bool) -> None:
    (path,) = (shared_folder() / "models" / name).glob("*.gguf")
    facts = read_file(path)
    assert (facts.architecture, facts.context, facts.has_chat_template) == (
        "llama",
        context,
        template,
    )


def test_a_real_model_that_was_cut_off_anywhere() -> None:
    (path,) = (shared_folder() / "models" / "stories260K").glob("*.gguf")
    content = path.read_bytes()
    read(content)
    for size in (5, 30, 1000, 20_000, len(content) // 2, len(content) - 64):
        assert refusal(content[:size]) == "gguf_damaged"


@pytest.mark.parametrize(
    "content", [b"", b"GGU", b"PK\x03\x04" * 20, b"\0" * 99, "中文".encode() * 9]
)
def test_what_is_no_gguf(content: bytes) -> None:
    assert refusal(content) == "not_a_gguf"


def test_another_family_is_refused_by_name() -> None:
    with pytest.raises(Problem) as refused:
        read(gguf(value("general.architecture", STRING, text("qwen2"))))
    assert refused.value.reason.code == "not_llama"
    assert refused.value.reason.details["architecture"] == "qwen2"
    assert refusal(gguf()) == "not_llama"


@pytest.mark.parametrize(
    "content",
    [
        gguf(LLAMA, version=1),
        gguf(LLAMA, version=99),
        gguf(LLAMA, said=HUGE),
        gguf(LLAMA, tensors_said=HUGE),
        gguf(LLAMA, value("k", STRING, struct.pack("<Q", HUGE))),
        gguf(LLAMA, struct.pack("<Q", HUGE)),
        gguf(LLAMA, value("k", ARRAY, struct.pack("<IQ", UINT32, HUGE))),
        gguf(LLAMA, value("k", ARRAY, struct.pack("<IQ", UINT32, 2**62))),  # * 4 overflows 64 bits
        gguf(LLAMA, value("k", ARRAY, struct.pack("<IQ", STRING, HUGE))),
        gguf(LLAMA, value("k", ARRAY, struct.pack("<IQ", ARRAY, 1))),
        gguf(LLAMA, value("k", 77, b"")),
        gguf(LLAMA, value("general.alignment", UINT32, struct.pack("<I", 0))),
        gguf(LLAMA, value("general.alignment", UINT32, struct.pack("<I", 33))),
        gguf(LLAMA, value("general.alignment", STRING, text("32"))),
        gguf(LLAMA, tensors=(tensor([1] * 5),)),
        gguf(LLAMA, tensors=(tensor([17]),)),
        gguf(LLAMA, tensors=(tensor([2**32, 2**32]),)),
        gguf(LLAMA, tensors=(tensor([1], offset=HUGE),)),
        gguf(LLAMA, tensors=(tensor([1], kind=999, offset=65),)),
        gguf(LLAMA, tensors=(tensor([256], kind=12),)),
    ],
)
def test_a_header_that_lies_is_refused(content: bytes) -> None:
    assert refusal(content) == "gguf_damaged"


@pytest.mark.parametrize(
    "good",
    [tensor([16]), tensor([32], kind=2), tensor([1], offset=60), tensor([1], kind=999, offset=64)],
)
def test_a_tensor_may_reach_the_end(good: bytes) -> None:
    read(gguf(LLAMA, tensors=(good,)))


@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_bytes_end_in_facts_or_a_known_problem(noise: bytes, at: int) -> None:
    sound = gguf(LLAMA, NAME, CONTEXT, WORDS, tensors=(tensor([4]),))
    try:
        read(sound[:at] + noise + sound[at + len(noise) :])
    except Problem as problem:
        assert problem.reason.code in ("not_a_gguf", "gguf_damaged", "not_llama")
