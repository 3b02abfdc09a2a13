"""What every PassageIndex does."""

from __future__ import annotations

import struct
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


def vector(name: str, *numbers: float) -> tuple[str, str, bytes]:
    return name, name.rpartition(":")[0], packed(*numbers)


@pytest.fixture(params=["memory", "lance"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> PassageIndex:
    if request.param == "memory":
        return MemoryIndex()
    from workspaces.worker.adapters.lance_index import LanceIndex

    return LanceIndex(tmp_path / "index.lance")


def test_an_index_that_was_never_written_is_empty(index: PassageIndex) -> None:
    index.write([])
    index.write_vectors("s1", [])
    index.forget(["a1"])
    index.tidy()
    index.discard("s1")
    assert not index.check()
    assert (index.words(), index.vectors()) == ({}, {})
    assert list(index.keyword("anything", 5)) == []
    assert list(index.vector("s1", EAST, 5)) == []


def test_a_passage_is_found_as_soon_as_it_is_written(index: PassageIndex) -> None:
    for number in range(3):
        name = f"d{number}:0"
        index.write([passage(name, f"The quokka 7{number} sleeps.")])
        assert list(index.keyword(f"7{number}", 5)) == [name]
        index.write_vectors("s1", [vector(name, *EAST)])
        assert name in index.vector("s1", EAST, 5)


def test_writing_again_replaces(index: PassageIndex) -> None:
    for text in ("old words", "new words", "new words"):
        index.write([passage("a:0", text), passage("a:1", "kept")])
    assert index.words() == {"a": 2}
    assert list(index.keyword("words", 5)) == ["a:0"]
    assert list(index.keyword("old", 5)) == []
    for numbers in (EAST, NORTH, NORTH):
        index.write_vectors("s1", [vector("a:0", *numbers), vector("a:1", 0.9, 0.1, 0, 0)])
    assert index.vectors() == {"s1": {"a": 2}}
    assert list(index.vector("s1", NORTH, 5)) == ["a:0", "a:1"]


def test_of_two_with_one_id_the_last_is_kept(index: PassageIndex) -> None:
    for _ in range(2):
        index.write([passage("a:0", "early"), passage("a:0", "late")])
        index.write_vectors("s1", [vector("a:0", *EAST), vector("a:0", *NORTH)])
    assert index.words() == {"a": 1}
    assert list(index.keyword("late", 5)) == ["a:0"]
    assert index.vectors() == {"s1": {"a": 1}}


def test_nearest_vectors_come_first(index: PassageIndex) -> None:
    index.write_vectors("s1", [vector("a:0", *NORTH), vector("a:2", 0.9, 0.1, 0, 0)])
    assert list(index.vector("s1", EAST, 5)) == ["a:2", "a:0"]
    assert list(index.vector("s1", EAST, 1)) == ["a:2"]


def test_scores_tell_how_well_a_passage_matches(index: PassageIndex) -> None:
    index.write([passage("a:0", "pump and pump and manometer"), passage("b:0", "the pump")])
    index.write_vectors("s1", [vector("a:0", *EAST), vector("b:0", *NORTH)])
    scores = list(index.keyword("pump manometer", 5).values())
    assert scores == sorted(scores, reverse=True) and 0 < scores[1] < scores[0]
    assert index.vector("s1", EAST, 5) == pytest.approx({"a:0": 1.0, "b:0": 0.0}, abs=1e-3)


def test_one_document_can_be_asked_alone(index: PassageIndex) -> None:
    index.write([passage(f"{name}:0", "the pump") for name in "abc"])
    index.write_vectors("s1", [vector(f"{name}:0", *EAST) for name in "abc"])
    assert list(index.keyword("pump", 1, "b")) == list(index.vector("s1", EAST, 1, "b")) == ["b:0"]
    assert index.keyword("pump", 5, "none") == {}
    with pytest.raises(ValueError, match="not an id"):
        index.keyword("pump", 5, "' OR 1 = 1 --")


def test_spaces_stand_side_by_side(index: PassageIndex) -> None:
    index.write([passage("a:0", "pump"), passage("b:0", "seal")])
    index.write_vectors("old", [vector("a:0", *EAST), vector("b:0", *NORTH)])
    index.write_vectors("new", [vector("b:0", 1.0, 0.0)])
    assert index.vectors() == {"new": {"b": 1}, "old": {"a": 1, "b": 1}}
    assert list(index.vector("old", EAST, 1)) == ["a:0"]
    assert list(index.vector("new", (0.0, 1.0), 5)) == ["b:0"]
    index.discard("old")
    assert index.vectors() == {"new": {"b": 1}}
    assert list(index.vector("old", EAST, 1)) == []
    index.discard("words")
    assert (index.words(), index.keyword("pump", 5)) == ({}, {})
    index.write([passage("a:0", "pump")])
    assert list(index.keyword("pump", 5)) == ["a:0"]
    index.discard()
    assert (index.words(), index.vectors()) == ({}, {})


def test_the_passage_with_the_rarest_words_comes_first(index: PassageIndex) -> None:
    texts = ["the pump leaks", "the pump runs", "the pump waits", "the manometer of the pump"]
    index.write([passage(f"a:{n}", text) for n, text in enumerate(texts)])
    assert next(iter(index.keyword("pump manometer", 9))) == "a:3"
    assert len(index.keyword("pump", 2)) == 2


@pytest.mark.parametrize("word", ["王伟", "保修", "密封件"])
def test_chinese_words_are_found(index: PassageIndex, word: str) -> None:
    texts = ["密封件的保修期为十二个月，请联系王伟。", "发票须在三十天内支付。"]
    index.write([passage(f"a:{n}", text) for n, text in enumerate(texts)])
    assert next(iter(index.keyword(word, 5))) == "a:0"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("南京市长江大桥欢迎您", "江大"),  # across the border of two words
        ("钇铝石榴石晶体", "钇"),
        ("檢索與軟體", "检索"),
        ("使用 ＧＧＵＦ 格式", "gguf"),
        ("見第３節", "第3节"),
        ("Die Versicherungen zahlen.", "Versicherung"),
        ("Гарантийного срока", "гарантийный срок"),
        ("See § 12.3 of the lease.", "§12.3"),
    ],
)
def test_what_a_person_takes_for_the_same_is_found(tmp_path: Path, text: str, asked: str) -> None:
    from workspaces.worker.adapters.lance_index import LanceIndex

    index = LanceIndex(tmp_path)
    others = ["See § 3.12 of 12 leases.", "Something else, 别的东西", "Нечто иное"]
    index.write([passage(f"a:{n}", each) for n, each in enumerate([*others, text])])
    assert next(iter(index.keyword(asked, 5))) == "a:3"


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize(
    "word", ["Q4_K_M", "q4_k_m", "22239-2019", "GB/T 22239-2019", "café", "cafe", "company"]
)
def test_identifiers_and_possessives_are_found(
    index: PassageIndex, word: str, merged: bool
) -> None:
    index.write([passage("a:0", "Use Q4_K_M as in GB/T 22239-2019 at the company's café.")])
    index.write([passage("a:1", "Something else.")])
    if merged:
        index.tidy()
    assert list(index.keyword(word, 5)) == ["a:0"]


