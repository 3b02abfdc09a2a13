"""What the model is told: a stable prefix, whole passages, nothing over the budget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workspaces.core.prompting import SYSTEM, fit, texts_to_count
from workspaces.core.reasons import Problem
from workspaces.core.types import Ending, Source, Turn


def count(text: str) -> int:
    return len(text.split())


def source(mark: int, words: int = 20) -> Source:
    return Source(mark, f"p{mark}", "d", "m.pdf", f"fact{mark} " * words, 0, 1, page=mark)


def turn(number: int, *sources: Source) -> Turn:
    return Turn(
        f"t{number}", f"question {number}", f"answer {number}", Ending.COMPLETE, "m", "", sources
    )


def test_system_first_question_last() -> None:
    prompt = fit([turn(1, source(1))], "and now?", [source(2)], count, 1000)
    assert prompt.messages[0].content == SYSTEM
    assert [m.role for m in prompt.messages] == ["system", "user", "assistant", "user"]
    assert prompt.messages[-1].content.endswith("Question: and now?")
    assert "[2] m.pdf, page 2" in prompt.messages[-1].content


def test_an_answer_ends_where_the_prompt_would_go_on() -> None:
    prompt = fit([turn(1, source(1))], "and now?", [source(2), source(3)], count, 1000)
    lines = prompt.messages[-1].content.splitlines(keepends=True)
    begun = [f"\n{line}" for line in lines if line.startswith(("[", "Question"))]
    assert len(begun) == 3
    assert all(any(line.startswith(end) for end in prompt.ends()) for line in begun)
    assert not any(end in "\nIt is twelve. [2] \n[3]" for end in prompt.ends())


def test_an_answer_may_list_documents() -> None:
    bare = Source(4, "p4", "d", "n.txt", "Fact of the fourth.", 0, 1)
    prompt = fit([], "which?", [source(2), bare], count, 1000)
    assert not any(end in "These:\n[2] m.pdf\n[4] n.txt\n" for end in prompt.ends())
    assert any(end in "It is.\n[2] n.txt\nFact of the" for end in prompt.ends())


def test_the_prefix_is_stable_from_turn_to_turn() -> None:
    first = fit([turn(1, source(1))], "two", [source(2)], count, 1000)
    answered = Turn("t2", "two", "answer 2", Ending.COMPLETE, "m", "", (source(2),))
    second = fit([turn(1, source(1)), answered], "three", [source(3)], count, 1000)
    assert second.messages[: len(first.messages)] == first.messages


def test_a_passage_in_the_context_is_not_sent_again() -> None:
    prompt = fit([turn(1, source(1))], "again?", [source(1), source(2)], count, 1000)
    assert "fact1" not in prompt.messages[-1].content
    assert "fact1" in prompt.messages[1].content
    assert prompt.sources == (source(1), source(2))


def test_passages_are_dropped_whole_from_the_bottom() -> None:
    found = [source(mark, 100) for mark in range(1, 6)]
    prompt = fit([], "q", found, count, 450)
    assert 0 < len(prompt.sources) < 5
    assert prompt.sources == tuple(found[: len(prompt.sources)])
    assert prompt.left_out == 5 - len(prompt.sources)
    for kept in prompt.sources:
        assert kept.text in prompt.messages[-1].content


def test_passages_give_way_before_old_turns_until_three_are_left() -> None:
    turns = [turn(n, source(n, 60)) for n in range(1, 4)]
    found = [source(mark, 60) for mark in range(20, 26)]
    dropped = [fit(turns, "q", found, count, budget) for budget in range(950, 300, -10)]
    steps = list(dict.fromkeys((each.forgotten, each.left_out) for each in dropped))
    assert steps[:4] == [(0, 0), (0, 1), (0, 2), (0, 3)]
    assert all(left_out <= 3 for forgotten, left_out in steps if forgotten < 3)
    assert max(forgotten for forgotten, _ in steps) == 3


def test_old_turns_give_way_to_the_best_passages() -> None:
    turns = [turn(n, source(n, 60)) for n in range(1, 9)]
    prompt = fit(turns, "q", [source(20, 60)], count, 500)
    assert prompt.sources == (source(20, 60),)
    assert "question 8" in prompt.messages[-3].content
    assert all("question 1" not in m.content for m in prompt.messages)
    assert prompt.forgotten == 8 - len(prompt.messages[1:-1]) // 2


def test_what_was_left_out_stays_so_for_a_while() -> None:
    """Otherwise the whole prompt would have to be read anew after each answer."""
    turns = [turn(n, source(n, 60)) for n in range(1, 40)]
    starts = [fit(turns[:n], "q", [source(99, 60)], count, 1500).forgotten for n in range(40)]
    assert starts == sorted(starts)
    assert 5 < len(set(starts)) < 14


def test_the_model_is_told_its_own_words() -> None:
    said = replace(turn(1, source(1)), answer="It is [1].", written=" It is [1] [9].\n")
    prompt = fit([said], "and now?", [], count, 1000)
    assert prompt.messages[2].content == " It is [1] [9].\n"
    assert " It is [1] [9].\n" in texts_to_count([said], "and now?", [])


def test_a_passage_that_comes_again_with_more_text_is_sent() -> None:
    wider = replace(source(1), text=source(1).text + "and its neighbour", end=2)
    prompt = fit([turn(1, source(1))], "again?", [wider], count, 1000)
    assert "and its neighbour" in prompt.messages[-1].content
    again = fit([turn(1, wider)], "again?", [source(1)], count, 1000)
    assert "fact1" not in again.messages[-1].content


def test_a_question_that_does_not_fit_is_said() -> None:
    with pytest.raises(Problem, match="too long"):
        fit([turn(1)], "word " * 500, [source(1)], count, 200)


def test_failed_turns_are_not_told() -> None:
    empty = Turn("t", "lost", "", Ending.FAILED, "m", "")
    assert len(fit([empty], "q", [], count, 1000).messages) == 2


def test_every_text_is_counted_beforehand() -> None:
    turns, found = [turn(1, source(1)), turn(2, source(1), source(2))], [source(2), source(3)]
    sizes = {text: count(text) for text in texts_to_count(turns, "q", found)}
    for budget in (60, 150, 1000):
        try:
            fit(turns, "q", found, sizes.__getitem__, budget)
        except Problem as problem:
            assert problem.reason.code == "prompt_too_long"
