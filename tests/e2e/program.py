"""The real program without its window, run command by command."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class Program:
    """Runs ``quire`` commands on one home and looks at its log afterwards."""

    def __init__(self, home: Path, module: str = "app", patience: float = 180.0) -> None:
        self.home = home
        self._module = module
        self._patience = patience

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        command = [
            sys.executable,
            "-m",
            self._module,
            *map(str, arguments),
            "--home",
            str(self.home),
            "--json",
        ]
        return subprocess.Popen(command, stdout=-1, stderr=-1, text=True, encoding="utf-8")

    def run(self, *arguments: str | Path, code: int = 0) -> Json:
        with self.start(*arguments) as process:
            out, err = process.communicate(timeout=self._patience)
        assert process.returncode == code, err
        answer: Json = json.loads(out)
        return answer

    def states(self, workspace: str) -> list[str]:
        """The states of a workspace's documents as its catalogue has them now."""
        for card in self.home.glob("workspaces/*/workspace.json"):
            if json.loads(card.read_text("utf-8"))["name"] == workspace:
                uri = f"file:{card.with_name('catalog.sqlite')}?mode=ro"
                with closing(sqlite3.connect(uri, uri=True)) as connection:
                    return [row[0] for row in connection.execute("SELECT state FROM documents")]
        return []
