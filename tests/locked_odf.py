"""OpenDocument files that are encrypted, as LibreOffice and OpenOffice do it."""

from __future__ import annotations

import hashlib
import os
import zlib
from base64 import b64encode
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.packages import packed, parts_of

ODF = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
ARGON2 = "urn:org:documentfoundation:names:experimental:office:manifest:argon2id"
ROUNDS = 1000
MEMORY = 1024


@dataclass(frozen=True)
class Style:
    """How a program encrypts: the words of the manifest, and what they mean."""

    cipher: str
    start: str = ""
    checksum: str = ""
    derivation: str = "PBKDF2"
    key_size: int = 32
    rounds: int = ROUNDS
    """What the manifest says; the key is made with :data:`ROUNDS` for PBKDF2."""
    memory: int = MEMORY
    lanes: int = 4


OPEN_OFFICE = Style("Blowfish CFB", checksum="SHA1/1K", key_size=16)
LIBRE_OFFICE = Style(
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
    "http://www.w3.org/2000/09/xmldsig#sha256",
    f"{ODF}#sha256-1k",
)
LIBRE_OFFICE_24 = Style(
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "http://www.w3.org/2001/04/xmlenc#sha256",
    derivation=ARGON2,
    rounds=3,
)
STYLES = (OPEN_OFFICE, LIBRE_OFFICE, LIBRE_OFFICE_24)


def lock_parts(path: Path, password: str, style: Style) -> Path:
    """The file at ``path`` with each of its XML parts encrypted."""
    parts = parts_of(path)
    entries = ""
    for name, content in parts.items():
        if name.endswith(".xml"):
            assert isinstance(content, bytes)
            parts[name], entry = locked(name, content, password, style)
            entries += entry
    return packed(path, {**parts, "META-INF/manifest.xml": manifest(entries)})


def lock_whole(path: Path, password: str, style: Style = LIBRE_OFFICE_24) -> Path:
    """The file at ``path`` encrypted as one, as LibreOffice 24 does it."""
    part, entry = locked("encrypted-package", path.read_bytes(), password, style)
    parts = {"mimetype": parts_of(path)["mimetype"], "encrypted-package": part}
    return packed(path, {**parts, "META-INF/manifest.xml": manifest(entry)})


def manifest(entries: str) -> str:
    return f'<m:manifest xmlns:m="{ODF}" xmlns:loext="{LOEXT}">{entries}</m:manifest>'


def locked(name: str, content: bytes, password: str, style: Style) -> tuple[bytes, str]:
    """An encrypted part, and its entry in the manifest."""
    compressor = zlib.compressobj(wbits=-15)
    deflated = compressor.compress(content) + compressor.flush()
    salt, nonce = os.urandom(16), os.urandom(nonce_size(style))
    part = encrypted(deflated, key_of(password, salt, style), nonce, style)
    sums = {"SHA1/1K": "sha1", f"{ODF}#sha256-1k": "sha256"}
    checksum = start = ""
    if style.checksum:
        digest = hashlib.new(sums[style.checksum], deflated[:1024]).digest()
        checksum = f' m:checksum-type="{style.checksum}" m:checksum="{text(digest)}"'
    if style.start:
        start = f'<m:start-key-generation m:start-key-generation-name="{style.start}"/>'
    return part, (
        f'<m:file-entry m:full-path="{name}" m:size="{len(content)}"><m:encryption-data{checksum}>'
        f'<m:algorithm m:algorithm-name="{style.cipher}" m:initialisation-vector="{text(nonce)}"/>'
        f'{start}<m:key-derivation m:key-derivation-name="{style.derivation}" m:salt="{text(salt)}"'
        f' m:key-size="{style.key_size}" {costs(style)}/></m:encryption-data></m:file-entry>'
    )


def costs(style: Style) -> str:
    if style.derivation != ARGON2:
        return f'm:iteration-count="{style.rounds}"'
    return (
        f'loext:argon2-iterations="{style.rounds}" loext:argon2-memory="{style.memory}"'
        f' loext:argon2-lanes="{style.lanes}"'
    )


def key_of(password: str, salt: bytes, style: Style) -> bytes:
    start = hashlib.new("sha256" if style.start else "sha1", password.encode()).digest()
    if style.derivation != ARGON2:
        return hashlib.pbkdf2_hmac("sha1", start, salt, ROUNDS, style.key_size)
    usual = replace(LIBRE_OFFICE_24, start=style.start)
    return Argon2id(
        salt=salt,
        length=style.key_size,
        iterations=usual.rounds,
        lanes=usual.lanes,
        memory_cost=usual.memory,
    ).derive(start)


def encrypted(deflated: bytes, key: bytes, nonce: bytes, style: Style) -> bytes:
    if style.cipher.endswith("gcm"):
        return nonce + AESGCM(key).encrypt(nonce, deflated, None)
    if style.cipher == OPEN_OFFICE.cipher:
        return Cipher(Blowfish(key), CFB(nonce)).encryptor().update(deflated)
    padding = 16 - len(deflated) % 16  # the other bytes of it are random
    padded = deflated + os.urandom(padding - 1) + bytes((padding,))
    return Cipher(AES(key), CBC(nonce)).encryptor().update(padded)


def nonce_size(style: Style) -> int:
    if style.cipher.endswith("gcm"):
        return 12
    return 8 if style.cipher == OPEN_OFFICE.cipher else 16


def text(data: bytes) -> str:
    return b64encode(data).decode()
