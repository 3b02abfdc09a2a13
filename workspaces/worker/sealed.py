"""Keeps a process away from the network: what a library in it would like to ask for is refused."""

from __future__ import annotations

import sys

_ASKING = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind"})
"""What Python says before it does it (https://docs.python.org/3/library/audit_events.html). Native
code that opens a socket by itself is not heard."""


def seal_network() -> None:
    """From now on and for good, whatever asks for a host or a connection gets a
    PermissionError."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _ASKING:
        raise PermissionError(f"this part of Quire does not use the network: {event} {arguments}")
