"""The window opens soon, because the heavy libraries live in the children."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = [
    "torch",
    "sentence_transformers",
    "lancedb",
    "pyarrow",
    "llama_cpp",
    "pypdf",
    "docx",
    "lxml",
    "numpy",
]

PROBE = """
import json, sys, time
began = time.process_time()
import PySide6.QtWidgets
bare = time.process_time() - began
began = time.process_time()
import app.main_window, app.window
ours = time.process_time() - began
print(json.dumps({"bare": bare, "ours": ours, "loaded": sorted(sys.modules)}))
"""


def test_the_window_loads_nothing_heavy_and_soon() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, timeout=60
    )
    seen = json.loads(done.stdout)
    assert not set(HEAVY) & set(seen["loaded"])
    # processor time, beside that of bare Qt: other programs on the machine do not count
    assert seen["ours"] < 1 + 3 * seen["bare"]
