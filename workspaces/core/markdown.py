"""Small truths about Markdown that more than one part of Quire needs."""

from __future__ import annotations

import re
from collections.abc import Callable

# A fenced block (closed or running to the end), or an inline code span on one line or more.
_CODE = re.compile(
    r"(?P<fence>^ {0,3}(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z))"
    r"|(?P<span>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(r"([\\`*_\[\]<>&~|])")
_LINE_START = re.compile(r"^(\s*)([#+=:-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*$", re.MULTILINE)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """``text`` with ``change`` applied to everything that is not code."""
    parts: list[str] = []
    end = 0
    for code in _CODE.finditer(text):
        parts += [change(text[end : code.start()]), code.group()]
        end = code.end()
    parts.append(change(text[end:]))
    return "".join(parts)


def escape(text: str) -> str:
    """Plain ``text`` as Markdown that shows exactly that text, on each of its lines."""
    escaped = _INLINE.sub(r"\\\1", text)
    return _LINE_START.sub(_escape_line_start, escaped)


def _escape_line_start(match: re.Match[str]) -> str:
    space, start = match.groups()
    # "1." would start a list: the dot is what must be escaped, a digit cannot be.
    return f"{space}{start}\\" if start.isdigit() else f"{space}\\{start}"


def quote(text: str) -> str:
    """Plain ``text`` as a quotation that keeps its lines and their indentation."""
    lines = [_quoted_line(line) for line in text.strip().splitlines()]
    followers = [*lines[1:], ""]
    # A backslash at its end breaks a line; a paragraph's last line needs none.
    broken = [
        f"{line}\\" if line and next_ else line
        for line, next_ in zip(lines, followers, strict=True)
    ]
    return "\n".join(f"> {line}".rstrip() for line in broken)


def _quoted_line(line: str) -> str:
    text = line.lstrip(" \t")
    indent = len(line.expandtabs(4)) - len(text.expandtabs(4))
    return ("\u00a0" * indent + escape(text)).rstrip()


def close_fence(text: str) -> str:
    """``text`` with its last fenced block closed, if a stopped answer left it open."""
    opened = ""
    for fence in _FENCE.finditer(text):
        mark = fence.group(1)
        if not opened:
            opened = mark
        elif mark[0] == opened[0] and len(mark) >= len(opened) and fence.group().strip() == mark:
            opened = ""
    return f"{text.rstrip()}\n{opened}" if opened else text
