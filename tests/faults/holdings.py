"""What a home holds, asked of the open program and of its catalogue. Names stand for ids, so that
two homes can be compared. Which of several equal files has the content depends on which was read
first, and one over which the reader was ended is read after the others: so the first of their names
stands for all."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from workspaces.core.types import DocumentState
from workspaces.engine.child import Child
from workspaces.protocol.messages import Inspect, Inspected
from workspaces.services.quire import Quire

FOUND = 10
"""Passages looked at for each question."""

WITHOUT_FILES = ("duplicate", "refused", "empty", "no_text", "unsupported", "cancelled")
"""States of documents that leave nothing below ``documents/``."""


async def look_into(
    quire: Quire, indexer: Child, home: Path, questions: list[str]
) -> dict[str, Any]:
    """``content`` is equal for two homes that hold the same; ``flaws`` are sentences about what
    does not fit together, none in a sound home."""
    content: dict[str, Any] = {}
    flaws = [f"half a file: {path}" for path in home.rglob("*.part")]
    views = await quire.list_workspaces()
    known = {view.id for view in views}
    flaws += [
        f"no workspace: {path}"
        for path in (home / "workspaces").iterdir()
        if path.name not in known
    ]
    for view in views:
        root = home / "workspaces" / view.id
        inspected = await indexer.call(Inspect(str(root / "index.lance"), True), Inspected)
        with closing(sqlite3.connect(root / "catalog.sqlite")) as catalogue:
            catalogue.row_factory = sqlite3.Row
            flaws += _flaws(catalogue, root / "documents", inspected)
            content[view.name] = _documents(catalogue) | {"report": _report(catalogue)}
            names = _names(catalogue)
        found = {each: await quire.search(view.id, each, FOUND) for each in questions}
        content[view.name]["hits"] = {
            question: [[names[hit.document], hit.text] for hit in hits]
            for question, hits in found.items()
        }
    return {"content": content, "flaws": flaws}


def _documents(catalogue: sqlite3.Connection) -> dict[str, Any]:
    """Every document by its path, with those of its duplicates, as a person would describe it."""
    rows = catalogue.execute("SELECT * FROM documents WHERE twin IS NULL").fetchall()
    described = {
        ", ".join(_each_of(catalogue, "path", row["id"])): {
            "state": row["state"],
            "reason": row["reason"],
            "details": json.loads(row["details"]),
            "warnings": json.loads(row["warnings"]),
            "size": row["size"],
            "passages": _passages(catalogue, row["id"]),
        }
        for row in rows
    }
    return {"documents": described, "rows": len(rows)}


def _each_of(catalogue: sqlite3.Connection, column: str, document: str) -> list[str]:
    """The ``column`` of ``document`` and of its duplicates, in alphabetical order."""
    query = f"SELECT {column} FROM documents WHERE ?1 IN (id, twin) ORDER BY {column}"
    return [row[0] for row in catalogue.execute(query, (document,))]


def _names(catalogue: sqlite3.Connection) -> dict[str, str]:
    """The name that stands for each document that has content, by its id."""
    rows = catalogue.execute("SELECT id FROM documents WHERE twin IS NULL").fetchall()
    return {row["id"]: _each_of(catalogue, "name", row["id"])[0] for row in rows}


def _passages(catalogue: sqlite3.Connection, document: str) -> list[list[Any]]:
    query = (
        'SELECT start, "end", text, page, heading, line, row FROM passages WHERE document = ?'
        " ORDER BY ordinal"
    )
    return [list(row) for row in catalogue.execute(query, (document,))]


def _report(catalogue: sqlite3.Connection) -> dict[str, int]:
    """How many files ended in each state."""
    return dict(Counter(row["state"] for row in catalogue.execute("SELECT state FROM report")))


def _flaws(catalogue: sqlite3.Connection, documents: Path, inspected: Inspected) -> list[str]:
    return [
        *_open_ends(catalogue),
        *_wrong_twins(catalogue),
        *_stray_files(catalogue, documents),
        *_differences("words", _counted(catalogue, _WORDS), inspected.words),
        *_stray_vectors(catalogue, inspected),
        *(f"the catalogue is damaged: {row[0]}" for row in _check(catalogue) if row[0] != "ok"),
        *(["an older version of the index had to be opened"] if inspected.went_back else []),
    ]


def _check(catalogue: sqlite3.Connection) -> list[Any]:
    return [
        *catalogue.execute("PRAGMA integrity_check"),
        *catalogue.execute("PRAGMA foreign_key_check"),
    ]


def _open_ends(catalogue: sqlite3.Connection) -> list[str]:
    """Documents that have not ended, and the report where it says something else than the rows."""
    query = (
        "SELECT d.name, d.state, r.state AS reported, d.replaces, r.ended_at FROM documents d"
        " LEFT JOIN report r ON r.document = d.id"
    )
    flaws = []
    for row in catalogue.execute(query):
        if not DocumentState(row["state"]).is_final:
            flaws.append(f"{row['name']} is still {row['state']}")
        if row["reported"] != row["state"]:
            flaws.append(f"{row['name']} is {row['state']}, the report says {row['reported']}")
        if row["replaces"]:
            flaws.append(f"{row['name']} still waits to take another's place")
    return flaws


def _wrong_twins(catalogue: sqlite3.Connection) -> list[str]:
    """Duplicates of something else than a document that is ready, or that say so wrongly."""
    query = (
        "SELECT d.*, t.name AS other, t.state AS other_state FROM documents d"
        " LEFT JOIN documents t ON t.id = d.twin WHERE d.twin IS NOT NULL OR d.state = 'duplicate'"
    )
    return [
        f"{row['name']} is {row['state']} ({row['details']}) of {row['other']},"
        f" which is {row['other_state']}"
        for row in catalogue.execute(query)
        if (row["state"], row["reason"], row["other_state"]) != ("duplicate", "duplicate", "ready")
        or json.loads(row["details"]) != {"name": row["name"], "other": row["other"]}
    ]


def _stray_files(catalogue: sqlite3.Connection, documents: Path) -> list[str]:
    """Folders below ``documents`` that belong to no row, and rows whose folder is not there."""
    states = dict(catalogue.execute("SELECT id, state FROM documents").fetchall())
    there = {
        path.name: sorted(file.name for file in path.iterdir()) for path in documents.iterdir()
    }
    flaws = []
    for name, files in there.items():
        if name not in states or (files and states[name] in WITHOUT_FILES):
            flaws.append(f"files of a document that is {states.get(name, 'gone')}: {files}")
    for name, state in states.items():
        if state == "ready" and there.get(name) != ["original", "text.jsonl"]:
            flaws.append(f"a ready document has only {there.get(name)}")
    return flaws


_WORDS = "SELECT document, count(*) FROM passages GROUP BY document"
_VECTORS = (
    "SELECT p.document, count(*) FROM vectors v JOIN passages p ON p.id = v.passage"
    " WHERE v.space = ? AND v.numbers IS NOT NULL GROUP BY p.document"
)
_NEVER_EMBEDDED = (
    "SELECT count(*) FROM passages p JOIN spaces s ON s.role = 'current'"
    " LEFT JOIN vectors v ON v.passage = p.id AND v.space = s.id WHERE v.passage IS NULL"
)


def _stray_vectors(catalogue: sqlite3.Connection, inspected: Inspected) -> list[str]:
    flaws = []
    spaces = [row["id"] for row in catalogue.execute("SELECT id FROM spaces")]
    for space in spaces:
        indexed = inspected.vectors.get(space, {})
        flaws += _differences(f"vectors of {space}", _counted(catalogue, _VECTORS, space), indexed)
    flaws += [f"vectors of no space: {each}" for each in inspected.vectors if each not in spaces]
    (missing,) = catalogue.execute(_NEVER_EMBEDDED).fetchone()
    return [*flaws, *([f"{missing} passages were never embedded"] if missing else [])]


def _counted(catalogue: sqlite3.Connection, query: str, *values: str) -> dict[str, int]:
    return dict(catalogue.execute(query, values).fetchall())


def _differences(what: str, wanted: dict[str, int], indexed: dict[str, int]) -> list[str]:
    return [
        f"{what}: {indexed.get(document, 0)} in the index, {wanted.get(document, 0)} in the"
        f" catalogue ({document})"
        for document in wanted | indexed
        if wanted.get(document, 0) != indexed.get(document, 0)
    ]


def compare(wanted: Any, got: Any, where: str = "") -> list[str]:
    """Where two contents differ, in words."""
    if isinstance(wanted, dict) and isinstance(got, dict):
        found = [
            f"{where}/{key} is {'missing' if key in wanted else 'too much'}"
            for key in wanted.keys() ^ got.keys()
        ]
        for key in wanted.keys() & got.keys():
            found += compare(wanted[key], got[key], f"{where}/{key}")
        return found
    return [] if wanted == got else [f"{where}: {_short(got)} instead of {_short(wanted)}"]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 400 else f"{text[:400]}…"
