"""How long after a pause in typing the list of the search is there, in the real window at 10 000
passages: ``python -m tests.benchmarks.search_typing [--documents 1300]``.

The index, the processes and the window are real; only the embedding model is a fake, so that the
import takes half a minute. Run it while nothing else runs.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from app.bridge import Bridge
from app.language import Language
from app.main_window import MainWindow
from app.panels.search_presenter import SearchState
from app.window import make_application
from tests.faults.files import write_texts
from tests.faults.program import WORKER
from tests.services.stage import Stage
from workspaces.services.quire import Quire

QUESTIONS = (
    "pump",
    "the pressure of the oil filter",
    "第 17 号",
    "水泵的维护记录",
    "Q4_K_M",
    "report number 812",
)
ROUNDS = 5

TIDYING = 5.0
"""Seconds in which what the import left loose is merged, as it is in the first idle moment."""


async def fill(stage: Stage, files: Path) -> int:
    """Import the files; how many passages that made."""
    quire = await stage.open(model=False)
    workspace = (await quire.create_workspace("Many")).id
    documents = await quire.add_documents(workspace, [str(files)])
    views = await quire.wait_for_documents(workspace, documents)
    await asyncio.sleep(TIDYING)
    await stage.close()
    return sum(view.passages for view in views)


def seconds_to_list(window: MainWindow, question: str) -> float:
    """From the end of the pause to the list on the screen."""
    loop = QEventLoop()

    def shown(state: SearchState) -> None:
        if state.asked.question == " ".join(question.split()):
            window.search.list.viewport().repaint()
            loop.quit()

    link = window.desk.search.shown.connect(shown)
    began = time.perf_counter()
    window.search.field.sought.emit(question)
    loop.exec()
    took = time.perf_counter() - began
    window.desk.search.shown.disconnect(link)
    return took


def measure(stage: Stage, folder: Path) -> list[float]:
    """Each question a few times, asked in the window."""
    application = make_application(sys.argv[:1])

    async def make() -> Quire:
        return await stage.open(model=False)

    bridge = Bridge(make)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(bridge, Language(application), settings)
    window.show()
    window.pages.show_search()
    bridge.open()
    wait_for_documents(window)
    for question in QUESTIONS:
        seconds_to_list(window, question)  # the index is opened, the characters are drawn once
    took = [
        seconds_to_list(window, f"{question} {n}") for n in range(ROUNDS) for question in QUESTIONS
    ]
    window.close()
    bridge.close()
    return took


def wait_for_documents(window: MainWindow) -> None:
    loop = QEventLoop()
    window.desk.documents.stocked.connect(loop.quit)
    loop.exec()
    QTimer.singleShot(500, loop.quit)
    loop.exec()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1300)
    count = parser.parse_args().documents
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        stage = Stage(root, WORKER)
        passages = asyncio.run(fill(stage, write_texts(root / "files", count)))
        took = sorted(1000 * each for each in measure(stage, root))
    worst = took[-1]
    print(
        f"{passages} passages, {len(took)} searches: median {statistics.median(took):.0f} ms, "
        f"95 % under {took[int(0.95 * len(took))]:.0f} ms, worst {worst:.0f} ms"
    )


if __name__ == "__main__":
    main()
