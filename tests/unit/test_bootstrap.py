"""What children are started with."""

from __future__ import annotations

import subprocess
import sys

from app.bootstrap import OFFLINE, child_environment


def test_children_cannot_reach_a_model_hub() -> None:
    seen = child_environment({"HF_HUB_OFFLINE": "0", "HF_TOKEN": "secret", "PATH": "/bin"})
    assert seen["HF_HUB_OFFLINE"] == "1"
    assert seen["TRANSFORMERS_OFFLINE"] == "1"
    assert "HF_TOKEN" not in seen
    assert seen["PATH"] == "/bin"
    assert set(OFFLINE) <= set(seen)


def test_the_commands_start_without_qt_and_heavy_libraries() -> None:
    script = (
        "import sys, app.commands\n"
        "heavy = ('PySide6', 'torch', 'lancedb', 'llama_cpp', 'numpy', 'lxml', 'pypdf')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
