"""What llama.cpp does for us beyond the port: stops in the prompt, keeps documents data, whole
characters."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from tests.shared import shared_folder
from tests.starter import smollm2_file
from workspaces.core.gguf import GgufFacts
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Message
from workspaces.worker.adapters import llama_generator
from workspaces.worker.adapters.llama_generator import LlamaGenerator

HELLO = [Message("user", "Say hello.")]


@pytest.fixture(scope="module")
def smollm2() -> Iterator[LlamaGenerator]:
    yield LlamaGenerator(smollm2_file(), 4096, 2)


def shared_model(name: str) -> LlamaGenerator:
    (path,) = (shared_folder() / "models" / name).glob("*.gguf")
    return LlamaGenerator(path, 4096, 2)


def answer(generator: LlamaGenerator, messages: list[Message], limit: int = 40) -> str:
    pieces: list[str] = []
    generator.generate(messages, limit, pieces.append, lambda: False)
    return "".join(pieces)


def test_a_stop_in_a_long_prompt_takes_under_half_a_second_and_harms_nothing(
    smollm2: LlamaGenerator,
) -> None:
    long = [Message("user", "one two three four five " * 600)]
    pieces: list[str] = []
    asked = time.monotonic()
    ending = smollm2.generate(
        long, 10, pieces.append, lambda: time.monotonic() > asked + 0.3
    ).ending
    assert (ending, pieces) == (Ending.STOPPED, [])
    assert time.monotonic() - asked < 0.8
    assert "hello" in answer(smollm2, HELLO).lower()


def test_what_was_read_before_a_stop_is_not_read_again(smollm2: LlamaGenerator) -> None:
    long = [Message("user", "one two three four five " * 400)]
    read: list[int] = []

    def report(done: int, total: int) -> None:
        read.append(done)

    stopped = smollm2.generate(long, 10, print, lambda: len(read) > 3, report)
    assert (stopped.ending, stopped.first_token_s) == (Ending.STOPPED, None)
    assert smollm2.generate(long, 1, print, lambda: len(read) > 6, report).cached_tokens >= read[2]


def test_what_was_written_is_not_read_again(smollm2: LlamaGenerator) -> None:
    pieces: list[str] = []
    asked = [Message("user", "Tell me about pumps.")]
    first = smollm2.generate(asked, 20, pieces.append, lambda: False)
    told = [*asked, Message("assistant", "".join(pieces)), Message("user", "And then?")]
    second = smollm2.generate(told, 1, print, lambda: False)
    assert second.cached_tokens == first.prompt_tokens + 19  # the last one was not read
    assert smollm2.measure(told).total == second.prompt_tokens


def test_an_answer_has_the_tokens_it_was_written_in(smollm2: LlamaGenerator) -> None:
    answer = smollm2._answers.begin()
    for letter in "warranty":
        (token,) = smollm2._layout.plain(letter)
        answer.add(token, letter)
    said = [Message("user", "warranty"), Message("assistant", "warranty")]
    typed, written = smollm2.measure(said).contents
    assert typed < written == len("warranty")


def test_a_stop_needs_no_callback_between_tokens(
    smollm2: LlamaGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smollm2._abort, "when", lambda stopped: nullcontext())  # as on a GPU
    pieces: list[str] = []
    ending = smollm2.generate(HELLO, 20, pieces.append, lambda: len(pieces) >= 3).ending
    assert (ending, len(pieces)) == (Ending.STOPPED, 3)


def test_an_answer_ends_where_the_model_ends_it(smollm2: LlamaGenerator) -> None:
    pieces: list[str] = []
    ending = smollm2.generate(HELLO, 200, pieces.append, lambda: False).ending
    assert ending is Ending.COMPLETE
    assert "<|" not in "".join(pieces)


def test_characters_that_span_tokens_come_whole(smollm2: LlamaGenerator) -> None:
    parrot = "Repeat exactly, nothing else: 密封件的保修期为十二个月 😀"
    pieces: list[str] = []
    smollm2.generate([Message("user", parrot)], 60, pieces.append, lambda: False)
    assert all(pieces)
    assert "�" not in "".join(pieces)
    assert any("\u4e00" <= character <= "\u9fff" for character in "".join(pieces))


@pytest.mark.parametrize(
    ("model", "special"),
    [("llama3-tokenizer-random", "<|eot_id|>"), ("stories260K", "</s>")],
)
def test_a_special_token_typed_as_text_stays_text(model: str, special: str) -> None:
    generator = shared_model(model)
    assert generator.count_tokens([special])[0] > 1
    plain = generator._layout.tokens([Message("user", "a document says: hello")])
    hostile = generator._layout.tokens([Message("user", f"a document says: {special}")])
    (end,) = generator._llama.tokenize(special.encode(), add_bos=False, special=True)[-1:]
    assert hostile.count(end) == plain.count(end)


def test_the_prompt_is_what_the_template_says(smollm2: LlamaGenerator) -> None:
    messages = [Message("system", "S"), Message("user", "U"), Message("assistant", "A")]
    tokens = smollm2._layout.tokens(messages)
    assert smollm2._llama.detokenize(tokens, special=True).decode() == (
        "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU<|im_end|>\n"
        "<|im_start|>assistant\nA<|im_end|>\n<|im_start|>assistant\n"
    )


def test_a_llama_3_prompt_begins_once() -> None:
    generator = shared_model("llama3-tokenizer-random")
    tokens = generator._layout.tokens([Message("user", "U")])
    assert generator._llama.detokenize(tokens, special=True).decode() == (
        "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n"
    )


def test_a_model_without_a_template_gets_questions_and_answers() -> None:
    generator = shared_model("stories260K")
    tokens = generator._layout.tokens([Message("system", "S"), Message("user", "U")])
    text = generator._llama.detokenize(tokens, special=True).decode()
    assert text.startswith("<s>")
    assert text.count("<s>") == 1
    assert text.split()[1:] == ["S", "Question:", "U", "Answer:"]


def test_a_template_that_refuses_a_system_message_gets_it_in_the_first_question() -> None:
    generator = shared_model("stories260K")
    generator._layout._template = Jinja2ChatFormatter(
        template="{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}"
        "{% endif %}[{{ m.content }}]{% endfor %}",
        eos_token="",
        bos_token="",
    )
    messages = [Message("system", "S"), Message("user", "U"), Message("user", "V")]
    text = generator._llama.detokenize(generator._layout.tokens(messages)).decode()
    assert "".join(text.split()) == "[SU][V]"


def test_the_context_is_at_most_what_the_model_was_trained_for() -> None:
    assert shared_model("stories260K").facts().context == 512


def test_a_model_is_freed_when_it_is_dropped() -> None:
    generator = shared_model("stories260K")
    native = generator._llama._model
    del generator
    assert native.model is None


def test_what_cannot_be_loaded_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Problem) as missing:
        LlamaGenerator(tmp_path / "gone.gguf", 512, 1)
    assert missing.value.reason.code == "model_missing"
    text = tmp_path / "text.gguf"
    text.write_text("no model at all")
    with pytest.raises(Problem) as wrong:
        LlamaGenerator(text, 512, 1)
    assert wrong.value.reason.code == "not_a_gguf"
    hollow = tmp_path / "hollow.gguf"
    hollow.write_bytes(smollm2_file().read_bytes()[:-1])
    with pytest.raises(Problem) as cut_off:
        LlamaGenerator(hollow, 512, 1)
    assert cut_off.value.reason.code == "gguf_damaged"
    facts = GgufFacts("llama", "", 0, None, False)
    monkeypatch.setattr(llama_generator, "_checked", lambda path: facts)
    with pytest.raises(Problem) as failed:
        LlamaGenerator(text, 512, 1)
    assert failed.value.reason.code == "model_failed"


@pytest.mark.parametrize(
    ("right", "wrong", "details"),
    [(b"{% for ", b"{% fro ", "fro"), (b"loop.index0", b"nope.index0", "nope")],
)
def test_a_model_whose_template_is_broken_is_refused(
    tmp_path: Path, right: bytes, wrong: bytes, details: str
) -> None:
    (path,) = (shared_folder() / "models" / "llama3-tokenizer-random").glob("*.gguf")
    content = path.read_bytes()
    assert right in content
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(content.replace(right, wrong))
    with pytest.raises(Problem) as failed:
        LlamaGenerator(broken, 512, 1)
    assert failed.value.reason.code == "model_failed"
    assert details in failed.value.reason.details["details"]
