"""Texts with marks: JSON, XML, notebooks, and the light markups with headings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.reading import extract
from workspaces.core.types import Place


def places_of(folder: Path, content: str | bytes, name: str) -> list[Place]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return extract(path, folder)[1]


def text_of(folder: Path, content: str | bytes, name: str) -> str:
    return "\n".join(place.text for place in places_of(folder, content, name))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.rst", "Seals\n=====\n\none\n\nTable\n-----\n\n=====  =====\na      b\n=====  =====\n\nEnd\n===\n"),
        ("a.rst", "=====\nSeals\n=====\n\none\n\nTable\n=====\n\ntwo\n\n=====\n End\n=====\n"),
        ("a.org", "* Seals   :tag:\none\n** Table\n#+BEGIN_SRC\n* no heading\n#+END_SRC\n* End\n"),
        ("a.adoc", "= Seals\n\none\n\n== Table\n\n----\n= no heading\n----\n\n= End\n"),
        ("a.tex", "\\section{Seals}\none\n\\subsection*{\\emph{Table}}\n\\begin{verbatim}\n\\section{no}\n\\end{verbatim}\n\\section[E]{End}\n"),
        ("a.md", "# Seals\n\none\n\nTable\n---\n\n```\n# no heading\n```\n\n# End #\n"),
    ],
)  # fmt: skip
def test_headings_make_paths(tmp_path: Path, name: str, source: str) -> None:
    places = places_of(tmp_path, source, name)
    assert [place.heading for place in places] == [("Seals",), ("Seals", "Table"), ("End",)]
    for place in places:
        lines = source.split("\n")[(place.line or 0) - 1 :]
        assert place.text.split("\n") == lines[: place.text.count("\n") + 1]


def test_a_large_markdown_document_keeps_its_headings(tmp_path: Path) -> None:
    source = "# One\n\n```\n# no heading\n```\n\n" + "word " * 300_000 + "\n\n## Two\n\nend\n"
    places = places_of(tmp_path, source, "a.md")
    assert places[0].heading == places[-2].heading == ("One",)
    assert places[-1] == Place("## Two\n\nend", heading=("One", "Two"), line=9)


def test_escaped_letters_of_json_are_found(tmp_path: Path) -> None:
    source = json.dumps({"部件": "密封件 \U0001f600", "path": "C:\\new", "text": "one\ntwo"})
    assert "\\u5bc6" in source
    assert text_of(tmp_path, source, "a.json") == (
        '{"部件": "密封件 \U0001f600", "path": "C:\\new", "text": "one two"}'
    )


def test_damaged_escapes_do_no_harm(tmp_path: Path) -> None:
    said = text_of(tmp_path, '{"a": "\\ud83d \\udc00 \\u12 \\uD83Dx \\"}', "a.json")
    assert said.startswith('{"a": "\ufffd \ufffd u12 \ufffdx "')


def test_json_lines_are_lines(tmp_path: Path) -> None:
    source = "".join(f'{{"id": {n}}}\n' for n in range(1000))
    for place in places_of(tmp_path, source, "a.jsonl"):
        assert f'"id": {(place.line or 0) - 1}}}' in place.text.split("\n")[0]


def test_xml_is_read_without_its_tags(tmp_path: Path) -> None:
    source = (
        "<?xml version='1.0' encoding='gb2312'?>\n<book><title>手册</title>\n<chapter>\n"
        "<title>密封 <em>件</em></title><para>H<sub>2</sub>O &amp; <![CDATA[a<b]]></para>\n"
        "  <item><name>bolt</name><price>5</price></item></chapter></book>"
    )
    assert places_of(tmp_path, source.encode("gb2312"), "a.xml") == [
        Place("手册 ", heading=("手册",), line=2),
        Place("密封 件 H2O & a<b\nbolt 5 ", heading=("手册", "密封 件"), line=4),
    ]


@pytest.mark.parametrize(
    "place", ["<list>said &e9; done</list>", '<list a="&e9;">said done</list>']
)
def test_entities_are_not_expanded(tmp_path: Path, place: str) -> None:
    (tmp_path / "secret").write_text("secret")
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    source = (
        f'<?xml version="1.0"?><!DOCTYPE list SYSTEM "http://127.0.0.1:9/x" [<!ENTITY e0 "ha">'
        f'<!ENTITY f SYSTEM "{tmp_path}/secret">{entities}]>{place}'
    )
    said = text_of(tmp_path, source, "a.xml")
    assert "said" in said
    assert "done" in said
    assert len(said) < 2 * len(source)
    opened = text_of(tmp_path, source.replace("&e9;", "&f;"), "a.xml")
    assert "secret" not in opened.replace(f"{tmp_path}/secret", "")


def test_an_entity_stays_as_it_is_written(tmp_path: Path) -> None:
    source = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "expanded">]><a>said &e; &lt; done</a>'
    assert text_of(tmp_path, source, "a.xml").strip() == "said &e; < done"


@pytest.mark.parametrize(
    "source",
    [
        '<?xml version="1.0"?><a>said <b>and cut',
        '<?xml version="1.0"?>' + "<a>" * 100_000 + "said" + "</a>" * 100_000,
        '<?xml version="1.0"?><a b="' + "x" * 9_000_000 + '">said</a>',
    ],
)
def test_xml_that_is_damaged_or_a_trap_is_read_with_its_tags(tmp_path: Path, source: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(source)
    answer, places = extract(path, tmp_path)
    assert "said" in "".join(place.text for place in places)
    assert [warning.code for warning in answer.warnings] == ["repaired"]


def test_xml_that_says_all_in_attributes_is_read_with_its_tags(tmp_path: Path) -> None:
    assert "Bolt" in text_of(tmp_path, '<?xml version="1.0"?><r><i name="Bolt"/></r>', "a.xml")


def notebook(*cells: dict[str, object]) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})


def test_a_notebook_is_its_words_its_code_and_what_it_printed(tmp_path: Path) -> None:
    source = notebook(
        {"cell_type": "markdown", "source": ["# Seals\n", "\n", "text"]},
        {
            "cell_type": "code",
            "source": "# no heading\nprint(42)",
            "outputs": [
                {"output_type": "stream", "text": ["42\n"]},
                {"data": {"text/plain": ["a table"], "image/png": "aGVsbG8="}},
            ],
        },
        {"cell_type": "markdown", "source": "## Sub"},
    )
    assert places_of(tmp_path, source, "a.ipynb") == [
        Place("# Seals\n\ntext\n# no heading\nprint(42)\n\n42\n\na table", heading=("Seals",)),
        Place("## Sub", heading=("Seals", "Sub")),
    ]


@pytest.mark.parametrize(
    "source", ['{"cells": [{"cell', '{"cells": [{"source": 5}]}', '{"a": "cells"}']
)
def test_what_is_no_notebook_is_read_as_json(tmp_path: Path, source: str) -> None:
    assert text_of(tmp_path, source, "a.ipynb") == source


@pytest.mark.parametrize("depth", [100_000])
def test_deep_json_is_only_text(tmp_path: Path, depth: int) -> None:
    source = '{"cells": ' + "[" * depth + "]" * depth + "}"
    assert len(text_of(tmp_path, source, "a.ipynb")) >= 2 * depth


@pytest.mark.parametrize("name", ["a.md", "a.org", "a.csv"])
def test_long_runs_of_white_space_and_figures_take_no_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    spaces = " " * 20_000
    figures = f"{'1' * 20_000}x,b\n1,2\n3,4\n"
    marks = f"# {spaces}x{spaces}y\n* {spaces}x{spaces}y\n# {'![' * 20_000}\n"
    path.write_text(figures + marks + "\nwords\n" * 150_000)  # too long to be parsed
    assert "words" in extract(path, tmp_path)[1][-1].text
    path.write_text(marks + "\nwords\n")
    assert "words" in extract(path, tmp_path)[1][-1].text


def test_a_title_without_end_is_not_written_with_every_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# " + "title " * 50_000 + "\n\n" + "some words\n\n" * 20_000)
    assert all(len(title) <= 500 for each in extract(path, tmp_path)[1] for title in each.heading)
