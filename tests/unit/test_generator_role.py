"""The generator role, on a scripted model."""

from __future__ import annotations

import time
from pathlib import Path

import psutil
import pytest

from tests.fakes import ScriptedGenerator
from workspaces.core.ports import Generator, ReportStep, Written
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Message
from workspaces.protocol.messages import (
    Count,
    Counted,
    Embed,
    Generate,
    Generated,
    Load,
    Loaded,
    Piece,
    ProgressBody,
    Step,
)
from workspaces.worker.generator import GeneratorRole
from workspaces.worker.role import Talk

LOAD = Load("/models/small.gguf", 2048, 3)
ASK = Generate([Message("user", "How long?")], 9)


class Bench:
    def __init__(self) -> None:
        self.model = ScriptedGenerator(100)
        self.asked: list[tuple[Path, int, int]] = []
        self.said: list[ProgressBody | str] = []
        self.stopped = False
        self.role = GeneratorRole(self._open)
        self.talk = Talk(self.said.append, self.said.append, lambda: self.stopped)

    def _open(self, path: Path, context: int, threads: int) -> Generator:
        self.asked.append((path, context, threads))
        if path.name == "broken.gguf":
            raise Problem("model_failed", name=path.name, details="broken")
        return self.model


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.role.handle(LOAD, bench.talk)
    bench.said.clear()
    return bench


def test_loading_says_so_first_and_tells_what_was_loaded() -> None:
    bench = Bench()
    assert bench.role.handle(LOAD, bench.talk) == Loaded("scripted", 100, "llama")
    assert bench.asked == [(Path("/models/small.gguf"), 2048, 3)]
    assert bench.said == ["small.gguf"]


def test_it_is_a_bug_to_ask_before_a_model_is_loaded() -> None:
    bench = Bench()
    for body in (Count(["x"]), ASK):
        with pytest.raises(RuntimeError, match="no model"):
            bench.role.handle(body, bench.talk)
    with pytest.raises(TypeError, match="Embed"):
        bench.role.handle(Embed("", []), bench.talk)


def test_a_model_that_failed_to_load_leaves_none(bench: Bench) -> None:
    with pytest.raises(Problem):
        bench.role.handle(Load("broken.gguf", 1, 1), bench.talk)
    with pytest.raises(RuntimeError, match="no model"):
        bench.role.handle(ASK, bench.talk)


def ending(bench: Bench, ask: Generate = ASK) -> Ending:
    answer = bench.role.handle(ask, bench.talk)
    assert isinstance(answer, Generated)
    return answer.ending


def test_an_answer_streams_in_pieces(bench: Bench) -> None:
    bench.model.enqueue("twelve months")
    assert ending(bench) is Ending.COMPLETE
    assert bench.said == [Step(0, 2), Piece("twelve "), Piece("months")]
    assert bench.model.history == [ASK.messages]


def test_an_answer_says_what_it_took(bench: Bench) -> None:
    bench.model.enqueue("twelve months")
    answer = bench.role.handle(ASK, bench.talk)
    assert isinstance(answer, Generated)
    usage = answer.usage
    assert (usage.prompt_tokens, usage.cached_tokens) == (2, 0)
    assert (usage.first_token_s, usage.tokens_per_s) == (0.25, 8.0)
    resident = psutil.Process().memory_info().rss
    assert resident / 2 < usage.peak_memory < 20 * resident


def test_reading_is_told_a_few_times_a_second(bench: Bench) -> None:
    def generate(*_: object, report: ReportStep, **__: object) -> Written:
        for done in range(50):
            report(done, 100)
        time.sleep(0.3)
        report(90, 100)
        return Written(Ending.COMPLETE, 100, 0, None, None)

    bench.model.generate = generate  # type: ignore[assignment, method-assign]
    assert ending(bench) is Ending.COMPLETE
    assert bench.said == [Step(0, 100), Step(90, 100)]


def test_an_answer_ends_where_it_was_asked_to(bench: Bench) -> None:
    bench.model.enqueue("twelve months \n[1] m.pdf \nmore")
    ask = Generate(ASK.messages, 9, ["\n[1] m.pdf"])
    assert ending(bench, ask) is Ending.COMPLETE
    assert "".join(said.text for said in bench.said if isinstance(said, Piece)) == "twelve months "


def test_what_was_held_back_is_said_at_the_end(bench: Bench) -> None:
    bench.model.enqueue("twelve \n[1] m")
    ask = Generate(ASK.messages, 9, ["\n[1] m.pdf"])
    assert ending(bench, ask) is Ending.COMPLETE
    assert "".join(said.text for said in bench.said if isinstance(said, Piece)) == "twelve \n[1] m"


def test_a_cancel_is_an_ending_not_an_error(bench: Bench) -> None:
    bench.stopped = True
    bench.model.enqueue("never said")
    assert ending(bench) is Ending.STOPPED
    assert bench.said == [Step(0, 2)]


def test_tokens_are_the_model_s(bench: Bench) -> None:
    assert bench.role.handle(Count(["one two", ""]), bench.talk) == Counted([2, 0])
