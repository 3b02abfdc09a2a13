"""``python -m workspaces.worker ROLE``: a child process of Quire. The indexer may be told where to
keep exports of embedding models: ``python -m workspaces.worker indexer FOLDER``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from workspaces.core.ports import Generator, PassageIndex, Reranker
from workspaces.protocol.messages import ROLES, Card
from workspaces.worker.limits import limit_memory
from workspaces.worker.role import Role
from workspaces.worker.runtime import private_stdout, serve
from workspaces.worker.sealed import seal_network


def reader() -> Role:
    from workspaces.worker.reader import Reader

    limit_memory()
    return Reader()


def indexer(exports: str | None = None) -> Role:
    from workspaces.worker.embedders import Embedders
    from workspaces.worker.indexer import Indexer

    embedders = Embedders(Path(exports) if exports else None)
    return Indexer(embedders.open, _open_index, _open_reranker, _fold)


def generator() -> Role:
    from workspaces.worker.generator import GeneratorRole

    return GeneratorRole(_open_model, _find_cards)


def fetcher() -> Role:
    from workspaces.worker.adapters.http_web import HttpWeb
    from workspaces.worker.fetcher import Fetcher

    return Fetcher(HttpWeb)


def _open_index(folder: Path) -> PassageIndex:
    from workspaces.worker.adapters.lance_index import LanceIndex

    return LanceIndex(folder)


def _open_reranker(folder: Path) -> Reranker:
    from workspaces.worker.adapters.cross_encoder import CrossEncoderReranker

    return CrossEncoderReranker(folder)


def _fold(text: str) -> str:
    from workspaces.worker.adapters.folding import fold

    return fold(text)


def _open_model(path: Path, context: int, threads: int) -> Generator:
    from workspaces.worker.adapters.llama_generator import LlamaGenerator

    return LlamaGenerator(path, context, threads)


def _find_cards() -> list[Card]:
    from workspaces.worker.adapters.graphics import cards

    return cards()


def main(arguments: list[str]) -> int:
    """Serve the role that is named by the first argument."""
    make: Callable[[], Role]
    match arguments:
        case ["reader"]:
            make = reader
        case ["indexer", *exports] if len(exports) <= 1:
            make = partial(indexer, *exports)
        case ["generator"]:
            make = generator
        case ["fetcher"]:
            make = fetcher
        case _:
            usage = f"usage: python -m workspaces.worker {'|'.join(ROLES)}"
            print(usage, file=sys.stderr)  # noqa: T201
            return 2
    if arguments[0] != "fetcher":
        seal_network()
    sink = private_stdout()
    serve(arguments[0], make(), sink)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
