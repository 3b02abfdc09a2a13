"""The real runtime with a role of a few lines: ``python plain_role.py``."""

import ctypes
import sys
import time

from workspaces.core.reasons import Problem
from workspaces.protocol.messages import (
    Count,
    Counted,
    Discard,
    EmbedQuestion,
    Found,
    Inspect,
    Nothing,
    Prepare,
    RequestBody,
    ResultBody,
    Search,
    Step,
)
from workspaces.worker.role import Talk
from workspaces.worker.runtime import private_stdout, serve


class Plain:
    """``Discard`` and ``Prepare`` work for their name in seconds; ``Search`` answers at once."""

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        match body:
            case Discard(index="print"):
                print("a careless print")
                ctypes.CDLL(None).puts(b"a careless native print")
                ctypes.CDLL(None).fflush(None)
            case Discard(index="problem"):
                raise Problem("empty", name="图.txt")
            case Discard(index="bug"):
                raise ValueError("ours")
            case Discard(index="deaf"):
                time.sleep(30)
            case Discard(index=seconds):
                self._work(float(seconds), talk)
            case Prepare(embedder=seconds):
                self._work(float(seconds), talk)
            case Inspect() | EmbedQuestion(question="exit"):
                sys.exit(4)
            case _:
                return self._answer(body)
        return Nothing()

    def _answer(self, body: RequestBody) -> ResultBody:
        if isinstance(body, Count):
            return Counted([len(text) for text in body.texts])
        return Found([], False) if isinstance(body, Search) else Nothing()

    def _work(self, seconds: float, talk: Talk) -> None:
        for done in range(int(seconds * 50)):
            talk.check()
            talk.progress(Step(done, int(seconds * 50)))
            time.sleep(0.02)


if __name__ == "__main__":
    serve("plain", Plain(), private_stdout())
