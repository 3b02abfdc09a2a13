"""The measuring half of a `Quire` in memory: test questions, search settings, and the decision about
another embedding model."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from tests.fake_imports import FakeImports
from workspaces.core.reasons import Problem
from workspaces.core.types import Turn, Weights
from workspaces.services.views import (
    Comparison,
    EmbedderView,
    GoldenChanged,
    GoldenFigures,
    GoldenProgressed,
    GoldenView,
    PassageLength,
    TrialProgressed,
)

KEPT_AT = "2026-03-01T10:00:00+00:00"


class FakeGolden(FakeImports):
    """Every question finds its first right passage first, until the test says otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.ranks: dict[str, int | None] = {}
        """Where the right passage of a question (by id) is found now."""
        self.ranks_then: dict[str, int | None] = {}
        """The same, with what is tried."""
        self.lost: tuple[str, ...] = ()
        self.measure_pause = 0.0
        """Seconds that each question takes to be asked."""
        self._turns: dict[str, list[Turn]] = {}
        self._questions: dict[str, dict[str, GoldenView]] = {}
        self._weights: dict[str, Weights] = {}
        self._lengths: dict[str, int] = {}
        self._trials: dict[str, int] = {}

    def with_golden(self, workspace: str, *questions: GoldenView) -> None:
        """Test questions that are there from the start."""
        self._questions.setdefault(workspace, {}).update({each.id: each for each in questions})

    async def list_golden(self, workspace: str) -> list[GoldenView]:
        return list(self._questions.get(workspace, {}).values())

    async def add_golden(self, workspace: str, conversation: str, turn: str) -> GoldenView:
        self._note("add_golden", workspace, conversation, turn)
        (found,) = [each for each in self._turns[conversation] if each.id == turn]
        names = tuple(dict.fromkeys(source.name for source in found.sources))
        view = GoldenView(f"g{next(self._ids)}", found.question, turn, names, KEPT_AT)
        self.with_golden(workspace, view)
        self.announce(GoldenChanged(workspace))
        return view

    async def remove_golden(self, workspace: str, question: str) -> None:
        self._note("remove_golden", workspace, question)
        del self._questions[workspace][question]
        self.announce(GoldenChanged(workspace))

    async def measure_golden(self, workspace: str) -> GoldenFigures:
        self._note("measure_golden", workspace)
        await self._ask_all(workspace, 1)
        return self._figures(workspace, self.ranks)

    async def search_settings(self, workspace: str) -> Weights:
        return self._weights.get(workspace, Weights())

    async def try_weights(self, workspace: str, weights: Weights) -> Comparison:
        self._note("try_weights", workspace, weights)
        return await self._compare(workspace)

    async def change_weights(self, workspace: str, weights: Weights) -> None:
        self._note("change_weights", workspace, weights)
        self._weights[workspace] = weights

    async def passage_length(self, workspace: str) -> PassageLength:
        return PassageLength(self._lengths.get(workspace, 0), 64, 256)

    async def try_passages(self, workspace: str, tokens: int) -> Comparison:
        self._note("try_passages", workspace, tokens)
        self.announce(TrialProgressed(workspace, 0, 0))
        try:
            await asyncio.sleep(self.measure_pause)
        except asyncio.CancelledError:
            self.history.append(("trial cancelled", workspace))
            raise
        self._trials[workspace] = tokens
        return await self._compare(workspace)

    async def accept_passages(self, workspace: str) -> None:
        self._note("accept_passages", workspace)
        self._lengths[workspace] = self._trials.pop(workspace)

    async def discard_passages(self, workspace: str) -> None:
        self._note("discard_passages", workspace)
        self._trials.pop(workspace, None)

    async def compare_embedders(self, workspace: str) -> Comparison:
        self._note("compare_embedders", workspace)
        return await self._compare(workspace)

    async def accept_embedder(self, workspace: str) -> None:
        self._note("accept_embedder", workspace)
        known = await self.embedder(workspace)
        if not known.waits:
            raise Problem("no_embedder_waits")
        self.embed(workspace, EmbedderView(known.next, previous=known.name))

    async def cancel_embedder_change(self, workspace: str) -> None:
        await super().cancel_embedder_change(workspace)
        self.embed(workspace, replace(await self.embedder(workspace), waits=False))

    async def _compare(self, workspace: str) -> Comparison:
        await self._ask_all(workspace, 2)
        return Comparison(
            self._figures(workspace, self.ranks), self._figures(workspace, self.ranks_then)
        )

    async def _ask_all(self, workspace: str, times: int) -> None:
        total = times * len(self._questions.get(workspace, {}))
        try:
            for done in range(1, total + 1):
                await asyncio.sleep(self.measure_pause)
                self.announce(GoldenProgressed(workspace, done, total))
        except asyncio.CancelledError:
            self.history.append(("measuring cancelled", workspace))
            raise

    def _figures(self, workspace: str, ranks: dict[str, int | None]) -> GoldenFigures:
        asked = [each for each in self._questions.get(workspace, {}) if each not in self.lost]
        known = {name: ranks.get(name, 1) for name in asked}
        found = [rank for rank in known.values() if rank]
        return GoldenFigures(
            questions=len(asked),
            recall_at_k=len(found) / len(asked) if asked else 0.0,
            k=5,
            mrr=sum(1 / rank for rank in found) / len(asked) if asked else 0.0,
            ranks=known,
            lost=self.lost,
        )
