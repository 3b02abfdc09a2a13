"""ODT: order, headings, lists, tables, notes, changes, and damage."""

from __future__ import annotations

from pathlib import Path

from tests.packages import cut, packed, refused
from tests.reading import extract
from workspaces.core.types import Place

KIND = "application/vnd.oasis.opendocument.text"
SPACES = 'xmlns:office="o" xmlns:text="x" xmlns:table="t" xmlns:draw="d" xmlns:style="s"'
STYLES = f"""<office:document-styles {SPACES}>
<style:style style:name="Title"/><style:style style:name="_6807__9898_" style:display-name="标题 2"/>
<style:master-page><style:header><text:p>Internal</text:p></style:header><style:footer><text:p>Internal</text:p></style:footer></style:master-page>
</office:document-styles>"""


def odt(folder: Path, body: str, styles: str = "", **parts: str) -> Path:
    content = f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    every = {"mimetype": KIND, "content.xml": content, "styles.xml": STYLES, **parts}
    return packed(folder / "rules.odt", every)


def lines(folder: Path, body: str) -> list[str]:
    """What a body says, without the header."""
    text = "\n".join(place.text for place in extract(odt(folder, body), folder)[1])
    return [line for line in text.split("\n") if line][:-1]


def test_headings_lists_and_tables_in_order(tmp_path: Path) -> None:
    path = odt(
        tmp_path,
        '<text:p text:style-name="P1">Rules</text:p><text:p>before</text:p>'
        '<text:h text:outline-level="1">One</text:h><text:list><text:list-item><text:p>a</text:p>'
        "<text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<text:p text:style-name="_6807__9898_">二</text:p><table:table><table:table-header-rows><table:table-row>'
        "<table:table-cell><text:p>item</text:p></table:table-cell><table:table-cell><text:p>value</text:p><text:p>more</text:p></table:table-cell>"
        '</table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"><text:p>押金</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="900000000"><table:table-cell table:number-columns-repeated="900000000"/></table:table-row></table:table>',
        '<style:style style:name="P1" style:parent-style-name="Title"/>',
    )
    assert extract(path, tmp_path)[1] == [
        Place("Rules\n\nbefore", heading=("Rules",)),
        Place("One\n\n- a\n  - b", heading=("Rules", "One")),
        Place(
            "二\n\nitem | value more\n押金 | 押金\n押金 | 押金\n\nInternal",
            heading=("Rules", "One", "二"),
        ),
    ]


def test_spaces_signs_and_markup_inside_a_paragraph(tmp_path: Path) -> None:
    body = '<text:p>a\n   <text:span>b</text:span><text:s text:c="3"/>c<text:tab/>d<text:line-break/><text:a>e</text:a><text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby></text:p>'
    assert lines(tmp_path, body) == ["a b   c\td", "e東"]
    assert len(lines(tmp_path, '<text:p>a<text:s text:c="999999999"/>b</text:p>')[0]) < 100


def test_notes_and_boxes_follow_their_paragraph(tmp_path: Path) -> None:
    body = (
        "<text:p>noted<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>the note</text:p></text:note-body></text:note> on"
        "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p><text:p>next</text:p>"
    )
    assert lines(tmp_path, body) == ["noted on", "the note", "boxed", "next"]


def test_comments_deletions_and_objects_are_left_out_and_said(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>kept<office:annotation><text:p>remark</text:p></office:annotation><draw:frame><draw:object/></draw:frame></text:p>"
    )
    assert lines(tmp_path, body) == ["kept"]
    answer, _places = extract(odt(tmp_path, body), tmp_path)
    assert {each.code: each.details["count"] for each in answer.warnings} == {
        "comments_left_out": "1",
        "deletions_left_out": "1",
        "embedded_left_out": "1",
    }


def test_damage_and_emptiness_are_said(tmp_path: Path) -> None:
    assert refused(packed(tmp_path / "a.odt", {"mimetype": KIND}), tmp_path) == "corrupt"
    assert refused(odt(tmp_path, "<text:p>"), tmp_path) == "corrupt"
    assert refused(odt(tmp_path, "", **{"styles.xml": "<x/>"}), tmp_path) == "empty"
    assert refused(cut(odt(tmp_path, "<text:p>a</text:p>")), tmp_path) == "corrupt"


def test_a_bomb_is_not_inflated(tmp_path: Path) -> None:
    assert refused(odt(tmp_path, " " * (65 * 1024 * 1024)), tmp_path) == "unpacks_too_large"
    assert refused(odt(tmp_path, "<text:p/>" * 4_100_000), tmp_path) == "unpacks_too_large"
