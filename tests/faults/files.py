"""Many small documents to import, the same ones for the same seed."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
from pypdf import PdfWriter

from tests.documents import write_png

NOUNS = (
    "pump seal valve harbour lease rent filter gasket contract notice warranty delivery crane"
    " ledger invoice ferry anchor cargo customs licence permit storage tariff berth tide rope"
)
WORDS = NOUNS.split()
SIGNS = "港口仓库租金合同保修密封阀门货物关税许可证缆绳潮汐码头船舶发票保险维护滤油器通知交付押金"


def name_of(number: int) -> str:
    """A word that only file ``number`` holds, to find it by."""
    return f"zeta{number:05d}"


def english(rng: random.Random, characters: int) -> str:
    """Sentences of about so many ``characters``."""
    sentences: list[str] = []
    while sum(map(len, sentences)) < characters:
        sentences.append(" ".join(rng.choices(WORDS, k=rng.randint(6, 16))).capitalize() + ".")
    return " ".join(sentences)


def chinese(rng: random.Random, characters: int) -> str:
    """Sentences of about so many ``characters``."""
    sentences: list[str] = []
    while sum(map(len, sentences)) < characters:
        sentences.append("".join(rng.choices(SIGNS, k=rng.randint(8, 24))) + "。")
    return "".join(sentences)


def write_text(path: Path, rng: random.Random, number: int) -> Path:
    """A plain text of 200 to 2 000 characters, every fourth one Chinese."""
    body = chinese if number % 4 == 3 else english
    text = f"{name_of(number)} {body(rng, rng.randint(200, 2_000))}\n"
    path.write_text(text, "utf-8")
    return path


def write_texts(folder: Path, count: int, seed: int = 1) -> Path:
    """``count`` plain texts in ``folder``, at most 500 in one of its folders."""
    rng = random.Random(seed)
    for number in range(count):
        parent = folder / f"{number // 500:03d}"
        parent.mkdir(parents=True, exist_ok=True)
        write_text(parent / f"{number:05d}.txt", rng, number)
    return folder


def _markdown(path: Path, rng: random.Random, number: int) -> None:
    sections = [f"## {name_of(number)} {part}\n\n{english(rng, 400)}\n" for part in range(3)]
    path.write_text(f"# Report {number}\n\n" + "\n".join(sections), "utf-8")


def _html(path: Path, rng: random.Random, number: int) -> None:
    path.write_text(
        f"<html><body><h1>{name_of(number)}</h1><p>{english(rng, 500)}</p></body></html>", "utf-8"
    )


def _docx(path: Path, rng: random.Random, number: int) -> None:
    document = docx.Document()
    document.add_heading(name_of(number), 1)
    document.add_paragraph(english(rng, 600))
    document.save(str(path))


def _csv(path: Path, rng: random.Random, number: int) -> None:
    rows = [f"{name_of(number)},{' '.join(rng.choices(WORDS, k=3))},{row}" for row in range(12)]
    path.write_text("\n".join(["code,what,count", *rows]), "utf-8")


def _picture(path: Path, rng: random.Random, number: int) -> None:
    write_png(path)
    path.write_bytes(path.read_bytes() + rng.randbytes(20))


def _empty(path: Path, rng: random.Random, number: int) -> None:
    path.write_bytes(b"")


def _damaged(path: Path, rng: random.Random, number: int) -> None:
    """A DOCX that was cut off."""
    _docx(path, rng, number)
    path.write_bytes(path.read_bytes()[:2_000])


def _protected(path: Path, rng: random.Random, number: int) -> None:
    """A PDF that asks for a password."""
    writer = PdfWriter()
    writer.add_blank_page(100 + number % 100, 100)
    writer.encrypt(str(rng.random()), algorithm="RC4-128")
    writer.write(path)


Writer = Callable[[Path, random.Random, int], object]

KINDS: tuple[tuple[str, Writer], ...] = (
    ("txt", write_text),
    ("md", _markdown),
    ("html", _html),
    ("txt", write_text),
    ("docx", _docx),
    ("csv", _csv),
    ("txt", write_text),
    ("png", _picture),
    ("md", _markdown),
    ("txt", _empty),
    ("txt", write_text),
    ("docx", _damaged),
    ("pdf", _protected),
)

COPY_EVERY = 11


def write_mixed(folder: Path, count: int, seed: int = 1) -> Path:
    """``count`` files of many kinds in ``folder``: most can be read, some cannot, and some are
    copies of an earlier one under another name."""
    rng = random.Random(seed)
    written: list[Path] = []
    for number in range(count):
        suffix, write = KINDS[number % len(KINDS)]
        path = folder / f"part {number % 3}" / f"{number:05d}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if number % COPY_EVERY == COPY_EVERY - 1:
            original = rng.choice(written)
            path = path.with_suffix(f".copy{original.suffix}")
            shutil.copyfile(original, path)
        else:
            write(path, rng, number)
            written.append(path)
    return folder
