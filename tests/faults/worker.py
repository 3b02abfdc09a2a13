"""A worker with the real runtime, the real reader and the real index; only the embedding model is a
fake, because loading a real one takes seconds: ``python worker.py ROLE``. It has no generator."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tests.fakes import HashedWordsEmbedder, SharedWordsReranker
from workspaces.core.ports import PassageIndex
from workspaces.worker.indexer import Indexer
from workspaces.worker.reader import Reader
from workspaces.worker.role import Role
from workspaces.worker.runtime import private_stdout, serve


def open_embedder(_: Path) -> HashedWordsEmbedder:
    """One that does not know Chinese, as the real one."""
    return HashedWordsEmbedder(knows_text=lambda text: not re.search(r"[\u3400-\u9fff]", text))


def open_index(folder: Path) -> PassageIndex:
    """Imported only here: a reader starts without LanceDB."""
    from workspaces.worker.adapters.lance_index import LanceIndex

    return LanceIndex(folder)


def main(name: str) -> None:
    sink = private_stdout()
    roles: dict[str, Callable[[], Role]] = {
        "reader": Reader,
        "indexer": lambda: Indexer(
            open_embedder, open_index, lambda _: SharedWordsReranker(), str.casefold
        ),
    }
    serve(name, roles[name](), sink)


if __name__ == "__main__":
    main(sys.argv[1])
