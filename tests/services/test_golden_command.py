"""Test questions and their figures on the command line."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from app.arguments import parser
from app.commands import COMMANDS, plain
from tests.services.stage import Stage, filled
from workspaces.services.views import GoldenFigures

BEFORE = GoldenFigures(2, 0.5, 5, 0.25, {"a": 2, "b": None})


def test_questions_come_with_their_ranks_and_the_figures() -> None:
    questions = [{"id": name, "question": f"{name}?"} for name in "abc"]
    result: dict[str, Any] = {"golden": questions, "figures": None}
    assert plain(result) == "a\ta?\nb\tb?\nc\tc?"
    lost = dataclasses.replace(BEFORE, lost=("c",))
    result["figures"] = dataclasses.asdict(lost)
    assert plain(result) == "2\ta?\n-\tb?\ngone\tc?\nrecall@5 0.500\tMRR 0.250\t2 questions"
    assert plain({"golden": [], "figures": None}) == "no test questions"


async def test_a_new_embedder_is_taken_and_the_figures_are_told(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "How long is the seals' warranty?")
    await quire.add_golden(workspace, conversation, turn.id)
    model = tmp_path / "model-32"
    model.mkdir()
    (model / "dimension").write_text("32")
    arguments = parser().parse_args(["embedder", "Law", str(model)])
    result, done = await COMMANDS["embedder"](quire, arguments)
    assert done and result["embedder"]["name"] == "model-32"
    assert plain(result).splitlines() == [
        "model-32",
        "before\trecall@2 1.000\tMRR 1.000\t1 questions",
        "after\trecall@2 1.000\tMRR 1.000\t1 questions",
        "0 better, 0 worse",
        "reranking: off",
    ]
    arguments = parser().parse_args(["golden", "Law", "--measure"])
    result, done = await COMMANDS["golden"](quire, arguments)
    assert done and plain(result).startswith("1\tHow long is the seals' warranty?\nrecall@2")
