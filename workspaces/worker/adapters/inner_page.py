"""HTML and XHTML pages that are parts of other documents."""

from __future__ import annotations

import re

from workspaces.worker.adapters.decoding import decode
from workspaces.worker.adapters.html_page import page_blocks
from workspaces.worker.outline import Block

_DECLARED = re.compile(
    rb"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]*?\bcharset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title\b[^>]*>[^<]{0,10000}</title\s*>", re.IGNORECASE)
_HEAD = 4096


def inner_blocks(data: bytes, titled: bool = True) -> list[Block] | None:
    """What the page ``data`` says; None where it is no text. Without ``titled`` its title is
    passed over: each chapter of a book may have that of the book."""
    declared = _DECLARED.search(data[:_HEAD])
    name = None if declared is None else (declared[1] or declared[2]).decode()
    text = decode(data, name)
    if text is None:
        return None
    return page_blocks(text if titled else _TITLE.sub("", text))
