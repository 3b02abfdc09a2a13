"""``python -m workspaces.worker ROLE``: a child process of Quire."""

from __future__ import annotations

import sys
from pathlib import Path

from workspaces.core.ports import Embedder, Generator, PassageIndex
from workspaces.protocol.messages import ROLES
from workspaces.worker.limits import limit_memory
from workspaces.worker.role import Role
from workspaces.worker.runtime import private_stdout, serve


def reader() -> Role:
    from workspaces.worker.reader import Reader

    limit_memory()
    return Reader()


def indexer() -> Role:
    from workspaces.worker.indexer import Indexer

    return Indexer(_open_embedder, _open_index)


def generator() -> Role:
    from workspaces.worker.generator import GeneratorRole

    return GeneratorRole(_open_model)


def _open_embedder(folder: Path) -> Embedder:
    from workspaces.worker.adapters.sentence_embedder import SentenceEmbedder

    return SentenceEmbedder(folder)


def _open_index(folder: Path) -> PassageIndex:
    from workspaces.worker.adapters.lance_index import LanceIndex

    return LanceIndex(folder)


def _open_model(path: Path, context: int, threads: int) -> Generator:
    from workspaces.worker.adapters.llama_generator import LlamaGenerator

    return LlamaGenerator(path, context, threads)


def main(arguments: list[str]) -> int:
    """Serve the role named by the only argument."""
    if len(arguments) != 1 or arguments[0] not in ROLES:
        print(f"usage: python -m workspaces.worker {'|'.join(ROLES)}", file=sys.stderr)  # noqa: T201
        return 2
    sink = private_stdout()
    role = {"reader": reader, "indexer": indexer, "generator": generator}[arguments[0]]()
    serve(arguments[0], role, sink)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
