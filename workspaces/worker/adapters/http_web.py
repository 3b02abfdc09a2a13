"""The Web port on httpx2. No cookies, no accounts; a proxy that the system names is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import httpx2

from workspaces.core.mirrors import may_be_asked
from workspaces.core.transfer import Trouble
from workspaces.protocol.messages import Address
from workspaces.worker.web import Answer, TroubleError

REDIRECTS = 6
"""As many may follow each other."""

CONNECT, SILENCE = 15.0, 20.0
"""Seconds to a connection, and without a byte on one."""

OURS = {"user-agent": "Quire", "accept-encoding": "identity"}


class HttpWeb:
    """``contacted`` hears of every host before it is asked; ``silence`` is in seconds."""

    def __init__(self, contacted: Callable[[str], None], silence: float = SILENCE) -> None:
        self._contacted = contacted
        timeout = httpx2.Timeout(silence, connect=CONNECT)
        self._client = httpx2.Client(timeout=timeout, headers=OURS, follow_redirects=False)

    @contextmanager
    def ask(self, address: Address, headers: Mapping[str, str]) -> Iterator[Answer]:
        url = address.url
        for _ in range(REDIRECTS):
            if not may_be_asked(url, address.mirror):
                raise TroubleError(Trouble.ELSEWHERE, _host(url), is_final=True)
            self._contacted(_host(url))
            with _troubles(), self._client.stream("GET", url, headers=dict(headers)) as response:
                # Nothing is kept between two questions: not even who asked before.
                self._client.cookies.clear()
                if not response.has_redirect_location:
                    yield Answer(response.status_code, _lowered(response), _body(response))
                    return
                url = str(response.next_request.url) if response.next_request else ""
        raise TroubleError(Trouble.ELSEWHERE, "too many redirects", is_final=True)


def _body(response: httpx2.Response) -> Iterator[bytes]:
    with _troubles():
        yield from response.iter_raw()


@contextmanager
def _troubles() -> Iterator[None]:
    try:
        yield
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
        raise TroubleError(Trouble.UNREACHABLE, f"{type(error).__name__} {error}") from error


def _lowered(response: httpx2.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _host(url: str) -> str:
    return httpx2.URL(url).host or "?"
