"""Every passage of a text knows the line it begins on."""

from __future__ import annotations

import json
import re
import tempfile
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading import extract
from workspaces.core.chunking import split
from workspaces.core.types import Place, join_places
from workspaces.worker.formats import reader_of
from workspaces.worker.outline import PLACE_LIMIT, Block, places

VERBATIM = (
    "a.txt",
    "a.py",
    "a.log",
    "a.yaml",
    "a.srt",
    "a.md",
    "a.rst",
    "a.org",
    "a.adoc",
    "a.tex",
)
LINES = st.one_of(
    st.sampled_from(
        [
            *("", "", "   ", "\t", "# Head", "## Sub", "Title", "=====", "-----", "* Star", "** Two"),
            *("= Doc", "== Part", "```", "----", "\\section{S}", "- item", "| a | b |", "|---|---|"),
            *("---", "> quote", "    code", "#+BEGIN_SRC", "#+END_SRC", "\x0c", "密封件的保修期。"),
            *("00:00:01,000 --> 00:00:02,000", "key: value", "<b>x</b>", '{"a": "\\u5bc6\\n"}'),
        ]
    ),
    st.text(st.sampled_from("ab cd. ,"), max_size=30),
    st.integers(1, 3).map(lambda n: "A sentence of some words. " * 90 * n),
    st.integers(1, 2).map(lambda n: "x" * (PLACE_LIMIT * n + 7)),
)  # fmt: skip


def read(name: str, text: str) -> list[Place]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, newline="")
        return extract(path, Path(folder))[1]


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def check_lines(read_places: list[Place], originals: list[str]) -> None:
    """Each line of each place is in the line of the original that it says."""
    stored = join_places(read_places)
    for passage in split("d", read_places, count_words, limit=40, overlap=8):
        assert stored[passage.start : passage.end] == passage.text
        assert passage.line is not None
        for number, line in enumerate(passage.text.split("\n"), passage.line):
            assert line.strip() in originals[number - 1]


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(VERBATIM),
    lines=st.lists(LINES, min_size=1, max_size=40),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_passage_is_on_the_line_it_says(name: str, lines: list[str], end: str) -> None:
    numbered = [f"{line} w{at}e" if line.strip() else line for at, line in enumerate(lines, 1)]
    text = end.join(["Begin w0e", *numbered])
    check_lines(read(name, text), ["Begin w0e", *(line.replace("\x0c", " ") for line in numbered)])


@settings(max_examples=100, deadline=None)
@given(lines=st.lists(LINES, min_size=1, max_size=30))
def test_nothing_but_white_space_is_lost(lines: list[str]) -> None:
    text = "Begin\n" + "\n".join(lines)
    said = "".join(place.text for place in read("a.txt", text))
    assert re.sub(r"\s", "", said) == re.sub(r"\s", "", text)


@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.text(st.sampled_from("ab 密封\n."), max_size=40), max_size=30))
def test_xml_keeps_its_lines(values: list[str]) -> None:
    items = "".join(
        f'<item\n  id="{at}"><name>n{at}</name>{v}</item>' for at, v in enumerate(values)
    )
    text = f"<?xml version='1.0'?>\n<!-- a\ncomment -->\n<list>begin\n{items}</list>\n"
    bare = [re.sub(r"<[^>]*>?|  id=.*?>", " ", line) for line in text.split("\n")]
    check_lines(read("a.xml", text), [" ".join(line.split()) for line in bare])


@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.text(max_size=20), max_size=30))
def test_json_keeps_its_lines(values: list[str]) -> None:
    said = [" ".join(value.split()) for value in values]
    text = json.dumps({"list": [f"{at}<{value}>" for at, value in enumerate(values)]}, indent=1)
    (first, *_rest) = found = read("a.json", text)
    assert first.line == 1
    for place in found:
        for number, line in enumerate(place.text.split("\n"), place.line or 0):
            if item := re.match(r"\s*\"(\d+)<", line):
                assert text.split("\n")[number - 1].strip().startswith(f'"{item[1]}<')
    read_back = " ".join(place.text for place in found)
    assert all(value in read_back for value in said if value.isalnum())


def test_a_line_without_end_is_cut_where_a_sentence_ends() -> None:
    text = " ".join(f"Sentence number {n} says something of its own." for n in range(20_000))
    found = read("a.txt", text)
    assert all(len(place.text) <= PLACE_LIMIT for place in found)
    assert all(place.text.rstrip().endswith(".") for place in found)
    assert {place.line for place in found} == {1}
    assert "".join(place.text for place in found) == text


def test_the_parts_of_a_long_block_count_its_lines() -> None:
    lines = [f"line {n} {'word ' * 20}\n" for n in range(1, 200)]
    found = places([Block("".join(lines), line=1)])
    assert len(found) > 3
    for place in found:
        assert place.text.startswith(f"line {place.line} ")


@pytest.mark.parametrize("unit", ["密封件的保修期为十二个月。", "abcdefghij", "word "])
def test_a_very_long_line_stays_whole(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    found = read("a.txt", text)
    assert "".join(place.text for place in found) == text
    assert all(len(place.text) <= PLACE_LIMIT for place in found)


def test_a_file_of_one_line_takes_little_more_memory_than_its_text(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    path.write_text('{"a": "' + "word " * 4_000_000 + '"}')
    tracemalloc.start()
    try:
        reader_of("json").read(path, path.name, lambda done, total: None)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1.4 * path.stat().st_size
