"""Small documents to drop, made on the spot."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import docx
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

MANUAL = [
    "Harbour Pump P-40. Operating manual. Read it before the first start.",
    "Warranty. The warranty on the seals is 12 months from the date of delivery.",
    "Maintenance. Replace the oil filter every 500 operating hours.",
]


def write_pdf(path: Path, pages: list[str] | None = None) -> Path:
    """A PDF of one line a page."""
    canvas = Canvas(str(path))
    for text in pages or MANUAL:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return path


def write_docx(path: Path) -> Path:
    """A contract with headings and a table."""
    document = docx.Document()
    document.add_heading("Lease of the north hall", 1)
    document.add_heading("Rent", 2)
    document.add_paragraph("The monthly rent is 4,300 euros, payable on the third working day.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Deposit"
    table.rows[0].cells[1].text = "12,900 euros"
    document.save(str(path))
    return path


def write_gb18030(path: Path) -> Path:
    """A Chinese text as many Windows programs still write it."""
    text = (
        "云杉社区图书馆借阅规定\n\n每位读者最多可以借阅八册图书，借期为三十天。\n\n"
        "逾期归还的图书每天收取0.2元滞纳金。馆长王伟负责解释本规定。\n"
    )
    path.write_bytes(text.encode("gb18030"))
    return path


def write_png(path: Path) -> Path:
    """A real picture of one pixel, whatever ``path`` calls it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
    return path


def write_drop(folder: Path) -> list[Path]:
    """What the main job drops: a PDF, a DOCX, a GB18030 text and a PNG that says it is a text."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        write_pdf(folder / "manual.pdf"),
        write_docx(folder / "lease.docx"),
        write_gb18030(folder / "规定.txt"),
        write_png(folder / "notes.txt"),
    ]


def encrypted_pdf(path: Path, text: str, password: str) -> Path:
    """A PDF of one page that opens with ``password`` only (AES-256)."""
    writer = PdfWriter(clone_from=write_pdf(path, [text]))
    writer.encrypt(password, algorithm="AES-256")
    writer.write(str(path))
    return path
