"""Models of other programs are found where they lie, and nothing else is."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.gguf_files import gguf_file
from workspaces.library import found_models
from workspaces.library.found_models import Found, find_models, offer_of
from workspaces.library.model_places import Layout, Place, places
from workspaces.library.offers import OfferKind, find_offer

HOME = Path("/home/ann")
COMMIT = "a" * 40
LAYER = "application/vnd.ollama.image.model"


def put(path: Path, content: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def ollama(store: Path, name: str, content: bytes, **more: str) -> Path:
    """Keep ``content`` as Ollama does; its blob. ``more`` changes the layer."""
    digest = hashlib.sha256(content).hexdigest()
    layer = {"mediaType": LAYER, "digest": f"sha256:{digest}", "size": len(content), **more}
    licence = {"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:0"}
    manifest = {"schemaVersion": 2, "layers": [licence, layer]}
    put(store / "manifests" / name, json.dumps(manifest).encode())
    return put(store / "blobs" / f"sha256-{digest}", content)


def hub(cache: Path, repository: str, files: dict[str, bytes], links: bool = True) -> Path:
    """Keep ``files`` as the hub's cache does, with or without links; the snapshot."""
    store = cache / ("models--" + repository.replace("/", "--"))
    snapshot = store / "snapshots" / COMMIT
    for name, content in files.items():
        path = snapshot / name
        if not links:
            put(path, content)
            continue
        blob = put(store / "blobs" / hashlib.sha256(content).hexdigest(), content)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.path.relpath(blob, path.parent))
    return snapshot


EMBEDDER = {
    "config.json": b'{"architectures": ["BertModel"], "other": {"deep": [1]}}',
    "modules.json": b"[]",
    "tokenizer.json": b"{}",
    "model.safetensors": b"numbers",
    "1_Pooling/config.json": b"{}",
}
RERANKER = {
    "config.json": b'{"architectures": ["XLMRobertaForSequenceClassification"]}',
    "model.safetensors": b"more numbers",
}


def titles(found: list[Found]) -> list[str]:
    return [one.title for one in found]


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        (
            "linux",
            {
                "Ollama": [".ollama/models", "/usr/share/ollama/.ollama/models"],
                "LM Studio": [".lmstudio/models", ".cache/lm-studio/models"],
                "GPT4All": [".local/share/nomic.ai/GPT4All", ".cache/gpt4all"],
                "Jan": [
                    ".local/share/Jan/data/llamacpp/models",
                    ".local/share/Jan/data/models",
                    ".config/Jan/data/llamacpp/models",
                    ".config/Jan/data/models",
                    "jan/llamacpp/models",
                    "jan/models",
                ],
                "Hugging Face": [".cache/huggingface/hub"],
            },
        ),
        (
            "darwin",
            {
                "Ollama": [".ollama/models"],
                "LM Studio": [".lmstudio/models", ".cache/lm-studio/models"],
                "GPT4All": ["Library/Application Support/nomic.ai/GPT4All", ".cache/gpt4all"],
                "Jan": [
                    "Library/Application Support/Jan/data/llamacpp/models",
                    "Library/Application Support/Jan/data/models",
                    "jan/llamacpp/models",
                    "jan/models",
                ],
                "Hugging Face": [".cache/huggingface/hub"],
            },
        ),
        (
            "win32",
            {
                "Ollama": [".ollama/models"],
                "LM Studio": [".lmstudio/models", ".cache/lm-studio/models"],
                "GPT4All": ["AppData/Local/nomic.ai/GPT4All", ".cache/gpt4all"],
                "Jan": [
                    "AppData/Roaming/Jan/data/llamacpp/models",
                    "AppData/Roaming/Jan/data/models",
                    "jan/llamacpp/models",
                    "jan/models",
                ],
                "Hugging Face": [".cache/huggingface/hub"],
            },
        ),
    ],
)
def test_where_programs_keep_models(platform: str, expected: dict[str, list[str]]) -> None:
    known: dict[str, list[Path]] = {}
    for place in places(HOME, {}, platform):
        known.setdefault(place.where, []).append(place.folder)
    assert known == {where: [HOME / path for path in paths] for where, paths in expected.items()}


