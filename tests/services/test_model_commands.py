"""``quire models``: the offers for this machine, the models that are here, and a file's check."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.commands import plain
from app.model_commands import listing
from tests.gguf_files import gguf_file
from workspaces.core.fitting import GB, GIB, Room
from workspaces.engine.child import Child
from workspaces.library.found_models import Found
from workspaces.library.home import Home, lock_home, prepare_home
from workspaces.library.model_places import Place
from workspaces.library.offers import OfferKind, all_offers, find_offer, judged
from workspaces.protocol.messages import Card
from workspaces.services import offering
from workspaces.services.machine import Machine
from workspaces.services.offering import Stock, take_stock

ROOT = Path(__file__).parents[2]
Q4 = find_offer("llama-3-8b-q4")


def quire(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program for a person whose folder is ``home``, too."""
    return subprocess.run(
        [sys.executable, "-m", "app", "--home", str(home), *words],
        cwd=ROOT,
        env={**os.environ, "HOME": str(home), "OLLAMA_MODELS": str(home / "ollama")},
        capture_output=True,
        text=True,
        check=False,
    )


def stock(cards: tuple[Card, ...] | None = (), disk: int | None = 50 * GB) -> Stock:
    machine = Machine(16 * GIB, 9 * GIB, 4, 8, disk, cards)
    here = Found(Path("/models/a.gguf"), "a", OfferKind.GENERATOR, "Jan", 9, Q4.weights.sha256)
    offers = judged(Room(16 * GIB, disk), 4096, {Q4.id})
    return Stock(machine, offers, [here], {Q4.id: here})


def test_the_list_says_what_fits_and_what_is_here() -> None:
    result = listing(stock())
    json.dumps(result)
    assert len(result["offers"]) == len(all_offers().offers)
    first: dict[str, Any] = result["offers"][0]
    assert (first["id"], first["fit"], first["here"]) == (Q4.id, "fits", "/models/a.gguf")
    assert first["reason"].endswith("is on the disk already.")
    assert first["licence_url"].startswith("https://")
    assert result["found"][0]["offer"] == Q4.id


def test_the_list_for_a_person() -> None:
    lines = plain(listing(stock())).splitlines()
    assert lines[0] == (
        "16.0 GB of memory, 9.0 of it free, 4 cores, 50.0 GB of disk free, "
        "no graphics card that can be used"
    )
    assert lines[1].startswith("fits\tgenerator\tllama-3-8b-q4\tIt takes about 5.3 GB")
    assert lines[-1] == "found\tJan\ta\t/models/a.gguf"
    cards = (Card("GeForce", 8 * GIB), Card("Radeon", 2 * GIB))
    assert (
        plain(listing(stock(cards)))
        .splitlines()[0]
        .endswith("GeForce (8.0 GB) and Radeon (2.0 GB)")
    )
    unknown = plain(listing(stock(None, None))).splitlines()[0]
    assert unknown.endswith("unknown disk, graphics cards unknown")


async def test_stock_is_taken_also_where_the_child_cannot_start(tmp_path: Path) -> None:
    content = gguf_file()
    path = tmp_path / "store" / "mine.gguf"
    path.parent.mkdir()
    path.write_bytes(content)
    child = Child("generator", ["/nonexistent/program"], {})
    taken = await take_stock(Home(tmp_path), 4096, child, [Place("Jan", path.parent)])
    assert [one.path for one in taken.found] == [path]
    assert taken.machine.cards is None
    assert taken.here == {}
    assert len(taken.offers) == len(all_offers().offers)


async def test_of_two_copies_of_an_offer_the_first_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = [Place(name, tmp_path / name) for name in ("Quire", "Jan")]
    for store in stores:
        store.folder.mkdir()
        (store.folder / "mine.gguf").write_bytes(gguf_file())
    monkeypatch.setattr(offering, "offer_of", lambda _: Q4)
    child = Child("generator", ["/nonexistent/program"], {})
    taken = await take_stock(Home(tmp_path), 4096, child, stores)
    assert taken.here[Q4.id].where == "Quire"
    (first,) = (one for one in taken.offers if one.offer is Q4)
    assert first.need.disk == 0


def test_the_program_lists_while_a_window_is_open(tmp_path: Path) -> None:
    content = gguf_file()
    digest = hashlib.sha256(content).hexdigest()
    layer = {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}"}
    manifest = tmp_path / "ollama/manifests/registry.ollama.ai/library/mine/latest"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"layers": [layer]}))
    blob = tmp_path / "ollama/blobs" / f"sha256-{digest}"
    blob.parent.mkdir()
    blob.write_bytes(content)
    home = Home(tmp_path)
    prepare_home(home)
    (home.models / "own.gguf").write_bytes(gguf_file(size=300))
    lock = lock_home(home)
    done = quire(tmp_path, "models", "list", "--json")
    lock.release()
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert [(one["where"], one["title"]) for one in result["found"]] == [
        ("Quire", "own"),
        ("Ollama", "mine:latest"),
    ]
    assert result["machine"]["cards"] is not None
    assert done.stderr == ""


def test_the_program_checks_a_file(tmp_path: Path) -> None:
    sound = tmp_path / "sound.gguf"
    sound.write_bytes(gguf_file())
    done = quire(tmp_path, "models", "check", str(sound))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("sound.gguf is a GGUF file of the Llama family")
    cut = tmp_path / Q4.weights.path
    cut.write_bytes(gguf_file())
    done = quire(tmp_path, "models", "check", str(cut), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["checked"]["code"] == "model_other_size"
    cut.write_bytes(b"nothing of it")
    done = quire(tmp_path, "models", "check", str(cut))
    assert done.returncode == 1
    assert "is not a GGUF model file" in done.stderr
    assert not (tmp_path / "settings.json").exists()
