"""A local server of files that does what bad networks and bad mirrors do."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from workspaces.core.mirrors import Mirror
from workspaces.protocol.messages import Address

LOGIN = b"<html><body>Please log in</body></html>"

PIECE = 2**14


@dataclass
class FaultServer:
    """A mirror of the hub. Serves ``files`` by their paths in every repository, ``content`` at any
    other path, and an honest listing of ``files``. ``manners`` are taken one a question, the last for ever;
    ``asked`` is what was asked for: the range, or empty."""

    content: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    manners: list[str] = field(default_factory=lambda: ["good"])
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    elsewhere: str = ""
    """Where ``redirect`` leads to."""
    port: int = 0
    asked: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def address(self, name: str = "mirror", hosts: tuple[str, ...] = ()) -> Address:
        base = f"http://127.0.0.1:{self.port}"
        return Address(Mirror(name, base, hosts=hosts), f"{base}/owner/model/resolve/main/m.gguf")

    def listing(self) -> bytes:
        """As the hub lists ``files``: all as large ones."""
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in self.files.items()}
        entries = [
            {"type": "file", "path": path, "size": 1, "lfs": {"oid": oid, "size": size}}
            for (path, oid), size in zip(
                digests.items(), map(len, self.files.values()), strict=True
            )
        ]
        return json.dumps(entries).encode()

    def next_manner(self) -> str:
        return self.manners.pop(0) if len(self.manners) > 1 else self.manners[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no news here."""


@contextmanager
def serving(server: FaultServer) -> Iterator[FaultServer]:
    """``server`` on a free port, while the block runs."""

    class Handler(_Handler):
        faults = server

    with _Server(("127.0.0.1", 0), Handler) as http:
        server.port = http.server_address[1]
        threading.Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.ended.set()
            http.shutdown()


class _Handler(BaseHTTPRequestHandler):
    faults: FaultServer
    content: bytes
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        if self.path.startswith("/api/models/"):
            self.content = self.faults.listing()
            _good(self)
            return
        path = unquote(self.path.partition("/resolve/main/")[2])
        self.content = self.faults.files.get(path, self.faults.content)
        self.faults.asked.append(self.headers.get("range", ""))
        manner = self.faults.next_manner()
        with suppress(OSError):
            MANNERS[manner](self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Not into the tests' output."""

    def first(self) -> int:
        asked = self.headers.get("range", "")
        return int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0

    def head(self, status: int, **headers: object) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def body(self, first: int, last: int) -> None:
        for at in range(first, last, PIECE):
            self.wfile.write(self.content[at : min(at + PIECE, last)])

    def ranged(self, first: int) -> None:
        """The head of an honest answer from byte ``first`` on."""
        size = len(self.content)
        if not self.headers.get("range"):
            self.head(200, content_length=size)
            return
        last = int(self.headers["range"].split("-")[1] or size - 1)
        self.head(
            206,
            content_length=last + 1 - first,
            content_range=f"bytes {first}-{last}/{size}",
        )


def _good(ask: _Handler) -> None:
    asked = ask.headers.get("range", "").partition("-")[2]
    ask.ranged(ask.first())
    ask.body(ask.first(), int(asked) + 1 if asked else len(ask.content))


def _cut(ask: _Handler) -> None:
    """The connection breaks at a random byte."""
    first, size = ask.first(), len(ask.content)
    ask.ranged(first)
    ask.body(first, ask.faults.chance.randrange(first, size))


def _no_ranges(ask: _Handler) -> None:
    ask.head(200, content_length=len(ask.content))
    ask.body(0, len(ask.content))


def _says_200(ask: _Handler) -> None:
    """A range, called a whole file."""
    first, size = ask.first(), len(ask.content)
    place = f"bytes {first}-{size - 1}/{size}"
    ask.head(200, content_length=size - first, content_range=place)
    ask.body(first, size)


def _longer(ask: _Handler) -> None:
    ask.head(200, content_length=len(ask.content) + 9)
    ask.body(0, len(ask.content))
    ask.wfile.write(b"x" * 9)


def _endless(ask: _Handler) -> None:
    """No length, and more than the file."""
    ask.head(200)
    ask.body(0, len(ask.content))
    ask.wfile.write(b"x" * 9)


def _shorter(ask: _Handler) -> None:
    """No length, and less than the file: nobody can tell that from a whole one."""
    ask.head(200)
    ask.body(0, len(ask.content) - 9)


def _wrong_range(ask: _Handler) -> None:
    first, size = ask.first() + 5, len(ask.content)
    ask.head(206, content_length=size - first, content_range=f"bytes {first}-{size - 1}/{size}")
    ask.body(first, size)


def _corrupt(ask: _Handler) -> None:
    """One byte is another."""
    first, content = ask.first(), ask.content
    at = ask.faults.chance.randrange(first, len(content))
    ask.ranged(first)
    ask.body(first, at)
    ask.wfile.write(bytes([content[at] ^ 1]))
    ask.body(at + 1, len(content))


def _login(ask: _Handler) -> None:
    ask.head(200, content_type="text/html; charset=utf-8", content_length=len(LOGIN))
    ask.wfile.write(LOGIN)


def _long_login(ask: _Handler) -> None:
    """A web page of the right length that does not say that it is one."""
    size = len(ask.content)
    ask.head(200, content_length=size)
    ask.wfile.write(LOGIN.ljust(size))


def _json_error(ask: _Handler) -> None:
    """What ModelScope sends for a file that is not there."""
    body = b'{"Code":10010101,"Message":"not found"}'
    ask.head(200, content_type="application/json", content_length=len(body))
    ask.wfile.write(body)


def _packed(ask: _Handler) -> None:
    ask.head(200, content_length=len(ask.content), content_encoding="gzip")
    ask.body(0, len(ask.content))


def _redirect(ask: _Handler) -> None:
    ask.head(302, location=ask.faults.elsewhere, content_length=0)


def _circle(ask: _Handler) -> None:
    ask.head(302, location=ask.path, content_length=0)


def _trickle(ask: _Handler) -> None:
    ask.ranged(ask.first())
    for at in range(ask.first(), len(ask.content)):
        ask.body(at, at + 1)
        time.sleep(0.02)


def _silent(ask: _Handler) -> None:
    ask.ranged(ask.first())
    ask.faults.ended.wait(30)


def _status(code: int, **headers: object) -> Callable[[_Handler], None]:
    return lambda ask: ask.head(code, content_length=0, **headers)


MANNERS: dict[str, Callable[[_Handler], None]] = {
    "good": _good,
    "cut": _cut,
    "no ranges": _no_ranges,
    "says 200": _says_200,
    "longer": _longer,
    "endless": _endless,
    "shorter": _shorter,
    "wrong range": _wrong_range,
    "corrupt": _corrupt,
    "login": _login,
    "long login": _long_login,
    "json error": _json_error,
    "packed": _packed,
    "redirect": _redirect,
    "circle": _circle,
    "trickle": _trickle,
    "silent": _silent,
    "hang up": lambda _: None,
    "busy": _status(429, retry_after=0),
    "very busy": _status(429, retry_after=3600),
    "broken": _status(503),
    "absent": _status(404),
    "account": _status(401),
    "no such range": _status(416),
}
