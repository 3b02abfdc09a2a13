"""Whatever was said before, in two languages: the prompt fits, passages are whole, and what gives way
does so in order. Measured with the tokenizer and the template of a Llama 3."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.shared import shared_folder
from workspaces.core.ports import Generator
from workspaces.core.prompting import FEWEST, Prompt, fit, passage_text
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Source, Turn

TEXTS = (
    "The warranty on the seals is 12 months from the day of delivery; claims go to the workshop. ",
    "Replace the impeller (part P-4411) every 500 hours, or when the flow is below 30 l/min.\n",
    "借期为三十天，可以续借一次；逾期每天收取滞纳金 0.10 元。",
    "| 部件 | 周期 |\n| --- | --- |\n| 叶轮 | 500 小时 |\n",
)
QUESTIONS = (
    "How long is the warranty?",
    "借期是多少天？",
    "and then?",
    "续借呢？" * 40,
    "why " * 90,
)
ANSWERS = ("It is 12 months [1].", "借期为三十天 [2][3]。\n", " The documents do not say. " * 9, "")
NAMES = ("manual.pdf", "云杉社区图书馆借阅指南.md")


@st.composite
def sources(draw: st.DrawFn, most: int) -> tuple[Source, ...]:
    """Passages of one conversation: the same mark is always the same passage."""
    marks = draw(st.lists(st.integers(1, 24), max_size=most, unique=True))
    return tuple(_source(mark) for mark in marks)


@cache
def _source(mark: int) -> Source:
    text = TEXTS[mark % len(TEXTS)] * (1 + mark * 7 % 13)
    heading = ("Care", "保养") if mark % 3 else ()
    return Source(mark, f"d:{mark}", "d", NAMES[mark % 2], text, mark, mark + 1, mark % 5, heading)


turns = st.builds(
    Turn,
    id=st.just("t"),
    question=st.sampled_from(QUESTIONS),
    answer=st.sampled_from(ANSWERS),
    ending=st.just(Ending.COMPLETE),
    model=st.just("m"),
    asked_at=st.just(""),
    sources=sources(6),
    written=st.sampled_from(["", "It is [7] said. ", "原文如此 [9]。"]),
)


@cache
def llama() -> Generator:
    from workspaces.worker.adapters.llama_generator import LlamaGenerator

    (path,) = (shared_folder() / "models" / "llama3-tokenizer-random").glob("*.gguf")
    return LlamaGenerator(path, 4096, 1)


@cache
def count(text: str) -> int:
    return llama().count_tokens([text])[0]


@pytest.fixture(scope="module", autouse=True)
def unload() -> Iterator[None]:
    yield
    llama.cache_clear()


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(turns, max_size=9), st.sampled_from(QUESTIONS), sources(7), st.integers(120, 3300))
def test_any_history_fits(
    earlier: list[Turn], question: str, found: tuple[Source, ...], budget: int
) -> None:
    try:
        prompt = fit(earlier, question, found, count, budget)
    except Problem as problem:
        assert problem.reason.code == "prompt_too_long"
        with pytest.raises(Problem):
            fit([], question, [], count, budget)
        return
    assert llama().measure(prompt.messages).total <= budget
    _whole(prompt, earlier, found)
    _in_order(prompt, earlier, question, found, budget)


def _whole(prompt: Prompt, earlier: list[Turn], found: tuple[Source, ...]) -> None:
    """The best passages are there, whole and once; the newest turns, word for word."""
    assert prompt.sources == found[: len(found) - prompt.left_out]
    said = "\n".join(message.content for message in prompt.messages)
    assert all(said.count(passage_text(source)) == 1 for source in prompt.sources)
    kept = [turn for turn in earlier if turn.answer][prompt.forgotten :]
    messages = prompt.messages[1:-1]
    assert [each.content for each in messages if each.role == "assistant"] == [
        turn.told for turn in kept
    ]
    questions = [each.content for each in messages if each.role == "user"]
    for asked, turn in zip(questions, kept, strict=True):
        assert asked.endswith(turn.question)


def _in_order(
    prompt: Prompt, earlier: list[Turn], question: str, found: tuple[Source, ...], budget: int
) -> None:
    """A turn went only where the best passages had no room beside it; a passage only where it had
    none beside those that are left."""
    if prompt.forgotten:
        fewer = found[: min(FEWEST, len(found))]
        assert fit(earlier, question, fewer, count, budget).forgotten == prompt.forgotten
    if prompt.left_out:
        kept = [turn for turn in earlier if turn.answer][prompt.forgotten :]
        more = found[: len(prompt.sources) + 1]
        tight = fit(kept, question, more, count, budget)
        assert tight.left_out or tight.forgotten
