"""``quire``: which program am I? The window, or a headless command."""

from __future__ import annotations

import os
import sys
from functools import partial

from app.arguments import parser


def main(argv: list[str] | None = None) -> int:
    """Run what ``argv`` says; returns the exit code."""
    arguments = parser().parse_args(argv)
    from workspaces.library.home import find_home

    home = find_home(getattr(arguments, "home", None), os.environ)
    if arguments.command:
        from app.commands import run_command

        return run_command(home, arguments)

    from app import window
    from app.bootstrap import open_log, open_quire, sample_workspace
    from workspaces.core.reasons import Problem
    from workspaces.library.home import lock_home, prepare_home

    raise NotImplementedError(
        (window, open_log, partial, open_quire, sample_workspace, Problem, lock_home, prepare_home)
    )


if __name__ == "__main__":
    sys.exit(main())
