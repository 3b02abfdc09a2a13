"""The real runtime under a limit of memory, with a role that asks for too much:
``python limited_role.py``, with the limit of the system, or ``python limited_role.py watched``, with
that of a thread that looks."""

import sys
import time

from workspaces.protocol.messages import Discard, Nothing, RequestBody, ResultBody
from workspaces.worker.limits import limit_memory, watch_memory
from workspaces.worker.role import Talk
from workspaces.worker.runtime import private_stdout, serve

LIMIT = 300 * 1024**2


class Hungry:
    """``Discard`` takes a gigabyte and keeps it for a second, time without end, or nothing."""

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        match body:
            case Discard(index="memory"):
                taken = [b"x" * 1024**2 for _ in range(1024)]
                time.sleep(1)
                assert len(taken) == 1024
            case Discard(index="time"):
                while True:
                    pass
        return Nothing()


if __name__ == "__main__":
    limit = watch_memory if "watched" in sys.argv else limit_memory
    limit(LIMIT)
    serve("limited", Hungry(), private_stdout())
