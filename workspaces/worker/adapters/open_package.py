"""An OpenDocument file: its parts, decrypted where they are encrypted.

What is decrypted stays in memory, and passwords are only handed on.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from workspaces.core.ports import ReportStep
from workspaces.core.reasons import Problem
from workspaces.worker.adapters.inflating import inflating
from workspaces.worker.adapters.markup import Element, attribute
from workspaces.worker.adapters.open_lock import ForeignLock, Lock
from workspaces.worker.adapters.zip_parts import ZipParts, part_key
from workspaces.worker.zips import DAMAGED

_LIMIT = 128 * 1024 * 1024
"""Bytes of a part that is decrypted in memory, which holds it twice for a moment."""
_WHOLE = "encrypted-package"
"""The only part of a file that was encrypted as a whole: another OpenDocument file."""
_CONTENT = "content.xml"
_FOREIGN = "specially encrypted OpenDocument"


@contextmanager
def open_package(
    path: Path, name: str, passwords: Sequence[str], report: ReportStep
) -> Iterator[OpenPackage]:
    """The file at ``path``, opened with the first of the passwords that fits where it is
    encrypted. Raises a Problem (``encrypted``, ``wrong_password``, ``unsupported`` or
    ``corrupt``)."""
    with OpenPackage(path, name) as package:
        locks = package.locks()
        main = next((part for part in (_WHOLE, _CONTENT) if part in locks), None)
        if main is None:
            yield package
            return
    with _Unlocked(path, name, locks) as unlocked:
        stream = unlocked.unlock(main, list(filter(None, passwords)), report)
        if main == _CONTENT:
            yield unlocked
            return
        with unlocked.inside(stream) as inside:
            yield inside


class OpenPackage(ZipParts):
    """An ODT, ODS or ODP file open for reading, see :func:`open_package`."""

    def content(self) -> Element:
        """The body of the document; a Problem (``corrupt``) when there is none."""
        root = self.xml(_CONTENT)
        body = None if root is None else next(root.iter("{*}body"), None)
        if root is None or body is None:
            raise Problem("corrupt", name=self.name)
        return root

    def styles(self) -> Element | None:
        """The styles, where headers and footers are too."""
        return self.xml("styles.xml")

    def embedded(self, root: Element) -> int:
        """How many objects of other programs stand in ``root``."""
        return sum(1 for _each in root.iter("{*}object", "{*}object-ole"))

    def locks(self) -> dict[str, Element]:
        """What the manifest says of the parts that are there and encrypted, by their keys."""
        manifest = self.xml("META-INF/manifest.xml")
        entries = () if manifest is None else manifest.iter("{*}file-entry")
        marks = (
            (attribute(entry, "full-path") or "", entry.find("{*}encryption-data"))
            for entry in entries
        )
        return {
            part_key(part): mark for part, mark in marks if mark is not None and self.holds(part)
        }


class _Unlocked(OpenPackage):
    """One whose parts are encrypted, and what opens them."""

    def __init__(self, path: Path, name: str, locks: Mapping[str, Element]) -> None:
        super().__init__(path, name)
        self._locks = locks
        self._password = ""

    def unlock(self, part: str, passwords: Sequence[str], report: ReportStep) -> IO[bytes]:
        """The contents of ``part``, with the first password that fits; the other parts are read
        with it from now on. Raises a Problem (``encrypted``, ``wrong_password``, ``unsupported``
        or ``corrupt``)."""
        try:
            lock = self._lock(part)
            for tried, password in enumerate(passwords):
                report(tried, len(passwords))
                if (deflated := lock.open(self._stored(part), password)) is not None:
                    self._password = password
                    return inflating(deflated)
        except ForeignLock as error:
            raise Problem("unsupported", name=self.name, kind=_FOREIGN) from error
        except DAMAGED as error:
            raise Problem("corrupt", name=self.name) from error
        raise Problem("wrong_password" if passwords else "encrypted", name=self.name)

    def inside(self, stream: IO[bytes]) -> OpenPackage:
        """The package that was encrypted as a whole, from its contents."""
        try:
            return OpenPackage(io.BytesIO(self._within_limit(stream)), self.name)
        except DAMAGED as error:
            raise Problem("corrupt", name=self.name) from error

    def _opened(self, member: zipfile.ZipInfo) -> IO[bytes]:
        part = member.filename
        if part_key(part) not in self._locks:
            return super()._opened(member)
        deflated = self._lock(part).open(self._stored(part), self._password)
        if deflated is None:
            raise ValueError("another password")
        return inflating(deflated)

    def _lock(self, part: str) -> Lock:
        return Lock.of(self._locks[part_key(part)])

    def _stored(self, part: str) -> bytes:
        member = self._member(part)
        if member is None:
            raise ValueError("compressed in an odd way")
        with super()._opened(member) as stream:
            return self._within_limit(stream)

    def _within_limit(self, stream: IO[bytes]) -> bytes:
        data = stream.read(_LIMIT + 1)
        if len(data) > _LIMIT:
            raise self.too_large(_LIMIT)
        return data
