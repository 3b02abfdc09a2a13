"""What every PassageIndex does."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes import MemoryIndex
from workspaces.core.ports import PassageIndex
from workspaces.core.types import Passage

EAST, NORTH = (1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0)


def passage(name: str, text: str) -> Passage:
    document, _, ordinal = name.rpartition(":")
    return Passage(name, document, int(ordinal), 0, len(text), text, 1, ("Part", "密封"))


def packed(*numbers: float) -> bytes:
    return struct.pack(f"<{len(numbers)}e", *numbers)


@pytest.fixture(params=["memory", "lance"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> PassageIndex:
    if request.param == "memory":
        return MemoryIndex(4)
    from workspaces.worker.adapters.lance_index import LanceIndex

    return LanceIndex(tmp_path / "index.lance", 4)


def test_an_index_that_was_never_written_is_empty(index: PassageIndex) -> None:
    index.write([], [])
    index.forget("a1")
    assert index.ids() == set()
    assert index.keyword("anything", 5) == []
    assert index.vector(EAST, 5) == []


def test_a_passage_is_found_as_soon_as_it_is_written(index: PassageIndex) -> None:
    for number in range(3):
        name = f"d{number}:0"
        index.write([passage(name, f"The quokka number{number} sleeps.")], [packed(*EAST)])
        assert index.keyword(f"number{number}", 5) == [name]
        assert name in index.vector(EAST, 5)


def test_writing_again_replaces(index: PassageIndex) -> None:
    for text in ("old words", "new words", "new words"):
        index.write([passage("a:0", text), passage("a:1", "kept")], [packed(*EAST), None])
    assert index.ids() == {"a:0", "a:1"}
    assert index.keyword("words", 5) == ["a:0"]
    assert index.keyword("old", 5) == []
    assert index.vector(NORTH, 5) == ["a:0"]


def test_nearest_vectors_come_first_and_passages_without_one_never(index: PassageIndex) -> None:
    names = ["a:0", "a:1", "a:2"]
    index.write(
        [passage(name, name) for name in names], [packed(*NORTH), None, packed(0.9, 0.1, 0, 0)]
    )
    assert index.vector(EAST, 5) == ["a:2", "a:0"]
    assert index.vector(EAST, 1) == ["a:2"]


def test_the_passage_with_the_rarest_words_comes_first(index: PassageIndex) -> None:
    texts = ["the pump leaks", "the pump runs", "the pump waits", "the manometer of the pump"]
    index.write([passage(f"a:{n}", text) for n, text in enumerate(texts)], [None] * 4)
    assert index.keyword("pump manometer", 9)[0] == "a:3"
    assert len(index.keyword("pump", 2)) == 2


@pytest.mark.parametrize("word", ["王伟", "保修", "密封件"])
def test_chinese_words_are_found(index: PassageIndex, word: str) -> None:
    texts = ["密封件的保修期为十二个月，请联系王伟。", "发票须在三十天内支付。"]
    index.write([passage(f"a:{n}", text) for n, text in enumerate(texts)], [None] * 2)
    assert index.keyword(word, 5)[0] == "a:0"


@pytest.mark.parametrize(
    "word", ["Q4_K_M", "q4_k_m", "22239-2019", "GB/T 22239-2019", "café", "cafe", "company"]
)
def test_identifiers_and_possessives_are_found(index: PassageIndex, word: str) -> None:
    index.write([passage("a:0", "Use Q4_K_M as in GB/T 22239-2019 at the company's café.")], [None])
    index.write([passage("a:1", "Something else.")], [None])
    assert index.keyword(word, 5) == ["a:0"]


def test_forgetting_a_document_leaves_the_others(index: PassageIndex) -> None:
    index.write([passage("a:0", "one pump"), passage("b:0", "two pumps")], [packed(*EAST)] * 2)
    index.forget("a")
    index.forget("a")
    assert index.ids() == {"b:0"}
    assert index.keyword("one", 5) == []
    assert index.vector(EAST, 5) == ["b:0"]


def test_an_index_that_lost_everything_takes_more(index: PassageIndex) -> None:
    only = passage("a:0", "the oil filter")
    for _ in range(2):
        index.write([only], [None])
        assert index.keyword("filter", 5) == ["a:0"]
        index.forget("a")
        assert index.ids() == set()


def test_all_ids_are_told_however_many(index: PassageIndex) -> None:
    names = {f"a:{number}" for number in range(300)}
    index.write([passage(name, "text") for name in sorted(names)], [None] * 300)
    assert index.ids() == names


@pytest.mark.parametrize("name", ["a", "a:b", "", "a' OR '1'='1:0", "a\n:0", "a:0 "])
def test_what_is_no_id_is_refused(index: PassageIndex, name: str) -> None:
    strange = Passage(name, "a", 0, 0, 4, "text")
    with pytest.raises(ValueError, match="not an id"):
        index.write([strange], [None])
    assert index.ids() == set()


def test_what_is_no_document_is_refused(index: PassageIndex) -> None:
    index.write([passage("a:0", "text")], [None])
    with pytest.raises(ValueError, match="not an id"):
        index.forget("x' OR '1'='1")
    assert index.ids() == {"a:0"}


@pytest.mark.parametrize("vector", [b"", packed(1.0), packed(1.0, 0, 0, 0, 0)])
def test_a_vector_of_another_dimension_is_refused(index: PassageIndex, vector: bytes) -> None:
    with pytest.raises(ValueError, match="not a vector of 4"):
        index.write([passage("a:0", "text")], [vector])
    assert index.ids() == set()


Ask = Callable[[str], object]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=st.text() | st.text(alphabet="\"'+-:*~^()[]{}\\/ AND OR NOT a\0"))
def test_no_question_is_too_strange(index: PassageIndex, question: str) -> None:
    if not index.ids():
        index.write([passage("a:0", "text")], [None])
    assert set(index.keyword(question, 5)) <= {"a:0"}
