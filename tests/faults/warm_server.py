"""Starts the program of ``program.py`` again and again without waiting for its imports:
``python -m tests.faults.warm_server DESCRIPTOR``, of a connection on which it is told what to start.

Everything heavy is imported here once. A life is a fork of this process, and its workers are forks
of it: of their own pids, their parent's children, with pipes, to be killed and waited for as ever;
only the ``exec`` is left out. What is preloaded (``failing_writes.c``) is in force in all of them.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import os
import signal
import sys
import time
import traceback
import warnings
from asyncio.subprocess import Process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from tests.faults import program, worker
from tests.faults.runner import END
from workspaces.worker.formats import reader_of

PR_SET_CHILD_SUBREAPER = 36

start_process = asyncio.create_subprocess_exec
open_in_parent: dict[int, object] = {}


def behind(descriptor: int) -> object:
    """The file behind ``descriptor``, or None when it is closed."""
    try:
        file = os.fstat(descriptor)
    except OSError:
        return None
    return file.st_dev, file.st_ino


def note_open_descriptors() -> None:
    """Before each fork. After it, hooks of libraries close some and open others in the child."""
    open_in_parent.clear()
    for descriptor in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if descriptor > 2 and (file := behind(descriptor)):
            open_in_parent[descriptor] = file


def become_worker(role: str) -> None:
    """In a fork of the program: forget the program, be its worker."""
    gc.freeze()  # nothing of the program's is ever finalized here: not its open catalogue
    gc.enable()
    for descriptor, file in open_in_parent.items():
        if behind(descriptor) == file:
            os.close(descriptor)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as a Python that starts does
    logging.getLogger().handlers.clear()
    try:
        worker.main(role)
    except BaseException:  # noqa: BLE001 - what a process says before it ends with 1
        traceback.print_exc()
    os._exit(1)


async def fork_worker(*command: str, **options: Any) -> Process:
    """In place of ``asyncio.create_subprocess_exec``: what runs before the exec never ends."""
    return await start_process(*command, **options, preexec_fn=lambda: become_worker(command[-1]))


def be_program(order: dict[str, Any]) -> None:
    """In a fork of this process: run the program as it was ordered."""
    code = 1
    for descriptor, name in ((1, order["out"]), (2, order["err"])):
        os.dup2(os.open(name, os.O_WRONLY), descriptor)
    sys.argv = ["program", *order["arguments"]]
    try:
        code = program.main()
    except BaseException:  # noqa: BLE001 - what a process says before it ends with 1
        traceback.print_exc()
    sys.stdout.flush()
    os._exit(code)


def all_ended() -> bool:
    """Whether this process has no child left. Orphans of a program become its children."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            continue
    except ChildProcessError:
        return True
    return False


def end_of(pid: int) -> dict[str, Any]:
    """The exit code of the program, and the processes it left behind, which are ended."""
    _, status = os.waitpid(pid, 0)
    until = time.monotonic() + END
    left: set[int] = set()
    while not all_ended():
        if time.monotonic() > until:
            for process in psutil.Process().children():
                left.add(process.pid)
                process.kill()
        time.sleep(0.01)
    return {"code": os.waitstatus_to_exitcode(status), "left": sorted(left)}


def serve(host: Connection) -> None:
    """One program after the other, until the host is gone."""
    while True:
        try:
            order = host.recv()
        except EOFError:
            return
        pid = os.fork()
        if pid == 0:
            be_program(order)
        host.send(end_of(pid))


def warm_up() -> None:
    """Import what a small import needs."""
    from workspaces.worker.adapters import lance_index

    assert lance_index
    for kind in ("docx", "markdown", "text"):
        reader_of(kind)


def main() -> None:
    warnings.filterwarnings("ignore", ".*fork", RuntimeWarning)  # LanceDB's: an experiment
    warm_up()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    os.register_at_fork(before=note_open_descriptors)
    vars(asyncio)["create_subprocess_exec"] = fork_worker
    serve(Connection(int(sys.argv[1])))


if __name__ == "__main__":
    main()
