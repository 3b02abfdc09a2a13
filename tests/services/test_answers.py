"""Questions, answers, conversations and models."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.services.stage import Stage, filled, grown
from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState, Ending, Why
from workspaces.services.views import (
    TurnEnded,
    TurnGrew,
    TurnRead,
    TurnSources,
    TurnStarted,
)


async def test_an_answer_is_streamed_cited_and_saved(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "How long is the warranty?")
    assert turn.ending is Ending.COMPLETE
    assert turn.answer == "The answer is 42 [1]. You asked 2 messages."
    assert turn.sources[0].name == "seals.md"
    assert await quire.list_turns(workspace, conversation) == [turn]
    told = [type(change) for change in stage.changes if "Turn" in type(change).__name__]
    assert (told[0], told[1], told[-1]) == (TurnStarted, TurnSources, TurnEnded)
    assert TurnGrew in told and TurnRead in told
    (read,) = [change for change in stage.changes if isinstance(change, TurnRead)]
    assert turn.usage is not None
    assert (read.turn, read.done, read.total) == (turn.id, 0, turn.usage.prompt_tokens)
    (view,) = await quire.list_conversations(workspace)
    assert view.title == "How long is the warranty?"


async def test_a_follow_up_sees_the_earlier_turn_and_keeps_marks(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    first = await quire.ask(workspace, conversation, "warranty on seals")
    second = await quire.ask(workspace, conversation, "oil filter hours")
    assert "4 messages" in second.answer
    marks = {source.passage: source.mark for source in first.sources}
    for source in second.sources:
        assert marks.setdefault(source.passage, source.mark) == source.mark


async def test_an_answer_keeps_what_it_took(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    first = await quire.ask(workspace, conversation, "warranty on seals")
    second = await quire.ask(workspace, conversation, "oil filter hours")
    assert first.usage is not None and second.usage is not None
    assert first.usage.cached_tokens == 0 < first.usage.prompt_tokens
    asked = len(f"Question: {second.question}".split()) + sum(
        len(source.text.split()) for source in second.sources if source not in first.sources
    )
    # all but the new passages, with a line above each, and the question was there
    new = second.usage.prompt_tokens - second.usage.cached_tokens
    assert asked <= new <= asked + 4 * len(second.sources)
    for turn in (first, second):
        assert turn.budget is not None and turn.usage is not None
        used = turn.budget.context - turn.budget.free - turn.budget.answer
        assert used == turn.usage.prompt_tokens
        assert (
            turn.told
            == turn.written
            == "The answer is 42 [1]. You asked "
            + ("2 messages [9]." if turn is first else "4 messages [9].")
        )
    assert first.usage.peak_memory > 10_000_000
    assert await quire.list_turns(workspace, conversation) == [first, second]


async def test_stop_keeps_the_half_answer(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    asking = asyncio.create_task(quire.ask(workspace, conversation, "slowly", anyway=True))
    await grown(stage)
    with pytest.raises(Problem, match="still answering"):
        await quire.ask(workspace, conversation, "another", anyway=True)
    begun, pid = time.monotonic(), stage.children["generator"].pid
    await quire.stop()
    assert time.monotonic() - begun < 1.0
    turn = await asking
    assert turn.ending is Ending.STOPPED
    assert turn.answer.startswith("The answer is 42 [1].")
    assert await quire.list_turns(workspace, conversation) == [turn]
    assert stage.children["generator"].pid == pid


async def test_a_model_that_does_not_listen_is_killed(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    asking = asyncio.create_task(quire.ask(workspace, conversation, "deaf", anyway=True))
    await grown(stage)
    begun = time.monotonic()
    await quire.stop()
    assert time.monotonic() - begun < 4.0
    assert (await asking).ending is Ending.STOPPED
    assert stage.children["generator"].pid is None
    assert (
        await quire.ask(workspace, conversation, "and now?", anyway=True)
    ).ending is Ending.COMPLETE


async def test_a_model_that_dies_leaves_a_sentence_and_the_question(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "dying", anyway=True)
    assert turn.ending is Ending.FAILED
    assert turn.answer.startswith("The answer is 42")
    assert turn.note is not None and "stopped unexpectedly" in turn.note.sentence()
    assert await quire.list_turns(workspace, conversation) == [turn]


async def test_a_crash_in_the_middle_of_an_answer_keeps_the_question(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    asking = asyncio.create_task(quire.ask(workspace, conversation, "slowly", anyway=True))
    await grown(stage)
    (turn,) = await quire.list_turns(workspace, conversation)
    assert (turn.question, turn.ending) == ("slowly", Ending.UNFINISHED)
    await quire.stop()
    await asking


async def test_without_a_model_the_passages_are_quoted(stage: Stage, papers: Path) -> None:
    quire = await stage.open(model=False)
    workspace = (await quire.create_workspace("Law")).id
    await quire.wait_for_documents(workspace, await quire.add_documents(workspace, [str(papers)]))
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "warranty on the seals")
    first, *others = turn.answer.split("\n\n")
    assert first == "> \\# Seals\n>\n> The warranty on the seals is 12 months. [1]"
    assert all(quotation.startswith("> ") for quotation in others)
    assert turn.note is not None and turn.note.code == "quotes_only"
    assert turn.explanation is not None
    marks = {each.mark for each in turn.explanation.considered} - {None}
    assert marks == {source.mark for source in turn.sources}
    assert stage.children["generator"].pid is None


async def test_what_the_documents_do_not_say_is_refused_and_answered_anyway(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    question = "who discovered penicillin"
    refused = await quire.ask(workspace, conversation, question)
    assert (refused.ending, refused.answer) == (Ending.REFUSED, "")
    assert refused.note is not None and refused.note.code == "not_in_documents"
    assert refused.sources and stage.children["generator"].pid is None
    assert refused.explanation is not None and refused.explanation.confidence < 0.5
    answered = await quire.ask(workspace, conversation, question, anyway=True)
    assert (answered.id, answered.ending) == (refused.id, Ending.COMPLETE)
    assert "You asked 2 messages" in answered.answer  # the refusal is no part of the conversation
    assert await quire.list_turns(workspace, conversation) == [answered]
    again = await quire.ask(workspace, conversation, question, anyway=True)
    assert again.id != answered.id  # what was answered is not taken back


async def test_a_follow_up_may_lean_on_the_question_before(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    alone = await quire.ask(workspace, conversation, "and how?")
    assert alone.ending is Ending.REFUSED
    await quire.ask(workspace, conversation, "warranty on the seals")
    for elsewhere in ("president of France?", "tell me a story of a far dragon's land"):
        assert (await quire.ask(workspace, conversation, elsewhere)).ending is Ending.REFUSED
    follow_up = await quire.ask(workspace, conversation, "and how?")
    assert follow_up.ending is Ending.COMPLETE  # it goes on from what was answered
    assert follow_up.searched == "warranty on the seals and how?"
    turns = await quire.list_turns(workspace, conversation)
    assert [turn.searched == turn.question for turn in turns] == [True] * 4 + [False]


async def test_a_turn_tells_how_its_passages_were_chosen(stage: Stage, papers: Path) -> None:
    (papers / "copy.md").write_text("# Seals!\n\nThe warranty on the seals is 12 months.\n")
    (papers / "other.md").write_text("# Seals\n\nThe warranty on the seals is 12 months.\n\nNow.")
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "warranty on the seals")
    why = turn.explanation
    assert why is not None and why.confidence > 0.5 and not why.by_words
    assert [each.final_rank for each in why.considered] == list(range(1, len(why.considered) + 1))
    first = why.considered[0]
    assert (first.mark, first.fused_rank, first.why) == (turn.sources[0].mark, 1, None)
    assert first.keyword_rank is not None and first.cosine is not None
    marks = {each.mark for each in why.considered} - {None}
    assert marks == {source.mark for source in turn.sources}
    assert all((each.mark is None) == (each.why is not None) for each in why.considered)


async def test_a_passage_that_was_considered_opens_until_its_document_goes(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "warranty on the seals")
    assert turn.explanation is not None
    oil = next(each for each in turn.explanation.considered if each.name == "oil.txt")
    around = await quire.surroundings_of(workspace, oil)
    stored = (papers / "oil.txt").read_text().strip()
    assert (around.before + around.text + around.after).strip() == stored
    assert around.text and not around.deleted
    await quire.remove_documents(workspace, [oil.document])
    with pytest.raises(Problem, match=r"oil\.txt was removed or has changed"):
        await quire.surroundings_of(workspace, oil)


async def test_what_did_not_fit_into_the_prompt_is_said(stage: Stage, papers: Path) -> None:
    for number in range(5):
        text = f"warranty {number} of the seals. " + "padding words " * 400
        (papers / f"long{number}.txt").write_text(text)
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "warranty of the seals", anyway=True)
    assert turn.explanation is not None
    reasons = {each.why for each in turn.explanation.considered}
    assert Why.BEYOND in reasons or Why.CROWDED in reasons
    given = {source.mark for source in turn.sources}
    assert {each.mark for each in turn.explanation.considered} - {None} == given


async def test_a_template_that_adds_much_leaves_less_room(stage: Stage, papers: Path) -> None:
    text = "".join(f"warranty {n} of the seals is in line {n}. " for n in range(200))
    (papers / "long.txt").write_text(text)
    stage.model.write_bytes(b"GGUF" + 2400 * b"+")
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    for number in range(5, 200, 40):
        question = f"warranty of the seals in line {number}"
        turn = await quire.ask(workspace, conversation, question, anyway=True)
        assert turn.ending is Ending.COMPLETE
        assert turn.budget is not None and turn.budget.free >= 0
        assert turn.budget.instructions > 2400
    assert turn.budget is not None and turn.budget.forgotten > 0
    assert turn.note is not None and turn.note.code in ("turns_left_out", "both_left_out")


async def test_why_a_document_was_not_used(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    question = "warranty on the seals"
    used = await quire.why_not(workspace, question, "seals.md")
    assert used.best is not None and used.best.name == "seals.md"
    assert (used.keyword_rank, used.fused_rank, used.lacking) == (1, 1, ())
    other = await quire.why_not(workspace, question, "oil.txt")
    assert other.best is not None and "oil filter" in other.best.text
    assert other.fused_rank is not None and other.fused_rank > 1
    assert other.lacking == ("warranty", "on", "seals")
    picture = await quire.why_not(workspace, question, "picture.txt")
    assert picture.best is None and picture.problem is not None
    with pytest.raises(Problem, match="no document"):
        await quire.why_not(workspace, question, "nothing.txt")


async def test_an_empty_workspace_says_that_nothing_was_found(stage: Stage) -> None:
    quire = await stage.open()
    workspace = (await quire.create_workspace("Empty")).id
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "anything?", anyway=True)
    assert turn.note is not None and turn.note.code == "nothing_found"


async def test_a_citation_opens_in_its_surroundings(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    source = (await quire.ask(workspace, conversation, "warranty on the seals")).sources[0]
    around = await quire.surroundings(workspace, source)
    stored = (papers / "seals.md").read_text().strip()
    assert (around.before + around.text + around.after).strip() == stored
    await quire.remove_documents(workspace, [source.document])
    gone = await quire.surroundings(workspace, source)
    assert gone.deleted and gone.text == source.text


async def test_conversations_are_renamed_deleted_and_exported(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    await quire.rename_conversation(workspace, conversation, "Seals")
    await quire.ask(workspace, conversation, "warranty on the seals")
    target = await quire.export_conversation(workspace, conversation, tmp_path / "out.md")
    text = target.read_text("utf-8")
    assert text.startswith("# Seals\n")
    assert "[^1]: **seals.md**" in text
    await quire.delete_conversation(workspace, conversation)
    assert await quire.list_conversations(workspace) == []


async def test_deleting_a_conversation_stops_its_answer(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    asking = asyncio.create_task(quire.ask(workspace, conversation, "slowly", anyway=True))
    await grown(stage)
    await quire.delete_conversation(workspace, conversation)
    assert (await asking).ending is Ending.STOPPED
    assert await quire.list_conversations(workspace) == []


async def test_choosing_a_model_is_remembered_and_checked(stage: Stage, tmp_path: Path) -> None:
    quire = await stage.open()
    assert (await quire.model()).kind == "starter"
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"no model at all")
    with pytest.raises(Problem, match="not a GGUF"):
        await quire.choose_model(str(bad))
    await quire.choose_model("quotes")
    await stage.close()
    assert (await (await stage.open()).model()).kind == "quotes"


async def test_embedding_rests_while_an_answer_is_written(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    asking = asyncio.create_task(quire.ask(workspace, conversation, "slowly", anyway=True))
    await grown(stage)
    (papers / "late.txt").write_text("A late document.")
    ids = await quire.add_documents(workspace, [str(papers / "late.txt")])
    await asyncio.sleep(0.5)
    (row,) = [row for row in await quire.list_documents(workspace) if row.id in ids]
    assert row.state is DocumentState.EMBEDDING
    await quire.stop()
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.READY
    await asking


async def test_a_stop_while_the_model_starts_harms_nothing(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    for turns in range(4):
        asking = asyncio.create_task(
            quire.ask(workspace, conversation, f"question {turns}", anyway=True)
        )
        while stage.children["generator"]._life is None and not asking.done():
            await asyncio.sleep(0)
        for _ in range(turns):
            await asyncio.sleep(0)
        await quire.stop()
        await asking
        await stage.children["generator"].kill()
        stage.children["generator"]._life = None
    assert (
        await quire.ask(workspace, conversation, "and now?", anyway=True)
    ).ending is Ending.COMPLETE


async def test_a_disk_that_fills_while_an_answer_comes_is_said(
    stage: Stage, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    with monkeypatch.context() as patch:
        patch.setattr(
            quire._asking, "_grow", lambda *_: (_ for _ in ()).throw(Problem("disk_full"))
        )
        turn = await quire.ask(workspace, conversation, "warranty")
    assert turn.ending is Ending.FAILED
    assert turn.note is not None and turn.note.code == "disk_full"
    assert (
        await quire.ask(workspace, conversation, "again", anyway=True)
    ).ending is Ending.COMPLETE


async def test_neighbours_are_one_source_that_stands_in_the_text_as_it_is_quoted(
    stage: Stage, tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    path.write_text(" ".join(f"The pump number {n} leaks oil at its seal." for n in range(40)))
    quire = await stage.open()
    workspace = (await quire.create_workspace("Law")).id
    ids = await quire.add_documents(workspace, [str(path)])
    (row,) = await quire.wait_for_documents(workspace, ids)
    found = await quire.search(workspace, "pump leaks oil seal")
    text = quire._shelf.get(workspace).stored_text(row.id)
    assert len(found) < row.passages
    assert all(text[each.start : each.end] == each.text for each in found)


async def test_what_was_considered_goes_with_its_document_unless_it_was_cited(
    stage: Stage, papers: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "warranty on the seals")
    assert turn.explanation is not None
    left_out = next(each for each in turn.explanation.considered if each.mark is None)
    cited = next(each for each in turn.explanation.considered if each.mark is not None)
    await quire.remove_documents(workspace, [left_out.document, cited.document])
    (after,) = await quire.list_turns(workspace, conversation)
    assert after.explanation is not None
    documents = {each.document for each in after.explanation.considered}
    assert left_out.document not in documents and cited.document in documents
    assert after.explanation.confidence == turn.explanation.confidence
