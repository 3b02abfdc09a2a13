"""The composition root: the only place that builds long-lived objects and joins them. No Qt here,
so that the command line starts without it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path

from workspaces.engine.child import Child
from workspaces.library.disk import disk_problems
from workspaces.library.home import Home, lock_home, prepare_home
from workspaces.library.model_places import Place, places
from workspaces.library.starter import starter_embedder, starter_model
from workspaces.services.quire import Quire, Samples

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONUNBUFFERED": "1",
    "PYTHONIOENCODING": "utf-8",
}
"""Children cannot reach a model hub, whatever a library in them would like to."""

HIDDEN = ("PYTHONPATH", "QT_PLUGIN_PATH", "HF_TOKEN")
"""Of our environment, what no child has any use for."""


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What a child sees: our environment with the hubs switched off."""
    kept = {name: value for name, value in environment.items() if name not in HIDDEN}
    return {**kept, **OFFLINE}


def worker(role: str, *more: str) -> Child:
    """The child of ``role``, which is told ``more``. ``-P`` keeps the current folder's files from
    posing as ours."""
    command = [sys.executable, "-P", "-m", "workspaces.worker", role, *more]
    return Child(role, command, child_environment(os.environ))


def prober() -> Child:
    """A child of its own that looks for graphics cards, and may be lost over it."""
    return worker("generator")


def model_stores(home: Home) -> list[Place]:
    """Where models may be on this machine already, our own first."""
    return [Place("Quire", home.models), *places(Path.home(), os.environ, sys.platform)]


def open_log(home: Home) -> None:
    """Write the log of this run below ``home``: a few megabytes at most, never sent anywhere.
    Raises Problem where the disk refuses."""
    path = home.logs / "quire.log"
    with disk_problems(path):
        handler = RotatingFileHandler(path, maxBytes=2_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    _open_network_log(home)


def _open_network_log(home: Home) -> None:
    """A log for people: every host that was asked for something, when and for what."""
    path = home.logs / "network.log"
    with disk_problems(path):
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logging.getLogger("quire.network").addHandler(handler)


async def open_quire(home: Home, samples: Samples | None = None) -> Quire:
    """Take ``home``, and join everything; call on the loop that will run it. Raises Problem when
    the home cannot be written or is in use."""
    prepare_home(home)
    lock = lock_home(home)
    try:
        open_log(home)
        return Quire(
            home=home,
            lock=lock,
            reader=worker("reader"),
            indexer=worker("indexer", str(home.exports)),
            generator=worker("generator"),
            fetcher=worker("fetcher"),
            embedder=starter_embedder(),
            starter=starter_model(),
            make_probe=partial(worker, "generator"),
            places=places(Path.home(), os.environ, sys.platform),
            samples=samples,
        )
    except BaseException:
        lock.release()
        raise
