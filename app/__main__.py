"""``quire``: which program am I? The window, or a headless command."""

from __future__ import annotations

import os
import sys

from app.arguments import parser
from workspaces.library.home import Home, find_home


def main(argv: list[str] | None = None) -> int:
    """Run what ``argv`` says; returns the exit code."""
    arguments = parser().parse_args(argv)
    home = find_home(getattr(arguments, "home", None), os.environ)
    if arguments.command:
        from app.commands import run_command

        return run_command(home, arguments)
    return open_window(home)


def open_window(home: Home) -> int:
    """Imported only here: the commands start without Qt."""
    from app import window
    from app.bootstrap import open_quire
    from app.samples import samples

    return window.run(lambda: open_quire(home, samples()), home.root, sys.argv[:1])


if __name__ == "__main__":
    sys.exit(main())
