"""Mail, mailboxes and saved web pages."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.reading import extract
from workspaces.core.reasons import Problem
from workspaces.core.types import Place
from workspaces.protocol.messages import Extracted


def letter(subject: str = "Die Dichtungen") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jörg Müller <jm@example.org>"
    message["To"] = "office@example.org"
    message["Date"] = "Mon, 17 Mar 2031 11:15:17 +0000"
    message["Subject"] = subject
    return message


def read(folder: Path, content: bytes, name: str = "a.eml") -> tuple[Extracted, list[Place]]:
    path = folder / name
    path.write_bytes(content)
    return extract(path, folder)


HEAD = (
    "Subject: {}\nFrom: Jörg Müller <jm@example.org>\nTo: office@example.org\n"
    "Date: Mon, 17 Mar 2031 11:15:17 +0000\n\n"
)


def test_headers_and_text(tmp_path: Path) -> None:
    message = letter("密封件的保修期为十二个月，请各部门按照规定检查并登记")
    message.set_content("Die Gewähr beträgt zwölf Monate.\n\nGrüße\n")
    answer, places = read(tmp_path, message.as_bytes())
    subject = "密封件的保修期为十二个月，请各部门按照规定检查并登记"
    said = HEAD.format(subject) + "Die Gewähr beträgt zwölf Monate.\n\nGrüße"
    assert places == [Place(said, heading=(subject,))]
    assert answer.warnings == []


def test_the_plain_text_is_preferred_and_attachments_are_counted(tmp_path: Path) -> None:
    message = letter()
    message.set_content("plain words")
    message.add_alternative("<h1>Title</h1><p>words of the page", subtype="html")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../a.pdf")
    message.add_attachment("a,b", subtype="csv", filename="b.csv")
    answer, places = read(tmp_path, message.as_bytes())
    assert "plain words" in places[0].text
    assert "page" not in places[0].text
    (warning,) = answer.warnings
    assert warning.code == "attachments_left_out"
    assert warning.details == {"name": "a.eml", "count": "2"}


def test_a_page_where_there_is_no_plain_text(tmp_path: Path) -> None:
    message = letter()
    message.set_content(" \n")
    message.add_alternative("<h1>Title</h1><p>words</p><script>no</script>", subtype="html")
    answer, places = read(tmp_path, message.as_bytes())
    assert [place.heading for place in places] == [("Die Dichtungen",), ("Die Dichtungen", "Title")]
    assert places[1].text == "Title\n\nwords"
    assert answer.warnings == []


def test_a_mail_inside_a_mail_is_a_section_of_its_own(tmp_path: Path) -> None:
    inner = letter("Inner")
    inner.set_content("inner words")
    outer = letter("Outer")
    outer.set_content("see below")
    outer.add_attachment(inner)
    del outer.get_payload()[1]["Content-Disposition"]  # type: ignore[union-attr, index]
    places = read(tmp_path, outer.as_bytes())[1]
    assert [place.heading for place in places] == [("Outer",), ("Outer", "Inner")]
    assert "inner words" in places[1].text


@pytest.mark.parametrize("charset", ["gb18030", "koi8-r", "iso-2022-jp", None])
def test_encodings_said_and_unsaid(tmp_path: Path, charset: str | None) -> None:
    said = {"koi8-r": "Гарантия двенадцать месяцев", "iso-2022-jp": "保証期間は十二か月です"}
    words = said.get(charset or "", "密封件的保修期为十二个月，请按规定检查")
    raw = words.encode(charset or "gb18030")
    label = f'; charset="{charset}"' if charset else ""
    head = f"From: a@b.org\r\nTo: c@d.org\r\nDate: today\r\nSubject: x\r\nContent-Type: text/plain{label}"
    data = head.encode() + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + raw + b"\r\n"
    assert words in read(tmp_path, data)[1][0].text


def test_raw_bytes_in_a_header(tmp_path: Path) -> None:
    data = "From: a@b.org\nTo: c@d.org\nDate: today\nSubject: 密封件的保修期\n\nwords\n"
    for encoding in ("utf-8", "gb18030"):
        assert read(tmp_path, data.encode(encoding))[1][0].heading == ("密封件的保修期",)


def test_a_saved_page_is_read_as_a_page(tmp_path: Path) -> None:
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\n"
        b"Subject: Seals\r\nDate: Mon, 17 Mar 2031 11:15:17 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n----b\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><h1>Gew=C3=A4hr</h1><p>twelve=20months</p></body></html>\r\n----b\r\n"
        b"Content-Type: text/css\r\n\r\np { color: red }\r\n----b\r\nContent-Type: image/png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b--\r\n"
    )
    answer, places = read(tmp_path, data, "page.mhtml")
    assert places[-1] == Place("Gewähr\n\ntwelve months", heading=("Seals", "Gewähr"))
    assert answer.warnings == []


def test_each_message_of_a_mailbox_is_a_section(tmp_path: Path) -> None:
    box = b""
    for number in range(3):
        message = letter(f"Number {number}")
        message.set_content(f"words {number}\n>From the shop\n")
        box += b"From jm@example.org Mon Mar 17 11:15:17 2031\n" + message.as_bytes() + b"\n"
    places = read(tmp_path, box, "all.mbox")[1]
    assert [place.heading for place in places] == [(f"Number {number}",) for number in range(3)]
    assert all(f"words {number}" in places[number].text for number in range(3))


def test_mail_nested_without_end_is_damaged(tmp_path: Path) -> None:
    head = b"From: a@b.org\nDate: today\nMIME-Version: 1.0\n"
    with pytest.raises(Problem) as caught:
        read(tmp_path, head + b"Content-Type: message/rfc822\n\n" * 5000 + b"\nwords\n")
    assert caught.value.reason.code == "corrupt"


def test_damaged_headers_do_no_harm(tmp_path: Path) -> None:
    data = (
        b"From: =?utf-8?b?====?= <a@b\nTo: =?no-such?q?a=62?=\nDate: \xff\nSubject: =?utf-8?q?=C3?= x\n"
        b'MIME-Version: 1.0\nContent-Type: text/plain; charset="no-such"\n'
        b"Content-Transfer-Encoding: base64\n\nd29yZHM\n"
    )
    assert "words" in read(tmp_path, data)[1][0].text


def test_an_encoded_subject_that_is_damaged_shows_as_it_is(tmp_path: Path) -> None:
    data = b"From: a@b.org\nDate: today\nSubject: =?utf-8?B?bad!!base64?= gasket\n\nwords\n"
    assert "gasket" in read(tmp_path, data)[1][0].text


def test_a_mail_whose_parts_are_missing_says_what_is_there(tmp_path: Path) -> None:
    head = b"From: a@b.org\nTo: c@d.org\nDate: today\nMIME-Version: 1.0\n"
    cut = b"Content-Type: multipart/mixed; boundary=zz\n\nthe words before the first part\n"
    answer, places = read(tmp_path, head + cut)
    assert "the words before the first part" in places[0].text
    assert not answer.warnings
