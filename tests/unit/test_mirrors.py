"""Where mirrors have their files, and what their listings say."""

from __future__ import annotations

from typing import Any

import pytest

from workspaces.core import mirrors
from workspaces.core.mirrors import (
    HF_MIRROR,
    HUGGING_FACE,
    MODELSCOPE,
    RemoteFile,
    file_address,
    listing_address,
    may_be_asked,
    read_listing,
)
from workspaces.core.reasons import Problem

SHA = "ab" * 32
BLOB = "cd" * 20


def test_a_file_s_address_is_that_of_the_mirror() -> None:
    name, path = "bartowski/Llama-3.2-1B-Instruct-GGUF", "sub folder/a#b.gguf"
    tail = f"{name}/resolve/main/sub%20folder/a%23b.gguf"
    assert file_address(HUGGING_FACE, name, "", path) == f"https://huggingface.co/{tail}"
    assert file_address(HF_MIRROR, name, "", path) == f"https://hf-mirror.com/{tail}"
    assert file_address(HF_MIRROR, name, "refs/pr/1", "a").endswith("/resolve/refs%2Fpr%2F1/a")
    assert file_address(MODELSCOPE, name, "5ab33fa", path) == (
        f"https://modelscope.cn/models/{name}/resolve/master/sub%20folder/a%23b.gguf"
    )


def test_a_listing_s_address_is_that_of_the_mirror() -> None:
    assert listing_address(HUGGING_FACE, "o/n", "") == (
        "https://huggingface.co/api/models/o/n/tree/main?recursive=true"
    )
    assert listing_address(MODELSCOPE, "o/n", "") == (
        "https://modelscope.cn/api/v1/models/o/n/repo/files?Revision=master&Recursive=true"
    )


def test_the_hub_s_listing_has_two_kinds_of_digest() -> None:
    listing = [
        {"type": "directory", "oid": BLOB, "size": 0, "path": "onnx"},
        {"type": "file", "oid": BLOB, "size": 12, "path": "config.json"},
        {
            "type": "file",
            "oid": BLOB,
            "size": 135,
            "path": "m.gguf",
            "lfs": {"oid": SHA, "size": 9_000, "pointerSize": 135},
        },
    ]
    assert read_listing(HUGGING_FACE, listing) == [
        RemoteFile("config.json", 12, f"git:{BLOB}"),
        RemoteFile("m.gguf", 9_000, f"sha256:{SHA}"),
    ]


def test_modelscope_s_listing_has_one() -> None:
    files = [
        {"Path": "onnx", "Type": "tree", "Size": 0, "Sha256": ""},
        {"Path": "m.gguf", "Type": "blob", "Size": 9_000, "Sha256": SHA.upper()},
        {"Path": "odd", "Type": "blob", "Size": 9_000, "Sha256": "?"},
    ]
    assert read_listing(MODELSCOPE, {"Code": 200, "Data": {"Files": files}}) == [
        RemoteFile("m.gguf", 9_000, f"sha256:{SHA}"),
        RemoteFile("odd", 9_000, ""),
    ]


@pytest.mark.parametrize(
    "listing",
    [None, {}, "x", [1], [{"type": "file"}], {"Data": None}, {"Code": 404, "Message": "no"},
     [{"type": "file", "path": "a", "size": "12"}], [{"type": "file", "path": "a", "size": -1}]],
)  # fmt: skip
@pytest.mark.parametrize("mirror", [HUGGING_FACE, MODELSCOPE])
def test_what_is_no_listing_is_said_to_be_none(mirror: mirrors.Mirror, listing: Any) -> None:
    with pytest.raises(Problem, match="no list of files"):
        read_listing(mirror, listing)


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/./b", "C:/x", "a\\b", "a\nb", "a/ ", "a.",
     "..", "a/b ", "nul\x00"],
)  # fmt: skip
def test_a_path_that_could_lead_out_is_left_out(path: str) -> None:
    listing = [{"type": "file", "oid": BLOB, "size": 1, "path": path}]
    assert read_listing(HUGGING_FACE, listing) == []


def test_paths_that_stay_inside_are_kept() -> None:
    for path in ("a", ".gitattributes", "1_Pooling/config.json", "模型/说明 v1.5.txt", "a..b"):
        assert mirrors.is_safe(path)


def test_gguf_files_come_smallest_first_and_parts_of_split_ones_not() -> None:
    files = [
        RemoteFile("b.Q8_0.gguf", 9),
        RemoteFile("a.Q4_K_M.GGUF", 4),
        RemoteFile("c-00001-of-00002.gguf", 1),
        RemoteFile("README.md", 1),
    ]
    assert [each.path for each in mirrors.model_files(files)] == ["a.Q4_K_M.GGUF", "b.Q8_0.gguf"]


@pytest.mark.parametrize(
    ("address", "mirror", "may"),
    [
        ("https://huggingface.co/x", HUGGING_FACE, True),
        ("https://us.aws.cdn.hf.co/x", HUGGING_FACE, True),
        ("https://HuggingFace.co/x", HUGGING_FACE, True),
        ("https://cdn-lfs-cn-1.modelscope.cn/x", MODELSCOPE, True),
        ("https://huggingface.co/x", HF_MIRROR, True),
        ("http://huggingface.co/x", HUGGING_FACE, False),
        ("https://huggingface.co.evil.org/x", HUGGING_FACE, False),
        ("https://evilhf.co/x", HUGGING_FACE, False),
        ("https://modelscope.cn/x", HUGGING_FACE, False),
        ("https://127.0.0.1/x", HUGGING_FACE, False),
        ("file:///etc/passwd", HUGGING_FACE, False),
        ("", HUGGING_FACE, False),
    ],
)
def test_only_a_mirror_s_own_hosts_may_be_asked(
    address: str, mirror: mirrors.Mirror, may: bool
) -> None:
    assert may_be_asked(address, mirror) is may


def test_an_own_mirror_has_a_secure_address() -> None:
    mirror = mirrors.own_mirror(" https://models.example.org/hub/ ")
    assert (mirror.name, mirror.base) == ("models.example.org", "https://models.example.org/hub")
    assert mirrors.own_mirror("http://127.0.0.1:8080").base == "http://127.0.0.1:8080"
    for address in ("", "models.example.org", "http://example.org", "ftp://a", "https://", "x?y"):
        with pytest.raises(Problem, match="no address of a mirror"):
            mirrors.own_mirror(address)


def test_a_repository_is_named_or_pasted() -> None:
    for name in (
        "QuantFactory/Meta-Llama-3-8B-Instruct-GGUF",
        "https://huggingface.co/QuantFactory/Meta-Llama-3-8B-Instruct-GGUF/tree/main",
        " https://modelscope.cn/models/QuantFactory/Meta-Llama-3-8B-Instruct-GGUF ",
    ):
        assert mirrors.check_repository(name) == "QuantFactory/Meta-Llama-3-8B-Instruct-GGUF"
    for name in ("", "llama", "../etc", "a/../b", "a b/c", "//"):
        with pytest.raises(Problem, match="no name of a repository"):
            mirrors.check_repository(name)
