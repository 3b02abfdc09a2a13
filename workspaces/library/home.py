"""Where everything of one person lies, and the lock that one Quire holds on it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import filelock
import platformdirs

from workspaces.core.reasons import Problem
from workspaces.library.disk import disk_problems, problem_of


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one person's data, with the names inside it."""

    root: Path

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def exports(self) -> Path:
        """What embedding models were turned into, to be loaded faster; can be made again."""
        return self.root / "exports"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def workspaces(self) -> Path:
        return self.root / "workspaces"

    @property
    def lock(self) -> Path:
        return self.root / "quire.lock"


def find_home(chosen: str | None, environment: Mapping[str, str]) -> Home:
    """``--home``, else ``QUIRE_HOME``, else the platform's folder for user data."""
    root = chosen or environment.get("QUIRE_HOME") or platformdirs.user_data_dir("Quire", False)
    return Home(Path(root).expanduser().absolute())


def prepare_home(home: Home) -> None:
    """Make the folders. Raises Problem ``home_unwritable`` when that is not allowed."""
    with disk_problems(home.root):
        for folder in (home.root, home.models, home.logs, home.workspaces):
            folder.mkdir(parents=True, exist_ok=True)
        if not os.access(home.root, os.W_OK | os.X_OK):
            raise Problem("home_unwritable", name=home.root)


def lock_home(home: Home) -> filelock.BaseFileLock:
    """Take the home for this process until it ends. Raises Problem ``home_in_use``."""
    lock = filelock.FileLock(home.lock, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise Problem("home_in_use", name=home.root) from None
    except OSError as error:
        raise problem_of(error, home.root) from error
    return lock
