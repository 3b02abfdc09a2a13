"""The generator role: one language model, loaded on request."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from workspaces.core.ports import Generator, ReportStep, Written
from workspaces.core.types import Ending, Usage
from workspaces.protocol.messages import (
    Card,
    Count,
    Counted,
    Generate,
    Generated,
    Load,
    Loaded,
    Measure,
    Measured,
    Piece,
    Probe,
    Probed,
    RequestBody,
    ResultBody,
    Step,
)
from workspaces.worker.memory import peak_memory
from workspaces.worker.role import Talk
from workspaces.worker.unrepeated import Unrepeated
from workspaces.worker.until import Until

REPORTED = 0.25
"""Seconds between two reports of how much of a prompt has been read."""

OpenModel = Callable[[Path, int, int], Generator]
"""Loads the model at a path; context in tokens; threads, 0 for the machine's."""

FindCards = Callable[[], list[Card]]
"""Finds the graphics cards; may never come back."""


class GeneratorRole:
    """Holds at most one model; asking it before ``Load`` is a bug of the caller."""

    def __init__(self, open_model: OpenModel, find_cards: FindCards = list) -> None:
        self._open_model = open_model
        self._find_cards = find_cards
        self._loaded: Generator | None = None

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        match body:
            case Load():
                return self._load(body, talk)
            case Count():
                return Counted(self._model.count_tokens(body.texts))
            case Measure():
                return Measured(self._model.measure(body.messages))
            case Generate():
                return self._generate(body, talk)
            case Probe():
                return Probed(self._find_cards())
            case _:
                raise TypeError(f"not for the generator: {type(body).__name__}")

    @property
    def _model(self) -> Generator:
        if self._loaded is None:
            raise RuntimeError("no model is loaded")
        return self._loaded

    def _load(self, body: Load, talk: Talk) -> Loaded:
        path = Path(body.model)
        talk.loading(path.name)
        self._loaded = None  # two models at once may not fit into memory
        self._loaded = self._open_model(path, body.context, body.threads)
        facts = self._loaded.facts()
        return Loaded(facts.name, facts.context, facts.architecture)

    def _generate(self, body: Generate, talk: Talk) -> Generated:
        once = Unrepeated(lambda text: talk.progress(Piece(text)))
        until = Until(body.ends, once.add)
        written = self._model.generate(
            body.messages,
            body.max_tokens,
            emit=until.add,
            stopped=lambda: until.reached or once.reached or talk.stopped(),
            report=_seldom(talk),
        )
        until.finish()
        once.finish()
        has_ended = until.reached or once.reached
        return Generated(Ending.COMPLETE if has_ended else written.ending, _usage(written))


def _seldom(talk: Talk) -> ReportStep:
    """Tells of a step at once, and of those that follow a few times a second."""
    told_at = 0.0

    def report(done: int, total: int) -> None:
        nonlocal told_at
        now = time.monotonic()
        if now >= told_at + REPORTED:
            told_at = now
            talk.progress(Step(done, total))

    return report


def _usage(written: Written) -> Usage:
    return Usage(
        prompt_tokens=written.prompt_tokens,
        cached_tokens=written.cached_tokens,
        first_token_s=written.first_token_s,
        tokens_per_s=written.tokens_per_s,
        peak_memory=peak_memory(),
    )
