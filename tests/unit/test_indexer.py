"""The indexer role, on fakes."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from tests.fakes import HashedWordsEmbedder, MemoryIndex, SharedWordsReranker
from workspaces.core.chunking import split
from workspaces.core.fusion import K
from workspaces.core.languages import LATIN_LETTERS, covered
from workspaces.core.ports import PassageIndex, Prefixes
from workspaces.core.types import Passage, Place, Sides, join_places
from workspaces.protocol.messages import (
    Discard,
    Embed,
    Embedded,
    EmbedQuestion,
    Forget,
    Found,
    Inspect,
    Inspected,
    Load,
    Passages,
    Prepare,
    Prepared,
    RequestBody,
    Rerank,
    Reranked,
    ResultBody,
    Search,
    Split,
    Tidy,
    Vector,
    Write,
    WriteVectors,
)
from workspaces.worker.indexer import LOADED, OPEN_INDEXES, OVERLAP, Indexer
from workspaces.worker.role import Talk

Answer = TypeVar("Answer", bound=ResultBody)


class Bench:
    """An indexer on fakes; ``opened`` lists the indexes and models it opened, ``loaded`` what it
    said."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.loaded: list[str] = []
        self.role = Indexer(self._embedder, self._index, self._reranker, str.casefold)
        self._talk = Talk(lambda body: None, self.loaded.append, lambda: False)

    def _embedder(self, folder: Path) -> HashedWordsEmbedder:
        self.opened.append(folder.name)
        dimension = 32 if folder.name == "small" else 64
        return HashedWordsEmbedder(dimension, knows_text=lambda text: covered(text, LATIN_LETTERS))

    def _index(self, folder: Path) -> PassageIndex:
        self.opened.append(folder.name)
        return MemoryIndex()

    def _reranker(self, folder: Path) -> SharedWordsReranker:
        self.opened.append(folder.name)
        return SharedWordsReranker()

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
        self.do(Write(index, passages))
        self.embed(index, "e", passages)

    def embed(self, index: str, embedder: str, passages: list[Passage]) -> None:
        texts = [passage.text for passage in passages]
        vectors = self.ask(Embed(embedder, texts), Embedded).vectors
        rows = [
            Vector(passage.id, passage.document, vector)
            for passage, vector in zip(passages, vectors, strict=True)
            if vector is not None
        ]
        self.do(WriteVectors(index, f"of{embedder}", rows))

    def search(self, index: str, question: str, limit: int = 5, embedder: str = "e") -> Found:
        (vector,) = self.ask(EmbedQuestion(embedder, question), Embedded).vectors
        return self.ask(Search(index, question, limit, f"of{embedder}", vector), Found)


def no_reranker(folder: Path) -> SharedWordsReranker:
    raise AssertionError(f"nobody asked for {folder}")


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_what_is_not_for_it_is_a_bug(bench: Bench) -> None:
    with pytest.raises(TypeError, match="Load"):
        bench.do(Load("m", 1, 1))


def test_preparing_says_what_is_loaded(bench: Bench) -> None:
    for name in ("e", "small", "e"):
        bench.do(Prepare(name))
    assert bench.loaded == ["the embedding model"] * 2
    assert bench.opened == ["e", "small"]


def test_a_model_is_loaded_when_it_is_first_named(bench: Bench) -> None:
    bench.ask(Embed("e", ["保修期"]), Embedded)
    assert bench.opened == ["e"]
    assert bench.loaded == []  # a text that it does not understand needs no model
    bench.ask(Embed("e", ["text"]), Embedded)
    assert bench.loaded == ["the embedding model"]
    bench.ask(Embed("e", ["text"]), Embedded)
    assert bench.opened == ["e"]


def test_two_models_stay_loaded(bench: Bench) -> None:
    names = [f"e{number}" for number in range(LOADED)]
    for name in [*names, *names, "another", *names[1:], names[0]]:
        bench.ask(Embed(name, ["text"]), Embedded)
    assert bench.opened == [*names, "another", names[0]]


