"""What is expected of the files below the shared folder's ``documents``, and what is wrong with how
one ended: asked of the reader (``unit``) and of the program's command line (``e2e``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tests.shared import shared_folder
from workspaces.core.types import Place

REFUSALS = {
    "NO_TEXT": {"no_text"},
    "NO_TEXT_OR_ANNOTATION_TEXT": {"no_text"},
    "OK_EMPTY_PASSWORD_NO_TEXT": {"no_text"},
    "EMPTY": {"empty"},
    "CORRUPT": {"corrupt"},
    "NEEDS_PASSWORD": {"encrypted"},
    "NEEDS_PASSWORD_OR_UNSUPPORTED": {"encrypted", "unsupported"},
    "OK_OR_CORRUPT": {"corrupt", "no_text", "empty"},
    "OK_OR_UNSUPPORTED": {"unsupported", "legacy_office", "binary"},
    "OK_TEXT_OR_REPORTED": {"no_text", "corrupt"},
    "OK_OR_REPORTED": {"binary"},
    "OK_NO_ACTION": {"no_text"},
    "REJECT_BINARY": {"image", "archive", "binary"},
    "DETECT_OR_REJECT": {"archive", "binary"},
    "UNSUPPORTED_BOUNDED": {"archive"},
    "BOUNDED": {"too_large", "unpacks_too_large"},
    "GARBLED_REPORTED": {"garbled", "no_text"},
}
MUST_REFUSE = {
    "NO_TEXT", "EMPTY", "CORRUPT", "NEEDS_PASSWORD", "NEEDS_PASSWORD_OR_UNSUPPORTED",
    "REJECT_BINARY", "UNSUPPORTED_BOUNDED", "BOUNDED", "GARBLED_REPORTED",
    "OK_EMPTY_PASSWORD_NO_TEXT",
}  # fmt: skip


WARNS = {
    "OK_PARTIAL": {"silent_pages", "garbled_pages", "broken_pages"},
}
"""What must be said of a document that was taken although something is missing from it."""


@dataclass(frozen=True)
class Needle:
    text: str
    page: int | None = None
    second_reader_agrees: bool | None = None


class Expectation(msgspec.Struct):
    file: str
    cls: str
    expect: str
    size: int
    must_contain: list[Needle] = []
    password: str | None = None

    @property
    def path(self) -> Path:
        return shared_folder() / "documents" / self.file


@dataclass
class Disputed:
    """Sentences that another reader does not find either: counted, and printed where absent."""

    found: int = 0
    absent: list[str] = field(default_factory=list)


def expectations() -> list[Expectation]:
    path = shared_folder() / "documents" / "expectations.jsonl"
    return [msgspec.json.decode(line, type=Expectation) for line in path.read_bytes().splitlines()]


def wrongly_refused(expected: Expectation, code: str) -> str | None:
    """What is wrong with a file that gave no text, for the reason ``code``; or None."""
    allowed = REFUSALS.get(expected.expect, set())
    return None if code in allowed else f"{expected.expect} ended as {code}"


def wrongly_taken(
    expected: Expectation, warnings: AbstractSet[str], places: Sequence[Place], disputed: Disputed
) -> str | None:
    """What is wrong with a file that gave ``places`` and was warned about with these codes."""
    if expected.expect in MUST_REFUSE:
        return f"{expected.expect} gave text: {places[0].text[:60]!r}"
    wanted = WARNS.get(expected.expect)
    if wanted is not None and not wanted & warnings:
        return f"{expected.expect} without a warning; only {sorted(warnings)}"
    return absent(expected, places, disputed)


def wrongly_opened(expected: Expectation, code: str) -> str | None:
    """What is wrong with a file that gave no text with its password."""
    # A page may be protected and hold nothing but a picture.
    is_read = code == "no_text" and not expected.must_contain
    return None if is_read else f"with its password it ended as {code}"


def absent(expected: Expectation, places: Sequence[Place], disputed: Disputed) -> str | None:
    """Which sentences ``places`` do not hold, or None."""
    missing = []
    for needle in expected.must_contain:
        is_found = _is_in(needle, places)
        if needle.second_reader_agrees is not False:
            missing += [] if is_found else [needle.text]
        elif is_found:
            disputed.found += 1
        else:
            disputed.absent.append(f"{expected.file}: {needle.text}")
    return f"absent: {missing}" if missing else None


def _is_in(needle: Needle, places: Sequence[Place]) -> bool:
    on_page = [p for p in places if needle.page is None or p.page in (None, needle.page)]
    wanted = re.sub("<[^>]*>", "", needle.text) if "</" in needle.text else needle.text
    return _squashed(wanted) in _squashed("".join(place.text for place in on_page))


def _squashed(text: str) -> str:
    """Without what two readers rightly differ in: spaces, widths, accents' spelling."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c)[0] != "C")
