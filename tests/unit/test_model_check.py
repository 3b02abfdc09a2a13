"""What is said about a model file: a sound header, and the very bytes of one on offer."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from tests.gguf_files import gguf_file
from workspaces.core.reasons import Problem
from workspaces.library.offers import OfferedFile, Offers, all_offers, find_offer
from workspaces.services import model_check
from workspaces.services.model_check import check_file

CONTENT = gguf_file(size=512)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
Q4 = find_offer("llama-3-8b-q4")
NAME = Q4.weights.path


def publish(monkeypatch: pytest.MonkeyPatch, size: int | None, sha256: str | None) -> None:
    """Have the offer's file be of this size and digest."""
    file = OfferedFile(NAME, size, sha256, 0 if size else 512)
    offers = Offers(all_offers().licences, [msgspec.structs.replace(Q4, files=[file])])
    monkeypatch.setattr(model_check, "all_offers", lambda: offers)


@pytest.mark.parametrize(
    ("name", "size", "sha256", "code", "sound"),
    [
        (NAME, 512, SHA256, "model_verified", True),
        (NAME, None, SHA256, "model_verified", True),
        ("sha256-of-ollama", 512, SHA256, "model_verified", True),
        (NAME, 512, None, "model_same_size", True),
        (NAME, 513, SHA256, "model_other_size", False),
        (NAME, 513, None, "model_other_size", False),
        (NAME, 512, "0" * 64, "model_other_digest", False),
        (NAME, None, "0" * 64, "model_other_digest", False),
        ("other.gguf", 512, "0" * 64, "model_sound", True),
        ("other.gguf", 512, None, "model_sound", True),
        ("other.gguf", 513, SHA256, "model_sound", True),
    ],
)
def test_a_file_beside_the_one_on_offer(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    size: int | None,
    sha256: str | None,
    code: str,
    sound: bool,
) -> None:
    publish(monkeypatch, size, sha256)
    (tmp_path / name).write_bytes(CONTENT)
    checked = check_file(tmp_path / name)
    assert (checked.reason.code, checked.sound) == (code, sound)
    assert checked.facts.architecture == "llama"
    assert (checked.offer is None) == (code == "model_sound")
    assert "…" not in checked.reason.sentence()


def test_a_sentence_tells_what_differs(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(CONTENT)
    assert check_file(path).reason.sentence() == (
        f"{NAME} has the name of Llama 3 8B Instruct (Q4_K_M), but 512 bytes instead of "
        "4920734272; it is incomplete or another edition, download it again."
    )


def test_a_file_that_is_not_on_offer_is_not_read_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("it was read"))
    (tmp_path / "other.gguf").write_bytes(CONTENT)
    assert check_file(tmp_path / "other.gguf").sha256 is None


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK", "not_a_gguf"), (CONTENT[:40], "gguf_damaged"), (gguf_file("qwen2"), "not_llama")],
)
def test_a_header_that_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(Problem) as refused:
        check_file(tmp_path / NAME)
    assert refused.value.reason.code == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        check_file(tmp_path / NAME)
    assert refused.value.reason.code == "model_missing"