def test_what_needs_no_model_loads_none(bench: Bench) -> None:
    bench.do(Write("i", [Passage("a:0", "a", 0, 0, 4, "text")]))
    bench.do(WriteVectors("i", "s1", [Vector("a:0", "a", struct.pack("<2e", 1, 0))]))
    bench.do(Tidy("i"))
    bench.ask(Inspect("i"), Inspected)
    assert bench.ask(Search("i", "text", 5), Found).hits[0].passage == "a:0"
    bench.do(Forget("i", ["a"]))
    bench.do(Discard("i"))
    assert bench.opened == ["i"]
    assert bench.loaded == ["the search index"]


def test_a_document_is_split_by_the_embedder_s_own_measure(bench: Bench, tmp_path: Path) -> None:
    places = [Place("A word or two. " * 30, 1, ("Part",)), Place("保修期。\n\u2028😀", 2)]
    text = tmp_path / "text.jsonl"
    text.write_bytes(b"".join(msgspec.json.encode(place) + b"\n" for place in places))
    passages = bench.ask(Split("e", str(text), "a1"), Passages).passages
    assert bench.loaded == []  # its tokenizer is enough
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
    body: Split | None = Split("e", str(text), "a")
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
    assert bench.ask(Embed("e", []), Embedded).vectors == []
    texts = ["the seals", "密封件", "a pump"]
    known, unknown, other = bench.ask(Embed("e", texts), Embedded).vectors
    assert unknown is None
    assert known is not None and other is not None and known != other
    numbers = struct.unpack("<64e", known)
    assert sum(number * number for number in numbers) == pytest.approx(1, abs=1e-2)


def test_both_sides_of_a_search_are_fused(bench: Bench) -> None:
    bench.write("i", a="The pump leaks.", b="The seals of the pump.", c="发票")
    found = bench.search("i", "pump seals")
    assert found.vector_voted
    assert found.hits[0].passage == "b:0"
    assert (found.hits[0].keyword_rank, found.hits[0].vector_rank) == (1, 1)
    assert found.hits[0].score == pytest.approx((1.0 + 0.6) / (K + 1))
    assert len(bench.search("i", "pump seals", 1).hits) == 1


def test_vectors_can_be_asked_alone(bench: Bench) -> None:
    bench.write("i", a="The pump leaks.", b="The seals of the pump.")
    (vector,) = bench.ask(EmbedQuestion("e", "pump seals"), Embedded).vectors
    body = Search("i", "pump seals", 5, "ofe", vector, Sides.VECTOR)
    hits = bench.ask(body, Found).hits
    assert [(hit.passage, hit.keyword_rank, hit.vector_rank) for hit in hits] == [
        ("b:0", None, 1),
        ("a:0", None, 2),
    ]


def test_a_prefix_is_embedded_with_the_text_and_judged_without_it(bench: Bench) -> None:
    plain = bench.ask(Embed("e", ["the seals"]), Embedded).vectors
    assert bench.ask(Embed("e", ["seals"], "the "), Embedded).vectors == plain
    assert bench.ask(EmbedQuestion("e", "seals", "the "), Embedded).vectors == plain
    prefix = "Represent this sentence: "
    assert bench.ask(Embed("e", ["保修期"], prefix), Embedded).vectors == [None]


def test_the_tokens_of_a_prefix_are_left_free(bench: Bench, tmp_path: Path) -> None:
    text = tmp_path / "text.jsonl"
    text.write_bytes(msgspec.json.encode(Place("Words. " * 200)) + b"\n")
    for prefix, most in (("", 64), ("search document for me: ", 59)):
        found = bench.ask(Split("e", str(text), "a1", prefix=prefix), Passages).passages
        counts = HashedWordsEmbedder().count_tokens([passage.text for passage in found])
        assert most - 1 <= max(counts) <= most


def test_preparing_tells_what_the_model_wants_before_texts() -> None:
    wanted = Prefixes("query: ", "passage: ")
    role = Indexer(
        lambda folder: HashedWordsEmbedder(prefixes=wanted),
        lambda folder: MemoryIndex(),
        no_reranker,
        str.casefold,
    )
    talk = Talk(lambda body: None, lambda what: None, lambda: False)
    assert role.handle(Prepare("e"), talk) == Prepared(wanted)


def test_words_are_found_before_there_are_vectors(bench: Bench) -> None:
    bench.do(Write("i", [Passage("a:0", "a", 0, 0, 4, "pump")]))
    found = bench.search("i", "the pump")
    assert [(hit.passage, hit.vector_rank) for hit in found.hits] == [("a:0", None)]
    assert not found.vector_voted