def test_forgetting_documents_leaves_the_others(index: PassageIndex) -> None:
    names = ["a:0", "b:0", "b:1", "c:0"]
    index.write([passage(name, f"pump {name[0]}pump") for name in names])
    for space in ("s1", "s2"):
        index.write_vectors(space, [vector(name, *EAST) for name in names])
    for _ in range(2):
        index.forget(["a", "c", "neverwas"])
        assert index.words() == {"b": 2}
        assert index.vectors() == {"s1": {"b": 2}, "s2": {"b": 2}}
        assert list(index.keyword("apump", 5)) == []
        assert sorted(index.vector("s2", EAST, 5)) == ["b:0", "b:1"]
        assert sorted(index.keyword("pump", 5)) == ["b:0", "b:1"]


def test_an_index_that_lost_everything_takes_more(index: PassageIndex) -> None:
    only = passage("a:0", "the oil filter")
    for _ in range(2):
        index.write([only])
        index.write_vectors("s1", [vector("a:0", *EAST)])
        assert list(index.keyword("filter", 5)) == ["a:0"]
        index.forget(["a"])
        assert index.words() == {}
        assert not index.check(thorough=True)
        assert list(index.keyword("filter", 5)) == []
        assert list(index.vector("s1", EAST, 5)) == []


def test_tidying_and_checking_change_nothing_that_is_found(index: PassageIndex) -> None:
    for number in range(30):
        index.write([passage(f"d{number}:0", f"pump 7{number}")])
        index.write_vectors("s1", [vector(f"d{number}:0", *NORTH)])
    index.write([passage("d7:0", "replaced 77")])
    for change in (index.tidy, index.check, lambda: index.check(thorough=True), index.tidy):
        change()
        assert index.words() == index.vectors()["s1"] == {f"d{n}": 1 for n in range(30)}
        assert list(index.keyword("77", 5)) == list(index.keyword("replaced", 5)) == ["d7:0"]
        assert len(index.keyword("pump", 50)) == 29
        assert len(index.vector("s1", EAST, 50)) == 30


