"""Marks that hold: known ones kept, invented ones removed, forgotten ones added."""

from __future__ import annotations

from workspaces.core.citations import cited, cited_marks, settle
from workspaces.core.types import Source


def source(mark: int, text: str) -> Source:
    return Source(mark, f"p{mark}", "d", "manual.pdf", text, 0, len(text), page=mark)


WARRANTY = source(1, "The warranty on the seals is 12 months from delivery.")
TORQUE = source(2, "Tighten the cover bolts to 25 Nm in a cross pattern.")
FEES = source(3, "逾期归还图书每天收取0.2元滞纳金，最高不超过书价。")
ALL = [WARRANTY, TORQUE, FEES]


def test_marks_in_order_of_appearance_without_repeats() -> None:
    assert cited_marks("a [2] b [1][2] c【3】 and [1, 4]") == [2, 1, 3, 4]


def test_marks_in_code_are_not_marks() -> None:
    assert cited_marks("`a[1]` and\n```\nb[2]\n```\n") == []


def test_links_are_not_marks() -> None:
    assert cited_marks("see [1](http://x) and\n\n[2]: http://y") == []


def test_invented_marks_go() -> None:
    assert settle("It is blue [7].", ALL) == "It is blue."


def test_a_list_of_marks_is_written_singly() -> None:
    assert settle("Both [1, 2].", ALL) == "Both [1][2]."


def test_a_sentence_that_says_what_a_passage_says_gets_its_mark() -> None:
    assert settle("The warranty on the seals is 12 months.", ALL) == (
        "The warranty on the seals is 12 months. [1]"
    )


def test_chinese_sentences_too() -> None:
    assert settle("逾期每天收取0.2元滞纳金。", ALL) == "逾期每天收取0.2元滞纳金。[3]"


def test_a_wrong_number_is_not_supported() -> None:
    answer = "The warranty on the seals is 24 months."
    assert settle(answer, ALL) == answer


def test_small_words_and_chance_numbers_are_no_support() -> None:
    table = source(4, "The motor is 12 kg or 15 kg, and the rest is on the list for the hall.")
    answer = "The warranty on the seals is 12 months or 15 years."
    assert settle(answer, [WARRANTY, table, TORQUE]) == answer


def test_a_number_is_one_word() -> None:
    table = source(4, "Motor flange 35 Nm, drain plug 12 Nm, cable terminals 5 Nm.")
    answer = "The torque of the motor flange is 12.5 Nm."
    assert settle(answer, [table]) == answer


def test_a_sentence_of_its_own_gets_none() -> None:
    answer = "I hope this helps you with your question!"
    assert settle(answer, ALL) == answer


def test_a_wrong_mark_is_put_right_where_one_passage_clearly_says_it() -> None:
    answer = "The warranty on the seals is 12 months [2]. Yes."
    assert settle(answer, ALL) == "The warranty on the seals is 12 months. [1] Yes."


def test_a_mark_is_kept_where_nothing_is_clear() -> None:
    answer = "Seals are covered for a whole year after they came [2]."
    assert settle(answer, ALL) == answer


def test_a_mark_that_says_some_of_it_is_kept() -> None:
    other = source(4, "Its warranty is 12 months on the whole.")
    answer = "The warranty on the seals is 12 months [4]."
    assert settle(answer, [*ALL, other]) == answer


def test_settling_twice_changes_nothing() -> None:
    once = settle("The warranty on the seals is 12 months. Tighten the cover bolts to 25 Nm.", ALL)
    assert settle(once, ALL) == once
    assert cited(once, ALL) == [WARRANTY, TORQUE]


def test_a_mark_stands_inside_a_row_of_a_table() -> None:
    table = source(4, "| Work | Every |\n| --- | --- |\n| Clean the inlet strainer | 50 hours |")
    answer = "| Work | Every |\n| --- | --- |\n| Clean the inlet strainer | 50 hours |\n\nSo it is."
    marked = (
        "| Work | Every |\n| --- | --- |\n| Clean the inlet strainer | 50 hours [4] |\n\nSo it is."
    )
    assert settle(answer, [table, WARRANTY]) == marked
    assert settle(marked, [table, WARRANTY]) == marked


def test_code_is_never_marked() -> None:
    answer = "```\nthe warranty on the seals is 12 months\n```"
    assert settle(answer, ALL) == answer
