"""Office files protected by a password: asked for, tried, read, and nothing kept."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from msoffcrypto.format.ooxml import OOXMLFile
from pptx import Presentation

from tests.reading import Listener, admit
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import Extract
from workspaces.worker.adapters import encrypted_office
from workspaces.worker.adapters.encrypted_office import EncryptedOfficeReader
from workspaces.worker.reader import Reader


def word() -> bytes:
    stream = io.BytesIO()
    draft = Document()
    draft.add_heading("Rules", 1)
    draft.save(stream)
    return stream.getvalue()


def excel() -> bytes:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book["Sheet"]["B2"] = "机密"
    book.save(stream)
    return stream.getvalue()


def powerpoint() -> bytes:
    stream = io.BytesIO()
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[5]).shapes[0].text_frame.text = "Plan"
    deck.save(stream)
    return stream.getvalue()


def locked(folder: Path, plain: bytes, password: str) -> Path:
    path = folder / "locked.docx"
    with path.open("wb") as stream:
        OOXMLFile(io.BytesIO(plain)).encrypt(password, stream)
    return path


def read(path: Path, *passwords: str) -> list[Place]:
    return EncryptedOfficeReader().read(path, path.name, lambda *_: None, passwords).places


def code_of(path: Path, *passwords: str) -> str:
    with pytest.raises(Problem) as caught:
        read(path, *passwords)
    assert "…" not in caught.value.reason.sentence()
    assert not any(password in repr(caught.value.reason) for password in passwords)
    return caught.value.reason.code


@pytest.mark.parametrize(
    ("plain", "place"),
    [
        (word(), Place("Rules", heading=("Rules",))),
        # every try of a password takes long: that is what protects the file
        pytest.param(excel(), Place(" | 机密", heading=("Sheet",), row=2), marks=pytest.mark.slow),
        pytest.param(
            powerpoint(), Place("Plan", page=1, heading=("Plan",)), marks=pytest.mark.slow
        ),
    ],
)
def test_each_kind_is_read_with_its_password(tmp_path: Path, plain: bytes, place: Place) -> None:
    path = locked(tmp_path, plain, "pässwort")
    assert read(path, "", "not-this-one", "pässwort") == [place]
    assert code_of(path) == "encrypted"
    assert code_of(path, "not-this-one") == "wrong_password"


def test_it_is_admitted_and_nothing_but_the_text_is_written(tmp_path: Path) -> None:
    path = locked(tmp_path, word(), "open sesame")
    room = tmp_path / "room"
    room.mkdir()
    admitted, copy = admit(path, room)
    assert admitted.kind == "encrypted_office"
    request = Extract(
        str(copy), admitted.kind, path.name, str(room / "text.jsonl"), ["open sesame"]
    )
    Reader().handle(request, Listener().talk())
    assert sorted(file.name for file in room.iterdir()) == ["original", "text.jsonl"]
    assert copy.read_bytes() == path.read_bytes()
    assert b"open sesame" not in (room / "text.jsonl").read_bytes()


def test_what_excel_locks_against_changes_only_opens_without_a_password(tmp_path: Path) -> None:
    path = locked(tmp_path, excel(), "VelvetSweatshop")
    assert read(path)[0].text == " | 机密"


def test_damage_and_traps_are_said(tmp_path: Path) -> None:
    path = locked(tmp_path, word(), "cellar door")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path, "cellar door") == "corrupt"
    at = whole.index(b"<keyData ")
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    assert declaration in whole
    entity = b'<!DOCTYPE encryption [<!ENTITY a "b">]>'.ljust(len(declaration))
    path.write_bytes(whole.replace(declaration, entity))
    assert code_of(path, "cellar door") == "corrupt"
    path.write_bytes(whole[:at] + b"<keyDatum" + whole[at + 9 :])
    assert code_of(path, "cellar door") == "corrupt"


def test_a_file_too_large_for_memory_is_not_decrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = locked(tmp_path, word(), "cellar door")
    monkeypatch.setattr(encrypted_office, "_LIMIT", 1000)
    assert code_of(path, "cellar door") == "too_large"
