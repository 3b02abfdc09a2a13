"""The reader on the real and synthetic files of the shared folder, against what is expected."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from tests.reading import extract
from tests.shared import shared_folder
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import Extracted

KNOWN_MISSES: dict[str, str] = {}
"""Files that do not end as expected yet, and why. One that starts to must leave the table."""

SLOW = 400_000
"""Bytes from which a file is left to the slow run."""

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


@dataclass
class Disputed:
    """Sentences that another reader does not find either: counted, and printed where absent."""

    found: int = 0
    absent: list[str] = field(default_factory=list)


def expectations() -> list[Expectation]:
    path = shared_folder() / "documents" / "expectations.jsonl"
    return [msgspec.json.decode(line, type=Expectation) for line in path.read_bytes().splitlines()]


def verdict(expected: Expectation, folder: Path, disputed: Disputed) -> str | None:
    """What is wrong with how a file ends, or None."""
    wrong = _without_password(expected, folder, disputed)
    if wrong is None and expected.password is not None:
        wrong = _with_password(expected, folder, disputed)
    return wrong


def _without_password(expected: Expectation, folder: Path, disputed: Disputed) -> str | None:
    try:
        answer, places = _read(expected, folder, [])
    except Problem as problem:
        code = problem.reason.code
        assert "…" not in problem.reason.sentence(), problem.reason
        allowed = REFUSALS.get(expected.expect, set())
        return None if code in allowed else f"{expected.expect} ended as {code}"
    if expected.expect in MUST_REFUSE:
        return f"{expected.expect} gave text: {places[0].text[:60]!r}"
    return _unsaid(expected, answer) or _absent(expected, places, disputed)


def _with_password(expected: Expectation, folder: Path, disputed: Disputed) -> str | None:
    """A protected document opens with its password, and with no other."""
    wanted = "wrong_password"
    try:
        _read(expected, folder, ["not the password"])
        return "opened with a wrong password"
    except Problem as problem:
        if problem.reason.code != wanted:
            return f"a wrong password ended as {problem.reason.code}"
    try:
        _answer, places = _read(expected, folder, ["not the password", expected.password or ""])
    except Problem as problem:
        # A page may be protected and hold nothing but a picture.
        is_read = problem.reason.code == "no_text" and not expected.must_contain
        return None if is_read else f"with its password it ended as {problem.reason.code}"
    return _absent(expected, places, disputed)


def _read(
    expected: Expectation, folder: Path, passwords: list[str]
) -> tuple[Extracted, list[Place]]:
    source = shared_folder() / "documents" / expected.file
    with tempfile.TemporaryDirectory(dir=folder) as room:
        return extract(source, Path(room), passwords)


def _unsaid(expected: Expectation, answer: Extracted) -> str | None:
    for warning in answer.warnings:
        assert "…" not in warning.sentence(), warning
    wanted = WARNS.get(expected.expect)
    said = {warning.code for warning in answer.warnings}
    if wanted is None or wanted & said:
        return None
    return f"{expected.expect} without a warning; only {sorted(said)}"


def _absent(expected: Expectation, places: list[Place], disputed: Disputed) -> str | None:
    absent = []
    for needle in expected.must_contain:
        is_found = _is_in(needle, places)
        if needle.second_reader_agrees is not False:
            absent += [] if is_found else [needle.text]
        elif is_found:
            disputed.found += 1
        else:
            disputed.absent.append(f"{expected.file}: {needle.text}")
    return f"absent: {absent}" if absent else None


def _is_in(needle: Needle, places: list[Place]) -> bool:
    on_page = [p for p in places if needle.page is None or p.page in (None, needle.page)]
    wanted = re.sub("<[^>]*>", "", needle.text) if "</" in needle.text else needle.text
    return _squashed(wanted) in _squashed("".join(place.text for place in on_page))


def _squashed(text: str) -> str:
    """Without what two readers rightly differ in: spaces, widths, accents' spelling."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c)[0] != "C")


def _judge(chosen: list[Expectation], folder: Path) -> None:
    disputed = Disputed()
    wrong = {e.file: said for e in chosen if (said := verdict(e, folder, disputed)) is not None}
    print(f"{len(chosen) - len(wrong)} of {len(chosen)} files end as expected")
    print(f"sentences another reader misses: {disputed.found} found, {len(disputed.absent)} absent")
    print("\n".join(disputed.absent))
    known = {e.file for e in chosen if e.file in KNOWN_MISSES}
    assert wrong.keys() == known, {f: wrong.get(f, "passes now") for f in wrong.keys() ^ known}


def test_small_documents_end_as_expected(tmp_path: Path) -> None:
    _judge([e for e in expectations() if e.size < SLOW and not e.cls.startswith("pdf")], tmp_path)


@pytest.mark.slow
def test_large_documents_and_pdfs_end_as_expected(tmp_path: Path) -> None:
    _judge([e for e in expectations() if e.size >= SLOW or e.cls.startswith("pdf")], tmp_path)
