"""A changed file is a new version that replaces the old one: at no moment is it missing."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.services.stage import Stage, filled, names_found
from workspaces.core.types import DocumentState


async def test_the_old_version_is_found_until_the_new_one_is(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    (papers / "oil.txt").write_text("Replace the oil filter every 750 operating hours.\n")
    seen: list[list[str]] = []

    async def look() -> None:
        while True:
            found = await quire.search(workspace, "oil filter operating hours")
            seen.append([passage.text for passage in found if passage.name == "oil.txt"])
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    (row,) = await quire.wait_for_documents(workspace, ids)
    await asyncio.sleep(0.1)
    looking.cancel()
    assert row.state is DocumentState.READY
    assert all(len(texts) == 1 for texts in seen)
    assert "500" in seen[0][0]
    assert "750" in seen[-1][0]
    names = [each.name for each in await quire.list_documents(workspace)]
    assert names.count("oil.txt") == 1
    ends = [each.state for each in await quire.report(workspace) if each.name == "oil.txt"]
    assert ends == [DocumentState.REPLACED, DocumentState.READY]


async def test_nothing_of_an_old_version_is_left(stage: Stage, papers: Path) -> None:
    (papers / "oil.txt").write_text("The secret word is xyzzymarker.\n")
    quire, workspace = await filled(stage, papers)
    (papers / "oil.txt").write_text("There is no secret word any more.\n")
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    await quire.wait_for_documents(workspace, ids)
    await asyncio.sleep(0.5)  # the idle moment in which the index forgets
    assert all(
        "xyzzymarker" not in each.text for each in await quire.search(workspace, "xyzzymarker")
    )
    await stage.close()
    files = [path for path in stage.home.root.rglob("*") if path.is_file()]
    assert not [path for path in files if b"xyzzymarker" in path.read_bytes()]


async def test_a_version_that_cannot_be_read_leaves_the_old_one(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    (papers / "oil.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    (row,) = await quire.wait_for_documents(workspace, ids)
    assert row.state is DocumentState.REFUSED
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"
    (papers / "oil.txt").write_text("Replace the oil filter every 500 operating hours.\n")
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    await quire.wait_for_documents(workspace, ids)
    names = [row.name for row in await quire.list_documents(workspace)]
    assert names.count("oil.txt") == 1


async def test_a_duplicate_of_the_old_version_keeps_its_content(stage: Stage, papers: Path) -> None:
    (papers / "twin.txt").write_bytes((papers / "oil.txt").read_bytes())
    quire, workspace = await filled(stage, papers)
    (papers / "oil.txt").write_text("Something else altogether.\n")
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    await quire.wait_for_documents(workspace, ids)
    everything = [row.id for row in await quire.list_documents(workspace)]
    await quire.wait_for_documents(workspace, everything)
    assert (await names_found(quire, workspace, "oil filter"))[0] == "twin.txt"


async def test_a_citation_opens_in_the_new_version(stage: Stage, papers: Path) -> None:
    quire, workspace = await filled(stage, papers)
    conversation = (await quire.create_conversation(workspace)).id
    turn = await quire.ask(workspace, conversation, "oil filter?")
    text = (papers / "oil.txt").read_text()
    (papers / "oil.txt").write_text(f"A new first paragraph.\n\n{text}")
    ids = await quire.add_documents(workspace, [str(papers / "oil.txt")])
    await quire.wait_for_documents(workspace, ids)
    (after,) = await quire.list_turns(workspace, conversation)
    cited = next(source for source in after.sources if source.name == "oil.txt")
    assert cited.document == ids[0]
    assert cited in after.sources and turn.sources
    around = await quire.surroundings(workspace, cited)
    assert not around.deleted
    assert "A new first paragraph." in around.before
