"""What a file is, decided by its content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from workspaces.core.reasons import Problem
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.sniff import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def kind_of(folder: Path, content: bytes, name: str) -> str:
    path = folder / "offered"
    path.write_bytes(content)
    with path.open("rb") as stream:
        return sniff(stream, name, decode)


def code_of(folder: Path, content: bytes, name: str) -> str:
    with pytest.raises(Problem) as caught:
        kind_of(folder, content, name)
    assert name in caught.value.reason.sentence()
    assert "…" not in caught.value.reason.sentence()
    return caught.value.reason.code


def zipped(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def office(content_type: str) -> bytes:
    return zipped(
        **{"[Content_Types].xml": f'<Types><Override ContentType="{content_type}"/></Types>'}
    )


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"just words", "notes", "text"),
        (b"just words", "notes.pdf", "text"),
        ("只有文字".encode("gb18030"), "notes.txt", "text"),
        (b"# Title", "notes.md", "markdown"),
        (b"# Title", "notes.MARKDOWN", "markdown"),
        (b"# Title", "notes.txt", "text"),
        (b"\n<!-- x --><!DOCTYPE html><p>a", "page.txt", "html"),
        ("<html><p>a".encode("utf-16"), "page.txt", "html"),
        (b"<p>a fragment</p>", "page.html", "html"),
        (b"<p>a fragment</p>", "page.md", "markdown"),
        (b"a < b and b > a", "page.htm", "text"),
        (b"%PDF-1.4\n", "renamed.txt", "pdf"),
        (b"junk\0junk\n%PDF-1.4\n", "report.pdf", "pdf"),
        (b"A PDF file begins with\n%PDF-1.4\n", "about.txt", "text"),
        (office(WORD_TYPE), "renamed.pdf", "docx"),
        (b"BZh is how a bzip2 file begins", "about.txt", "text"),
        (b"MZ is how a program begins", "about.txt", "text"),
        (b"ID3 tags explained", "about.txt", "text"),
    ],
)  # fmt: skip
def test_content_decides_what_is_taken(
    tmp_path: Path, content: bytes, name: str, kind: str
) -> None:
    assert kind_of(tmp_path, content, name) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
        (b"GIF89a\1\0\1\0\0", "image"),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image"),
        (b"\0\0\0\x18ftypheic\0\0", "image"),
        (b"\0\0\0\x18ftypavif\0\0", "image"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "image"),
        (b"\0\0\0\x18ftypisom\0\0", "audio_video"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio_video"),
        (b"ID3\3\0\0\0\0", "audio_video"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "archive"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\0", "archive"),
        (zipped(a="text"), "archive"),
        (b"\x7fELF\2\1\1\0", "program"),
        (b"MZ\x90\0\3\0\0\0", "program"),
        (b"\xcf\xfa\xed\xfe\x07\0\0\1", "program"),
        (zipped(**{"META-INF__MANIFEST.MF": "x"}), "program"),
        (OLE, "legacy_office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "unsupported"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "legacy_office"),
        (office(SHEET_TYPE), "unsupported"),
        (zipped(mimetype="application/epub+zip"), "unsupported"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text"), "unsupported"),
        (b"{\\rtf1\\ansi words}", "unsupported"),
        (b"SQLite format 3\0" + bytes(range(256)), "binary"),
        (bytes(range(256)) * 4, "binary"),
        (bytes(range(128, 256)) * 4, "binary"),
    ],
)  # fmt: skip
def test_what_is_not_a_document_is_refused_whatever_its_name(
    tmp_path: Path, content: bytes, code: str
) -> None:
    assert code_of(tmp_path, content, "harmless.txt") == code


def test_junk_that_calls_itself_a_document_is_damaged(tmp_path: Path) -> None:
    assert code_of(tmp_path, bytes(2000), "report.pdf") == "corrupt"
    assert code_of(tmp_path, office(WORD_TYPE)[:60], "report.docx") == "corrupt"


def test_a_character_cut_at_the_end_of_the_head_is_no_reason_to_refuse(tmp_path: Path) -> None:
    for shift in range(4):
        text = "x" * shift + "字" * 60_000
        assert kind_of(tmp_path, text.encode(), "a.txt") == "text"
        assert kind_of(tmp_path, text.encode("gb18030"), "a.txt") == "text"
