"""What is inside a ZIP or an OLE file: many kinds of document look alike from outside."""

from __future__ import annotations

import mmap
import zipfile
import zlib
from typing import BinaryIO

from workspaces.core.reasons import Problem

_CONTENT_TYPES = "[Content_Types].xml"
_LABEL_LIMIT = 1024 * 1024
"""No list of content types and no media type is larger than this."""

_OOXML = (  # what the list of content types of an Office file speaks of
    (b"presentationml", "PowerPoint"),
    (b"ms-powerpoint", "PowerPoint"),
    (b"spreadsheetml", "Excel"),
    (b"ms-excel", "Excel"),
    (b"ms-visio", "Visio"),
)
_WORD_MAIN = (
    b"wordprocessingml.document.main+xml",
    b"wordprocessingml.template.main+xml",
    b"ms-word.document.macroEnabled.main+xml",
    b"ms-word.template.macroEnabledTemplate.main+xml",
)
_MEDIA_TYPES = (
    (b"application/epub+zip", "EPUB"),
    (b"application/vnd.oasis.opendocument", "OpenDocument"),
    (b"application/vnd.sun.xml", "OpenOffice"),
)
_PROGRAMS = ("META-INF/MANIFEST.MF", "AndroidManifest.xml")


def kind_in_zip(stream: BinaryIO, name: str) -> str:
    """``docx``, or a Problem that says what else the ZIP file is."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return _kind_of_members(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        stream.seek(0)
        damaged = _CONTENT_TYPES.encode() in stream.read(4096)
        raise Problem("corrupt" if damaged else "archive", name=name) from error


def _kind_of_members(archive: zipfile.ZipFile, name: str) -> str:
    members = set(archive.namelist())
    if _CONTENT_TYPES in members:
        types = _read_label(archive, _CONTENT_TYPES)
        if any(main in types for main in _WORD_MAIN):
            return "docx"
        for mark, kind in _OOXML:
            if mark in types:
                raise Problem("unsupported", name=name, kind=kind)
    if "mimetype" in members:
        label = _read_label(archive, "mimetype")
        for mark, kind in _MEDIA_TYPES:
            if label.startswith(mark):
                raise Problem("unsupported", name=name, kind=kind)
    if members.intersection(_PROGRAMS):
        raise Problem("program", name=name)
    raise Problem("archive", name=name)


def _read_label(archive: zipfile.ZipFile, member: str) -> bytes:
    if archive.getinfo(member).flag_bits & 1:  # encrypted: then it is no Office file
        return b""
    with archive.open(member) as part:
        return part.read(_LABEL_LIMIT)


def problem_in_ole(stream: BinaryIO, name: str) -> Problem:
    """Why a file in the container of Office 97 is not taken; its streams' names tell."""
    if _holds(stream, "EncryptedPackage"):
        return Problem("encrypted", name=name)
    if _holds(stream, "__properties_version1.0"):
        return Problem("unsupported", name=name, kind="Outlook")
    return Problem("legacy_office", name=name)


def _holds(stream: BinaryIO, entry: str) -> bool:
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(entry.encode("utf-16-le")) >= 0
