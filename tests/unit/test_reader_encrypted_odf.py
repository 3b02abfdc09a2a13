"""OpenDocument files protected by a password: asked for, tried, read, and nothing kept."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm

from tests.locked_odf import (
    LIBRE_OFFICE,
    LIBRE_OFFICE_24,
    OPEN_OFFICE,
    STYLES,
    Style,
    lock_parts,
    lock_whole,
    manifest,
)
from tests.packages import changed, edited, packed, parts_of
from tests.reading import Listener, admit, extract
from tests.shared import shared_folder
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import Extract
from workspaces.worker.adapters import open_lock, open_package
from workspaces.worker.reader import Reader

SPACES = 'xmlns:office="o" xmlns:text="x" xmlns:table="t" xmlns:draw="d" xmlns:style="s"'
BODIES = {
    "text": "<office:text><text:p>Rules 规则</text:p></office:text>",
    "spreadsheet": '<office:spreadsheet><table:table table:name="Sheet"><table:table-row>'
    "<table:table-cell><text:p>机密</text:p></table:table-cell></table:table-row></table:table>"
    "</office:spreadsheet>",
    "presentation": "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>Plan"
    "</text:p></draw:text-box></draw:frame></draw:page></office:presentation>",
}
HEADER = (
    "<style:master-page><style:header><text:p>Internal</text:p></style:header></style:master-page>"
)
PASSWORD = "pässwort"


def plain(folder: Path, kind: str = "text") -> Path:
    content = f"<office:document-content {SPACES}><office:body>{BODIES[kind]}</office:body></office:document-content>"
    styles = f"<office:document-styles {SPACES}>{HEADER}</office:document-styles>"
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": content,
        "styles.xml": styles,
        "META-INF/manifest.xml": manifest('<m:file-entry m:full-path="content.xml"/>'),
    }
    return packed(folder / f"locked.{kind}", parts)


def code_of(path: Path, *passwords: str) -> str:
    with pytest.raises(Problem) as caught:
        extract(path, path.parent, passwords)
    assert "…" not in caught.value.reason.sentence()
    assert not any(password in repr(caught.value.reason) for password in filter(None, passwords))
    return caught.value.reason.code


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("text", Place("Rules 规则\n\nInternal")),
        ("spreadsheet", Place("机密", heading=("Sheet",), row=1)),
        ("presentation", Place("Plan", page=1)),
    ],
)
def test_each_kind_is_read_with_its_password(
    tmp_path: Path, style: Style, kind: str, place: Place
) -> None:
    path = lock_parts(plain(tmp_path, kind), PASSWORD, style)
    assert extract(path, tmp_path, ["", "not-this-one", PASSWORD])[1] == [place]
    assert code_of(path) == "encrypted"
    assert code_of(path, "") == "encrypted"
    assert code_of(path, "not-this-one", "nor-this-one") == "wrong_password"


@pytest.mark.parametrize("style", STYLES)
def test_one_that_was_encrypted_as_a_whole_is_read(tmp_path: Path, style: Style) -> None:
    path = lock_whole(plain(tmp_path), PASSWORD, style)
    assert extract(path, tmp_path, ["not-this-one", PASSWORD])[1] == [
        Place("Rules 规则\n\nInternal")
    ]
    assert code_of(path) == "encrypted"
    assert code_of(path, "not-this-one") == "wrong_password"


def test_one_of_libre_office_is_read(tmp_path: Path) -> None:
    path = shared_folder() / "documents/office_encrypted/tk__testODTEncrypted.odt"
    places = extract(path, tmp_path, ["tika"])[1]
    assert places == [Place("Shhhhhhhhhhh!\n\nThis should be encrypted.")]


def test_names_in_full_mean_the_same(tmp_path: Path) -> None:
    odf = "urn:oasis:names:tc:opendocument:xmlns:manifest:1"
    path = lock_whole(plain(tmp_path), PASSWORD)
    edited(path, "META-INF/manifest.xml", LIBRE_OFFICE_24.derivation, f"{odf}.5#argon2id")
    assert extract(path, tmp_path, [PASSWORD])[0].places == 1
    path = lock_parts(plain(tmp_path), PASSWORD, OPEN_OFFICE)
    for short, full in (("Blowfish CFB", "blowfish"), ("SHA1/1K", "sha1-1k"), ("PBKDF2", "pbkdf2")):
        edited(path, "META-INF/manifest.xml", short, f"{odf}.0#{full}")
    edited(path, "META-INF/manifest.xml", ' m:key-size="16"', "")
    assert extract(path, tmp_path, [PASSWORD])[0].places == 1


def test_nothing_but_the_text_is_written(tmp_path: Path) -> None:
    path = lock_parts(plain(tmp_path), "open sesame", LIBRE_OFFICE)
    room = tmp_path / "room"
    room.mkdir()
    admitted, copy = admit(path, room)
    text = room / "text.jsonl"
    listener = Listener()
    request = Extract(str(copy), admitted.kind, path.name, str(text), ["wrong", "open sesame"])
    Reader().handle(request, listener.talk())
    assert sorted(file.name for file in room.iterdir()) == ["original", "text.jsonl"]
    assert copy.read_bytes() == path.read_bytes()
    assert b"open sesame" not in text.read_bytes()
    assert "open sesame" not in repr(listener.progress)


@pytest.mark.parametrize(
    "style",
    [
        replace(LIBRE_OFFICE, rounds=4_000_000_000),
        replace(LIBRE_OFFICE_24, memory=64 * 1024 * 1024),
        replace(LIBRE_OFFICE_24, rounds=1_000_000),
        replace(LIBRE_OFFICE_24, lanes=100_000),
        replace(LIBRE_OFFICE, checksum="SHA1/1K", derivation="PGP"),
    ],
)
def test_absurd_costs_and_other_ways_are_refused_at_once(tmp_path: Path, style: Style) -> None:
    path = lock_parts(plain(tmp_path), PASSWORD, style)
    begun = time.monotonic()
    assert code_of(path, PASSWORD) == "unsupported"
    assert code_of(path) == "unsupported"
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aes256-cbc", "aes256-xts"),
        ("xmldsig#sha256", "xmldsig#md5"),
        ("sha256-1k", "sha256-2k"),
    ],
)
def test_unknown_words_are_refused(tmp_path: Path, old: str, new: str) -> None:
    path = lock_parts(plain(tmp_path), PASSWORD, LIBRE_OFFICE)
    assert code_of(edited(path, "META-INF/manifest.xml", old, new), PASSWORD) == "unsupported"


@pytest.mark.parametrize(
    ("style", "old", "new"),
    [
        (LIBRE_OFFICE, 'm:iteration-count="1000"', ""),
        (LIBRE_OFFICE, 'm:iteration-count="1000"', 'm:iteration-count="0"'),
        (LIBRE_OFFICE, 'm:iteration-count="1000"', 'm:iteration-count="-5"'),
        (LIBRE_OFFICE, 'm:iteration-count="1000"', f'm:iteration-count="{"9" * 5000}"'),
        (LIBRE_OFFICE, 'm:key-size="32"', 'm:key-size="31"'),
        (LIBRE_OFFICE, 'm:salt="', 'm:salt="x" m:other="'),
        (LIBRE_OFFICE, 'm:initialisation-vector="', 'm:other="'),
        (LIBRE_OFFICE, "m:checksum=", "m:other="),
        (LIBRE_OFFICE, "m:algorithm ", "m:other "),
        (LIBRE_OFFICE_24, 'm:initialisation-vector="', 'm:other="'),
        (LIBRE_OFFICE_24, 'argon2-memory="1024"', 'argon2-memory="8"'),
        (OPEN_OFFICE, 'm:initialisation-vector="', 'm:other="'),
    ],
)
def test_a_damaged_description_is_said(tmp_path: Path, style: Style, old: str, new: str) -> None:
    path = lock_parts(plain(tmp_path), PASSWORD, style)
    assert code_of(edited(path, "META-INF/manifest.xml", old, new), PASSWORD) == "corrupt"


def test_entities_in_the_manifest_do_not_multiply(tmp_path: Path) -> None:
    path = lock_parts(plain(tmp_path), PASSWORD, LIBRE_OFFICE)
    content = parts_of(path)["META-INF/manifest.xml"]
    assert isinstance(content, bytes)
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    trap = f'<!DOCTYPE m [<!ENTITY e0 "9">{laughs}]>'.encode() + content.replace(
        b'"1000"', b'"&e11;"'
    )
    changed(path, {"META-INF/manifest.xml": trap})
    begun = time.monotonic()
    assert code_of(path, PASSWORD) == "corrupt"
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("style", STYLES)
def test_a_part_that_is_cut_off_is_damaged(tmp_path: Path, style: Style) -> None:
    path = lock_parts(plain(tmp_path, "spreadsheet"), PASSWORD, style)
    whole = parts_of(path)["content.xml"]
    assert isinstance(whole, bytes)
    cut = changed(path, {"content.xml": whole[:-16]})
    assert code_of(cut, PASSWORD) in ("corrupt", "wrong_password")
    assert code_of(changed(path, {"content.xml": b""}), PASSWORD) in ("corrupt", "wrong_password")


def test_styles_that_cannot_be_decrypted_cost_only_themselves(tmp_path: Path) -> None:
    path = lock_parts(plain(tmp_path), PASSWORD, LIBRE_OFFICE)
    changed(path, {"styles.xml": b"x" * 32})
    assert extract(path, tmp_path, [PASSWORD])[1] == [Place("Rules 规则")]


@pytest.mark.parametrize("lock", [lock_parts, lock_whole])
def test_a_bomb_inside_is_not_inflated(tmp_path: Path, lock: object) -> None:
    path = changed(plain(tmp_path), {"content.xml": b" " * (65 * 1024 * 1024)})
    locked = (
        lock_whole(path, PASSWORD)
        if lock is lock_whole
        else lock_parts(path, PASSWORD, LIBRE_OFFICE)
    )
    assert code_of(locked, PASSWORD) == "unpacks_too_large"


def test_a_part_too_large_for_memory_is_not_decrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lock_parts(plain(tmp_path), PASSWORD, LIBRE_OFFICE)
    monkeypatch.setattr(open_package, "_LIMIT", 100)
    assert code_of(path, PASSWORD) == "unpacks_too_large"


def test_an_openssl_without_argon2_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_given: object) -> None:
        raise UnsupportedAlgorithm("This version of OpenSSL does not support argon2id")

    path = lock_whole(plain(tmp_path), PASSWORD)
    monkeypatch.setattr(open_lock, "Argon2id", refuse)
    assert code_of(path, PASSWORD) == "unsupported"


def test_what_the_manifest_says_of_other_parts_does_not_matter(tmp_path: Path) -> None:
    mark = "<m:encryption-data/></m:file-entry>"
    entries = f'<m:file-entry>{mark}<m:file-entry m:full-path="Pictures/a.png">{mark}'
    path = changed(plain(tmp_path), {"META-INF/manifest.xml": manifest(entries)})
    assert extract(path, tmp_path)[0].places == 1