def test_all_passages_are_counted_however_many(index: PassageIndex) -> None:
    index.write([passage(f"{name}:{n}", "text") for name in "ab" for n in range(300)])
    assert index.words() == {"a": 300, "b": 300}


@pytest.mark.parametrize("name", ["a", "a:b", "", "a' OR '1'='1:0", "a\n:0", "a:0 "])
def test_what_is_no_id_is_refused(index: PassageIndex, name: str) -> None:
    strange = Passage(name, "a", 0, 0, 4, "text")
    with pytest.raises(ValueError, match="not an id"):
        index.write([strange])
    with pytest.raises(ValueError, match="not an id"):
        index.write_vectors("s1", [(name, "a", packed(*EAST))])
    assert (index.words(), index.vectors()) == ({}, {})


def test_what_is_no_document_is_refused(index: PassageIndex) -> None:
    index.write([passage("a:0", "text")])
    with pytest.raises(ValueError, match="not an id"):
        index.forget(["a", "x' OR '1'='1"])
    assert index.words() == {"a": 1}


@pytest.mark.parametrize("space", ["", "words", "../up", "a/b", "a.b", "x" * 65])
def test_what_is_no_space_is_refused(index: PassageIndex, space: str) -> None:
    with pytest.raises(ValueError, match="not a space"):
        index.write_vectors(space, [vector("a:0", *EAST)])
    with pytest.raises(ValueError, match="not a space"):
        index.vector(space, EAST, 5)
    assert index.vectors() == {}


@pytest.mark.parametrize("numbers", [(), (1.0,), (1.0, 0, 0, 0, 0)])
def test_a_vector_of_another_dimension_is_refused(
    index: PassageIndex, numbers: tuple[float, ...]
) -> None:
    with pytest.raises(ValueError, match="not a vector of"):
        index.write_vectors("s1", [vector("a:0", *EAST), vector("a:1", *numbers)])
    index.write_vectors("s1", [vector("b:0", *EAST)])
    with pytest.raises(ValueError, match="not a vector of 4"):
        index.write_vectors("s1", [vector("a:0", *numbers)])
    with pytest.raises(ValueError, match="not a vector of 4"):
        index.vector("s1", numbers, 5)
    assert index.vectors() == {"s1": {"b": 1}}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=st.text() | st.text(alphabet="\"'+-:*~^()[]{}\\/ AND OR NOT a\0"))
def test_no_question_is_too_strange(index: PassageIndex, question: str) -> None:
    if not index.words():
        index.write([passage("a:0", "text")])
    assert set(index.keyword(question, 5)) <= {"a:0"}