@pytest.mark.parametrize(
    ("environment", "where", "expected"),
    [
        ({"OLLAMA_MODELS": "/big/ollama"}, "Ollama", "/big/ollama"),
        ({"HF_HOME": "/big/hf"}, "Hugging Face", "/big/hf/hub"),
        ({"HF_HOME": "/big/hf", "HF_HUB_CACHE": "/big/hub"}, "Hugging Face", "/big/hub"),
        ({"HF_HUB_CACHE": ""}, "Hugging Face", "/home/ann/.cache/huggingface/hub"),
    ],
)
def test_the_environment_may_have_moved_them(
    environment: dict[str, str], where: str, expected: str
) -> None:
    moved = [one.folder for one in places(HOME, environment, "linux") if one.where == where]
    assert moved == [Path(expected)]


def test_windows_says_where_its_folders_are() -> None:
    known = places(HOME, {"APPDATA": "/far/roaming", "LOCALAPPDATA": "/local"}, "win32")
    folders = {place.folder for place in known}
    assert Path("/far/roaming/Jan/data/models") in folders
    assert Path("/local/nomic.ai/GPT4All") in folders


def test_a_model_of_ollama_is_its_blob_and_the_digest_is_its_name(tmp_path: Path) -> None:
    content = gguf_file()
    blob = ollama(tmp_path, "registry.ollama.ai/library/llama3/8b", content)
    ollama(tmp_path, "registry.ollama.ai/ann/mine/latest", gguf_file(size=300))
    ollama(tmp_path, "hf.co/bartowski/Llama-GGUF/Q4_K_M", gguf_file(size=400))
    found = find_models([Place("Ollama", tmp_path, Layout.OLLAMA)])
    assert sorted(titles(found)) == [
        "ann/mine:latest",
        "hf.co/bartowski/Llama-GGUF:Q4_K_M",
        "llama3:8b",
    ]
    (llama,) = (one for one in found if one.title == "llama3:8b")
    assert llama == Found(
        blob, "llama3:8b", OfferKind.GENERATOR, "Ollama", 256, hashlib.sha256(content).hexdigest()
    )


def test_what_is_wrong_with_a_store_of_ollama_is_left_out(tmp_path: Path) -> None:
    name = "registry.ollama.ai/library/{}/latest"
    ollama(tmp_path, name.format("other"), gguf_file("qwen2"))
    ollama(tmp_path, name.format("cut"), gguf_file()[:40])
    ollama(tmp_path, name.format("adapter"), gguf_file(), mediaType="application/x.adapter")
    ollama(tmp_path, name.format("gone"), gguf_file(size=300)).unlink()
    outside = put(tmp_path.parent / "outside.gguf", gguf_file(size=500))
    ollama(tmp_path, name.format("sly"), b"x", digest="sha256:../../../outside.gguf")
    linked = ollama(tmp_path, name.format("linked"), gguf_file(size=600))
    linked.unlink()
    linked.symlink_to(outside)
    put(tmp_path / "manifests" / "noise", b'{"layers": [], "more": ' + b"[" * 100_000)
    put(tmp_path / "manifests" / "text", b"not json")
    ollama(tmp_path, name.format("huge"), gguf_file(size=700))
    with (tmp_path / "manifests" / name.format("huge")).open("ab") as manifest:
        manifest.write(b" " * 1_000_000)
    assert find_models([Place("Ollama", tmp_path, Layout.OLLAMA)]) == []


