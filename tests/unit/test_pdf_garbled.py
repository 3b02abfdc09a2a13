"""Text that nobody can read is noticed; whatever a language, a table or a formula may be is not."""

from __future__ import annotations

import random

import pytest

from workspaces.worker.adapters.pdf_garbled import is_garbled

ENGLISH = """The warranty on the seals is twelve months from the day of delivery, and the board meets
on the second Tuesday of each month to look at the claims that were made in the meantime. Whoever
wants to speak there writes to the office a week before; the office answers within three days."""
CHINESE = """本节内容仅用于软件测试，叙述普通的办公流程：收到申请后先登记，再由值班人员核对，最后归档。
天气、交通与食堂菜单均不影响流程，遇到节假日顺延。密封件的保修期为交货之日起十二个月。"""
KOREAN = """적립 제외 대상은 무이자할부와 다이어트할부이며, 보너스클럽 이용 시 보너스포인트와 빅포인트 중 높은
적립률의 포인트가 적립된다. 빅포인트의 유효기간은 다섯 해이고 기간이 끝나면 달마다 자동으로 소멸한다."""
RUSSIAN = """Гарантия на уплотнения составляет двенадцать месяцев со дня поставки, и правление
собирается во второй вторник каждого месяца, чтобы рассмотреть поступившие заявления."""

READABLE = {
    "english": ENGLISH,
    "chinese": CHINESE,
    "korean": KOREAN,
    "russian": RUSSIAN,
    "traditional": "本節內容僅用於軟體測試，敘述普通的辦公流程：收到申請後先登記，再由值班人員核對，最後歸檔。" * 2,
    "japanese": "この節はソフトウェアの試験のためだけに書かれた文章です。申請を受け付け、担当者が確認します。" * 2,
    "arabic": "تعتبر البرمجة من الأدوات القوية التي يمكن أن تعزز الإنتاجية وتساعد في إيجاد حلول فعالة." * 2,
    "vietnamese": "Thời hạn bảo hành của vòng đệm là mười hai tháng kể từ ngày giao hàng, và hội đồng "
    "họp vào thứ Ba thứ hai mỗi tháng để xem xét các yêu cầu đã được gửi đến trong thời gian đó.",
    "capitals": ENGLISH.upper(),
    "table": "Revenue $ 3,538 2,868 2,661 (in %) 9,079 8,273 6,999 (3,162) (2,448) 12.6% 11.1% " * 5,
    "contents": "1.2 Seals ........................................ 17\n" * 10,
    "formulas": "∀ε > 0 ∃δ > 0 : |x − x₀| < δ ⇒ |f(x) − f(x₀)| < ε; ∫₀^∞ e^{−λx} dx = 1/λ, 𝔼[X] = μ " * 4,
    "program": "for (int i = 0; i < n; i++) { sum += values[i] * weights[i]; } return sum / n; " * 5,
    "codes": "QmFzZTY0IGlzIG5vdCBhIGxhbmd1YWdlLCBidXQgaXQgaXMgbm90IGdhcmJsZWQ7IHh5eg" * 5,
    "rules": "=" * 300 + "\n52.73/74 29.4020 38.6949 1569.10 INR=D2 MCX 831.50 1.58 0.03 0.85",
    "languages": "English, Ελληνικά, Русский, 中文, 日本語, العربية, עברית, हिन्दी, ไทย, ქართული",
    "bullets": "\uf0b7 first point\n\uf0b7 second point\n\uf0b7 third point",
}  # fmt: skip


def moved(text: str, by: int) -> str:
    """Every visible ASCII sign moved: the numbers of the signs, taken for their codes."""
    return "".join(chr(ord(s) + by) if "!" <= s <= "~" else s for s in text)


def numbered(text: str, first: int) -> str:
    """Signs numbered in the order they come in, as fonts that carry only what is used do it."""
    numbers: dict[str, int] = {}
    return "".join(
        sign if sign.isspace() else chr(first + numbers.setdefault(sign, len(numbers)))
        for sign in text
    )


def scattered(text: str) -> str:
    """The numbers of the signs of a large font, taken for characters."""
    chance = random.Random(7)
    numbers = {sign: chr(chance.randrange(0x100, 0xA000)) for sign in sorted(set(text))}
    return "".join(sign if sign.isspace() else numbers[sign] for sign in text)


GARBLED = {
    "codes": numbered(CHINESE, 1),
    "marks": numbered(ENGLISH, 33),
    "chinese marks": numbered(CHINESE * 2, 33),
    "moved down": moved(ENGLISH, -29),
    "moved up": moved(ENGLISH, 3),
    "moved capitals": moved(ENGLISH.upper(), 4),
    "scattered": scattered(CHINESE),
    "scattered english": scattered(ENGLISH * 2),
    "private": "".join(chr(0xE000 + ord(sign) % 0x1800) for sign in CHINESE),
    "unknown": "\N{REPLACEMENT CHARACTER}" * 20 + ENGLISH[:40],
    "chinese as latin": CHINESE.encode("gbk").decode("latin-1"),
    "russian as latin": RUSSIAN.encode("cp1251").decode("latin-1"),
    "utf-8 as latin": CHINESE.encode().decode("latin-1"),
    "utf-8 as gbk": CHINESE.encode().decode("gbk", "replace"),
    "rare chinese": "".join(chr(0x4E00 + ord(s) * 7919 % 20_000) for s in CHINESE if s > "\u4e00"),
    "rare korean": "".join(chr(0xAC00 + ord(s) * 7919 % 11_000) for s in KOREAN if s > "\uac00"),
}


@pytest.mark.parametrize("kind", READABLE)
def test_what_people_write_is_readable(kind: str) -> None:
    assert not is_garbled(READABLE[kind])


@pytest.mark.parametrize("kind", GARBLED)
def test_what_nobody_writes_is_garbled(kind: str) -> None:
    assert is_garbled(GARBLED[kind])


def test_a_few_odd_signs_do_not_matter() -> None:
    assert not is_garbled(ENGLISH + "\ue000" * 40)
    assert not is_garbled("é")
    assert not is_garbled("")
