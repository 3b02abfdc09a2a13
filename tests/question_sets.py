"""Small sets of questions, written for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TEXTS = {
    "seals-1": ("Seals", "The warranty on the seals is 12 months."),
    "oil-1": ("Oil", "Replace the oil filter every 500 operating hours."),
    "a/b: 规定": ("规定", "借期为三十天。馆长是王伟。"),
}

QUESTIONS: tuple[tuple[str, list[str]], ...] = (
    ("How long is the warranty on the seals?", ["seals-1"]),
    ("When is the oil filter replaced?", ["oil-1"]),
    ("借期是多少天？", ["a/b: 规定"]),
    ("Who won the regatta?", []),
)


def write_lines(path: Path, rows: Iterable[Any]) -> None:
    """One JSON value a line."""
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    path.write_text(text, "utf-8")


def write_set(folder: Path) -> Path:
    """Three documents, a question for each, and one that none of them answers."""
    folder.mkdir()
    write_lines(
        folder / "corpus.jsonl",
        [{"doc_id": key, "title": title, "text": text} for key, (title, text) in TEXTS.items()],
    )
    write_lines(
        folder / "questions.jsonl",
        [
            {"qid": str(number), "question": text, "answerable": bool(gold), "gold_doc_ids": gold}
            for number, (text, gold) in enumerate(QUESTIONS)
        ],
    )
    return folder
