"""The Markdown of an answer -> HTML in which nothing can load, run or lead anywhere.

Answers are written by a model that read other people's documents, so all of it is data: raw HTML
stays text, images become their descriptions, links become text with their address beside it. The
only links are the marks [1] of known sources, as ``quire:mark/1``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

MARK_LINK = "quire:mark/"
MARK = re.compile(r"\[(\d{1,4})\]")


def to_html(markdown: str, marks: Collection[int] = ()) -> str:
    """Inert HTML for Qt's rich text. Only ``marks`` become links."""
    html: str = _parser().render(markdown, {"marks": frozenset(marks)})
    return html


def mark_of(link: str) -> int | None:
    """The mark that a link of :func:`to_html` stands for."""
    number = link.removeprefix(MARK_LINK)
    return int(number) if link.startswith(MARK_LINK) and number.isdigit() else None


class _InertRenderer(RendererHTML):
    """Leaves out every address that Qt could follow."""

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        description = self.renderInlineAsText(tokens[idx].children or [], options, env)
        return escapeHtml(description)

    def link_open(self, *_: Any) -> str:
        return "<u>"

    def link_close(
        self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        shows_address = tokens[idx].markup == "autolink"
        return "</u>" if shows_address else f"</u> ({escapeHtml(_address_of(tokens, idx))})"

    def mark(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        number = tokens[idx].meta["number"]
        return f'<a href="{MARK_LINK}{number}">[{number}]</a>'


def _address_of(tokens: Sequence[Token], closing: int) -> str:
    # links do not nest, so the nearest opening one before it is its own
    for token in reversed(tokens[:closing]):
        if token.type == "link_open":
            return str(token.attrGet("href") or "")
    return ""


def _read_mark(state: StateInline, silent: bool) -> bool:
    """Goes before Markdown's links, so that no "[1]: address" can take a mark over."""
    match = MARK.match(state.src, state.pos)
    if not match or int(match[1]) not in state.env["marks"]:
        return False
    if not silent:
        state.push("mark", "", 0).meta = {"number": int(match[1])}
    state.pos = match.end()
    return True


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False}
    parser = MarkdownIt("commonmark", options, renderer_cls=_InertRenderer)
    parser.enable(["table", "strikethrough"])
    parser.disable("reference")  # a definition would vanish from the answer
    parser.inline.ruler.before("link", "mark", _read_mark)
    return parser
