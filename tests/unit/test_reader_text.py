"""Plain text and Markdown: encodings, places, lines, headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading import extract
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.worker.adapters.decoding import decode
from workspaces.worker.outline import PLACE_LIMIT

CHINESE = "密封件的保修期为十二个月。"
SAMPLES = {
    "zh": CHINESE,
    "zh-short": "合同编号：2031",
    "tw": "密封件的保固期為十二個月，請於期限內提出申請。",
    "ja": "シールの保証期間は十二か月です。",
    "ko": "씰의 보증 기간은 열두 달이다. 신청서를 제출하고 확인하는 절차",
    "de": "Die Gewährleistung für die Dichtungen beträgt zwölf Monate, größere Schäden ausgenommen.",
    "de-short": "die größere",
    "es": "La garantía de las juntas es de doce meses; ¿cuándo comenzó el año?",
    "fr": "« La garantie est valable à partir de l’été », précise l’élève.",
    "ru": "Гарантия на уплотнения составляет двенадцать месяцев.",
    "en": "The warranty – “12 months” – is over.",
}


def places_of(folder: Path, content: str | bytes, name: str = "a.txt") -> list[Place]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return extract(path, folder)[1]


@pytest.mark.parametrize(
    ("sample", "encoding"),
    [
        ("zh", "utf-8"), ("zh", "utf-8-sig"), ("zh", "utf-16"), ("zh", "utf-32"),
        ("zh", "gb18030"), ("zh-short", "gbk"), ("zh", "gb2312"), ("tw", "big5"), ("tw", "big5hkscs"), ("tw", "gb18030"),
        ("ja", "cp932"), ("ja", "euc-jp"), ("ja", "iso2022_jp"), ("ko", "euc-kr"),
        ("de", "cp1252"), ("de", "latin-1"), ("de-short", "cp1252"), ("es", "cp1252"), ("fr", "cp1252"), ("en", "cp1252"),
        ("ru", "cp1251"), ("ru", "koi8-r"),
        ("en", "utf-16-le"), ("en", "utf-16-be"), ("en", "utf-32-le"),
    ],
)  # fmt: skip
def test_encodings_are_recognised(sample: str, encoding: str) -> None:
    assert decode(SAMPLES[sample].encode(encoding)) == SAMPLES[sample]


def test_utf16_without_a_mark_is_recognised_by_its_ascii() -> None:
    text = f"{CHINESE}\n{CHINESE}\n"
    assert decode(text.encode("utf-16-le")) == text


def test_a_few_damaged_bytes_do_not_change_the_encoding() -> None:
    assert decode(CHINESE.encode() * 9 + b"\xff" + b" end") == CHINESE * 9 + "\ufffd end"


def test_binary_data_is_no_text() -> None:
    assert decode(bytes(range(256)) * 8) is None
    assert decode(bytes(range(1, 32)) * 8) is None
    assert decode(bytes((7 * n * n) % 255 + 1 for n in range(4000))) is None


def test_a_short_text_is_one_place(tmp_path: Path) -> None:
    assert places_of(tmp_path, "\n\none\n\ntwo\n") == [Place("one\n\ntwo", line=3)]


def test_text_is_tidied(tmp_path: Path) -> None:
    (place,) = places_of(tmp_path, "a\r\nb\rc\td\x1be\x0cf")
    assert place.text == "a\nb\nc\tde f"


def test_white_space_alone_is_empty(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        places_of(tmp_path, " \n\t\n\u3000\n")
    assert caught.value.reason.code == "empty"
    assert not (tmp_path / "text.jsonl").exists()


def test_a_long_text_is_several_places_and_no_paragraph_is_cut(tmp_path: Path) -> None:
    paragraphs = [f"Paragraph {n} says {'word ' * 100}.\nIts second line." for n in range(50)]
    places = places_of(tmp_path, "\n\n".join(paragraphs))
    assert len(places) > 5
    assert all(len(place.text) <= PLACE_LIMIT for place in places)
    assert "\n\n".join(place.text for place in places).split("\n\n") == paragraphs
    for place in places:
        assert place.line == 1 + 3 * int(place.text.split()[1])


def test_a_paragraph_without_end_goes_on_at_a_line(tmp_path: Path) -> None:
    lines = [f"2031-08-01 10:00:{n:04} event" for n in range(2000)]
    places = places_of(tmp_path, "\n".join(lines), "server.log")
    assert len(places) > 10
    assert "\n".join(place.text for place in places).split("\n") == lines
    assert places[3].line == 1 + lines.index(places[3].text.split("\n")[0])


def test_markdown_has_sections(tmp_path: Path) -> None:
    source = "intro\n\n# Seals *and* `rings`\ntext\n\n```\n# no heading\n```\n\n## Sub\n\nmore\n\nOther\n=====\nend\n"
    assert places_of(tmp_path, source, "a.md") == [
        Place("intro", line=1),
        Place(
            "# Seals *and* `rings`\ntext\n\n```\n# no heading\n```",
            heading=("Seals and rings",),
            line=3,
        ),
        Place("## Sub\n\nmore", heading=("Seals and rings", "Sub"), line=10),
        Place("Other\n=====\nend", heading=("Other",), line=14),
    ]


def test_front_matter_is_no_heading(tmp_path: Path) -> None:
    first, second = places_of(tmp_path, "---\ntitle: x\n---\n\n# One\ntext", "a.md")
    assert first == Place("---\ntitle: x\n---", line=1)
    assert second == Place("# One\ntext", heading=("One",), line=5)


def test_front_matter_alone_is_empty(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        places_of(tmp_path, "---\ntitle: x\n---\n", "a.md")
    assert caught.value.reason.code == "empty"


def test_a_long_section_goes_on_under_its_heading(tmp_path: Path) -> None:
    source = "# One\n" + "\n\n".join("word " * 300 for _ in range(9)) + "\n\n## Two\nend"
    places = places_of(tmp_path, source, "a.md")
    assert [place.heading for place in places[:2]] == [("One",), ("One",)]
    assert places[-1] == Place("## Two\nend", heading=("One", "Two"), line=20)


def test_a_log_is_read_as_a_terminal_shows_it(tmp_path: Path) -> None:
    line = (
        b"\x1b]0;a title\x07\x1b[1;31mERROR\x1b[0m the pum\x1b[4mp fai\x1b[0mled N\x08NA\x08A\x07\n"
    )
    path = tmp_path / "pump.log"
    path.write_bytes(line * 20)
    assert extract(path, tmp_path)[1][0].text == "\n".join(["ERROR the pump failed NA"] * 20)


def test_a_colour_may_change_where_the_file_is_cut_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "pump.log"
    for before in range(256 * 1024 - 12, 256 * 1024 + 2):
        path.write_text("x" * before + "\x1b[1;31mERROR\x1b[0m\n")
        assert "".join(place.text for place in extract(path, tmp_path)[1])[before:] == "ERROR"


@pytest.mark.parametrize("codec", ["undefined", "punycode", "unicode_escape"])
def test_a_codec_of_python_is_no_encoding_of_a_text(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(f"# coding: {codec}\nx = 'Größe'\n".encode("latin-1"))
    assert "Größe" in extract(path, tmp_path)[1][0].text


def test_zero_bytes_between_the_names_of_a_list() -> None:
    names = b"\0".join(b"path/to/file number %d" % number for number in range(50))
    assert decode(names) == names.replace(b"\0", b"").decode()


def test_the_euro_of_latin_9() -> None:
    text = "Die Gebühr für verspätete Rückgabe beträgt 5 €."
    assert decode(text.encode("iso8859_15")) == text


def test_korean_of_old_mails() -> None:
    text = "도서관은 매일 오전 아홉 시에 문을 엽니다."
    assert decode(text.encode("iso2022_kr")) == text
