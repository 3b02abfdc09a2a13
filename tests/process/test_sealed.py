"""Only the fetcher may talk to the network."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.fault_server import FaultServer, serving

SEALED = """
import sys
from workspaces.worker.sealed import seal_network
seal_network()
try:
    {attempt}
except PermissionError as error:
    print("refused")
"""


@pytest.mark.parametrize(
    "attempt",
    [
        "import urllib.request; urllib.request.urlopen(sys.argv[1])",
        "import httpx2; httpx2.get(sys.argv[1])",
        "import socket; socket.getaddrinfo('example.org', 443)",
        "import socket; socket.socket().bind(('127.0.0.1', 0))",
        "import huggingface_hub as hub; hub.HfApi(endpoint=sys.argv[1]).model_info('o/m')",
    ],
)
def test_a_sealed_process_reaches_nobody(attempt: str) -> None:
    with serving(FaultServer(b"x")) as server:
        address = f"http://127.0.0.1:{server.port}/x"
        code = SEALED.format(attempt=attempt)
        told = subprocess.run(
            [sys.executable, "-c", code, address],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HF_HUB_OFFLINE": "0"},  # it is to be held back by us
        )
    assert "refused" in told.stdout or "does not use the network" in told.stderr
    assert server.asked == []


@pytest.mark.parametrize("role", ["reader", "indexer", "generator"])
def test_every_role_but_the_fetcher_is_sealed(role: str) -> None:
    code = f"""
import sys
from workspaces.worker import __main__ as worker
worker.serve = lambda *_: None
worker.main([{role!r}])
import socket
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except PermissionError:
    sys.stderr.write("sealed")
"""
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert told.stderr.endswith("sealed"), told.stderr
