"""What kind of text a text is: by what it says, and by its name where it does not say."""

from __future__ import annotations

import re
from pathlib import PurePath

from workspaces.core.reasons import Problem
from workspaces.worker.separators import evenness, separator_of

_COMMENT = r"<!--(?:(?!-->).)*-->"
"""Exactly one: were it allowed to reach over the end of the next, thirty of them in a row would be
tried in a billion ways."""
_PROLOGUE = rf"\s*(?:<\?xml[^>]*>\s*|{_COMMENT}\s*)*"
_HTML = re.compile(
    _PROLOGUE + r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_SVG = re.compile(
    _PROLOGUE
    + r"(?:<!DOCTYPE\s+(?:\w+:)?svg\b[^>\[]*(?:\[.*?\]\s*)?>"
    + _PROLOGUE
    + r")?<(?:\w+:)?svg[\s>]",
    re.DOTALL,
)
"""Drawing programs declare entities before the picture, and sign it in a comment."""
_XML = re.compile(r"\s*<\?xml\s")
_ROOT = re.compile(rf"\s*(?:{_COMMENT}\s*)*<[A-Za-z_!?]", re.DOTALL)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WORD_XML = re.compile(r'<\?mso-application\s+progid="(?:Word|Excel)\.')
_POSTSCRIPT = re.compile(r"(?:\x04)?%!PS(?:-Adobe-[\d.]+( EPSF)?)?")
_MAILBOX = re.compile(
    r"From \S{1,300} [^\n]{0,60}\d\d:\d\d[^\n]{0,60}\d{4}[^\n]{0,60}\n(?=[!-9;-~]+:)"
)
_HEADER = re.compile(r"([!-9;-~]+):[^\n]*\n(?:[ \t][^\n]*\n)*")
_MAIL_HEADER_NAMES = (
    "from to cc subject date message-id mime-version received return-path delivered-to reply-to "
    "content-type content-transfer-encoding x-mailer sender dkim-signature in-reply-to"
)
_MAIL_HEADERS = frozenset(_MAIL_HEADER_NAMES.split())
_JSON = re.compile(
    r'\s*(?:\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\})|\[\s*(?:[\[{"\d\]-]|true|false|null))'
)
_NOTEBOOK = re.compile(r'\s*\{\s*"cells"\s*:\s*\[\s*\{\s*"')
_TABLE_SUFFIXES = frozenset((".csv", ".tsv", ".tab", ".psv"))
_BARE_SUFFIXES = frozenset(("", ".txt", ".dat"))
_JSON_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".geojson", ".jsonld", ".webmanifest"))
_BY_SUFFIX = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".rst": "rst",
    ".rest": "rst",
    ".org": "org",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".asc": "asciidoc",
    ".tex": "latex",
    ".latex": "latex",
    ".ltx": "latex",
}


def kind_of_text(text: str, name: str) -> str:
    """The kind (a key of ``FORMATS``) of a document that begins with ``text``.

    Raises Problem where it is text only to a program: a picture, a printer's file.
    """
    _refuse_programs_text(text, name)
    suffix = PurePath(name).suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") and _TAG.search(text):
        return "html"
    return _by_content(text, suffix) or _BY_SUFFIX.get(suffix) or "text"


def _refuse_programs_text(text: str, name: str) -> None:
    if _SVG.match(text):
        raise Problem("image", name=name)
    if _WORD_XML.search(text[:1024]):
        raise Problem("legacy_office", name=name)
    if printed := _POSTSCRIPT.match(text):
        if printed[1]:
            raise Problem("image", name=name)
        raise Problem("unsupported", name=name, kind="PostScript")


def _by_content(text: str, suffix: str) -> str | None:
    if _HTML.match(text):
        return "html"
    if _is_mail(text):
        return "mail"
    if _XML.match(text) or (suffix == ".xml" and _ROOT.match(text)):
        return "xml"
    if _JSON.match(text):
        return _kind_of_json(text, suffix)
    return "table" if _is_table(text, suffix) else None


def _is_mail(text: str) -> bool:
    """A mail begins with headers, three of them known; a mailbox with a line before them."""
    if mailbox := _MAILBOX.match(text):
        text = text[mailbox.end() :]
    names: set[str] = set()
    at = 0
    while header := _HEADER.match(text, at):
        names.add(header[1].lower())
        at = header.end()
    return len(names & _MAIL_HEADERS) >= 3 and bool(names & {"from", "date", "mime-version"})


def _kind_of_json(text: str, suffix: str) -> str | None:
    if suffix == ".ipynb" or _NOTEBOOK.match(text):
        return "notebook"
    is_object = text.lstrip().startswith("{")
    return "json" if is_object or suffix in _JSON_SUFFIXES else None


def _is_table(text: str, suffix: str) -> bool:
    """Tables are named so; where the name does not say what it is, the columns must be many, and
    as wide in every line."""
    if suffix in _TABLE_SUFFIXES:
        return separator_of(text) is not None
    if suffix not in _BARE_SUFFIXES:
        return False
    separator = separator_of(text)
    share, width = evenness(text, separator) if separator else (0.0, 0)
    lines = text.count("\n")
    return share == 1.0 and width >= 3 and lines >= 3 and separator != "|"
