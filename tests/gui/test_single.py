"""One window for one home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.single import SingleWindow, name_of

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app import window
from app.main_window import MainWindow
from tests.fake_quire import FakeQuire

def called(self):
    print("to the front", flush=True)
    QTimer.singleShot(0, self, self.close)

MainWindow.come_to_front = called

class Quire(FakeQuire):
    async def close(self):
        print("closed", flush=True)

async def make():
    print("open", flush=True)
    return Quire()

sys.exit(window.run(make, Path(sys.argv[1]), ["quire"]))
"""


def test_the_second_calls_the_first(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    first = SingleWindow(tmp_path)
    assert first.claim()
    with qtbot.waitSignal(first.called):
        assert not SingleWindow(tmp_path).claim()
    assert SingleWindow(tmp_path / "other").claim()


def test_a_name_left_by_a_crash_is_taken_over(tmp_path: Path, qapp: QApplication) -> None:
    server = QLocalServer()
    assert server.listen(name_of(tmp_path))
    left = Path(server.fullServerName())
    left.rename(left.with_name("kept"))
    server.close()
    left.with_name("kept").rename(left)
    heir = SingleWindow(tmp_path)
    assert heir.claim()
    assert not SingleWindow(tmp_path).claim()


def test_every_way_to_write_a_home_is_one_name(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert name_of(tmp_path / "a" / "..") == name_of(tmp_path)


def test_a_second_program_brings_the_first_to_the_front(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WINDOW, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout and first.stdout.readline() == "open\n"
        second = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert (second.returncode, second.stdout) == (0, "")
        assert first.stdout.readline() == "to the front\n"
        assert first.stdout.readline() == "closed\n"
        assert first.wait(15) == 0
    assert (tmp_path / "window.ini").exists()
