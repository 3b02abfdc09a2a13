"""How the fetcher asks for an address: what an answer is, and what can go wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from workspaces.core.transfer import Trouble
from workspaces.protocol.messages import Address


class TroubleError(Exception):
    """A mirror did not give what was wanted. ``is_final``: it need not be asked again; ``wait``:
    seconds that it wants us to wait."""

    def __init__(
        self, trouble: Trouble, detail: object, *, is_final: bool = False, wait: float = 0.0
    ) -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble
        self.detail = str(detail)
        self.is_final = is_final
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server. The names of ``headers`` are in lower case; ``body`` raises
    :class:`TroubleError` where the connection breaks before its end."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


class Web(Protocol):
    """Asks one address, over redirects that its mirror may send it to."""

    def ask(self, address: Address, headers: Mapping[str, str]) -> AbstractContextManager[Answer]:
        """The answer to a GET. Raises :class:`TroubleError`, also for a redirect to a host that is
        not known to belong to the mirror."""
