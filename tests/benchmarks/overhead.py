"""What Quire costs around llama.cpp, in one process: tokens a second of reading a prompt and of
writing, through the generator's role with everything that is sent to the window, and by calls of
llama.cpp alone: ``python -m tests.benchmarks.overhead [--model FILE.gguf] [--rounds 5]``.

In turns; of the ratios of all rounds the median counts. Seconds are those of the processor on one
thread, unless ``--wall`` asks for the clock's on two: what else runs on the machine slows both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import llama_cpp

from workspaces.core.types import Message
from workspaces.library.starter import starter_model
from workspaces.protocol.messages import (
    Generate,
    Generated,
    Load,
    Piece,
    Progress,
    ProgressBody,
    Wire,
)
from workspaces.worker.adapters.llama_generator import BATCH, REPEAT_PENALTY, LlamaGenerator
from workspaces.worker.generator import GeneratorRole
from workspaces.worker.role import Talk

CONTEXT = 2048
WRITTEN = 96
"""Tokens that are written in a round."""

PROMPT = [
    Message(
        "user", "The pump is serviced every 500 hours. " * 90 + "Write a long story about a pump."
    )
]

Clock = Callable[[], float]
Rates = tuple[float, float]
"""Tokens a second of reading and of writing."""


class Ours:
    """The role as the generator's process has it; what it says is encoded and dropped."""

    def __init__(self, model: LlamaGenerator, path: Path, clock: Clock) -> None:
        self._clock = clock
        self._wire = Wire()
        self._pieces: list[float] = []
        self._role = GeneratorRole(lambda *_: model)
        self._talk = Talk(self._hear, lambda _: None, lambda: False)
        self._role.handle(Load(str(path), CONTEXT, 1), self._talk)

    def rates(self) -> Rates:
        self._pieces = []
        began = self._clock()
        answer = self._role.handle(Generate(PROMPT, WRITTEN, ["\nQuestion: "]), self._talk)
        assert isinstance(answer, Generated) and answer.usage.cached_tokens < 9
        assert len(self._pieces) > WRITTEN / 2, "the answer was too short"
        first, last = self._pieces[0], self._pieces[-1]
        read = answer.usage.prompt_tokens / (first - began)
        return read, (len(self._pieces) - 1) / (last - first)

    def _hear(self, body: ProgressBody) -> None:
        self._wire.encode(Progress(1, body))
        if isinstance(body, Piece):
            self._pieces.append(self._clock())


class Raw:
    """llama.cpp alone, with the same sampler."""

    def __init__(self, model: LlamaGenerator, clock: Clock) -> None:
        self._clock = clock
        self._llama = model._llama
        self._prompt = model._layout.tokens(PROMPT)

    def rates(self) -> Rates:
        sampler = self._llama._init_sampler(temp=0.0, repeat_penalty=REPEAT_PENALTY)
        context = self._llama.ctx
        memory = llama_cpp.llama_get_memory(context)
        llama_cpp.llama_memory_clear(memory, True)
        began = self._clock()
        for start in range(0, len(self._prompt), BATCH):
            self._decode(self._prompt[start : start + BATCH])
        token = llama_cpp.llama_sampler_sample(sampler.sampler, context, -1)
        first = self._clock()
        for _ in range(WRITTEN - 1):
            self._decode([token])
            token = llama_cpp.llama_sampler_sample(sampler.sampler, context, -1)
        ended = self._clock()
        self._llama.n_tokens = 0
        return len(self._prompt) / (first - began), (WRITTEN - 1) / (ended - first)

    def _decode(self, tokens: list[int]) -> None:
        array = (llama_cpp.llama_token * len(tokens))(*tokens)
        batch = llama_cpp.llama_batch_get_one(array, len(tokens))
        assert llama_cpp.llama_decode(self._llama.ctx, batch) == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=starter_model())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--wall", action="store_true")
    chosen = parser.parse_args()
    clock = time.perf_counter if chosen.wall else time.process_time
    model = LlamaGenerator(chosen.model, CONTEXT, 2 if chosen.wall else 1)
    ours, raw = Ours(model, chosen.model, clock), Raw(model, clock)
    rounds = [(raw.rates(), ours.rates()) for _ in range(chosen.rounds)]
    for place, name in enumerate(("reading", "writing")):
        alone, with_us = (median(each[side][place] for each in rounds) for side in (0, 1))
        ratio = median(ours_[place] / raw_[place] for raw_, ours_ in rounds)
        print(f"{name}: {with_us:.1f} tokens/s, llama.cpp alone {alone:.1f}: {ratio:.3f}")


if __name__ == "__main__":
    main()
