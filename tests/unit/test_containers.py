"""What is inside ZIP and OLE files, and ZIP files that are traps."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.packages import packed
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.sniff import sniff
from workspaces.worker.zips import open_zip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OPEN = "application/vnd.oasis.opendocument"


def kind_of(path: Path) -> str:
    """The kind of the file at ``path``, whatever its name; or the code and what it is called."""
    with path.open("rb") as stream:
        try:
            return sniff(stream, "harmless.txt", decode)
        except Problem as problem:
            assert "…" not in problem.reason.sentence()
            return f"{problem.reason.code} {problem.reason.details.get('kind', '')}".strip()


def ole(folder: Path, *entries: str) -> Path:
    """An OLE file whose directory has these entries."""
    directory = b"".join(
        entry.encode("utf-16-le").ljust(64, b"\0") + bytes((2 * len(entry) + 2,)) + bytes(63)
        for entry in ("Root Entry", *entries)
    )
    path = folder / "a.bin"
    path.write_bytes(OLE + directory)
    return path


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "docx"),
        ("vnd.ms-word.document.macroEnabled.main+xml", "docx"),
        ("vnd.ms-word.template.macroEnabledTemplate.main+xml", "docx"),
        ("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xlsx"),
        ("vnd.ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
        ("vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", "xlsx"),
        ("vnd.ms-excel.sheet.binary.macroEnabled.main", "unsupported Excel Binary (XLSB)"),
        ("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "pptx"),
        ("vnd.ms-powerpoint.presentation.macroEnabled.main+xml", "pptx"),
        ("vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", "pptx"),
        ("vnd.ms-visio.drawing.main+xml", "unsupported Visio"),
        ("something-else", "archive"),
    ],
)
def test_kinds_of_office_files(tmp_path: Path, content_type: str, kind: str) -> None:
    types = f'<Types><Override ContentType="application/{content_type}"/></Types>'
    for encoding in ("utf-8", "utf-16"):
        parts = {"[Content_Types].xml": types.encode(encoding)}
        assert kind_of(packed(tmp_path / "a.zip", parts)) == kind


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"mimetype": "application/epub+zip"}, "epub"),
        ({"META-INF/container.xml": "", "OPS/book.opf": ""}, "epub"),
        ({"mimetype": f"{OPEN}.text"}, "odt"),
        ({"mimetype": f"{OPEN}.text-template\n"}, "odt"),
        ({"mimetype": f"{OPEN}.spreadsheet"}, "ods"),
        ({"mimetype": f"{OPEN}.presentation"}, "odp"),
        ({"mimetype": f"{OPEN}.graphics"}, "odp"),
        ({"mimetype": f"{OPEN}.formula"}, "unsupported OpenDocument"),
        (
            {"content.xml": "", "META-INF/manifest.xml": f'<m media-type="{OPEN}.text"/>'},
            "odt",
        ),
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": ""}, "xlsx"),
        ({"Index/Document.iwa": ""}, "unsupported Pages, Numbers or Keynote"),
        ({"META-INF/MANIFEST.MF": ""}, "program"),
        ({"classes.dex": ""}, "program"),
        ({"notes.txt": "words"}, "archive"),
    ],
)
def test_kinds_of_other_zip_files(tmp_path: Path, parts: dict[str, str], kind: str) -> None:
    assert kind_of(packed(tmp_path / "a.zip", parts)) == kind


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("EncryptedPackage", "encrypted_office"),
        ("WordDocument", "legacy_office"),
        ("Workbook", "legacy_office"),
        ("__properties_version1.0", "unsupported Outlook"),
        ("VisioDocument", "unsupported Visio"),
        ("\x05HwpSummaryInformation", "unsupported Hangul (HWP)"),
    ],
)
def test_kinds_of_ole_files(tmp_path: Path, entry: str, kind: str) -> None:
    assert kind_of(ole(tmp_path, "first", entry)) == kind


def test_a_text_that_speaks_of_an_entry_has_none(tmp_path: Path) -> None:
    path = ole(tmp_path, "WordDocument")
    words = "EncryptedPackage".encode("utf-16-le")
    entry = words.ljust(64, b"\0") + bytes((len(words) + 2,)) + bytes(63)
    directory = path.read_bytes()
    path.write_bytes(directory + b"x" + entry)  # no entry begins there
    assert kind_of(path) == "legacy_office"
    path.write_bytes(directory + words + bytes(96))  # no entry of this length
    assert kind_of(path) == "legacy_office"


@pytest.mark.parametrize("first", ["[Content_Types].xml", "docProps/app.xml", "mimetype"])
def test_a_document_that_is_cut_off_is_damaged(tmp_path: Path, first: str) -> None:
    path = packed(tmp_path / "a.zip", {first: f"{OPEN}.text", "b": "x" * 1000})
    path.write_bytes(path.read_bytes()[:80])
    assert kind_of(path) == "corrupt"
    path = packed(tmp_path / "a.zip", {"holiday.jpg": "x", "b": "x" * 1000})
    path.write_bytes(path.read_bytes()[:80])
    assert kind_of(path) == "archive"


def end_record(size: int) -> bytes:
    return b"PK\x05\x06" + bytes(8) + size.to_bytes(4, "little") + bytes(6)


def test_a_directory_of_absurd_size_is_not_read() -> None:
    with pytest.raises(zipfile.BadZipFile, match="too large"):
        open_zip(io.BytesIO(b"PK\x03\x04" + end_record(17 * 1024 * 1024)))
    wide = b"PK\x06\x06" + bytes(36) + (1 << 34).to_bytes(8, "little") + bytes(8)
    locator = b"PK\x06\x07" + bytes(16)
    with pytest.raises(zipfile.BadZipFile, match="too large"):
        open_zip(io.BytesIO(wide + locator + end_record(0xFFFFFFFF)))


def test_a_file_that_lost_bytes_is_damaged(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"[Content_Types].xml": "x" * 90, "b": "y" * 90})
    whole = path.read_bytes()
    path.write_bytes(whole[:10] + whole[20:])
    assert kind_of(path) == "corrupt"