def test_plain_files_are_found_at_any_depth(tmp_path: Path) -> None:
    path = put(tmp_path / "lmstudio-community" / "Llama-GGUF" / "Llama-Q4_K_M.gguf", gguf_file())
    put(tmp_path / "deep" / "er" / "UPPER.GGUF", gguf_file())
    put(tmp_path / "foreign.gguf", gguf_file("qwen2"))
    put(tmp_path / "damaged.gguf", gguf_file()[:30])
    put(tmp_path / "empty.gguf")
    put(tmp_path / "large-00001-of-00002.gguf", gguf_file())
    put(tmp_path / "notes.txt", gguf_file())
    found = find_models([Place("LM Studio", tmp_path)])
    assert sorted(titles(found)) == ["Llama-Q4_K_M", "UPPER"]
    expected = Found(path, "Llama-Q4_K_M", OfferKind.GENERATOR, "LM Studio", 256, None)
    assert expected in found


def test_no_link_leads_out_of_a_folder(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside" / "far.gguf", gguf_file())
    store = tmp_path / "store"
    put(store / "near.gguf", gguf_file())
    (store / "link.gguf").symlink_to(outside)
    (store / "folder").symlink_to(outside.parent)
    (store / "circle").symlink_to(store)
    assert titles(find_models([Place("GPT4All", store)])) == ["near"]


def test_a_whole_store_may_lie_elsewhere(tmp_path: Path) -> None:
    """A person who moves the models to a large disk leaves a link behind."""
    put(tmp_path / "disk" / "folder" / "near.gguf", gguf_file())
    (tmp_path / "models").symlink_to(tmp_path / "disk")
    assert titles(find_models([Place("GPT4All", tmp_path / "models")])) == ["near"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gguf")
    snapshot = hub(tmp_path, "ann/mine", {"config.json": b"{}"})
    blobs = snapshot.parents[1] / "blobs"
    os.mkfifo(blobs / "pipe")
    (snapshot / "pipe.gguf").symlink_to(blobs / "pipe")
    stores = [Place("Jan", tmp_path), Place("Hugging Face", tmp_path, Layout.HUB)]
    assert find_models(stores) == []


def test_the_cache_of_the_hub_holds_files_and_folders(tmp_path: Path) -> None:
    generator = hub(tmp_path, "bartowski/Llama-GGUF", {"Llama.gguf": gguf_file()})
    embedder = hub(tmp_path, "BAAI/bge-m3", EMBEDDER)
    reranker = hub(tmp_path, "BAAI/bge-reranker-base", RERANKER)
    whole = {"config.json": EMBEDDER["config.json"], "model.safetensors": b"x"}
    hub(tmp_path, "meta/whole", whole)
    pickled = {"config.json": b"{}", "modules.json": b"[]", "pytorch_model.bin": b"x"}
    hub(tmp_path, "old/pickled", pickled)
    found = find_models([Place("Hugging Face", tmp_path, Layout.HUB)])
    digest = hashlib.sha256(gguf_file()).hexdigest()
    assert sorted(found, key=lambda one: one.kind) == [
        Found(
            embedder,
            "BAAI/bge-m3",
            OfferKind.EMBEDDER,
            "Hugging Face",
            7,
            hashlib.sha256(b"numbers").hexdigest(),
        ),
        Found(generator / "Llama.gguf", "Llama", OfferKind.GENERATOR, "Hugging Face", 256, digest),
        Found(
            reranker,
            "BAAI/bge-reranker-base",
            OfferKind.RERANKER,
            "Hugging Face",
            12,
            hashlib.sha256(b"more numbers").hexdigest(),
        ),
    ]


def test_a_cache_without_links_has_no_digests(tmp_path: Path) -> None:
    hub(tmp_path, "BAAI/bge-m3", EMBEDDER, links=False)
    (found,) = find_models([Place("Hugging Face", tmp_path, Layout.HUB)])
    assert (found.title, found.sha256) == ("BAAI/bge-m3", None)


def test_a_snapshot_leads_only_to_blobs_of_its_repository(tmp_path: Path) -> None:
    other = hub(tmp_path / "other", "ann/other", {"Far.gguf": gguf_file()})
    snapshot = hub(tmp_path / "hub", "ann/mine", {"config.json": b"{}"})
    (snapshot / "far.gguf").symlink_to((other / "Far.gguf").resolve())
    (snapshot / "folder").symlink_to(other)
    assert find_models([Place("Hugging Face", tmp_path / "hub", Layout.HUB)]) == []


def test_a_file_that_two_snapshots_share_is_found_once(tmp_path: Path) -> None:
    snapshot = hub(tmp_path, "ann/mine", {"Llama.gguf": gguf_file()})
    later = snapshot.with_name("b" * 40)
    later.mkdir()
    (later / "Llama.gguf").symlink_to((snapshot / "Llama.gguf").readlink())
    place = Place("Hugging Face", tmp_path, Layout.HUB)
    assert len(find_models([place, place])) == 1


def test_looking_ends_at_a_number_of_entries(tmp_path: Path) -> None:
    put(tmp_path / "first" / "a.gguf", gguf_file())
    for number in range(20):
        put(tmp_path / "second" / str(number))
    stores = [Place("Jan", tmp_path / "first"), Place("LM Studio", tmp_path / "second")]
    third = Place("GPT4All", put(tmp_path / "third" / "c.gguf", gguf_file()).parent)
    assert titles(find_models([*stores, third], most=15)) == ["a"]
    assert titles(find_models([*stores, third], most=100)) == ["a", "c"]


def test_looking_ends_after_some_seconds(tmp_path: Path) -> None:
    put(tmp_path / "a.gguf", gguf_file())
    put(tmp_path / "b" / "b.gguf", gguf_file())
    ticks = iter(range(100))
    found = find_models([Place("Jan", tmp_path)], seconds=2.5, clock=lambda: float(next(ticks)))
    assert titles(found) == ["a"]


def test_a_place_whose_disk_fails_does_not_hide_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(place: Place, look: object) -> object:
        raise OSError("the disk")

    monkeypatch.setattr(
        found_models,
        "_SEARCHES",
        {
            **found_models._SEARCHES,
            Layout.OLLAMA: failing,
        },
    )
    put(tmp_path / "a.gguf", gguf_file())
    bad = Place("Ollama", tmp_path, Layout.OLLAMA)
    assert titles(find_models([bad, Place("Jan", tmp_path)])) == ["a"]


def test_what_is_not_there_or_closed_is_nothing(tmp_path: Path) -> None:
    assert find_models(places(tmp_path, {"OLLAMA_MODELS": str(tmp_path)}, "linux")) == []


def found(offer_id: str, **more: object) -> Found:
    """The very files of an offer, as a store without digests has them; ``more`` changes that."""
    offer = find_offer(offer_id)
    is_file = offer.kind is OfferKind.GENERATOR
    facts = {
        "path": Path("/models") / (offer.weights.path if is_file else "folder"),
        "title": offer.weights.path if is_file else offer.repository,
        "kind": offer.kind,
        "where": "Jan",
        "size": offer.weights.bytes,
        "sha256": None,
        **more,
    }
    return Found(**facts)  # type: ignore[arg-type]


Q4, Q2, Q5, SMALL = "llama-3-8b-q4", "llama-3-8b-q2", "llama-3-8b-q5", "multilingual-e5-small"
BLOB = Path("/blobs/sha256-1")


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (found(Q4), Q4),
        (found(Q4, path=BLOB, sha256=find_offer(Q4).weights.sha256), Q4),
        (found(Q4, sha256="0" * 64), None),
        (found(Q4, size=1), None),
        (found(Q4, path=BLOB), None),
        (found(Q4, kind=OfferKind.EMBEDDER), None),
        (found(Q2), Q2),
        (found(Q2, sha256="0" * 64), Q2),  # the offer's digest is not known
        (found(Q5), None),  # nor its exact size
        (found(Q5, sha256=find_offer(Q5).weights.sha256), Q5),
        (found(SMALL), SMALL),
        (found(SMALL, title="ann/e5-tuned"), None),
        (found(SMALL, title="moved", sha256=find_offer(SMALL).weights.sha256), SMALL),
    ],
)
def test_which_offer_a_file_is_of(model: Found, expected: str | None) -> None:
    offer = offer_of(model)
    assert (offer.id if offer else None) == expected
