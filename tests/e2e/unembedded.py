"""``quire`` as it is, but for one thing: the indexer's embedding model is a fake, because the real
one takes minutes for a few megabytes of text. ``python -m tests.e2e.unembedded COMMAND ...``"""

from __future__ import annotations

import sys

from app import bootstrap
from app.__main__ import main
from tests.faults import program
from workspaces.engine.child import Child

real_worker = bootstrap.worker


def worker(role: str, *more: str) -> Child:
    """In place of ``bootstrap.worker``."""
    return program.worker(role) if role == "indexer" else real_worker(role, *more)


if __name__ == "__main__":
    vars(bootstrap).update(worker=worker)
    sys.exit(main())
