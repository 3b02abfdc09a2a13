"""The indexer role, on fakes."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from tests.fakes import HashedWordsEmbedder, MemoryIndex
from workspaces.core.chunking import split
from workspaces.core.languages import LATIN, covered
from workspaces.core.ports import PassageIndex
from workspaces.core.types import Passage, Place, join_places
from workspaces.protocol.messages import (
    Discard,
    Embed,
    Embedded,
    Forget,
    Found,
    Inspect,
    Inspected,
    Load,
    Passages,
    Prepare,
    Prepared,
    RequestBody,
    ResultBody,
    Search,
    Split,
    Write,
)
from workspaces.worker.indexer import OPEN_INDEXES, OVERLAP, Indexer
from workspaces.worker.role import Talk

Answer = TypeVar("Answer", bound=ResultBody)


class Bench:
    """An indexer on fakes; ``opened`` lists the index folders it opened, ``loaded`` what it said."""

    def __init__(self) -> None:
        self.opened: list[Path] = []
        self.loaded: list[str] = []
        self.role = Indexer(self._embedder, self._index)
        self._talk = Talk(lambda body: None, self.loaded.append, lambda: False)

    def _embedder(self, folder: Path) -> HashedWordsEmbedder:
        return HashedWordsEmbedder(knows_text=lambda text: covered(text, LATIN))

    def _index(self, folder: Path, dimension: int) -> PassageIndex:
        self.opened.append(folder)
        return MemoryIndex(dimension)

    def ask(self, body: RequestBody, answer: type[Answer]) -> Answer:
        result = self.role.handle(body, self._talk)
        assert isinstance(result, answer)
        return result

    def do(self, body: RequestBody) -> None:
        self.role.handle(body, self._talk)

    def write(self, index: str, **texts: str) -> None:
        passages = [
            Passage(f"{name}:0", name, 0, 0, len(text), text) for name, text in texts.items()
        ]
        vectors = self.ask(Embed([passage.text for passage in passages]), Embedded).vectors
        self.do(Write(index, passages, vectors))


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.do(Prepare("embedder"))
    return bench


def test_it_is_a_bug_to_ask_before_the_embedder_is_there(tmp_path: Path) -> None:
    text = tmp_path / "text.jsonl"
    text.write_bytes(msgspec.json.encode(Place("Text.")))
    for body in (Split(str(text), "a"), Embed(["x"]), Search("i", "x", 5), Inspect("i")):
        with pytest.raises(RuntimeError, match="no embedding model"):
            Bench().do(body)
    with pytest.raises(TypeError, match="Load"):
        Bench().do(Load("m", 1, 1))


def test_preparing_says_what_was_loaded() -> None:
    bench = Bench()
    assert bench.ask(Prepare("folder"), Prepared) == Prepared(64, 64)
    assert bench.loaded == ["the embedding model"]


def test_a_document_is_split_by_the_embedder_s_own_measure(bench: Bench, tmp_path: Path) -> None:
    places = [Place("A word or two. " * 30, 1, ("Part",)), Place("保修期。\n\u2028😀", 2)]
    text = tmp_path / "text.jsonl"
    text.write_bytes(b"".join(msgspec.json.encode(place) + b"\n" for place in places))
    passages = bench.ask(Split(str(text), "a1"), Passages).passages
    counts = HashedWordsEmbedder().count_tokens([passage.text for passage in passages])
    assert max(counts) <= 64
    assert [passage.id for passage in passages] == [f"a1:{n}" for n in range(len(passages))]
    assert passages[0].heading == ("Part",)
    assert passages[-1].page == 2
    stored = join_places(places)
    assert all(stored[p.start : p.end] == p.text for p in passages)
    assert passages[1].start < passages[0].end  # they overlap


@pytest.mark.parametrize("part", [1, 500, 1_000_000])
def test_a_document_split_in_parts_is_split_the_same(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr("workspaces.worker.indexer.PART", part)
    places = [Place(f"第{n}条。A word or two 😀. " * 20, n) for n in range(1, 8)]
    text = tmp_path / "text.jsonl"
    text.write_bytes(b"".join(msgspec.json.encode(place) + b"\n" for place in places))
    passages: list[Passage] = []
    body: Split | None = Split(str(text), "a")
    parts = 0
    while body is not None:
        found = bench.ask(body, Passages)
        passages, body, parts = passages + found.passages, found.next, parts + 1
    assert (parts == 1) is (part == 1_000_000)
    count = HashedWordsEmbedder().count_tokens
    assert passages == split("a", places, count, 64, 64 // OVERLAP)
    stored = join_places(places)
    assert all(stored[p.start : p.end] == p.text for p in passages)


def test_only_texts_it_knows_get_a_vector(bench: Bench) -> None:
    assert bench.ask(Embed([]), Embedded).vectors == []
    known, unknown, other = bench.ask(Embed(["the seals", "密封件", "a pump"]), Embedded).vectors
    assert unknown is None
    assert known is not None and other is not None and known != other
    numbers = struct.unpack("<64e", known)
    assert sum(number * number for number in numbers) == pytest.approx(1, abs=1e-2)


def test_both_sides_of_a_search_are_fused(bench: Bench) -> None:
    bench.write("i", a="The pump leaks.", b="The seals of the pump.", c="发票")
    found = bench.ask(Search("i", "pump seals", 5), Found)
    assert found.vector_voted
    assert found.hits[0].passage == "b:0"
    assert (found.hits[0].keyword_rank, found.hits[0].vector_rank) == (1, 1)
    assert found.hits[0].score == pytest.approx(2 / 61)
    assert len(bench.ask(Search("i", "pump seals", 1), Found).hits) == 1


def test_an_embedder_that_does_not_know_the_question_has_no_vote(bench: Bench) -> None:
    bench.write("i", a="The pump leaks.", b="密封件的保修期为十二个月。")
    found = bench.ask(Search("i", "保修期多久", 5), Found)
    assert not found.vector_voted
    assert [(hit.passage, hit.keyword_rank, hit.vector_rank) for hit in found.hits] == [
        ("b:0", 1, None)
    ]


def test_inspecting_counts_by_document(bench: Bench) -> None:
    assert bench.ask(Inspect("i"), Inspected) == Inspected(0, {})
    bench.write("i", a="one", b="two")
    passages = [Passage(f"a:{n}", "a", n, 0, 1, "x") for n in range(3)]
    bench.do(Write("i", passages, [None] * 3))
    assert bench.ask(Inspect("i"), Inspected) == Inspected(4, {"a": 3, "b": 1})
    bench.do(Forget("i", "a"))
    assert bench.ask(Inspect("i"), Inspected) == Inspected(1, {"b": 1})


def test_workspaces_do_not_see_each_other_and_few_stay_open(bench: Bench) -> None:
    for number in range(OPEN_INDEXES):
        bench.write(f"i{number}", a=f"text {number}")
    bench.ask(Search("i0", "text", 5), Found)  # used again: the next oldest is closed instead
    bench.write("another", a="text")
    bench.ask(Inspect("i0"), Inspected)
    assert [path.name for path in bench.opened] == ["i0", "i1", "i2", "i3", "another"]
    bench.ask(Inspect("i1"), Inspected)
    assert bench.opened[-1].name == "i1"


def test_a_discarded_index_is_gone_and_opened_anew(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "index.lance"
    (folder / "passages.lance").mkdir(parents=True)
    bench.write(str(folder), a="text")
    bench.do(Discard(str(folder)))
    assert not folder.exists()
    assert bench.ask(Inspect(str(folder)), Inspected).passages == 0
    bench.do(Discard(str(tmp_path / "never was")))


def test_preparing_again_opens_the_indexes_again(bench: Bench) -> None:
    bench.ask(Inspect("i"), Inspected)
    bench.do(Prepare("another embedder"))
    bench.ask(Inspect("i"), Inspected)
    assert len(bench.opened) == 2
