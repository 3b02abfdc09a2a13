"""The progress on the taskbar, on a session bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.taskbar import INTERFACE, Taskbar, has_session_bus

SAY = "from app.taskbar import Taskbar; t = Taskbar('quire'); [t.show(each) for each in {said}]"


def test_without_a_session_bus_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert not has_session_bus()
    Taskbar("quire").show(0.5)


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-run-session") is None,
    reason="there is no D-Bus here",
)
def test_docks_hear_the_progress(tmp_path: Path) -> None:
    say = SAY.format(said=[0.25, 0.25, None])
    heard = tmp_path / "heard"
    script = (
        f"dbus-monitor --profile \"interface='{INTERFACE}'\" > '{heard}' & monitor=$!; "
        f"for each in $(seq 100); do [ -s '{heard}' ] && break; sleep 0.1; done; "
        f"'{sys.executable}' -c \"{say}\"; "
        f"for each in $(seq 50); do [ $(grep -c Update '{heard}') -ge 2 ] && break; sleep 0.1; done;"
        "kill $monitor"
    )
    subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script],
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    signals = [line for line in heard.read_text().splitlines() if "Update" in line]
    assert len(signals) == 2, "the same again is not said again"
    assert all("/com/canonical/unity/launcherentry/" in line for line in signals)
