"""The fetcher role: the one process that may talk to the network."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec

from workspaces.core.mirrors import read_listing
from workspaces.core.reasons import Problem
from workspaces.core.transfer import Proceed, judge
from workspaces.protocol.messages import (
    Address,
    Contacted,
    Fetch,
    ListedFiles,
    ListFiles,
    RequestBody,
    ResultBody,
    TriedMirrors,
    TryMirrors,
)
from workspaces.worker.fetching import Fetching
from workspaces.worker.role import Talk
from workspaces.worker.web import TroubleError, Web

LONGEST_LISTING = 16 * 2**20
"""Bytes."""

SAMPLE = 2**18
"""Bytes by which mirrors are compared."""

OpenWeb = Callable[[Callable[[str], None]], Web]
"""Makes a Web that tells of every host before it is asked."""


class Fetcher:
    """Downloads come one at a time; listings and probes beside them."""

    def __init__(self, open_web: OpenWeb) -> None:
        self._open_web = open_web

    def handle(self, body: RequestBody, talk: Talk) -> ResultBody:
        web = self._open_web(lambda host: talk.progress(Contacted(host)))
        match body:
            case ListFiles():
                return _list(body, web, talk)
            case TryMirrors():
                return TriedMirrors(_fastest(body, web))
            case Fetch():
                return Fetching(body, web, talk).run()
            case _:
                raise TypeError(f"not for the fetcher: {type(body).__name__}")


def _list(body: ListFiles, web: Web, talk: Talk) -> ListedFiles:
    troubles = []
    for address in body.addresses:
        talk.check()
        try:
            files = read_listing(address.mirror, _json(address, web))
        except TroubleError as trouble:
            troubles.append(f"{address.mirror.name}: {trouble}")
        except Problem as problem:
            troubles.append(f"{address.mirror.name}: {problem.reason.code}")
        else:
            return ListedFiles(address.mirror.name, files)
    raise Problem("listing_failed", name=body.repository, details="; ".join(troubles))


def _json(address: Address, web: Web) -> Any:
    """What an address answers with, decoded. Raises Problem ``listing_strange``."""
    received = bytearray()
    with web.ask(address, {}) as answer:
        for piece in answer.body:
            received += piece
            if len(received) > LONGEST_LISTING:
                break
    try:
        if answer.status != 200:
            raise ValueError(f"status {answer.status}")
        return msgspec.json.decode(received)
    except ValueError as error:
        raise Problem("listing_strange", name=address.mirror.name) from error


def _fastest(body: TryMirrors, web: Web) -> list[str]:
    with ThreadPoolExecutor(len(body.addresses) or 1) as threads:
        taken = threads.map(lambda address: _seconds(address, body.size, web), body.addresses)
        timed = zip(taken, body.addresses, strict=True)
        answered = [(seconds, each.mirror.name) for seconds, each in timed if seconds is not None]
    return [name for _, name in sorted(answered)]


def _seconds(address: Address, size: int, web: Web) -> float | None:
    """How long a mirror takes for the beginning of a file; None where it does not give it."""
    began = time.monotonic()
    wanted, received = min(SAMPLE, size), 0
    try:
        with web.ask(address, {"range": f"bytes=0-{wanted - 1}"}) as answer:
            if not isinstance(judge(answer.status, answer.headers, 0, size), Proceed):
                return None
            for piece in answer.body:
                received += len(piece)
                if received >= wanted:
                    break
    except TroubleError:
        return None
    return time.monotonic() - began if received >= wanted else None
