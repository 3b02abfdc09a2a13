"""What is inside a ZIP or an OLE file: many kinds of document look alike from outside."""

from __future__ import annotations

import mmap
import zipfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from workspaces.core.reasons import Problem
from workspaces.worker.zips import DAMAGED, open_zip

_CONTENT_TYPES = "[Content_Types].xml"
_LABEL_LIMIT = 1024 * 1024
"""No list of content types and no media type is larger than this."""

_OOXML = (  # what the content type of the main part of an Office file says
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroenabled.main+xml", "docx"),
    (b"ms-word.template.macroenabledtemplate.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.template.macroenabled.main+xml", "xlsx"),
    (b"ms-excel.addin.macroenabled.main+xml", "xlsx"),
    (b"presentationml.presentation.main+xml", "pptx"),
    (b"presentationml.template.main+xml", "pptx"),
    (b"presentationml.slideshow.main+xml", "pptx"),
    (b"ms-powerpoint.presentation.macroenabled.main+xml", "pptx"),
    (b"ms-powerpoint.template.macroenabled.main+xml", "pptx"),
    (b"ms-powerpoint.slideshow.macroenabled.main+xml", "pptx"),
)
_MAIN_PARTS = (  # where a list of content types does not say it
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
)
_OTHER_OOXML = (
    (b"ms-excel.sheet.binary", "Excel Binary (XLSB)"),
    (b"ms-visio", "Visio"),
    (b"ms-package.xps", "XPS"),
)
_MEDIA_TYPES = (  # the longer of two that begin alike comes first
    (b"application/epub+zip", "epub"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/vnd.oasis.opendocument.graphics", "odp"),
)
_OTHER_MEDIA_TYPES = (
    (b"application/vnd.oasis.opendocument", "OpenDocument"),
    (b"application/vnd.sun.xml", "OpenOffice 1"),
    (b"application/hwp+zip", "Hangul (HWPX)"),
)
_FIRST_MEMBERS = (
    b"[Content_Types].xml",
    b"_rels/.rels",
    b"docProps/",
    b"mimetypeapplication/",
    b"META-INF/container.xml",
)
_PROGRAMS = ("META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex")
_MANIFEST = "META-INF/manifest.xml"

_OLE_STREAMS: Mapping[str, str] = {
    "__properties_version1.0": "Outlook",
    "VisioDocument": "Visio",
    "HwpSummaryInformation": "Hangul (HWP)",
    "\x05HwpSummaryInformation": "Hangul (HWP)",
    "Quill": "Publisher",
}
_OLE_ENTRY = 128
_OLE_NAME = 64
"""Bytes of a directory entry, and of the name it begins with; its length and type follow."""


def kind_in_zip(stream: BinaryIO, name: str) -> str:
    """The kind of document the ZIP file is, or a Problem that says what else it is."""
    try:
        with open_zip(stream) as archive:
            return _kind_of_members(archive, name)
    except DAMAGED as error:
        stream.seek(0)
        raise Problem("corrupt" if _began_as_document(stream) else "archive", name=name) from error


def _began_as_document(stream: BinaryIO) -> bool:
    """Whether a ZIP file that is cut off was a document, by its first members."""
    head = stream.read(4096)
    return any(mark in head for mark in _FIRST_MEMBERS)


def _kind_of_members(archive: zipfile.ZipFile, name: str) -> str:
    members = set(archive.namelist())
    kind = _kind_of_office(archive, members, name) or _kind_of_media_type(archive, members, name)
    if kind is not None:
        return kind
    if any(member.startswith("Index/") and member.endswith(".iwa") for member in members) or (
        "Index.zip" in members
    ):
        raise Problem("unsupported", name=name, kind="Pages, Numbers or Keynote")
    if members.intersection(_PROGRAMS) or any(member.endswith(".class") for member in members):
        raise Problem("program", name=name)
    raise Problem("archive", name=name)


def _kind_of_office(archive: zipfile.ZipFile, members: set[str], name: str) -> str | None:
    if _CONTENT_TYPES not in members:
        return None
    types = _read_label(archive, _CONTENT_TYPES).replace(b"\0", b"").lower()
    for mark, kind in _OOXML:
        if mark in types:
            return kind
    for mark, kind in _OTHER_OOXML:
        if mark in types:
            raise Problem("unsupported", name=name, kind=kind)
    return next((kind for part, kind in _MAIN_PARTS if part in members), None)


def _kind_of_media_type(archive: zipfile.ZipFile, members: set[str], name: str) -> str | None:
    """The kind that the label of an OpenDocument or EPUB file says, or its manifest."""
    label = _read_label(archive, "mimetype").strip() if "mimetype" in members else b""
    if not label and "content.xml" in members and _MANIFEST in members:
        manifest = _read_label(archive, _MANIFEST)
        label = manifest[max(0, manifest.find(b"application/vnd.")) :]
    for mark, kind in _MEDIA_TYPES:
        if label.startswith(mark):
            return kind
    for mark, kind in _OTHER_MEDIA_TYPES:
        if label.startswith(mark):
            raise Problem("unsupported", name=name, kind=kind)
    return "epub" if "META-INF/container.xml" in members and _has_book(members) else None


def _has_book(members: set[str]) -> bool:
    return any(member.endswith(".opf") for member in members)


def _read_label(archive: zipfile.ZipFile, member: str) -> bytes:
    if archive.getinfo(member).flag_bits & 1:  # encrypted: then it is no Office file
        return b""
    with archive.open(member) as part:
        return part.read(_LABEL_LIMIT)


def kind_in_ole(stream: BinaryIO, name: str) -> str:
    """``encrypted_office``, or a Problem that says what the file in the container of Office 97
    is; its streams' names tell."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if _holds(content, "EncryptedPackage"):
            return "encrypted_office"
        for entry, kind in _OLE_STREAMS.items():
            if _holds(content, entry):
                raise Problem("unsupported", name=name, kind=kind)
    raise Problem("legacy_office", name=name)


def _holds(content: mmap.mmap, entry: str) -> bool:
    """Whether there is a directory entry of this name; text that only speaks of it is none."""
    return any(
        position % _OLE_ENTRY == 0
        and content[position + _OLE_NAME : position + _OLE_NAME + 1] == bytes((2 * len(entry) + 2,))
        for position in _found(content, entry.encode("utf-16-le"))
    )


def _found(content: mmap.mmap, words: bytes) -> Iterator[int]:
    position = content.find(words)
    while position >= 0:
        yield position
        position = content.find(words, position + 1)
