"""Reads Office files that are protected by a password, when it is given.

What is decrypted stays in memory, and passwords are only handed on.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol
from xml.parsers.expat import ExpatError

import olefile
from msoffcrypto import exceptions
from msoffcrypto.format.ooxml import OOXMLFile

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.sheet_file import SheetReader
from workspaces.worker.adapters.slides_file import SlidesReader
from workspaces.worker.adapters.word_file import WordReader
from workspaces.worker.containers import kind_in_zip

_MEGABYTE = 1024 * 1024
_LIMIT = 128 * _MEGABYTE
"""Bytes of a file that is decrypted in memory, which holds it three times for a moment."""
_ANYONE = "VelvetSweatshop"
"""What Excel encrypts with that everybody may read and nobody change."""
_INFO_LIMIT = 64 * 1024
"""Bytes of the description of how it is encrypted; Office writes about 1500."""


_RIGHTS = "DRMEncryptedTransform"
"""Stands in a file whose key a rights server holds."""
_BROKEN = (OSError, ValueError, TypeError, LookupError, ArithmeticError, struct.error, ExpatError)
"""What the libraries raise for a container or a description that is damaged."""


class _FromMemory(Protocol):
    def read_from(self, source: io.BytesIO, name: str, report: ReportStep) -> Reading: ...


_READERS: Mapping[str, type[_FromMemory]] = {
    "docx": WordReader,
    "xlsx": SheetReader,
    "pptx": SlidesReader,
}


class EncryptedOfficeReader:
    """:class:`~workspaces.core.ports.DocumentReader` of encrypted DOCX, XLSX and PPTX."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        if path.stat().st_size > _LIMIT:
            raise Problem("too_large", name=name, limit=_LIMIT // _MEGABYTE)
        with path.open("rb") as stream:
            _check(stream, name)
            plain = _decrypted(stream, name, (_ANYONE, *filter(None, passwords)), report)
        if plain is None:
            raise Problem("wrong_password" if passwords else "encrypted", name=name)
        kind = kind_in_zip(plain, name)
        if kind not in _READERS:
            raise Problem("unsupported", name=name, kind=kind)
        return _READERS[kind]().read_from(plain, name, report)


def _check(stream: BinaryIO, name: str) -> None:
    """That the file is whole, encrypted by a password, and does not describe that with a trap."""
    try:
        with olefile.OleFileIO(stream.read()) as container:
            if any(_RIGHTS in folder for folder in container.listdir(storages=True)):
                raise Problem("copy_protected", name=name)
            info = container.openstream("EncryptionInfo").read(_INFO_LIMIT + 1)
            container.openstream("EncryptedPackage").close()
    except _BROKEN as error:
        raise Problem("corrupt", name=name) from error
    if len(info) > _INFO_LIMIT or b"<!" in info:
        raise Problem("corrupt", name=name)
    stream.seek(0)


def _decrypted(
    stream: BinaryIO, name: str, passwords: Sequence[str], report: ReportStep
) -> io.BytesIO | None:
    """What the first of the passwords that fits opens; None where none does."""
    for tried, password in enumerate(passwords):
        report(tried, len(passwords))
        plain = io.BytesIO()
        try:
            file = OOXMLFile(stream)
            file.load_key(password=password, verify_password=True)
            file.decrypt(plain)
        except exceptions.InvalidKeyError:
            continue
        except exceptions.DecryptionError as error:
            raise Problem("unsupported", name=name, kind="this encryption of") from error
        except _BROKEN as error:
            raise Problem("corrupt", name=name) from error
        plain.seek(0)
        return plain
    return None
