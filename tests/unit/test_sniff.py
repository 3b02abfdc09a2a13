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
        (b"FORM filled in by hand AIFF", "about.txt", "text"),
        (b"PAR1 is how Parquet begins", "about.txt", "text"),
        (b"free and wide and open", "about.txt", "text"),
        (b"#!/bin/sh\necho hello\n", "deploy.png", "text"),
        (b"{\\rtf1\\ansi words}", "letter.doc", "rtf"),
        (b'{"name": "x"}', "a.txt", "json"),
        (b"[1, 2]", "a.json", "json"),
        (b"[1] A footnote", "a.txt", "text"),
        (b'{"cells": [{"cell_type": "code"}], "nbformat": 4}', "a.json", "notebook"),
        (b'<?xml version="1.0"?>\n<book/>', "a.txt", "xml"),
        (b"<book>words</book>", "a.xml", "xml"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">x</html>', "a.xml", "html"),
        (b"From: a@b.org\nTo: c@d.org\nSubject: x\nDate: Mon\n\nwords", "a.txt", "mail"),
        (b"From: the shop\nTo: the hall\n\nNothing else", "a.txt", "text"),
        (b"From a@b Mon Mar 17 11:15:17 2014\nFrom: a\nSubject: b\nDate: c\n\nx", "all.mbox", "mail"),
        (b"Title\n=====\n", "a.rst", "rst"),
        (b"* Title\n", "a.org", "org"),
        (b"= Title\n", "a.adoc", "asciidoc"),
        (b"\\section{Title}\n", "a.tex", "latex"),
        (b"a,b\n1,2\n", "a.csv", "table"),
        (b"no table at all\n", "a.csv", "text"),
        (b"id\tteam\tsum\n1\ta\t2\n2\tb\t3\n", "export.txt", "table"),
        (b"One, two, three.\nFour, five, six.\nSeven.\n", "prose.txt", "text"),
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
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "legacy_office"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9", "image"),
        (b"%!PS-Adobe-3.0\n%%Pages: 3", "unsupported"),
        (b"8BPS\0\1" + bytes(20), "image"),
        (b"\xc5\xd0\xd3\xc6" + bytes(20), "image"),
        (b"\xd7\xcd\xc6\x9a\0\0", "image"),
        (b"\1\0\0\0" + bytes(36) + b" EMF", "image"),
        (b"P6\n640 480\n255\n" + bytes(90), "image"),
        (b"\xff\xf1\x50\x80\0", "audio_video"),
        (b"FORM\0\0\1\0AIFFCOMM", "audio_video"),
        (b"\0\0\0\x20ftypM4A ", "audio_video"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "audio_video"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "audio_video"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1", "audio_video"),
        ((b"G\x40\0\x10" + bytes(184)) * 4, "audio_video"),
        (b"\xfd7zXZ\0\0\4", "archive"),
        (b"\x28\xb5\x2f\xfd\4\0", "archive"),
        (b"\x04\x22\x4d\x18\x64", "archive"),
        (b"!<arch>\ndebian-binary   1342943816  0     0     100644  4         `\n2.0\n\0", "archive"),
        (b"\xed\xab\xee\xdb\3\0", "archive"),
        (bytes(32769) + b"CD001\1", "archive"),
        (bytes(range(255, 0, -1)) * 300 + b"koly\0\0\0\4".ljust(512, b"\0"), "archive"),
        (b"MSCF\0\0\0\0\x2c", "archive"),
        (b"\0asm\1\0\0\0", "program"),
        (b"\xca\xfe\xba\xbe\0\0\0\x3d", "program"),
        (b"\xa7\x0d\r\n\0\0\0\0\x12\x34\x56\x67\xe3", "program"),
        (b"\0\1\0\0\0\x0f\0\x80", "binary"),
        (b"wOF2\0\1\0\0", "binary"),
        (b"\x93NUMPY\1\0v\0{'descr': '<f8'}", "binary"),
        (b"PAR1\x15\4\x15\x10", "binary"),
        (b"GGUF\3\0\0\0", "binary"),
        (b"PACK\0\0\0\2", "binary"),
        (b"\x80\4\x95\x1a\0\0\0\0\0\0\0\x8c", "binary"),
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


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("ясно, что насос стоит под лестницей", "cp1251"),
        ("ящик с инструментами", "cp1251"),
        ("郓城县水利局关于防汛工作的通知", "gb18030"),
        ("a typical tide table", "utf-8"),
    ],
)
def test_words_that_begin_like_another_format(tmp_path: Path, words: str, encoding: str) -> None:
    assert kind_of(tmp_path, words.encode(encoding), "notes.txt") == "text"


def test_four_letters_make_no_film(tmp_path: Path) -> None:
    assert kind_of(tmp_path, b"and ftypical words", "notes.txt") == "text"


def test_a_pdf_behind_what_the_server_said(tmp_path: Path) -> None:
    pdf = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    said = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"
    assert kind_of(tmp_path, said + pdf, "report.pdf") == "pdf"
    shown = b"A PDF looks like this:\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"
    assert kind_of(tmp_path, shown, "lesson.txt") == "text"
    assert kind_of(tmp_path, b"A PDF begins with %PDF-1.4, they say.", "lesson.pdf") == "text"


@pytest.mark.parametrize("before", [b"\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n "])
def test_rtf_behind_a_mark_or_white_space(tmp_path: Path, before: bytes) -> None:
    assert kind_of(tmp_path, before + b"{\\rtf1 a}", "a.doc") == "rtf"


@pytest.mark.parametrize(
    "svg",
    [
        b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y" [ <!ENTITY ns "http://x">\n]><svg></svg>',
        b'<!DOCTYPE svg PUBLIC "x" "y"><!-- Creator: a program --><svg width="1"></svg>',
        b'<svg:svg xmlns:svg="http://www.w3.org/2000/svg"></svg:svg>',
    ],
)
def test_drawings_as_programs_write_them(tmp_path: Path, svg: bytes) -> None:
    assert code_of(tmp_path, svg, "drawing.svg") == "image"


@pytest.mark.parametrize("end", ["words", "<svg", "<p>words</p>"])
def test_a_thousand_comments_take_no_time(tmp_path: Path, end: str) -> None:
    """Thirty were tried in a billion ways."""
    page = "<!-- a comment -->\n" * 1000 + end
    assert kind_of(tmp_path, page.encode(), "notes.md") == "markdown"


def test_a_long_line_that_begins_like_a_mailbox_takes_no_time(tmp_path: Path) -> None:
    line = "From a@b.org Mon Jan  1 10:00:00 2031 " * 1600
    assert kind_of(tmp_path, line.encode(), "notes.txt") == "text"
