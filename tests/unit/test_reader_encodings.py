"""Bytes become the text that was meant, whatever wrote them."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.reading import extract
from workspaces.worker.adapters.decoding import decode, encoding_of

SENTENCES = {
    "zh": "请在每月十五日之前把报销单据交给财务部，逾期将顺延到下个月处理。",
    "zh-news": "昨天下午，市政府宣布将投资三十亿元改善城市交通，预计五年内完成。",
    "tw": "請於每月十五日之前將報銷單據交給財務部，逾期將順延至下個月處理。",
    "tw-news": "氣象局表示，颱風將於週末登陸，民眾應做好防災準備。",
    "ja": "毎月十五日までに領収書を経理部へ提出してください。期限を過ぎると翌月の処理になります。",
    "ja-kana": "このボタンをクリックすると、ファイルがダウンロードされます。",
    "ko": "매월 십오일까지 영수증을 경리부에 제출해 주십시오. 기한이 지나면 다음 달에 처리됩니다.",
    "ru": "Пожалуйста, сдайте квитанции в бухгалтерию до пятнадцатого числа каждого месяца.",
    "uk": "Будь ласка, здайте квитанції до бухгалтерії до п'ятнадцятого числа кожного місяця, її перевірять.",
    "bg": "Моля, предайте разписките в счетоводството до петнадесето число на всеки месец.",
    "el": "Παρακαλούμε παραδώστε τις αποδείξεις στο λογιστήριο έως τις δεκαπέντε κάθε μήνα.",
    "he": "נא להגיש את הקבלות למחלקת הנהלת החשבונות עד החמישה עשר בכל חודש.",
    "ar": "يرجى تسليم الإيصالات إلى قسم المحاسبة قبل الخامس عشر من كل شهر.",
    "fa": "لطفا رسيدها را تا پانزدهم هر ماه به بخش حسابداري تحويل دهيد، پس از آن پذيرفته نمي‌شود.",
    "tr": "Lütfen makbuzları her ayın on beşine kadar muhasebe bölümüne teslim ediniz, gecikmiş olanlar ertesi aya kalır.",
    "lt": "Prašome pateikti kvitus buhalterijai iki kiekvieno mėnesio penkioliktos dienos, vėliau jie bus įtraukti į kitą mėnesį.",
    "lv": "Lūdzu, iesniedziet čekus grāmatvedībā līdz katra mēneša piecpadsmitajam datumam.",
    "et": "Palun esitage kviitungid raamatupidamisele iga kuu viieteistkümnendaks päevaks.",
    "pl": "Proszę złożyć rachunki w księgowości do piętnastego dnia każdego miesiąca, później będą rozliczone w następnym.",
    "cs": "Odevzdejte prosím účtenky účetnímu oddělení do patnáctého dne každého měsíce, později budou zařazeny do příštího.",
    "hu": "Kérjük, hogy a számlákat minden hónap tizenötödikéig adja le a könyvelésen, különben a következő hónapban kerülnek feldolgozásra.",
    "ro": "Vă rugăm să predaţi chitanţele la contabilitate până în data de cincisprezece a fiecărei luni.",
    "vi": "Vui lòng nộp hoá đơn cho phòng kế toán trước ngày mười lăm hằng tháng.",
    "th": "กรุณาส่งใบเสร็จให้ฝ่ายบัญชีภายในวันที่สิบห้าของทุกเดือน",
    "de": "Bitte reichen Sie die Belege bis zum fünfzehnten jedes Monats bei der Buchführung ein, spätere zählen für den nächsten.",
    "fr": "Veuillez remettre les reçus à la comptabilité avant le quinze de chaque mois, sinon ils seront traités le mois d'après.",
    "es": "Entregue los recibos al departamento de contabilidad antes del día quince de cada mes; después pasarán al próximo año.",
    "pt": "Entregue os recibos à contabilidade até o dia quinze de cada mês; depois disso não serão aceitos.",
    "sv": "Lämna in kvittona till bokföringen före den femtonde varje månad, annars räknas de till nästa.",
    "da": "Aflevér venligst kvitteringerne til bogholderiet før den femtende i hver måned, ellers bliver de først behandlet næste måned.",
    "is": "Vinsamlegast skilið kvittunum til bókhaldsins fyrir fimmtánda hvers mánaðar, annars bíða þær.",
    "it": "Si prega di consegnare le ricevute alla contabilità entro il giorno quindici; poi non sarà più possibile.",
    "en": "The “quarterly” report – all 12 pages of it – isn’t due until Friday… or so they say.",
}
ENCODINGS = {
    "zh": ["gb2312", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"],
    "zh-news": ["gb2312", "gbk", "utf-16-le"],
    "tw": ["big5", "cp950", "big5hkscs", "gbk"],
    "tw-news": ["big5", "gb18030"],
    "ja": ["shift_jis", "cp932", "euc_jp", "iso2022_jp", "utf-16-le"],
    "ja-kana": ["shift_jis", "euc_jp", "iso2022_jp"],
    "ko": ["euc_kr", "cp949", "utf-16-be", "utf-16-le"],
    "ru": ["cp1251", "koi8_r", "iso8859_5", "cp866", "utf-16-le", "utf-16-be"],
    "uk": ["cp1251", "koi8_u"],
    "bg": ["cp1251"],
    "el": ["cp1253", "iso8859_7", "utf-16-le"],
    "he": ["cp1255", "iso8859_8", "utf-16-le"],
    "ar": ["cp1256", "iso8859_6", "utf-16-be"],
    "fa": ["cp1256"],
    "tr": ["cp1254", "iso8859_9"],
    "lt": ["cp1257", "iso8859_13"],
    "lv": ["cp1257"],
    "et": ["cp1257"],
    "pl": ["cp1250", "iso8859_2"],
    "cs": ["cp1250", "iso8859_2"],
    "hu": ["cp1250", "iso8859_2"],
    "ro": ["cp1250", "iso8859_2"],
    "vi": ["cp1258", "utf-16-le"],
    "th": ["cp874", "tis_620"],
    **{language: ["cp1252", "latin-1", "utf-16-le"] for language in ("de", "es", "pt", "sv", "da", "is", "it")},
    "fr": ["cp1252", "latin-1"],
    "en": ["cp1252"],
}  # fmt: skip
BYTEWISE = [
    (language, encoding)
    for language, names in ENCODINGS.items()
    for encoding in names
    if not encoding.startswith(("utf-16", "iso2022"))  # there a lost byte moves all that follow
]
CASES = [(language, encoding) for language, names in ENCODINGS.items() for encoding in names]


def rarely(rare: bool, *values: object) -> ParameterSet:
    """Parameters of a case, which is run every day unless it is ``rare``: each takes long, and
    there are hundreds."""
    return pytest.param(*values, marks=pytest.mark.slow if rare else ())


def encoded(text: str, encoding: str) -> bytes:
    """The code page of Vietnamese writes some accents apart from their letters."""
    if encoding != "cp1258":
        return text.encode(encoding)
    return b"".join(_vietnamese(character) for character in text)


def _vietnamese(character: str) -> bytes:
    try:
        return character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        letter = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))
        return (letter + "".join(p for p in parts if p in _TONES)).encode("cp1258")


_TONES = "\u0300\u0301\u0303\u0309\u0323"


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_one_sentence_is_enough(language: str, encoding: str) -> None:
    sentence = SENTENCES[language]
    assert decode(encoded(sentence, encoding)) == sentence


@pytest.mark.parametrize(
    ("language", "encoding"), [rarely(case[1] != ENCODINGS[case[0]][0], *case) for case in CASES]
)
def test_a_page_of_english_around_a_few_foreign_words(language: str, encoding: str) -> None:
    """The foreign words stand far from the beginning, on one very long line."""
    sentence = SENTENCES[language]
    english = "The minutes of the meeting were read and agreed to by everybody present. " * 300
    if encoding == "iso2022_jp" or encoding.startswith("utf-16"):
        text = english + sentence + english
    else:
        text = english + "\n" + english + sentence[:60] + " " + english
    assert decode(encoded(text, encoding)) == text


@pytest.mark.parametrize(
    "language", [rarely(number % 3 > 0, language) for number, language in enumerate(SENTENCES)]
)
def test_a_few_broken_bytes_leave_utf8_what_it_is(language: str, tmp_path: Path) -> None:
    """Bytes lost at random: the rest is read, and what is missing is said."""
    text = "\n".join(f"{number}. {SENTENCES[language]}" for number in range(200))
    data = bytearray(text.encode())
    foreign = [at for at, byte in enumerate(data) if byte >= 0x80]
    for at in random.Random(7).sample(foreign, 5):
        data[at] = 0xFF
    path = tmp_path / "damaged.txt"
    path.write_bytes(data)
    answer, places = extract(path, tmp_path)
    read = "\n".join(place.text for place in places)
    assert sum(line in read for line in text.split("\n")) >= 195
    (warning,) = answer.warnings
    assert warning.code == "undecoded"
    assert int(warning.details["count"]) == read.count("\N{REPLACEMENT CHARACTER}") >= 5


@pytest.mark.parametrize(("language", "encoding"), BYTEWISE)
def test_damage_does_not_change_a_legacy_encoding(language: str, encoding: str) -> None:
    text = "\n".join(f"{number}. {SENTENCES[language]}" for number in range(50))
    data = bytearray(encoded(text, encoding))
    for at in random.Random(3).sample(range(len(data)), 3):
        data[at] = 0x81
    read = decode(bytes(data)) or ""
    assert sum(line in read for line in text.split("\n")) >= 46


def test_a_sign_of_loss_that_was_there_before_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "copied.txt"
    path.write_bytes("Gr\ufffdße aus K\ufffdln, und noch viele Wörter mehr.".encode())
    assert extract(path, tmp_path)[0].warnings == []
    path.write_bytes("Gr\ufffdße aus K\ufffdln, und noch viele ".encode() * 9 + b"W\xf6rter.")
    (warning,) = extract(path, tmp_path)[0].warnings
    assert warning.details["count"] == "1"


def test_a_text_with_a_few_zero_bytes_is_a_text() -> None:
    log = b"2031-08-01 10:00:00 event\n" * 500
    assert decode(log + bytes(16) + log) == (log + log).decode()


@pytest.mark.parametrize("seed", [rarely(seed > 5, seed) for seed in range(20)])
def test_noise_is_no_text(seed: int) -> None:
    source = random.Random(seed)
    assert encoding_of(bytes(source.randrange(256) for _ in range(3000))) is None
    assert encoding_of(bytes(source.randrange(128, 256) for _ in range(3000))) is None


def test_a_source_file_says_what_it_is_encoded_in(tmp_path: Path) -> None:
    path = tmp_path / "tool.py"
    path.write_bytes("#!/usr/bin/python\n# -*- coding: cp1253 -*-\nprint('Γη')\n".encode("cp1253"))
    assert "Γη" in extract(path, tmp_path)[1][0].text
