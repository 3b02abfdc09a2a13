"""EPUB: reading order, titles of the table of contents, protection, and damage."""

from __future__ import annotations

from pathlib import Path

from tests.packages import changed, cut, packed, refused
from tests.reading import extract
from workspaces.core.types import Place

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
XHTML = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head><body>{body}</body></html>'
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint><navLabel><text>第一部</text></navLabel><content src="text/one.xhtml"/>
<navPoint><navLabel><text>Chapter 2</text></navLabel><content src="text/two%20.xhtml#start"/></navPoint></navPoint>
</navMap></ncx>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="landmarks"><ol><li><a href="text/one.xhtml">Landmark</a></li></ol></nav>
<nav epub:type="toc"><h1>Contents</h1><ol><li><span>Part</span><ol><li><a href="text/one.xhtml">One</a></li></ol></li>
<li><a href="text/two%20.xhtml#x">Two</a></li></ol></nav></body></html>"""


def page(body: str, title: str = "The Book") -> str:
    return XHTML.format(title=title, body=body)


def epub(folder: Path, items: str = "", spine: str = "", **parts: str) -> Path:
    """A book of two chapters; the second file of the two is read first where ``spine`` says so."""
    manifest = (
        '<item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="text/two%20.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="c" href="picture.png" media-type="image/png"/>'
    )
    order = (
        spine or '<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="lost"/></spine>'
    )
    every = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{manifest}{items}</manifest>{order}</package>',
        "OEBPS/text/one.xhtml": page("<p>one</p>"),
        "OEBPS/text/two .xhtml": page("<h2>Chapter 2</h2><p>two</p><h3>Inside</h3><p>三</p>"),
    }
    return packed(folder / "book.epub", {**every, **parts})


def test_chapters_in_the_order_of_the_spine(tmp_path: Path) -> None:
    spine = '<spine><itemref idref="b"/><itemref idref="a"/></spine>'
    places = extract(epub(tmp_path, spine=spine), tmp_path)[1]
    assert places == [
        Place("Chapter 2\n\ntwo", heading=("Chapter 2",)),
        Place("Inside\n\n三\n\none", heading=("Chapter 2", "Inside")),
    ]


def test_titles_from_the_contents_of_epub_2(tmp_path: Path) -> None:
    path = epub(
        tmp_path,
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
        '<spine toc="ncx"><itemref idref="a"/><itemref idref="b"/></spine>',
        **{"OEBPS/toc.ncx": NCX},
    )
    assert [(place.text.split()[-1], place.heading) for place in extract(path, tmp_path)[1]] == [
        ("one", ("第一部",)),
        ("two", ("第一部", "Chapter 2")),
        ("三", ("第一部", "Chapter 2", "Inside")),
    ]


def test_titles_from_the_contents_of_epub_3_which_are_no_chapter(tmp_path: Path) -> None:
    path = epub(
        tmp_path,
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>',
        '<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine>',
        **{"OEBPS/nav.xhtml": NAV},
    )
    assert [(place.text.split()[-1], place.heading) for place in extract(path, tmp_path)[1]] == [
        ("one", ("Part", "One")),
        ("two", ("Two", "Chapter 2")),
        ("三", ("Two", "Chapter 2", "Inside")),
    ]


def test_closed_tags_and_declared_encodings_of_xhtml(tmp_path: Path) -> None:
    odd = page('<script src="x"/><a id="top"/><p>页面内容</p><div/>after', title="").replace(
        "<title></title>", "<title/>"
    )
    encoded = odd.replace("utf-8", "gb18030").encode("gb18030")
    path = changed(epub(tmp_path), {"OEBPS/text/one.xhtml": encoded})
    assert extract(path, tmp_path)[1][0].text.split() == ["页面内容", "after"]


def test_protected_books_are_refused_and_scrambled_fonts_are_no_protection(tmp_path: Path) -> None:
    entry = '<e:EncryptedData><e:EncryptionMethod Algorithm="{}"/><e:CipherData><e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData>'
    encryption = "<encryption xmlns:e='e'>" + entry + "</encryption>"
    aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    locked = encryption.format(aes, "OEBPS/text/one.xhtml")
    path = epub(tmp_path, **{"META-INF/encryption.xml": locked})
    assert refused(path, tmp_path) == "copy_protected"
    for method, target in (
        (aes, "OEBPS/font.otf"),
        ("http://www.idpf.org/2008/embedding", "OEBPS/text/one.xhtml"),
    ):
        open_book = encryption.format(method, target)
        path = epub(tmp_path, **{"META-INF/encryption.xml": open_book})
        assert extract(path, tmp_path)[1][0].text.startswith("one")


def test_damage_is_said(tmp_path: Path) -> None:
    assert refused(epub(tmp_path, **{"META-INF/container.xml": "<"}), tmp_path) == "corrupt"
    assert refused(epub(tmp_path, **{"OEBPS/book.opf": "<"}), tmp_path) == "corrupt"
    assert refused(cut(epub(tmp_path)), tmp_path) == "corrupt"
    empty = {"OEBPS/text/one.xhtml": page(""), "OEBPS/text/two .xhtml": page("<p> </p>")}
    assert refused(epub(tmp_path, **empty), tmp_path) == "empty"
    lost = changed(epub(tmp_path), {"OEBPS/text/one.xhtml": None})
    answer, _places = extract(lost, tmp_path)
    assert [warning.code for warning in answer.warnings] == ["repaired"]


def test_names_with_dots_stay_inside_the_book(tmp_path: Path) -> None:
    (tmp_path / "secret.xhtml").write_text(page("<p>secret</p>"))
    items = '<item id="s" href="../../../../secret.xhtml" media-type="application/xhtml+xml"/>'
    spine = '<spine><itemref idref="s"/><itemref idref="a"/></spine>'
    path = epub(tmp_path, items, spine, **{"../../secret.xhtml": page("<p>slip</p>")})
    assert [place.text for place in extract(path, tmp_path)[1]] == ["one"]
    assert not (tmp_path.parent / "secret.xhtml").exists()


def test_a_bomb_is_not_inflated(tmp_path: Path) -> None:
    bomb = page(" " * (65 * 1024 * 1024))
    path = epub(tmp_path, **{"OEBPS/text/one.xhtml": bomb})
    assert refused(path, tmp_path) == "unpacks_too_large"
