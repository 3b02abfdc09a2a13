"""HTML as lines, rows and headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading import extract
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.worker.adapters import html_page


def places_of(folder: Path, page: str | bytes) -> list[Place]:
    path = folder / "page.html"
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return extract(path, folder)[1]


def text_of(folder: Path, page: str) -> str:
    return "\n".join(place.text for place in places_of(folder, page))


def test_headings_make_paths(tmp_path: Path) -> None:
    page = "<p>intro</p><h1>Seals &amp;\n rings</h1>text<h2>Sub</h2><p>more</p><h1>End</h1>"
    assert places_of(tmp_path, page) == [
        Place("intro"),
        Place("Seals & rings\n\ntext", heading=("Seals & rings",)),
        Place("Sub\n\nmore", heading=("Seals & rings", "Sub")),
        Place("End", heading=("End",)),
    ]


def test_the_title_heads_a_page_without_a_first_heading(tmp_path: Path) -> None:
    page = "<html><head><title>Seals</title></head><body><h2>Sub</h2>text</body></html>"
    assert [place.heading for place in places_of(tmp_path, page)] == [("Seals",), ("Seals", "Sub")]


def test_a_title_alone_is_an_empty_page(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        places_of(tmp_path, "<html><head><title>Seals</title></head><body></body></html>")
    assert caught.value.reason.code == "empty"


def test_blocks_are_lines_and_inline_elements_are_not(tmp_path: Path) -> None:
    page = "<div>one <b>bo</b>ld\n   word<br>two</div><section>three</section>tail<!-- note --> end"
    assert text_of(tmp_path, page) == "one bold word\ntwo\n\nthree\n\ntail end"


def test_lists_and_tables(tmp_path: Path) -> None:
    page = (
        "<ul><li>one<ul><li>inner</ul><li><p>two</p></ul>"
        "<table><caption>Facts<tr><th>item<th>value<tr><td>押金<td><p>3817</p><p>元</p></table>after"
    )
    assert text_of(tmp_path, page) == (
        "- one\n  - inner\n- two\n\nFacts\n\nitem | value\n押金 | 3817 元\n\nafter"
    )


def test_a_table_used_for_layout_keeps_its_headings(tmp_path: Path) -> None:
    page = "<table><tr><td><h1>Seals</h1><p>text</p><td><table><tr><td>a<td>b</table></table>"
    assert places_of(tmp_path, page) == [Place("Seals\n\ntext\n\na | b", heading=("Seals",))]


def test_preformatted_text_keeps_its_shape(tmp_path: Path) -> None:
    assert "if x:\n    y\n\nz" in text_of(tmp_path, "<p>a</p><pre>if x:\n    y\n\nz</pre>")


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>secret</script>", "<style>secret</style>", "<noscript>secret</noscript>",
        "<template>secret</template>", "<p hidden>secret</p>", "<!-- secret -->",
        '<p style="color:red; DISPLAY : none">secret</p>', '<i style="visibility:hidden">secret</i>',
        '<svg><text>secret</text></svg>', "<iframe>secret</iframe>",
    ],
)  # fmt: skip
def test_what_is_not_shown_is_not_read(tmp_path: Path, hidden: str) -> None:
    assert text_of(tmp_path, f"<body><p>seen</p>{hidden}<p>also seen") == "seen\n\nalso seen"
    assert text_of(tmp_path, f"<body>seen{hidden} and on") in ("seen and on", "seen\n\nand on")


@pytest.mark.parametrize("encoding", ["gb2312", "big5", "shift_jis", "windows-1253", "utf-8"])
def test_a_declared_encoding_counts(tmp_path: Path, encoding: str) -> None:
    said = {"gb2312": "密封", "big5": "密封", "shift_jis": "封印", "windows-1253": "Γη"}
    text = said.get(encoding, "密封")
    page = f'<html><head><meta charset="{encoding}"></head><body>{text}</body></html>'
    assert places_of(tmp_path, page.encode(encoding))[0].text == text


def test_a_wrong_declaration_does_not_count_against_utf8(tmp_path: Path) -> None:
    page = '<html><head><meta charset="gb2312"></head><body>密封件</body></html>'
    assert text_of(tmp_path, page) == "密封件"


def test_nothing_is_fetched_and_no_entity_is_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    page = (
        f'<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY e SYSTEM "{tmp_path}/secret">]>'
        '<html><body><img src="http://127.0.0.1:9/x.png">seen &e;</body></html>'
    )
    assert "secret" not in text_of(tmp_path, page)


@pytest.mark.parametrize("wrapper", ["div", "ul><li", "table><tr><td", "section", "x-y"])
def test_deep_nesting_loses_no_text(tmp_path: Path, wrapper: str) -> None:
    page = "<html>" + f"<{wrapper}>" * 20_000 + "deep" + "</div>" * 20_000 + "<p>after"
    assert text_of(tmp_path, page).split() == ["deep", "after"]


def test_a_page_too_large_for_a_tree_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_page, "_LARGEST", 2 * 1024 * 1024)
    with pytest.raises(Problem) as caught:
        places_of(tmp_path, "<html><body>" + "<p>words" * 400_000)
    assert caught.value.reason.code == "too_large"
    assert "2 MB" in caught.value.reason.sentence()


def test_broken_bytes_are_said(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes("<html><body>Gewähr, größer, schöner".encode() + b"\xff")
    (warning,) = extract(path, tmp_path)[0].warnings
    assert warning.code == "undecoded"
