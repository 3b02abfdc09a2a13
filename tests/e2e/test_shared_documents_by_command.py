"""All files of the shared folder, given to the program's command line at once. Only the embedding
model is a fake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from tests.e2e.conftest import errors_in_log
from tests.e2e.program import Json, Program
from tests.expectations import (
    Disputed,
    Expectation,
    absent,
    expectations,
    wrongly_opened,
    wrongly_refused,
    wrongly_taken,
)
from workspaces.core.reasons import SENTENCES
from workspaces.core.types import Place
from workspaces.services.importing import STATE_OF

pytestmark = pytest.mark.slow

KNOWN_MISSES: dict[str, str] = {}
"""Files that do not end as expected yet, and why. One that starts to must leave the table."""

PATIENCE = 600.0
"""Seconds that all of them may take."""

ASKED = 6
"""Sentences that are searched for: each search is a program that has to open the index."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A workspace that holds every file, and what its report said of each, by path."""

    program: Program
    rows: dict[str, Json]

    def row(self, expected: Expectation) -> Json:
        """What ended instead of a copy: its original."""
        row = self.rows[str(expected.path)]
        if row["state"] != "duplicate":
            return row
        (original,) = [each for each in self.rows.values() if each["document"] == row["other"]]
        assert Path(original["path"]).read_bytes() == expected.path.read_bytes()
        return original

    def places(self, row: Json) -> list[Place]:
        shown = self.program.run("text", "All", row["document"])["places"]
        return msgspec.convert(shown, list[Place])

    def report(self) -> dict[str, Json]:
        """The rows of the last time that each file was offered."""
        return {row["path"]: row for row in self.program.run("report", "All")["files"]}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    program = Program(tmp_path_factory.mktemp("home"), "tests.e2e.unembedded", PATIENCE)
    program.run("workspace", "create", "All")
    folders = sorted({expected.path.parent for expected in expectations()})
    program.run("add", "All", *folders, code=1)
    shelf = Shelf(program, {})
    shelf.rows.update(shelf.report())
    return shelf


def code_of(sentence: str) -> str:
    """Which of the reasons the program gave."""
    for code, template in SENTENCES.items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", ".*", re.escape(template)), sentence, re.DOTALL):
            return code
    raise AssertionError(f"a sentence that nobody wrote: {sentence}")


def verdict(shelf: Shelf, expected: Expectation, disputed: Disputed) -> str | None:
    """What is wrong with how a file ended, or None."""
    row = shelf.row(expected)
    if row["reason"] is None:
        assert row["state"] == "ready", row
        warnings = {code_of(warning) for warning in row["warnings"]}
        return wrongly_taken(expected, warnings, shelf.places(row), disputed)
    code = code_of(row["reason"])
    if row["state"] != STATE_OF.get(code):
        return f"it ended as {row['state']}: {row['reason']}"
    return wrongly_refused(expected, code)


def judge(said: Iterable[tuple[Expectation, str | None]]) -> None:
    """Every file must end as expected, but for those of which we know."""
    wrong = {expected.file: why for expected, why in said if why is not None}
    assert wrong.keys() == KNOWN_MISSES.keys(), wrong


def test_every_file_is_in_the_report(shelf: Shelf) -> None:
    assert sorted(shelf.rows) == sorted(str(expected.path) for expected in expectations())


def test_every_file_ends_as_expected(shelf: Shelf) -> None:
    disputed = Disputed()
    judge((expected, verdict(shelf, expected, disputed)) for expected in expectations())
    print(f"{len(shelf.rows)} files end as expected")


def test_a_copy_is_recognised(shelf: Shelf) -> None:
    copies = [e for e in expectations() if e.expect == "DUPLICATE"]
    assert copies
    assert {shelf.rows[str(copy.path)]["state"] for copy in copies} == {"duplicate"}


def test_sentences_are_found(shelf: Shelf) -> None:
    taken = [
        (expected, needle.text)
        for expected in expectations()
        for needle in expected.must_contain[:1]
        if shelf.row(expected)["state"] == "ready" and needle.second_reader_agrees
    ]
    for expected, text in taken[:: len(taken) // ASKED]:
        found = shelf.program.run("search", "All", text, "--limit", "5")["passages"]
        assert shelf.row(expected)["name"] in {passage["name"] for passage in found}, text


def test_protected_files_open_with_their_passwords_and_with_no_other(
    shelf: Shelf, tmp_path: Path
) -> None:
    locked = [expected for expected in expectations() if expected.password is not None]
    files, passwords = [expected.path for expected in locked], tmp_path / "passwords"
    passwords.write_text("not the password\n", "utf-8")
    shelf.program.run("add", "All", *files, "--password-file", passwords, code=1)
    rows = shelf.report()
    assert {code_of(rows[str(file)]["reason"]) for file in files} == {"wrong_password"}
    passwords.write_text(
        "\n".join(["not the password", *{e.password or "" for e in locked}]), "utf-8"
    )
    shelf.program.start("add", "All", *files, "--password-file", passwords).communicate()
    rows, disputed = shelf.report(), Disputed()

    def opened(expected: Expectation) -> str | None:
        row = rows[str(expected.path)]
        if row["reason"] is not None:
            return wrongly_opened(expected, code_of(row["reason"]))
        return absent(expected, shelf.places(row), disputed)

    judge((expected, opened(expected)) for expected in locked)


def test_nothing_unexpected_is_in_the_log(shelf: Shelf) -> None:
    assert errors_in_log(shelf.program.home) == []
