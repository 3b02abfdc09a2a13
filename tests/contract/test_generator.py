"""What every Generator does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from tests.fakes import ScriptedGenerator
from tests.shared import shared_folder
from tests.starter import smollm2_file
from workspaces.core.ports import Generator, Written
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Message

QUESTION = [Message("system", "You are helpful."), Message("user", "Count from one to ninety.")]


def model_file(name: str) -> Path:
    if name == "smollm2":
        return smollm2_file()
    (path,) = (shared_folder() / "models" / name).glob("*.gguf")
    return path


@lru_cache(maxsize=3)
def load(name: str) -> Generator:
    from workspaces.worker.adapters.llama_generator import LlamaGenerator

    return LlamaGenerator(model_file(name), 2048, 2)


@pytest.fixture(scope="module", autouse=True)
def unload() -> Iterator[None]:
    yield
    load.cache_clear()


@pytest.fixture(params=["scripted", "smollm2", "stories260K", "llama3-tokenizer-random"])
def generator(request: pytest.FixtureRequest) -> Generator:
    if request.param != "scripted":
        return load(request.param)
    scripted = ScriptedGenerator(context=512)
    for _ in range(4):
        scripted.enqueue("one 二 three 四 five 😀 " * 9)
    return scripted


def answer(
    generator: Generator, pieces: list[str], limit: int = 12, stop_after: int = 999
) -> Ending:
    written = generator.generate(QUESTION, limit, pieces.append, lambda: len(pieces) >= stop_after)
    return written.ending


def test_it_says_what_it_is(generator: Generator) -> None:
    facts = generator.facts()
    assert facts.name
    assert facts.architecture == "llama"
    assert 512 <= facts.context <= 2048


def test_tokens_are_counted_text_by_text(generator: Generator) -> None:
    none, one, many = generator.count_tokens(["", "dog", "dog and cat " * 50])
    assert none == 0
    assert 0 < one < many
    assert generator.count_tokens([]) == []


def test_it_stops_at_the_longest_answer_allowed(generator: Generator) -> None:
    pieces: list[str] = []
    assert answer(generator, pieces) is Ending.LENGTH
    assert 0 < len(pieces) <= 12
    assert all(pieces)


def test_what_was_said_before_a_stop_is_kept(generator: Generator) -> None:
    pieces: list[str] = []
    assert answer(generator, pieces, stop_after=3) is Ending.STOPPED
    assert len(pieces) == 3


def test_stopped_before_it_began_it_says_nothing_and_answers_the_next_question(
    generator: Generator,
) -> None:
    pieces: list[str] = []
    assert answer(generator, pieces, stop_after=0) is Ending.STOPPED
    assert pieces == []
    assert answer(generator, pieces) is Ending.LENGTH
    assert pieces


def test_a_prompt_that_leaves_no_room_for_the_answer_is_refused(generator: Generator) -> None:
    context = generator.facts().context
    with pytest.raises(Problem) as refused:
        generator.generate(QUESTION, context, lambda text: None, lambda: False)
    assert refused.value.reason.code == "prompt_too_long"


def test_it_tells_how_much_of_the_prompt_it_has_read(generator: Generator) -> None:
    steps: list[tuple[int, int]] = []
    written = generator.generate(
        QUESTION, 1, lambda text: None, lambda: False, lambda *step: steps.append(step)
    )
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[0] == (written.cached_tokens, written.prompt_tokens)
    assert steps[-1] == (written.prompt_tokens, written.prompt_tokens)


def test_what_was_read_before_is_not_read_again(generator: Generator) -> None:
    def ask(question: str) -> Written:
        messages = [QUESTION[0], Message("user", question)]
        return generator.generate(messages, 4, lambda text: None, lambda: False)

    ask("Who are you?")
    first = ask("one two three four five. " * 9)
    again = ask("one two three four five. " * 9)
    longer = ask("one two three four five. " * 9 + "six")
    assert first.cached_tokens < first.prompt_tokens / 2
    assert again.cached_tokens == again.prompt_tokens - 1
    assert longer.prompt_tokens / 2 < longer.cached_tokens < longer.prompt_tokens


def test_it_says_how_long_writing_took(generator: Generator) -> None:
    written = generator.generate(QUESTION, 9, lambda text: None, lambda: False)
    assert written.first_token_s is not None and written.first_token_s > 0
    assert written.tokens_per_s is not None and written.tokens_per_s > 0
    silent = generator.generate(QUESTION, 9, lambda text: None, lambda: True)
    assert (silent.first_token_s, silent.tokens_per_s) == (None, None)
