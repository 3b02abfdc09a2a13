"""What a follow-up question saves: how much of its prompt is evaluated, and how soon it is answered,
beside the same question asked cold; and what Quire costs around llama.cpp:
``python -m tests.benchmarks.reuse [--model FILE.gguf]``.

The catalogue, the processes and llama.cpp are real; search is a fake that finds words, so that no
embedding model is loaded. The sources are the sample documents. Run it while nothing else runs.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

import resources
from tests.services.stage import Stage
from workspaces.core.types import Usage
from workspaces.library.starter import starter_model

TALKS = {
    "English": ("How long is the warranty on the seals?", "How long is the warranty on the motor?"),
    "Chinese": ("借期是多少天？", "续借之后借期是多少天？"),
}
"""A question, and another one that the same passages answer."""

PASSAGE = "254"
"""Tokens of a passage, in words and characters, as the starter embedder's."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """The follow-up as it was asked, and the same question as the first of a new process."""

    followed: Usage
    cold: Usage
    same_sources: bool

    @property
    def evaluated(self) -> float:
        """The share of the follow-up's prompt that was evaluated."""
        return 1 - self.followed.cached_tokens / self.followed.prompt_tokens

    @property
    def waited(self) -> float:
        """Its time to the first token, in parts of the cold one's."""
        assert self.followed.first_token_s is not None and self.cold.first_token_s is not None
        return self.followed.first_token_s / self.cold.first_token_s


async def measure(root: Path, model: Path, first: str, second: str) -> Reuse:
    """Ask both questions in one conversation, then the second one alone after a new start. ``root``
    is an empty folder."""
    (root / "tokens").write_text(PASSAGE)
    stage = Stage(root)
    try:
        workspace = await _filled(stage)
        talk = [await _ask(stage, workspace, model, question) for question in (first, second)]
        await stage.close()
        await stage.open()
        cold, _ = await _ask(stage, workspace, model, second, anew=True)
    finally:
        await stage.close()
    (_, given), (followed, found) = talk
    return Reuse(followed, cold, found <= given)


async def _filled(stage: Stage) -> str:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Samples")).id
    documents = await quire.add_documents(workspace, [str(resources.path("samples"))])
    await quire.wait_for_documents(workspace, documents)
    return workspace


async def _ask(
    stage: Stage, workspace: str, model: Path, question: str, anew: bool = False
) -> tuple[Usage, set[str]]:
    """What the answer took, and the passages it was given."""
    quire = stage.quire
    assert quire is not None
    await quire.choose_model(str(model), keep=False)
    known = [] if anew else await quire.list_conversations(workspace)
    conversation = known[0] if known else await quire.create_conversation(workspace)
    turn = await quire.ask(workspace, conversation.id, question, anyway=True)
    print(f"{turn.ending} {turn.usage}\n{turn.answer}\n")
    assert turn.usage is not None, turn.note
    return turn.usage, {source.passage for source in turn.sources}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=starter_model())
    model = parser.parse_args().model
    for name, (first, second) in TALKS.items():
        with tempfile.TemporaryDirectory() as folder:
            reuse = asyncio.run(measure(Path(folder), model, first, second))
        print(
            f"{name}: {reuse.evaluated:.1%} of {reuse.followed.prompt_tokens} tokens evaluated, "
            f"first token after {reuse.waited:.2f} of the {reuse.cold.first_token_s:.2f} s cold"
            f"{'' if reuse.same_sources else ' (other sources)'}"
        )


if __name__ == "__main__":
    main()