def test_one_space_is_searched_while_another_is_filled(bench: Bench) -> None:
    bench.write("i", a="The pump leaks.", b="The seals of the pump.")
    bench.embed("i", "small", [Passage("b:0", "b", 0, 0, 9, "The seals of the pump.")])
    old, new = bench.search("i", "leaks"), bench.search("i", "leaks", embedder="small")
    assert {hit.passage: hit.vector_rank for hit in old.hits} == {"a:0": 1, "b:0": 2}
    assert {hit.passage: hit.vector_rank for hit in new.hits} == {"a:0": None, "b:0": 1}
    assert old.vector_voted and new.vector_voted
    bench.do(Discard("i", "ofe"))
    assert not bench.search("i", "leaks").vector_voted
    assert bench.search("i", "leaks", embedder="small").vector_voted


def test_an_embedder_that_does_not_know_the_question_has_no_vote(bench: Bench) -> None:
    bench.write("i", a="The pump leaks.", b="密封件的保修期为十二个月。")
    found = bench.search("i", "保修期多久")
    assert not found.vector_voted
    assert [(hit.passage, hit.keyword_rank, hit.vector_rank) for hit in found.hits] == [
        ("b:0", 1, None)
    ]


def test_inspecting_counts_by_document(bench: Bench) -> None:
    assert bench.ask(Inspect("i"), Inspected) == Inspected({}, {})
    bench.write("i", a="one", b="two")
    bench.do(Write("i", [Passage(f"a:{n}", "a", n, 0, 1, "x") for n in range(3)]))
    both = {"a": 1, "b": 1}
    assert bench.ask(Inspect("i"), Inspected) == Inspected({"a": 3, "b": 1}, {"ofe": both})
    bench.do(Forget("i", ["a", "c"]))
    assert bench.ask(Inspect("i"), Inspected) == Inspected({"b": 1}, {"ofe": {"b": 1}})


def test_inspecting_checks_first_and_says_where_it_went_back() -> None:
    asked: list[bool] = []

    class Mending(MemoryIndex):
        def check(self, thorough: bool = False) -> bool:
            asked.append(thorough)
            self.write([Passage("a:0", "a", 0, 0, 1, "x")])
            return not thorough

    role = Indexer(
        lambda folder: HashedWordsEmbedder(), lambda folder: Mending(), no_reranker, str.casefold
    )
    talk = Talk(lambda body: None, lambda what: None, lambda: False)
    assert role.handle(Inspect("i"), talk) == Inspected({"a": 1}, {}, went_back=True)
    assert role.handle(Inspect("i", thorough=True), talk) == Inspected({"a": 1}, {})
    assert asked == [False, True]


def test_workspaces_do_not_see_each_other_and_few_stay_open(bench: Bench) -> None:
    for number in range(OPEN_INDEXES):
        bench.write(f"i{number}", a=f"text {number}")
    bench.search("i0", "text")  # used again: the next oldest is closed instead
    bench.write("another", a="text")
    bench.ask(Inspect("i0"), Inspected)
    assert [name for name in bench.opened if name != "e"] == ["i0", "i1", "i2", "i3", "another"]
    bench.ask(Inspect("i1"), Inspected)
    assert bench.opened[-1] == "i1"


def test_a_part_or_all_of_an_index_is_discarded(bench: Bench) -> None:
    bench.write("i", a="text")
    bench.do(Discard("i", "words"))
    assert bench.ask(Inspect("i"), Inspected) == Inspected({}, {"ofe": {"a": 1}})
    bench.do(Discard("i"))
    assert bench.ask(Inspect("i"), Inspected) == Inspected({}, {})


def test_texts_are_scored_by_a_model_of_which_one_stays_loaded(bench: Bench) -> None:
    texts = ["a pump", "the seals of the pump", "an invoice"]
    scores = bench.ask(Rerank("r", "pump seals", texts), Reranked).scores
    assert scores == [0.5, 1.0, 0.0]
    assert bench.ask(Rerank("r", "pump", []), Reranked).scores == []
    bench.ask(Rerank("q", "pump", texts), Reranked)
    bench.ask(Rerank("r", "pump", texts), Reranked)
    assert bench.opened == ["r", "q", "r"]
    assert bench.loaded == ["the reranking model"] * 3
