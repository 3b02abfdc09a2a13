"""How a part of an OpenDocument file is encrypted, as its manifest says, and how it is decrypted.

A password becomes a start key (a hash of it), that becomes the key (PBKDF2, or Argon2id since
LibreOffice 24), and the key opens the part, which was deflated before. AES-GCM tells a wrong key by
itself; for the older ciphers a checksum of the first kilobyte does.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from workspaces.worker.adapters.markup import Element, attribute

_ITERATIONS = 2_000_000
"""Rounds of PBKDF2 that take 2 s; LibreOffice writes 100 000."""
_MEMORY = 512 * 1024
"""KiB that Argon2id may take; LibreOffice asks for 64 MiB."""
_WORK = 4 * 1024 * 1024
"""KiB times passes of Argon2id that take 6 s; LibreOffice asks for 3 passes over its 64 MiB."""
_LANES = 64
_BLOCK = 16
_NONCE = 12
_CHECKED = 1024
"""Bytes of the deflated part that the checksum is of."""

_KEY_SIZES = {
    "blowfish": 16,
    "blowfish cfb": 16,
    "aes128-cbc": 16,
    "aes192-cbc": 24,
    "aes256-cbc": 32,
    "aes128-gcm": 16,
    "aes192-gcm": 24,
    "aes256-gcm": 32,
}
"""The ciphers, and the bytes of their keys where the manifest does not say it."""
_HASHES = ("sha1", "sha256")


class ForeignLock(ValueError):
    """It is encrypted in a way that is unknown here, or absurdly expensive."""


@dataclass(frozen=True, slots=True)
class _Work:
    """How a start key becomes a key. ``memory`` (KiB) and ``lanes`` are 0 for PBKDF2."""

    salt: bytes
    size: int
    rounds: int
    memory: int = 0
    lanes: int = 0


@dataclass(frozen=True, slots=True)
class Lock:
    """What ``encryption-data`` in a manifest says."""

    _cipher: str
    _nonce: bytes
    _start: str
    _work: _Work
    _checksum: tuple[str, bytes] | None

    @classmethod
    def of(cls, data: Element) -> Lock:
        """Raises :class:`ForeignLock`, or ValueError where it is damaged."""
        algorithm, derivation = _child(data, "algorithm"), _child(data, "key-derivation")
        cipher = _known(_name(algorithm, "algorithm-name"), tuple(_KEY_SIZES))
        start = data.find("{*}start-key-generation")
        named = "sha1" if start is None else _name(start, "start-key-generation-name")
        return cls(
            cipher,
            _bytes(algorithm, "initialisation-vector"),
            _known(named, _HASHES),
            _work(derivation, _KEY_SIZES[cipher]),
            None if cipher.endswith("gcm") else _checksum(data),
        )

    def open(self, part: bytes, password: str) -> bytes | memoryview | None:
        """The part as it was deflated; None where the password is another one. Raises
        :class:`ForeignLock`, or ValueError where it is damaged."""
        start = hashlib.new(self._start, password.encode()).digest()
        try:
            key = _derived(start, self._work)
            if self._cipher.endswith("gcm"):
                return _open_gcm(part, key, self._nonce)
            plain = _decrypted(part, self._cipher, key, self._nonce)
        except UnsupportedAlgorithm as error:  # the OpenSSL at hand may lack it
            raise ForeignLock(str(error)) from error
        return plain if plain is not None and self._fits(plain) else None

    def _fits(self, plain: memoryview) -> bool:
        if self._checksum is None:
            raise ValueError("nothing tells a wrong password")
        kind, expected = self._checksum
        return hashlib.new(kind, plain[:_CHECKED]).digest() == expected


def _open_gcm(part: bytes, key: bytes, nonce: bytes) -> bytes | None:
    """The nonce stands before the part too."""
    if len(nonce) != _NONCE or part[:_NONCE] != nonce:
        raise ValueError("another initialisation vector")
    try:
        return AESGCM(key).decrypt(nonce, memoryview(part)[_NONCE:], None)
    except InvalidTag:
        return None


def _decrypted(part: bytes, cipher: str, key: bytes, nonce: bytes) -> memoryview | None:
    """None where what stands at the end is no padding: the key is wrong."""
    if cipher.startswith("blowfish"):
        return memoryview(Cipher(Blowfish(key), CFB(nonce)).decryptor().update(part))
    if not part or len(part) % _BLOCK:
        raise ValueError("no whole blocks")
    plain = Cipher(AES(key), CBC(nonce)).decryptor().update(part)
    padding = plain[-1]
    return memoryview(plain)[:-padding] if 1 <= padding <= _BLOCK else None


def _derived(start: bytes, work: _Work) -> bytes:
    if not work.memory:
        return hashlib.pbkdf2_hmac("sha1", start, work.salt, work.rounds, work.size)
    return Argon2id(
        salt=work.salt,
        length=work.size,
        iterations=work.rounds,
        lanes=work.lanes,
        memory_cost=work.memory,
    ).derive(start)


def _work(derivation: Element, usual: int) -> _Work:
    salt = _bytes(derivation, "salt")
    size = _number(derivation, "key-size", 64, usual)
    name = _known(_name(derivation, "key-derivation-name"), ("pbkdf2", "argon2id"))
    if name == "pbkdf2":
        return _Work(salt, size, _number(derivation, "iteration-count", _ITERATIONS))
    memory = _number(derivation, "argon2-memory", _MEMORY)
    passes = _number(derivation, "argon2-iterations", _WORK // memory)
    return _Work(salt, size, passes, memory, _number(derivation, "argon2-lanes", _LANES))


def _checksum(data: Element) -> tuple[str, bytes] | None:
    if attribute(data, "checksum") is None:
        return None
    kind = _name(data, "checksum-type").replace("/", "-").removesuffix("-1k")
    return _known(kind, _HASHES), _bytes(data, "checksum")


def _child(data: Element, name: str) -> Element:
    found = data.find(f"{{*}}{name}")
    if found is None:
        raise ValueError(f"no {name}")
    return found


def _name(element: Element, name: str) -> str:
    """The last word of a name: writers give it with and without an address before it."""
    return re.split("[#:]", attribute(element, name) or "")[-1].lower()


def _known(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise ForeignLock(name)
    return name


def _number(element: Element, name: str, most: int, usual: int | None = None) -> int:
    """From 1 to ``most``."""
    text = attribute(element, name)
    if text is None and usual is not None:
        return usual
    if text is None or not text.isdecimal() or len(text) > 20 or int(text) < 1:
        raise ValueError(f"no {name}")
    if int(text) > most:
        raise ForeignLock(f"{name} {text}")
    return int(text)


def _bytes(element: Element, name: str) -> bytes:
    return base64.b64decode(attribute(element, name) or "")
