"""The reader on the real and synthetic files of the shared folder, against what is expected."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.expectations import (
    Disputed,
    Expectation,
    absent,
    expectations,
    wrongly_opened,
    wrongly_refused,
    wrongly_taken,
)
from tests.reading import extract
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import Extracted

KNOWN_MISSES: dict[str, str] = {}
"""Files that do not end as expected yet, and why. One that starts to must leave the table."""

SLOW = 400_000
"""Bytes from which a file is left to the slow run."""


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
        assert "…" not in problem.reason.sentence(), problem.reason
        return wrongly_refused(expected, problem.reason.code)
    for warning in answer.warnings:
        assert "…" not in warning.sentence(), warning
    return wrongly_taken(expected, {each.code for each in answer.warnings}, places, disputed)


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
        return wrongly_opened(expected, problem.reason.code)
    return absent(expected, places, disputed)


def _read(
    expected: Expectation, folder: Path, passwords: list[str]
) -> tuple[Extracted, list[Place]]:
    with tempfile.TemporaryDirectory(dir=folder) as room:
        return extract(expected.path, Path(room), passwords)


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
